// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/issuerdocuments.h"

#include "base/json.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::inspector::IssuerDocuments)
};

constexpr qsizetype mostRows = 500;
constexpr qsizetype longestValue = 4000;

QString textOf(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    if (value.isString())
        return value.toString().left(longestValue);
    const QJsonArray all = value.toArray();
    const bool areTexts = value.isArray()
        && std::all_of(all.begin(), all.end(), [](const QJsonValue &one) { return one.isString(); });
    if (areTexts) {
        QStringList words;
        for (const QJsonValue &one : all)
            words.append(one.toString());
        return words.join(u' ').left(longestValue);
    }
    return QString::fromUtf8(base::writeJson(value)).left(longestValue);
}

/// What both together say of a field: the OAuth document comes first.
QJsonValue valueIn(const IssuerDocuments &documents, const QString &field)
{
    const QJsonValue first = documents.authorizationServer.value(field);
    return first.isUndefined() ? documents.openId.value(field) : first;
}

/// Those that a person looks for first, in the order in which they are used.
QStringList fieldsOf(const IssuerDocuments &now, const IssuerDocuments &before)
{
    static const QStringList first{u"issuer"_s,
                                   u"authorization_endpoint"_s,
                                   u"token_endpoint"_s,
                                   u"registration_endpoint"_s,
                                   u"jwks_uri"_s,
                                   u"introspection_endpoint"_s,
                                   u"userinfo_endpoint"_s,
                                   u"scopes_supported"_s,
                                   u"code_challenge_methods_supported"_s,
                                   u"client_id_metadata_document_supported"_s};
    QStringList all;
    for (const QJsonObject &one :
         {now.authorizationServer, now.openId, before.authorizationServer, before.openId})
        all += one.keys();
    all.sort();
    all.removeDuplicates();
    QStringList ordered;
    for (const QString &field : first) {
        if (all.removeOne(field))
            ordered.append(field);
    }
    return (ordered + all).mid(0, mostRows);
}

} // namespace

QList<DocumentRow> documentRowsOf(const IssuerDocuments &now, const IssuerDocuments &before)
{
    const bool hasBefore = !before.authorizationServer.isEmpty() || !before.openId.isEmpty();
    QList<DocumentRow> rows;
    for (const QString &field : fieldsOf(now, before)) {
        const QJsonValue oauth = now.authorizationServer.value(field);
        const QJsonValue openId = now.openId.value(field);
        const QJsonValue value = valueIn(now, field);
        const QJsonValue earlier = valueIn(before, field);
        DocumentRow row{field, textOf(value)};
        row.from = openId.isUndefined() ? DocumentRow::From::AuthorizationServer
            : oauth.isUndefined()       ? DocumentRow::From::OpenId
            : oauth == openId           ? DocumentRow::From::Both
                                        : DocumentRow::From::Differing;
        if (row.from == DocumentRow::From::Differing)
            row.other = textOf(openId);
        row.isChanged = hasBefore && value != earlier;
        row.before = row.isChanged ? textOf(earlier) : QString();
        row.isGone = value.isUndefined();
        rows.append(row);
    }
    return rows;
}

QString wordOf(DocumentRow::From from)
{
    switch (from) {
    case DocumentRow::From::Both:
        return Tr::tr("both");
    case DocumentRow::From::AuthorizationServer:
        return Tr::tr("OAuth document");
    case DocumentRow::From::OpenId:
        return Tr::tr("OpenID document");
    case DocumentRow::From::Differing:
        break;
    }
    return Tr::tr("they differ");
}

QList<ResourceRow> resourceRowsOf(const QJsonObject &document, const ResourceFacts &facts)
{
    QList<ResourceRow> rows;
    const auto add = [&](const QString &field, Tone tone, const QString &words) {
        rows.append({field, textOf(document.value(field)), tone, words});
    };
    const QString resource = document.value("resource"_L1).toString();
    const bool isItself = resource == facts.address;
    add(u"resource"_s, isItself ? Tone::Good : Tone::Bad,
        isItself ? Tr::tr("is the address that clients are told")
                 : Tr::tr("is not the address that clients are told, %1").arg(facts.address));
    const bool hasIssuer = document.value("authorization_servers"_L1).toArray() == QJsonArray{facts.issuer};
    if (facts.issuer.isEmpty())
        add(u"authorization_servers"_s, Tone::Muted, Tr::tr("nobody is asked for a token"));
    else if (facts.issuerSays.isEmpty())
        add(u"authorization_servers"_s, Tone::Bad, Tr::tr("does not answer"));
    else
        add(u"authorization_servers"_s,
            hasIssuer && facts.issuerSays == facts.issuer ? Tone::Good : Tone::Bad,
            facts.issuerSays == facts.issuer ? Tr::tr("answers, and is whom it says")
                                             : Tr::tr("calls itself %1").arg(facts.issuerSays));
    QStringList missing = facts.needed;
    const QJsonArray scopes = document.value("scopes_supported"_L1).toArray();
    missing.removeIf([&scopes](const QString &scope) { return scopes.contains(scope); });
    add(u"scopes_supported"_s, missing.isEmpty() ? Tone::Good : Tone::Bad,
        !missing.isEmpty()           ? Tr::tr("lacks what is needed here: %1").arg(missing.join(u", "_s))
            : facts.needed.isEmpty() ? Tr::tr("nothing here needs a scope")
                                     : Tr::tr("has all that is needed here"));
    add(u"bearer_methods_supported"_s, Tone::Good, Tr::tr("never in the address"));
    static const QStringList told{u"resource"_s, u"authorization_servers"_s, u"scopes_supported"_s,
                                  u"bearer_methods_supported"_s};
    const QStringList names = document.keys();
    for (const QString &name : names) {
        if (!told.contains(name))
            add(name, Tone::Muted, Tr::tr("only shown"));
    }
    return rows;
}

} // namespace gatehouse::inspector
