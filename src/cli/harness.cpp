// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/harness.h"

#include "auth/explanation.h"
#include "auth/jws.h"
#include "base/json.h"
#include "keys/algorithm.h"
#include "keys/jwk.h"
#include "keys/signature.h"

#include <QJsonArray>

#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

constexpr qsizetype maximumLine = 4 * 1024 * 1024;

struct Answer
{
    bool ok = false;
    QString reason = {};
};

Answer answerOf(keys::SignatureAnswer answer)
{
    using auth::Reason;
    switch (answer) {
    case keys::SignatureAnswer::Good:
        return {true, auth::reasonName(Reason::Valid)};
    case keys::SignatureAnswer::Bad:
        return {false, auth::reasonName(Reason::BadSignature)};
    case keys::SignatureAnswer::KeyMismatch:
        return {false, auth::reasonName(Reason::KeyMismatch)};
    case keys::SignatureAnswer::UnknownAlgorithm:
        return {false, auth::reasonName(Reason::AlgorithmNotAllowed)};
    }
    return {};
}

Answer judgeToken(const QJsonObject &request)
{
    using auth::Reason;
    const auto jws = auth::readJws(request.value("token"_L1).toString().toUtf8());
    if (!jws)
        return {false, auth::reasonName(jws.error())};
    const QJsonValue algorithms = request.value("algs"_L1);
    const bool isAllowed = algorithms.isUndefined() ? keys::algorithmNamed(jws->algorithm) != nullptr
                                                    : algorithms.toArray().contains(jws->algorithm);
    if (!isAllowed || !keys::algorithmNamed(jws->algorithm))
        return {false, auth::reasonName(Reason::AlgorithmNotAllowed)};
    const auto set = keys::readJwkSet(base::writeJson(request.value("jwks"_L1).toObject()));
    if (!set)
        return {false, auth::reasonName(Reason::KeysUnavailable)};
    const keys::Jwk *key = set->find(jws->keyId, jws->algorithm);
    if (!key)
        return {false, auth::reasonName(Reason::UnknownKey)};
    return answerOf(keys::verifySignature(jws->algorithm, *key, jws->signingInput, jws->signature));
}

/// Strict: Qt's own reader passes over what is no digit.
std::optional<QByteArray> fromHex(const QJsonValue &value)
{
    const QByteArray text = value.toString().toUtf8();
    const QByteArray bytes = QByteArray::fromHex(text);
    if (!value.isString() || bytes.toHex() != text.toLower())
        return std::nullopt;
    return bytes;
}

Answer judgeRaw(const QJsonObject &request)
{
    const auto message = fromHex(request.value("msg"_L1));
    const auto signature = fromHex(request.value("sig"_L1));
    if (!message || !signature)
        return {false, u"malformed_request"_s};
    const auto key = keys::readJwk(request.value("jwk"_L1).toObject());
    if (!key)
        return {false, u"unusable_key: "_s + key.error()};
    return answerOf(keys::verifySignature(request.value("alg"_L1).toString(), *key, *message, *signature));
}

Answer judgeJson(const QJsonObject &request)
{
    const auto document = QByteArray::fromBase64Encoding(request.value("doc"_L1).toString().toLatin1(),
                                                         QByteArray::AbortOnBase64DecodingErrors);
    if (!document)
        return {false, u"malformed_request"_s};
    const auto json = base::readJson(*document);
    return json ? Answer{true, u"valid"_s} : Answer{false, json.error().text};
}

Answer judge(const QJsonObject &request)
{
    const QString operation = request.value("op"_L1).toString();
    if (operation == "jws"_L1)
        return judgeToken(request);
    if (operation == "raw"_L1)
        return judgeRaw(request);
    if (operation == "json"_L1)
        return judgeJson(request);
    return {false, u"unknown_operation"_s};
}

} // namespace

QJsonObject harnessAnswer(const QByteArray &line)
{
    const auto request = base::readJsonObject(line, {64, maximumLine});
    const Answer answer = request ? judge(*request) : Answer{false, u"malformed_request"_s};
    return {{u"id"_s, request ? request->value("id"_L1) : QJsonValue(QJsonValue::Null)},
            {u"ok"_s, answer.ok},
            {u"reason"_s, answer.reason}};
}

} // namespace gatehouse::cli
