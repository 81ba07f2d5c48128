// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/managementapi.h"

#include "base/headers.h"
#include "base/json.h"
#include "base/percent.h"
#include "web/form.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

struct ApiError
{
    int status = 400;
    QJsonObject body = {};
};
using Answer = base::Expected<http::Response, ApiError>;

tl::unexpected<ApiError> refuse(int status, const QString &message, const QString &code = {})
{
    QJsonObject body{{u"message"_s, message}};
    if (!code.isEmpty())
        body.insert(u"code"_s, code);
    return base::failure(ApiError{status, body});
}

Answer answered(const QJsonObject &body, int status = 200)
{
    return http::jsonResponse(status, base::writeJson(body));
}

QString written(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toUTC().toString(Qt::ISODateWithMs);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonObject json(const Realm &realm, const User &user)
{
    return {{u"object"_s, u"user"_s},
            {u"id"_s, user.id},
            {u"email"_s, user.email},
            {u"email_verified"_s, user.emailVerified},
            {u"first_name"_s, orNull(user.firstName)},
            {u"last_name"_s, orNull(user.lastName)},
            {u"profile_picture_url"_s, orNull(user.picture)},
            {u"external_id"_s, QJsonValue::Null},
            {u"metadata"_s, QJsonObject()},
            {u"last_sign_in_at"_s, QJsonValue::Null},
            {u"created_at"_s, written(realm.begunAt)},
            {u"updated_at"_s, written(realm.begunAt)}};
}

QJsonObject json(const Realm &realm, const Organization &organization)
{
    return {{u"object"_s, u"organization"_s},
            {u"id"_s, organization.id},
            {u"name"_s, organization.name},
            {u"domains"_s, QJsonArray()},
            {u"metadata"_s, QJsonObject()},
            {u"external_id"_s, QJsonValue::Null},
            {u"created_at"_s, written(realm.begunAt)},
            {u"updated_at"_s, written(realm.begunAt)}};
}

QJsonObject json(const Realm &realm, const User &user, const Membership &membership)
{
    const Organization *organization = realm.settings.people.organization(membership.organizationId);
    const QJsonObject role{{u"slug"_s, membership.role}};
    // The same in each run, and an id of its own for each.
    const QByteArray digest = QCryptographicHash::hash((user.id + u' ' + membership.organizationId).toUtf8(),
                                                       QCryptographicHash::Sha256);
    return {{u"object"_s, u"organization_membership"_s},
            {u"id"_s, u"om_"_s + QString::fromLatin1(digest.toHex().toUpper().first(26))},
            {u"user_id"_s, user.id},
            {u"organization_id"_s, membership.organizationId},
            {u"organization_name"_s, organization ? organization->name : QString()},
            {u"status"_s, u"active"_s},
            {u"role"_s, role},
            {u"roles"_s, QJsonArray{role}},
            {u"directory_managed"_s, false},
            {u"custom_attributes"_s, QJsonObject()},
            {u"user"_s, json(realm, user)},
            {u"created_at"_s, written(realm.begunAt)},
            {u"updated_at"_s, written(realm.begunAt)}};
}

QJsonObject json(Realm &realm, const Consents::Consent &consent)
{
    const RegisteredClient *client = realm.clients.find(consent.grant.clientId);
    QJsonObject out{{u"object"_s, u"authorized_connect_application"_s},
                    {u"id"_s, consent.id},
                    {u"granted_scopes"_s, QJsonArray::fromStringList(consent.grant.scopes)},
                    {u"application"_s,
                     QJsonObject{{u"object"_s, u"connect_application"_s},
                                 {u"id"_s, u"conn_app_"_s + consent.grant.clientId.section(u'_', 1)},
                                 {u"client_id"_s, consent.grant.clientId},
                                 {u"name"_s, client ? client->name : QString()},
                                 {u"description"_s, QJsonValue::Null},
                                 {u"scopes"_s, QJsonArray::fromStringList(consent.grant.scopes)},
                                 {u"created_at"_s, written(consent.givenAt)},
                                 {u"updated_at"_s, written(consent.givenAt)}}}};
    if (!consent.grant.resource.isEmpty())
        out.insert(u"oauth_resource"_s, consent.grant.resource);
    return out;
}

QJsonObject json(const ResourceIndicator &resource)
{
    return {{u"object"_s, u"authkit_oauth_resource"_s},
            {u"id"_s, resource.id},
            {u"uri"_s, resource.uri},
            {u"default"_s, resource.isDefault},
            {u"created_at"_s, written(resource.createdAt)},
            {u"updated_at"_s, written(resource.createdAt)}};
}

/// One page of a list: `limit` (1 to 100, else 10), and `after` or `before` an id.
Answer pageOf(const QList<QJsonObject> &all, const web::Form &query)
{
    bool isNumber = true;
    const int limit = query.has("limit"_L1) ? query.value("limit"_L1).toInt(&isNumber) : 10;
    if (!isNumber || limit < 1 || limit > 100)
        return refuse(422, u"Validation failed"_s, u"invalid_request_parameters"_s);
    const auto placeOf = [&all](const QString &id) {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&id](const QJsonObject &one) { return one["id"_L1] == id; });
        return qsizetype(std::distance(all.begin(), found));
    };
    qsizetype from = 0;
    qsizetype to = all.size();
    if (query.has("after"_L1))
        from = placeOf(query.value("after"_L1)) + 1;
    else if (query.has("before"_L1))
        to = placeOf(query.value("before"_L1));
    const bool isUnknown = from > all.size() || (query.has("before"_L1) && to == all.size());
    if (isUnknown)
        return refuse(400, u"The cursor is not one of this list."_s, u"invalid_cursor"_s);
    if (query.has("before"_L1))
        from = std::max(qsizetype(0), to - limit);
    const QList<QJsonObject> page = all.mid(from, std::min(qsizetype(limit), to - from));
    QJsonArray data;
    for (const QJsonObject &one : page)
        data.append(one);
    const bool hasMore = from + page.size() < all.size();
    return answered(
        {{u"object"_s, u"list"_s},
         {u"data"_s, data},
         {u"list_metadata"_s,
          QJsonObject{{u"before"_s, from > 0 && !page.isEmpty() ? page.first()["id"_L1] : QJsonValue::Null},
                      {u"after"_s, hasMore ? page.last()["id"_L1] : QJsonValue::Null}}}});
}

Answer userWith(const Realm &realm, const QString &id)
{
    const User *user = realm.settings.people.userById(id);
    if (!user)
        return refuse(404, u"User not found: '%1'."_s.arg(id), u"entity_not_found"_s);
    return answered(json(realm, *user));
}

Answer organizationWith(const Realm &realm, const QString &id)
{
    const Organization *organization = realm.settings.people.organization(id);
    if (!organization)
        return refuse(404, u"Organization not found: '%1'."_s.arg(id), u"entity_not_found"_s);
    return answered(json(realm, *organization));
}

Answer memberships(const Realm &realm, const web::Form &query)
{
    const QString userId = query.value("user_id"_L1);
    const QString organizationId = query.value("organization_id"_L1);
    if (userId.isEmpty() && organizationId.isEmpty())
        return refuse(400, u"user_id or organization_id is required."_s,
                      u"missing_user_id_or_organization_id"_s);
    QList<QJsonObject> all;
    for (const User &user : realm.settings.people.users) {
        for (const Membership &membership : user.memberships) {
            const bool fits = (userId.isEmpty() || user.id == userId)
                && (organizationId.isEmpty() || membership.organizationId == organizationId);
            if (fits)
                all.append(json(realm, user, membership));
        }
    }
    return pageOf(all, query);
}

Answer applications(Realm &realm, const http::Request &request, const QString &userId, const QString &id,
                    const web::Form &query)
{
    if (!realm.settings.people.userById(userId))
        return refuse(404, u"User not found: '%1'."_s.arg(userId), u"entity_not_found"_s);
    if (id.isEmpty()) {
        QList<QJsonObject> all;
        for (const Consents::Consent &one : realm.consents.of(userId))
            all.append(json(realm, one));
        return pageOf(all, query);
    }
    if (request.method != "DELETE")
        return refuse(405, u"Method not allowed"_s);
    const auto gone = realm.consents.revoke(userId, id);
    if (!gone)
        return refuse(404, u"Authorized application not found: '%1'."_s.arg(id), u"entity_not_found"_s);
    realm.grants.end(gone->grant.userId, gone->grant.clientId);
    return http::Response{204, {}, {}};
}

Answer addResource(Realm &realm, const http::Request &request)
{
    const auto body = base::readJsonObject(request.body, {4, 16 * 1024});
    const QString uri = body ? body->value("uri"_L1).toString() : QString();
    const QUrl url(uri, QUrl::StrictMode);
    const bool isOfWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!body || !isOfWeb || !url.isValid() || url.host().isEmpty() || url.hasFragment())
        return base::failure(ApiError{
            422,
            {{u"message"_s, u"Validation failed"_s},
             {u"code"_s, u"invalid_request_parameters"_s},
             {u"errors"_s, QJsonArray{QJsonObject{{u"field"_s, u"uri"_s}, {u"code"_s, u"uri_invalid"_s}}}}}});
    const bool isThere = std::any_of(realm.resources.begin(), realm.resources.end(),
                                     [&uri](const ResourceIndicator &one) { return one.uri == uri; });
    if (isThere)
        return refuse(409, u"This resource exists already."_s, u"resource_exists"_s);
    constexpr qsizetype most = 100;
    if (realm.resources.size() >= most)
        return refuse(422, u"There are too many resources."_s, u"too_many_resources"_s);
    const ResourceIndicator made{realm.newId(u"authkit_oauth_resource_"_s), uri,
                                 body->value("default"_L1).toBool(), realm.clock()};
    realm.resources.append(made);
    return answered(json(made), 201);
}

Answer resources(Realm &realm, const http::Request &request, const QString &id, const web::Form &query)
{
    if (realm.faults.isOn(SandboxFault::ApiWithoutResources))
        return refuse(404, u"Not Found"_s); // An environment that does not have the route yet.
    if (!id.isEmpty()) {
        if (request.method != "DELETE")
            return refuse(405, u"Method not allowed"_s);
        if (realm.resources.removeIf([&id](const ResourceIndicator &one) { return one.id == id; }) == 0)
            return refuse(404, u"Resource not found: '%1'."_s.arg(id), u"entity_not_found"_s);
        return http::Response{204, {}, {}};
    }
    if (request.method == "POST")
        return addResource(realm, request);
    if (request.method != "GET")
        return refuse(405, u"Method not allowed"_s);
    QList<QJsonObject> all;
    for (const ResourceIndicator &one : std::as_const(realm.resources))
        all.append(json(one));
    return pageOf(all, query);
}

Answer routed(Realm &realm, const http::Request &request, const web::Form &query)
{
    QStringList parts; // An escaped slash parts nothing.
    const QByteArrayList written = request.path.sliced(managementPath.size() + 1).split('/');
    for (const QByteArray &part : written)
        parts.append(QString::fromUtf8(base::percentDecoded(part)));
    const QString first = parts.value(0) + u'/' + parts.value(1);
    const bool isGet = request.method == "GET";
    if (first == "user_management/users"_L1 && parts.size() == 3 && isGet)
        return userWith(realm, parts.at(2));
    if (first == "user_management/users"_L1 && parts.value(3) == "authorized_applications"_L1
        && (parts.size() == 4 ? isGet : parts.size() == 5))
        return applications(realm, request, parts.at(2), parts.value(4), query);
    if (first == "user_management/organization_memberships"_L1 && parts.size() == 2 && isGet)
        return memberships(realm, query);
    if (first == "user_management/authkit_oauth_resources"_L1 && parts.size() <= 3)
        return resources(realm, request, parts.value(2), query);
    if (parts.value(0) == "organizations"_L1 && parts.size() == 2 && isGet)
        return organizationWith(realm, parts.at(1));
    return refuse(404, u"Not Found"_s);
}

bool hasKey(const Realm &realm, const http::Request &request)
{
    const auto digest
        = [](QByteArrayView text) { return QCryptographicHash::hash(text, QCryptographicHash::Sha256); };
    const QList<QByteArray> sent = base::valuesOf(request.headers, "Authorization");
    return sent.size() == 1 && digest(sent.first()) == digest("Bearer " + managementKeyOf(realm));
}

Answer judged(Realm &realm, const http::Request &request)
{
    const bool isOfPage = !base::valuesOf(request.headers, "Origin").isEmpty();
    if (isOfPage || !hasKey(realm, request) || realm.faults.isOn(SandboxFault::ApiUnauthorized))
        return refuse(401, u"Unauthorized"_s, u"unauthorized"_s);
    if (realm.faults.isOn(SandboxFault::ApiForbidden))
        return refuse(403, u"This API key may not do that."_s, u"forbidden"_s);
    if (realm.faults.isOn(SandboxFault::ApiRateLimited))
        return refuse(429, u"Too many requests."_s, u"rate_limit_exceeded"_s);
    if (realm.faults.isOn(SandboxFault::ApiBroken))
        return refuse(500, u"Internal server error"_s);
    const auto query = web::readForm(request.query);
    if (!query)
        return refuse(400, query.error(), u"invalid_request"_s);
    return routed(realm, request, *query);
}

} // namespace

bool isOfManagementApi(const http::Request &request)
{
    return request.path.startsWith(managementPath.toByteArray() + '/');
}

QByteArray managementKeyOf(const Realm &realm)
{
    return "sk_test_" + (realm.settings.isPrivate ? realm.runSecret : QByteArray("sandbox"));
}

void answerManagement(Realm &realm, const http::Request &request, const http::Respond &respond)
{
    if (realm.faults.isOn(SandboxFault::ApiSilent)) {
        realm.unanswered.push_back(respond); // Until whoever asked has enough.
        constexpr size_t most = 100;
        if (realm.unanswered.size() > most)
            realm.unanswered.erase(realm.unanswered.begin());
        return;
    }
    const Answer answer = judged(realm, request);
    http::Response response
        = answer ? *answer : http::jsonResponse(answer.error().status, base::writeJson(answer.error().body));
    response.headers.append({"X-Request-ID"_ba, realm.newId(u"req_"_s).toLatin1()});
    response.headers.append({"Cache-Control"_ba, "no-store"_ba});
    if (response.status == 429)
        response.headers.append({"Retry-After"_ba, "7"_ba});
    respond(response);
}

} // namespace gatehouse::sandbox
