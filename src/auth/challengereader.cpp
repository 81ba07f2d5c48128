// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/challengereader.h"

#include "web/fieldreader.h"
#include "web/scopes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

constexpr qsizetype maximumLength = 8 * 1024;

/// Only before a comma or the end: else it is a parameter's name.
bool skipToken68(web::FieldReader &reader)
{
    const qsizetype before = reader.at();
    const bool isThere = !reader.token68().isEmpty();
    reader.skipSpace();
    const bool isWhole = isThere && (reader.atEnd() || reader.peek() == ',');
    if (!isWhole)
        reader.goBackTo(before);
    return isWhole;
}

struct Entry
{
    QByteArray scheme;
    Challenge challenge;
    bool hasToken68 = false; ///< Then it has no parameters (RFC 9110 §11.3).
};

/// One "name = value" of the entry; the error is a sentence.
base::Expected<void, QString> readParameter(web::FieldReader &reader, const QByteArray &name, Challenge &into)
{
    (void)reader.consume('=');
    reader.skipSpace();
    QByteArray value;
    if (reader.peek() == '"') {
        const auto quoted = reader.quotedString();
        if (!quoted)
            return base::failure(u"The challenge has a quoted value without an end."_s);
        value = *quoted;
    } else {
        value = reader.token().toByteArray();
        if (value.isEmpty())
            return base::failure(u"The challenge has a parameter without a value."_s);
    }
    if (into.value(name.toLower()))
        return base::failure(
            u"The challenge has the parameter \"%1\" twice."_s.arg(QString::fromLatin1(name.left(40))));
    into.parameters.append({name.toLower(), value});
    reader.skipSpace();
    if (!reader.atEnd() && reader.peek() != ',')
        return base::failure(u"The challenge's parameters are not separated by commas."_s);
    return {};
}

base::Expected<QList<Entry>, QString> readEntries(web::FieldReader reader)
{
    QList<Entry> entries;
    for (reader.skipSpaceAndCommas(); !reader.atEnd(); reader.skipSpaceAndCommas()) {
        const QByteArray word = reader.token().toByteArray();
        if (word.isEmpty())
            return base::failure(u"The challenge has a character that does not belong there."_s);
        const qsizetype afterWord = reader.at();
        reader.skipSpace();
        if (reader.peek() == '=') {
            if (entries.isEmpty() || entries.last().hasToken68)
                return base::failure(u"The challenge begins with a parameter instead of a scheme."_s);
            if (const auto read = readParameter(reader, word, entries.last().challenge); !read)
                return base::failure(read.error());
            continue;
        }
        if (!reader.atEnd() && reader.peek() != ',' && reader.at() == afterWord)
            return base::failure(u"The challenge has a character that does not belong there."_s);
        entries.append({word.toLower(), {}});
        if (reader.peek() != ',')
            entries.last().hasToken68 = skipToken68(reader);
    }
    return entries;
}

} // namespace

std::optional<QByteArray> Challenge::value(QByteArrayView name) const
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

QString Challenge::resourceMetadata() const
{
    return QString::fromUtf8(value("resource_metadata").value_or(QByteArray()));
}

QString Challenge::error() const
{
    return QString::fromUtf8(value("error").value_or(QByteArray()));
}

QString Challenge::errorDescription() const
{
    return QString::fromUtf8(value("error_description").value_or(QByteArray()));
}

QStringList Challenge::scopes() const
{
    return web::scopesOf(QString::fromUtf8(value("scope").value_or(QByteArray())));
}

base::Expected<std::optional<Challenge>, QString> readChallenge(QByteArrayView header)
{
    if (header.size() > maximumLength)
        return base::failure(u"The challenge is longer than 8 KiB."_s);
    const auto entries = readEntries(web::FieldReader(header));
    if (!entries)
        return base::failure(entries.error());
    const auto rank = [](const Entry &entry) {
        const int scheme = entry.scheme == "bearer" ? 2 : entry.scheme == "dpop" ? 1 : 0;
        return scheme == 0 ? 0 : 2 * int(!entry.challenge.resourceMetadata().isEmpty()) + scheme;
    };
    const auto best = std::max_element(entries->begin(), entries->end(),
                                       [&rank](const Entry &a, const Entry &b) { return rank(a) < rank(b); });
    const std::optional<Challenge> found
        = best != entries->end() && rank(*best) > 0 ? std::optional(best->challenge) : std::nullopt;
    return found;
}

} // namespace gatehouse::auth
