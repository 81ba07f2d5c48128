// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/address.h"

#include <QDir>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

constexpr QLatin1StringView schemes[] = {"postgresql"_L1, "postgres"_L1};

/// What of libpq's parameters makes sense here; how long it waits is ours to say.
const QStringList &knownParameters()
{
    static const QStringList known{u"sslmode"_s, u"sslrootcert"_s, u"sslcert"_s, u"sslkey"_s,
                                   u"application_name"_s};
    return known;
}

/// Qt puts the parameters into one text, in which it takes a semicolon for the end of one.
bool isSendable(const QString &value)
{
    return !value.contains(u';') && !value.contains(QChar::Null);
}

} // namespace

QString Address::shown() const
{
    if (isFile())
        return file;
    QUrl url;
    url.setScheme(QString(schemes[0]));
    url.setUserName(user);
    url.setPath(u'/' + database);
    QUrlQuery query;
    if (host.startsWith(u'/'))
        query.addQueryItem(u"host"_s, host);
    else
        url.setHost(host.isEmpty() ? u""_s : host); // Empty and not null: else the slashes go.
    if (port != 5432)
        url.setPort(port);
    for (const auto &[name, value] : parameters)
        query.addQueryItem(name, value);
    url.setQuery(query);
    return url.toString();
}

bool isServerAddress(const QString &text)
{
    return text.contains("://"_L1);
}

base::Expected<Address, QString> addressFrom(const QString &text)
{
    Address address;
    if (text.contains(QChar::Null))
        return base::failure(u"The address of a database cannot hold U+0000."_s);
    if (!isServerAddress(text)) {
        if (text.trimmed().isEmpty())
            return base::failure(u"A database needs a file, or an address: postgresql://host/database."_s);
        address.file = QDir::cleanPath(QDir::current().absoluteFilePath(text));
        return address;
    }
    const QUrl url(text, QUrl::StrictMode);
    const bool isKnown = url.scheme() == schemes[0] || url.scheme() == schemes[1];
    if (!url.isValid() || !isKnown || url.hasFragment())
        return base::failure(u"That is no address of a database: postgresql://user@host:5432/database is "
                             u"one, and so is the path "
                             "of a file."_s);
    address.host = url.host(QUrl::FullyDecoded);
    address.port = url.port(5432);
    address.user = url.userName(QUrl::FullyDecoded);
    address.password = url.password(QUrl::FullyDecoded);
    address.database = url.path(QUrl::FullyDecoded).mid(1);
    const QList<std::pair<QString, QString>> parameters = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : parameters) {
        if (name == "host"_L1)
            address.host = value;
        else if (name == "user"_L1)
            address.user = value;
        else if (knownParameters().contains(name) && isSendable(value))
            address.parameters.append({name, value});
        else
            return base::failure(
                u"The address of the database has the parameter \"%1\"; these are known: %2."_s.arg(
                    name.left(100), knownParameters().join(u", "_s)));
    }
    if (address.database.isEmpty() || address.database.contains(u'/'))
        return base::failure(u"The address names no database: postgresql://user@host:5432/database."_s);
    return address;
}

} // namespace gatehouse::store
