// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QPair>
#include <QString>

#include <optional>

namespace gatehouse::web {

/// The parameters of a query or of a form body (application/x-www-form-urlencoded: RFC 6749 appendix B,
/// WHATWG URL §5). There are two readers: a strict one for what is obeyed, and one that takes everything, as
/// browsers do, for what is looked through.

/// Each name comes at most once (RFC 6749 §3.1).
class Form
{
public:
    /// Empty when it is absent; one sent without a value counts as absent (RFC 6749 §3.1).
    [[nodiscard]] QString value(QLatin1StringView name) const;
    [[nodiscard]] bool has(QLatin1StringView name) const { return !value(name).isEmpty(); }

    [[nodiscard]] const QList<QPair<QString, QString>> &fields() const { return m_fields; }

    void add(const QString &name, const QString &value) { m_fields.append({name, value}); }
    /// As it is sent: all but the unreserved characters of RFC 3986 §2.3 is percent-encoded.
    [[nodiscard]] QByteArray text() const;

private:
    QList<QPair<QString, QString>> m_fields;
};

/// Reads strictly: nothing twice, no bad escape, no bytes that are not UTF-8, no control characters, at most
/// 64 fields and 16 KiB. The error is a sentence that is safe for the wire.
[[nodiscard]] base::Expected<Form, QString> readForm(QByteArrayView text);

struct FormField
{
    QByteArray name; ///< Decoded once, as the value is.
    QByteArray value;
};
/// All fields in their order, as often as they come; what is no escape stays as it is. Of any length: the
/// caller has bounded it.
[[nodiscard]] QList<FormField> formFields(QByteArrayView text);

/// All values of a field, in their order.
[[nodiscard]] QByteArrayList formValues(QByteArrayView text, QByteArrayView name);

/// The value of a field; nullopt where it is absent or comes twice.
[[nodiscard]] std::optional<QByteArray> onlyFormValue(QByteArrayView text, QByteArrayView name);

} // namespace gatehouse::web
