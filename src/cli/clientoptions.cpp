// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clientoptions.h"

#include "base/characters.h"
#include "cli/answering.h"
#include "cli/grantoptions.h"
#include "cli/options.h"
#include "protocol/revision.h"
#include "web/clientidurl.h"
#include "web/origin.h"

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
    addGrantOptions(parser);
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
         {u"accept-certificate"_s,
          u"Takes the certificates of servers on this machine, whoever vouches for them."_s},
         {u"client-id"_s, u"A client that the authorization server knows."_s, u"ID"_s},
         {u"client-metadata-url"_s,
          u"Address of a document that says who the client is, for servers that read such (CIMD)."_s,
          u"URL"_s},
         {u"client-secret"_s, u"That client's secret, for --issuer alone; - reads it from standard input."_s,
          u"S|-"_s},
         {u"scope"_s, u"Scopes to ask for (what the server asks for)."_s, u"\"a b\""_s},
         {u"header"_s, u"One more header for the MCP server; may be repeated."_s, u"'K: V'"_s},
         {u"answer"_s,
          u"How a question of the server in the middle of a call is answered: ask (forms, and models in "
          u"whose "
          "place a person answers), accept (forms with their defaults), decline, or a JSON object to answer "
          "with. Without it, nothing can be asked for."_s,
          u"A"_s},
         {u"revision"_s, u"The revision of MCP to speak, and no other (what the server speaks)."_s, u"R"_s},
         {u"no-keyring"_s, u"Uses nothing that is kept in the keyring, and keeps nothing there."_s},
         {u"timeout"_s, u"How long one answer may take, from its last progress (60)."_s, u"S"_s},
         {u"json"_s, u"One object per step on stderr, the whole result as one line on stdout."_s}});
}

namespace {

/// Which client it is, and at which authorization server. The error is one sentence.
base::Expected<void, QString> readIdentity(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
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
    settings.allowances = {parser.isSet(u"accept-resource"_s), parser.isSet(u"accept-issuer"_s),
                           parser.isSet(u"accept-certificate"_s)};
    settings.clientMetadataUrl = parser.value(u"client-metadata-url"_s);
    const QString fault = web::clientIdUrlFault(settings.clientMetadataUrl);
    if (parser.isSet(u"client-metadata-url"_s) && !fault.isEmpty())
        return base::failure(u"--client-metadata-url: "_s + fault);
    if (settings.clientId.isEmpty() && !settings.clientSecret.isEmpty())
        return base::failure(u"--client-secret goes with --client-id."_s);
    return {};
}

/// How the MCP server is spoken to. The error is one sentence.
base::Expected<void, QString> readTalk(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    const QStringList headers = parser.values(u"header"_s);
    for (const QString &text : headers) {
        const auto header = headerFrom(text);
        if (!header)
            return base::failure(header.error());
        settings.headers.append(*header);
    }
    const auto offer = offerFrom(parser.value(u"answer"_s), parser.isSet(u"json"_s));
    if (!offer)
        return base::failure(offer.error());
    settings.offer = *offer;
    settings.revision = parser.value(u"revision"_s);
    QStringList known = protocol::understoodRevisions();
    known.prepend(protocol::modernRevision);
    if (parser.isSet(u"revision"_s) && !known.contains(settings.revision))
        return base::failure(u"--revision wants one of %1."_s.arg(known.join(u", "_s)));
    if (parser.isSet(u"timeout"_s)) {
        const auto seconds = numberOf(parser, u"timeout"_s, 1, 3600);
        if (!seconds)
            return base::failure(seconds.error());
        settings.requestMs = int(*seconds) * 1000;
    }
    return {};
}

/// The way through the browser. The error is one sentence.
base::Expected<void, QString> readBrowser(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    if (parser.isSet(u"callback-port"_s)) {
        const auto port = numberOf(parser, u"callback-port"_s, 0, 65535);
        if (!port)
            return base::failure(port.error());
        settings.callbackPort = quint16(*port);
    }
    const QString browser = parser.value(u"browser"_s);
    if (browser == "system"_L1)
        settings.opener = oauth::systemOpener();
    else if (browser != "none"_L1)
        settings.opener = oauth::commandOpener(browser);
    if (browser != "none"_L1 && !settings.opener)
        return base::failure(u"--browser wants system, none or a command."_s);
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
    settings.scopes = words(parser.value(u"scope"_s));
    settings.lockFolder
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/gatehouse"_s;
    for (const auto read : {readIdentity, readGrant, readTalk, readBrowser}) {
        if (const auto done = read(parser, settings); !done)
            return base::failure(done.error());
    }
    return settings;
}

} // namespace gatehouse::cli
