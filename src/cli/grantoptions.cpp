// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/grantoptions.h"

#include "oauth/credentials.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

using oauth::Grant;

/// The option first, where the fault is one option's.
QString sentenceOf(const oauth::CredentialError &error)
{
    using Fault = oauth::CredentialFault;
    switch (error.fault) {
    case Fault::KeyUnusable:
        return u"--client-key: "_s + error.text;
    case Fault::AssertionUnusable:
        return u"--assertion: "_s + error.text;
    case Fault::IdTokenUnusable:
        return u"--id-token: "_s + error.text;
    case Fault::NoProofKey:
        return u"--dpop: "_s + error.text;
    case Fault::EndpointNotSafe:
        return u"--idp-token-endpoint wants an https address."_s;
    case Fault::KeyWithoutClient:
        return u"--client-key goes with --client-id."_s;
    case Fault::KeyAndSecret:
        return u"--client-key and --client-secret are two ways of one client."_s;
    case Fault::AssertionUnused:
        return u"--assertion goes with --grant jwt-bearer."_s;
    case Fault::IdTokenUnused:
        return u"--id-token and --idp-token-endpoint go with --grant enterprise."_s;
    case Fault::NothingToShow:
        return u"--grant client_credentials wants --client-id and --client-secret or --client-key."_s;
    case Fault::NoAssertion:
        return u"--grant jwt-bearer wants --assertion FILE."_s;
    case Fault::EnterpriseIncomplete:
        return u"--grant enterprise wants --client-id, --id-token FILE and --idp-token-endpoint URL."_s;
    }
    return error.text;
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
    oauth::Credentials given;
    given.grant = grants.value(name);
    given.keyFile = parser.value(u"client-key"_s);
    if (parser.isSet(u"client-key-algorithm"_s))
        given.keyAlgorithm = parser.value(u"client-key-algorithm"_s);
    given.assertionFile = parser.value(u"assertion"_s);
    given.idTokenFile = parser.value(u"id-token"_s);
    given.idpTokenEndpoint = parser.value(u"idp-token-endpoint"_s);
    given.isBound = parser.isSet(u"dpop"_s);
    const auto taken = oauth::takeCredentials(given, settings);
    return taken ? base::Expected<void, QString>() : base::failure(sentenceOf(taken.error()));
}

} // namespace gatehouse::cli
