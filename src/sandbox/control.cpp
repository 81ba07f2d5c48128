// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/control.h"

#include "auth/issuer.h"
#include "base/base64url.h"
#include "base/json.h"
#include "sandbox/oautherror.h"
#include "sandbox/tokens.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr qint64 longestLifetime = 10LL * 365 * 24 * 60 * 60;

OAuthError invalidRequest(const QString &description)
{
    return {400, u"invalid_request"_s, description};
}

http::Response answerOf(const QJsonObject &json)
{
    http::Response response = http::jsonResponse(200, base::writeJson(json));
    response.headers.append({"Cache-Control"_ba, "no-store"_ba});
    return response;
}

/// The body as an object with no member but these.
base::Expected<QJsonObject, OAuthError> readWish(const http::Request &request, const QStringList &members)
{
    const auto body = base::readJsonObject(request.body.isEmpty() ? "{}"_ba : request.body, {4, 16 * 1024});
    if (!body)
        return base::failure(invalidRequest(u"Send one JSON object. "_s + body.error().text));
    const QStringList names = body->keys();
    const bool known = std::all_of(names.begin(), names.end(),
                                   [&](const QString &name) { return members.contains(name); });
    if (!known)
        return base::failure(invalidRequest(u"Send only %1."_s.arg(members.join(u", "_s))));
    return *body;
}

base::Expected<QString, OAuthError> textOf(const QJsonObject &wish, const QString &name)
{
    const QJsonValue value = wish.value(name);
    if (!value.isUndefined() && !value.isString())
        return base::failure(invalidRequest(u"Send %1 as a string."_s.arg(name)));
    return value.toString();
}

base::Expected<User, OAuthError> userOf(const People &people, const QJsonObject &wish)
{
    const auto email = textOf(wish, u"user"_s);
    if (!email)
        return base::failure(email.error());
    const User *user = email->isEmpty() ? &people.users.first() : people.userByEmail(*email);
    if (user)
        return *user;
    QStringList all;
    for (const User &one : people.users)
        all.append(one.email);
    return base::failure(
        invalidRequest(u"Nobody here has that e-mail. Send one of: %1."_s.arg(all.join(u", "_s))));
}

base::Expected<QString, OAuthError> organizationOf(const User &user, const QJsonObject &wish)
{
    const auto wanted = textOf(wish, u"organization"_s);
    if (!wanted)
        return base::failure(wanted.error());
    if (wanted->isEmpty())
        return user.memberships.isEmpty() ? QString() : user.memberships.first().organizationId;
    if (user.membershipIn(*wanted))
        return *wanted;
    QStringList all;
    for (const Membership &one : user.memberships)
        all.append(one.organizationId);
    return base::failure(invalidRequest(
        all.isEmpty()
            ? u"This user is a member of no organization."_s
            : u"This user is no member of that organization. Send one of: %1."_s.arg(all.join(u", "_s))));
}

base::Expected<qint64, OAuthError> lifetimeOf(const QJsonObject &wish, qint64 fallback)
{
    const QJsonValue value = wish.value(u"ttl"_s);
    if (value.isUndefined())
        return fallback;
    const double seconds = value.toDouble();
    if (!value.isDouble() || seconds != double(value.toInteger()) || seconds > longestLifetime
        || seconds < -longestLifetime)
        return base::failure(invalidRequest(u"Send ttl as a whole number of seconds, at most ten years."_s));
    return value.toInteger();
}

base::Expected<TokenFacts, OAuthError> factsOf(const Realm &realm, const QJsonObject &wish)
{
    const auto user = userOf(realm.settings.people, wish);
    if (!user)
        return base::failure(user.error());
    const auto organization = organizationOf(*user, wish);
    if (!organization)
        return base::failure(organization.error());
    const auto scope = textOf(wish, u"scope"_s);
    const auto scopes = !scope      ? base::failure(scope.error())
        : wish.contains(u"scope"_s) ? readScopes(*scope, auth::authKitScopes())
                                    : base::Expected<QStringList, OAuthError>(auth::authKitScopes());
    if (!scopes)
        return base::failure(scopes.error());
    const auto target = textOf(wish, u"resource"_s);
    const auto resource = target ? readResource(*target) : target;
    if (!resource)
        return base::failure(resource.error());
    const auto lifetime = lifetimeOf(wish, realm.settings.accessTokenSeconds);
    if (!lifetime)
        return base::failure(lifetime.error());
    TokenFacts facts = realm.factsOf(
        {realm.controlClientId, user->id, *organization, *scopes, *resource, realm.newId(u"app_consent_"_s)},
        *user);
    facts.lifetimeSeconds = *lifetime;
    return facts;
}

/// A token with this one thing wrong with it; none where the text is empty.
base::Expected<QByteArray, OAuthError> tokenWith(const Realm &realm, const TokenFacts &facts,
                                                 const QString &flaw)
{
    QJsonObject claims = accessClaims(facts);
    if (flaw.isEmpty())
        return realm.signedToken(claims);
    if (flaw == "issuer"_L1) {
        claims.insert(u"iss"_s, u"https://another.authkit.app"_s);
        return realm.signedToken(claims);
    }
    if (flaw == "early"_L1) {
        claims.insert(u"nbf"_s, facts.now + 300);
        claims.insert(u"exp"_s, facts.now + 600);
        return realm.signedToken(claims);
    }
    if (flaw == "key"_L1)
        return realm.signedToken(claims, u"sso_oidc_key_pair_unknown"_s);
    if (flaw == "algorithm"_L1)
        return base::toBase64Url(R"({"alg":"none"})") + '.' + base::toBase64Url(base::writeJson(claims))
            + '.';
    if (flaw == "signature"_L1) {
        QByteArray token = realm.signedToken(claims);
        const qsizetype at = token.lastIndexOf('.') + 1;
        token[at] = token.at(at) == 'A' ? 'B' : 'A';
        return token;
    }
    return base::failure(invalidRequest(u"Send flaw as one of: issuer, algorithm, signature, key, early."_s));
}

} // namespace

base::Expected<void, http::Response> judgeControl(const Realm &realm, const http::Request &request)
{
    const auto refusal = [](const QString &description) {
        return base::failure(errorResponse({403, u"access_denied"_s, description}));
    };
    const auto control = base::onlyValueOf(request.headers, "Gatehouse-Control");
    // Whatever it says: that it is there no page can bring about without asking first.
    if (!control)
        return refusal(u"Send the header Gatehouse-Control: 1."_s);
    if (!realm.isOpenTo(*control))
        return refusal(u"This sandbox is private: send the secret of its run as Gatehouse-Control."_s);
    if (!request.peer.isLoopback())
        return refusal(u"The sandbox is controlled only by programs on this machine."_s);
    return {};
}

http::Response controlToken(Realm &realm, const http::Request &request)
{
    const auto wish
        = readWish(request, {u"user"_s, u"organization"_s, u"scope"_s, u"resource"_s, u"ttl"_s, u"flaw"_s});
    if (!wish)
        return errorResponse(wish.error());
    const auto facts = factsOf(realm, *wish);
    if (!facts)
        return errorResponse(facts.error());
    const auto flaw = textOf(*wish, u"flaw"_s);
    const auto made = flaw ? tokenWith(realm, *facts, *flaw) : base::failure(flaw.error());
    if (!made)
        return errorResponse(made.error());
    const QByteArray token = *made;
    return answerOf(
        {{u"access_token"_s, QString::fromLatin1(token)}, {u"expires_in"_s, facts->lifetimeSeconds}});
}

http::Response controlFail(Realm &realm, const http::Request &request)
{
    const auto wish = readWish(request, Faults::names());
    if (!wish)
        return errorResponse(wish.error());
    for (auto one = wish->begin(); one != wish->end(); ++one) {
        if (!one.value().isBool())
            return errorResponse(invalidRequest(u"Send %1 as true or false."_s.arg(one.key())));
    }
    for (auto one = wish->begin(); one != wish->end(); ++one)
        realm.faults.set(one.key(), one.value().toBool());
    return answerOf(realm.faults.json());
}

void controlRotateKeys(Realm &realm, const http::Request &request, const http::Respond &respond)
{
    const auto wish = readWish(request, {u"keepOld"_s});
    if (!wish)
        return respond(errorResponse(wish.error()));
    const QJsonValue keepOld = wish->value(u"keepOld"_s);
    if (!keepOld.isUndefined() && !keepOld.isBool())
        return respond(errorResponse(invalidRequest(u"Send keepOld as true or false."_s)));
    realm.rotateKeys(keepOld.toBool(false), [&realm, respond](const QString &fault) {
        if (!fault.isEmpty())
            return respond(errorResponse({500, u"server_error"_s, u"No new key could be made: "_s + fault}));
        respond(answerOf({{u"kid"_s, realm.keys.back().keyId()}, {u"keys"_s, qint64(realm.keys.size())}}));
    });
}

} // namespace gatehouse::sandbox
