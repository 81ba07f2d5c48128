// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::auth {

/// Where two texts part and meet again: `length` characters of `actual` from `from` on stand where `expected`
/// has `expectedLength`.
struct Difference
{
    qsizetype from = 0;
    qsizetype expectedLength = 0;
    qsizetype length = 0;

    bool operator==(const Difference &) const = default;
};
[[nodiscard]] Difference differenceOf(const QString &expected, const QString &actual);

/// How two strings that should be equal nearly are, in the user's language: "one trailing slash too many",
/// "http instead of https", "from character 18 on “3001” instead of “3000”", … or empty where they are not
/// alike. Only explains: nothing is ever accepted for being near.
[[nodiscard]] QString nearMiss(const QString &expected, const QString &actual);

} // namespace gatehouse::auth
