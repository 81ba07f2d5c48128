// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clientoptions.h"

#include "base/characters.h"
#include "base/file.h"
#include "cli/answering.h"
#include "cli/options.h"
#include "keys/signingkey.h"
#include "oauth/dpop.h"
#include "web/clientidurl.h"
#include "web/origin.h"

#include <QHash>
#include <QStandardPaths>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

base::Expected<base::Header, QString> headerFrom(const QString &text)
{
    const QByteArray line = text.toUtf8();
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = colon > 0 ? line.first(colon) : QByteArray();
    const QByteArray value = colon > 0 ? line.sliced(colon + 1).trimmed() : QByteArray();
    if (!base::isToken(name) || !base::isFieldValue(value))
        return base::failure(u"--header wants 'Name: value'."_s);
    return base::Header(name, value);
}

} // namespace

QString serverAddressFault(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasFragment() || !url.userInfo().isEmpty())
        return u"\"%1\" is not the address of an MCP server."_s.arg(text);
    if (!oauth::mayOpen(url))
        return u"\"%1\" is neither https nor http to this machine."_s.arg(text);
    return {};
}

void addClientOptions(QCommandLineParser &parser)
{
    parser.addOptions(
        {{u"browser"_s, u"system; none, which follows redirects itself; or a command."_s, u"B"_s,
          u"system"_s},
         {u"callback-port"_s,
          u"Where the browser comes back (33418); a free one where it is taken, 0 takes any."_s, u"N"_s},
         {u"issuer"_s, u"The authorization server that it must be (the one that the MCP server names)."_s,
          u"URL"_s},
         {u"accept-issuer"_s, u"Takes an issuer that differs from the named one by a slash at its end."_s},
         {u"accept-resource"_s,
          u"Takes a resource that is the server's origin or a path above it: its tokens are good "
          "for all that lies there."_s},
         {u"client-id"_s, u"A client that the authorization server knows."_s, u"ID"_s},
         {u"client-metadata-url"_s,
          u"Address of a document that says who the client is, for servers that read such (CIMD)."_s,
          u"URL"_s},
         {u"client-secret"_s, u"That client's secret, for --issuer alone; - reads it from standard input."_s,
          u"S|-"_s},
         {u"grant"_s,
          u"How tokens are come by: code (you sign in), client_credentials, jwt-bearer or enterprise."_s,
          u"G"_s},
         {u"client-key"_s,
          u"File with the private key (PEM) that the client shows itself by, instead of a secret."_s,
          u"FILE"_s},
         {u"client-key-algorithm"_s, u"What that key signs with (ES256)."_s, u"ALG"_s},
         {u"assertion"_s, u"File with the JWT that --grant jwt-bearer shows."_s, u"FILE"_s},
         {u"id-token"_s, u"File with the ID token that --grant enterprise exchanges."_s, u"FILE"_s},
         {u"idp-token-endpoint"_s, u"Where it does: the identity provider's token endpoint."_s, u"URL"_s},
         {u"dpop"_s, u"Binds the tokens to a key of this run (RFC 9449); they are not kept."_s},
         {u"scope"_s, u"Scopes to ask for (what the server asks for)."_s, u"\"a b\""_s},
         {u"header"_s, u"One more header for the MCP server; may be repeated."_s, u"'K: V'"_s},
         {u"answer"_s,
          u"How a question of the server in the middle of a call is answered: ask (forms, and models in "
          u"whose "
          "place a person answers), accept (forms with their defaults), decline, or a JSON object to answer "
          "with. Without it, nothing can be asked for."_s,
          u"A"_s},
         {u"timeout"_s, u"How long one answer may take, from its last progress (60)."_s, u"S"_s},
         {u"json"_s, u"One object per step on stderr, the whole result as one line on stdout."_s}});
}

namespace {

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

/// How tokens are come by, and what is shown for that. The error is one sentence.
base::Expected<void, QString> readGrant(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    using oauth::Grant;
    static const QHash<QString, Grant> grants{{u"code"_s, Grant::Code},
                                              {u"client_credentials"_s, Grant::ClientCredentials},
                                              {u"jwt-bearer"_s, Grant::JwtBearer},
                                              {u"enterprise"_s, Grant::Enterprise}};
    const QString name = parser.isSet(u"grant"_s) ? parser.value(u"grant"_s) : u"code"_s;
    if (!grants.contains(name))
        return base::failure(u"--grant wants code, client_credentials, jwt-bearer or enterprise."_s);
    settings.grant = grants.value(name);
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
    if (parser.isSet(u"dpop"_s)) {
        const auto key = oauth::makeDpopKey();
        if (!key)
            return base::failure(u"--dpop: "_s + key.error());
        settings.dpopKey = *key;
    }
    const bool hasClient = !settings.clientId.isEmpty();
    if (settings.clientKey && !hasClient)
        return base::failure(u"--client-key goes with --client-id."_s);
    if (settings.clientKey && !settings.clientSecret.isEmpty())
        return base::failure(u"--client-key and --client-secret are two ways of one client."_s);
    if (settings.grant != Grant::JwtBearer && !settings.assertion.isEmpty())
        return base::failure(u"--assertion goes with --grant jwt-bearer."_s);
    if (settings.grant != Grant::Enterprise
        && (!settings.idToken.isEmpty() || !settings.idpTokenEndpoint.isEmpty()))
        return base::failure(u"--id-token and --idp-token-endpoint go with --grant enterprise."_s);
    if (settings.grant == Grant::ClientCredentials && !settings.clientKey
        && (!hasClient || settings.clientSecret.isEmpty()))
        return base::failure(
            u"--grant client_credentials wants --client-id and --client-secret or --client-key."_s);
    if (settings.grant == Grant::JwtBearer && settings.assertion.isEmpty())
        return base::failure(u"--grant jwt-bearer wants --assertion FILE."_s);
    if (settings.grant == Grant::Enterprise
        && (settings.idToken.isEmpty() || settings.idpTokenEndpoint.isEmpty() || !hasClient))
        return base::failure(
            u"--grant enterprise wants --client-id, --id-token FILE and --idp-token-endpoint URL."_s);
    return {};
}

} // namespace

base::Expected<oauth::FlowSettings, QString> flowSettingsFrom(const QCommandLineParser &parser)
{
    const QStringList given = parser.positionalArguments();
    if (given.isEmpty())
        return base::failure(u"The address of an MCP server is missing."_s);
    if (const QString fault = serverAddressFault(given.at(0)); !fault.isEmpty())
        return base::failure(fault);
    oauth::FlowSettings settings;
    settings.server = given.at(0);
    settings.clientId = parser.value(u"client-id"_s);
    const auto secret = secretFrom(parser.value(u"client-secret"_s));
    if (!secret)
        return base::failure(u"--client-secret: "_s + secret.error());
    settings.clientSecret = QString::fromUtf8(*secret);
    if (parser.isSet(u"issuer"_s)) {
        const auto issuer = issuerFrom(parser.value(u"issuer"_s));
        if (!issuer)
            return base::failure(u"--issuer: "_s + issuer.error());
        settings.issuer = *issuer;
    }
    settings.allowances = {parser.isSet(u"accept-resource"_s), parser.isSet(u"accept-issuer"_s)};
    settings.clientMetadataUrl = parser.value(u"client-metadata-url"_s);
    const QString fault = web::clientIdUrlFault(settings.clientMetadataUrl);
    if (parser.isSet(u"client-metadata-url"_s) && !fault.isEmpty())
        return base::failure(u"--client-metadata-url: "_s + fault);
    if (settings.clientId.isEmpty() && !settings.clientSecret.isEmpty())
        return base::failure(u"--client-secret goes with --client-id."_s);
    if (const auto grant = readGrant(parser, settings); !grant)
        return base::failure(grant.error());
    settings.scopes = words(parser.value(u"scope"_s));
    const QStringList headers = parser.values(u"header"_s);
    for (const QString &text : headers) {
        const auto header = headerFrom(text);
        if (!header)
            return base::failure(header.error());
        settings.headers.append(*header);
    }
    settings.lockFolder
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/gatehouse"_s;
    if (parser.isSet(u"callback-port"_s)) {
        const auto port = numberOf(parser, u"callback-port"_s, 0, 65535);
        if (!port)
            return base::failure(port.error());
        settings.callbackPort = quint16(*port);
    }
    const auto offer = offerFrom(parser.value(u"answer"_s), parser.isSet(u"json"_s));
    if (!offer)
        return base::failure(offer.error());
    settings.offer = *offer;
    if (parser.isSet(u"timeout"_s)) {
        const auto seconds = numberOf(parser, u"timeout"_s, 1, 3600);
        if (!seconds)
            return base::failure(seconds.error());
        settings.requestMs = int(*seconds) * 1000;
    }
    const QString browser = parser.value(u"browser"_s);
    if (browser == "system"_L1)
        settings.opener = oauth::systemOpener();
    else if (browser != "none"_L1)
        settings.opener = oauth::commandOpener(browser);
    if (browser != "none"_L1 && !settings.opener)
        return base::failure(u"--browser wants system, none or a command."_s);
    return settings;
}

} // namespace gatehouse::cli
