// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/form.h"

#include "base/percent.h"

#include <QSet>
#include <QStringDecoder>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::web {

namespace {

constexpr qsizetype maximumBytes = 16 * 1024;
constexpr qsizetype maximumFields = 64;

base::Expected<QByteArray, QString> unescaped(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '%') {
            if (uchar(c) <= 0x20 || uchar(c) >= 0x7f)
                return base::failure(u"A parameter holds a character that must be percent-encoded."_s);
            out += c == '+' ? ' ' : c;
            continue;
        }
        const std::optional<char> byte = base::escapedByteAt(text, i);
        if (!byte)
            return base::failure(u"A parameter holds a percent sign that no two hex digits follow."_s);
        out += *byte;
        i += 2;
    }
    return out;
}

base::Expected<QString, QString> decoded(QByteArrayView text)
{
    const auto bytes = unescaped(text);
    if (!bytes)
        return base::failure(bytes.error());
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString out = decode(*bytes);
    if (decode.hasError())
        return base::failure(u"A parameter is not UTF-8."_s);
    const auto isControl = [](QChar c) { return c < QChar(0x20) || (c >= QChar(0x7f) && c <= QChar(0x9f)); };
    if (std::any_of(out.begin(), out.end(), isControl))
        return base::failure(u"A parameter holds a control character."_s);
    return out;
}

} // namespace

QString Form::value(QLatin1StringView name) const
{
    const auto it = std::find_if(m_fields.begin(), m_fields.end(),
                                 [name](const auto &field) { return field.first == name; });
    return it == m_fields.end() ? QString() : it->second;
}

base::Expected<Form, QString> readForm(QByteArrayView text)
{
    if (text.size() > maximumBytes)
        return base::failure(u"The parameters are longer than %1 bytes."_s.arg(maximumBytes));
    Form form;
    QSet<QString> seen;
    const QList<QByteArray> parts = text.isEmpty() ? QList<QByteArray>() : text.toByteArray().split('&');
    if (parts.size() > maximumFields)
        return base::failure(u"There are more than %1 parameters."_s.arg(maximumFields));
    for (const QByteArray &part : parts) {
        const qsizetype equals = part.indexOf('=');
        const auto name = decoded(equals < 0 ? part : part.first(equals));
        const auto value = decoded(equals < 0 ? QByteArray() : part.sliced(equals + 1));
        if (!name || !value)
            return base::failure(name ? value.error() : name.error());
        if (name->isEmpty())
            return base::failure(u"A parameter has no name."_s);
        // Which of two counts would be a guess, and another reader of the same request may guess otherwise.
        if (seen.contains(*name))
            return base::failure(u"A parameter comes twice: send each once."_s);
        seen.insert(*name);
        form.add(*name, *value);
    }
    return form;
}

QByteArray Form::text() const
{
    QByteArray out;
    for (const auto &[name, value] : m_fields) {
        if (!out.isEmpty())
            out += '&';
        out += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return out;
}

QList<FormField> formFields(QByteArrayView text)
{
    const auto decoded
        = [](QByteArrayView part) { return base::percentDecoded(part.toByteArray().replace('+', ' ')); };
    QList<FormField> fields;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('&');
        const QByteArrayView part = text.first(end < 0 ? text.size() : end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        fields.append({decoded(part.first(equals < 0 ? part.size() : equals)),
                       equals < 0 ? QByteArray() : decoded(part.sliced(equals + 1))});
    }
    return fields;
}

QByteArrayList formValues(QByteArrayView text, QByteArrayView name)
{
    QByteArrayList values;
    const QList<FormField> fields = formFields(text);
    for (const FormField &field : fields) {
        if (field.name == name)
            values.append(field.value);
    }
    return values;
}

std::optional<QByteArray> onlyFormValue(QByteArrayView text, QByteArrayView name)
{
    const QByteArrayList values = formValues(text, name);
    return values.size() == 1 ? std::optional(values.first()) : std::nullopt;
}

} // namespace gatehouse::web
