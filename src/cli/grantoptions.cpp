// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/grantoptions.h"

#include "base/file.h"
#include "keys/signingkey.h"
#include "oauth/dpop.h"
#include "web/origin.h"

#include <QHash>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

using oauth::Grant;

base::Expected<QByteArray, QString> fileOf(const QCommandLineParser &parser, const QString &option)
{
    constexpr qint64 maximumBytes = 64 * 1024;
    const auto bytes = base::readFile(parser.value(option), maximumBytes);
    if (!bytes)
        return base::failure(u"--%1: %2"_s.arg(option, bytes.error()));
    if (bytes->trimmed().isEmpty())
        return base::failure(u"--%1: The file is empty."_s.arg(option));
    return bytes->trimmed();
}

base::Expected<void, QString> readKeys(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    if (parser.isSet(u"client-key"_s)) {
        const auto pem = fileOf(parser, u"client-key"_s);
        if (!pem)
            return base::failure(pem.error());
        if (parser.isSet(u"client-key-algorithm"_s))
            settings.clientKeyAlgorithm = parser.value(u"client-key-algorithm"_s);
        const auto key = keys::SigningKey::fromPem(*pem, settings.clientKeyAlgorithm);
        if (!key)
            return base::failure(u"--client-key: "_s + key.error());
        settings.clientKey = *key;
    }
    if (parser.isSet(u"dpop"_s)) {
        const auto key = oauth::makeDpopKey();
        if (!key)
            return base::failure(u"--dpop: "_s + key.error());
        settings.dpopKey = *key;
    }
    return {};
}

base::Expected<void, QString> readAssertions(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    for (const auto &[option, to] :
         {std::pair(u"assertion"_s, &settings.assertion), std::pair(u"id-token"_s, &settings.idToken)}) {
        if (!parser.isSet(option))
            continue;
        const auto bytes = fileOf(parser, option);
        if (!bytes)
            return base::failure(bytes.error());
        if (!oauth::isTokenText(*bytes))
            return base::failure(u"--%1: That is no token."_s.arg(option));
        *to = *bytes;
    }
    if (parser.isSet(u"idp-token-endpoint"_s)) {
        settings.idpTokenEndpoint = QUrl(parser.value(u"idp-token-endpoint"_s), QUrl::StrictMode);
        if (!settings.idpTokenEndpoint.isValid() || !web::isHttpsOrLoopback(settings.idpTokenEndpoint))
            return base::failure(u"--idp-token-endpoint wants an https address."_s);
    }
    return {};
}

/// What does not go together, or lacks something; empty if nothing does.
QString misfitOf(const oauth::FlowSettings &settings)
{
    const bool hasClient = !settings.clientId.isEmpty();
    const bool hasSecret = !settings.clientSecret.isEmpty();
    if (settings.clientKey && !hasClient)
        return u"--client-key goes with --client-id."_s;
    if (settings.clientKey && hasSecret)
        return u"--client-key and --client-secret are two ways of one client."_s;
    if (settings.grant != Grant::JwtBearer && !settings.assertion.isEmpty())
        return u"--assertion goes with --grant jwt-bearer."_s;
    if (settings.grant != Grant::Enterprise
        && (!settings.idToken.isEmpty() || !settings.idpTokenEndpoint.isEmpty()))
        return u"--id-token and --idp-token-endpoint go with --grant enterprise."_s;
    if (settings.grant == Grant::ClientCredentials && !settings.clientKey && (!hasClient || !hasSecret))
        return u"--grant client_credentials wants --client-id and --client-secret or --client-key."_s;
    if (settings.grant == Grant::JwtBearer && settings.assertion.isEmpty())
        return u"--grant jwt-bearer wants --assertion FILE."_s;
    if (settings.grant == Grant::Enterprise
        && (settings.idToken.isEmpty() || settings.idpTokenEndpoint.isEmpty() || !hasClient))
        return u"--grant enterprise wants --client-id, --id-token FILE and --idp-token-endpoint URL."_s;
    return {};
}

} // namespace

void addGrantOptions(QCommandLineParser &parser)
{
    parser.addOptions(
        {{u"grant"_s,
          u"How tokens are come by: code (you sign in), device (you do, with a browser anywhere), client_credentials, jwt-bearer or enterprise."_s,
          u"G"_s},
         {u"client-key"_s,
          u"File with the private key (PEM) that the client shows itself by, instead of a secret."_s,
          u"FILE"_s},
         {u"client-key-algorithm"_s, u"What that key signs with (ES256)."_s, u"ALG"_s},
         {u"assertion"_s, u"File with the JWT that --grant jwt-bearer shows."_s, u"FILE"_s},
         {u"id-token"_s, u"File with the ID token that --grant enterprise exchanges."_s, u"FILE"_s},
         {u"idp-token-endpoint"_s, u"Where it does: the identity provider's token endpoint."_s, u"URL"_s},
         {u"dpop"_s, u"Binds the tokens to a key of this run (RFC 9449); they are not kept."_s}});
}

base::Expected<void, QString> readGrant(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    static const QHash<QString, Grant> grants{{u"code"_s, Grant::Code},
                                              {u"device"_s, Grant::Device},
                                              {u"client_credentials"_s, Grant::ClientCredentials},
                                              {u"jwt-bearer"_s, Grant::JwtBearer},
                                              {u"enterprise"_s, Grant::Enterprise}};
    const QString name = parser.isSet(u"grant"_s) ? parser.value(u"grant"_s) : u"code"_s;
    if (!grants.contains(name))
        return base::failure(u"--grant wants code, device, client_credentials, jwt-bearer or enterprise."_s);
    settings.grant = grants.value(name);
    for (const auto read : {readKeys, readAssertions}) {
        if (const auto done = read(parser, settings); !done)
            return done;
    }
    const QString misfit = misfitOf(settings);
    return misfit.isEmpty() ? base::Expected<void, QString>() : base::failure(misfit);
}

} // namespace gatehouse::cli
