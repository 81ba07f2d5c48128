// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "clientfiles/filefault.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::clientfiles {

/// JSON as editors let people write it: with comments, a comma behind the last member, a byte order mark.
/// What is changed here keeps every other byte. Pure functions.

/// The same text in strict JSON, byte for byte in the same place: what JSON does not know is blank.
[[nodiscard]] QByteArray strictJson(const QByteArray &text);
/// The same without its comments alone; its lines are the same.
[[nodiscard]] QByteArray withoutComments(const QByteArray &text);

/// Behind the string whose quote stands there; the end of the text where it does not end.
[[nodiscard]] qsizetype stringEnd(QByteArrayView text, qsizetype begin);

/// The text with that member in that object of its root, both made where they are missing; one that is there
/// is replaced. `value` is JSON on several lines, two spaces deep; it is indented as the file is. An empty
/// text becomes a whole file.
[[nodiscard]] base::Expected<QByteArray, FileFault> withMember(const QByteArray &text, const QString &object,
                                                               const QString &name, const QByteArray &value);

/// The text with that member as it is written, comments and all.
[[nodiscard]] base::Expected<QByteArray, FileFault> withMemberAsWritten(const QByteArray &text,
                                                                        const QString &object,
                                                                        const QString &name,
                                                                        const QByteArray &value);

/// The text without that member; the same text where it has none.
[[nodiscard]] base::Expected<QByteArray, FileFault> withoutMember(const QByteArray &text,
                                                                  const QString &object, const QString &name);

/// A value of JSON on several lines as withMember() takes it, however it was laid out.
[[nodiscard]] QByteArray twoSpacesDeep(const QByteArray &value);

/// The member as it is written; empty where there is none.
[[nodiscard]] base::Expected<QByteArray, FileFault> memberIn(const QByteArray &text, const QString &object,
                                                             const QString &name);

} // namespace gatehouse::clientfiles
