// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace gatehouse::cli {

/// Answers one line of `gatehouse verify --stdin`, which lets test harnesses put our readers beside others:
/// {"id","op":"jws","token","jwks":{"keys":[…]},"algs":[…]} judges header and signature,
/// {"id","op":"raw","alg","jwk","msg":hex,"sig":hex} a bare signature, {"id","op":"json","doc":base64} says
/// whether our strict reader takes the document. The answer is {"id","ok","reason"}. Pure.
[[nodiscard]] QJsonObject harnessAnswer(const QByteArray &line);

} // namespace gatehouse::cli
