// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

namespace gatehouse::sandbox {

/// The parameters of a query or of a form body, decoded once. Each name comes at most once (RFC 6749 §3.1).
class Form
{
public:
    /// Empty when it is absent; one sent without a value counts as absent (RFC 6749 §3.1).
    [[nodiscard]] QString value(QLatin1StringView name) const;
    [[nodiscard]] bool has(QLatin1StringView name) const { return !value(name).isEmpty(); }
    [[nodiscard]] const QList<QPair<QString, QString>> &fields() const { return m_fields; }

    void add(const QString &name, const QString &value) { m_fields.append({name, value}); }

private:
    QList<QPair<QString, QString>> m_fields;
};

/// Reads application/x-www-form-urlencoded strictly: nothing twice, no bad escape, no bytes that are not
/// UTF-8, no control characters, at most 64 fields and 16 KiB. The error is a sentence that is safe for the
/// wire.
[[nodiscard]] base::Expected<Form, QString> readForm(QByteArrayView text);

/// Percent-encodes all but the unreserved characters of RFC 3986 §2.3.
[[nodiscard]] QByteArray formEncoded(const QString &value);

} // namespace gatehouse::sandbox
