// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/credentials.h"

#include "base/file.h"
#include "keys/signingkey.h"
#include "oauth/dpop.h"
#include "oauth/words.h"
#include "web/origin.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

using Fault = CredentialFault;

base::Expected<QByteArray, QString> contentOf(const QString &path)
{
    constexpr qint64 maximumBytes = 64 * 1024;
    const auto bytes = base::readFile(path, maximumBytes);
    if (!bytes)
        return base::failure(bytes.error());
    if (bytes->trimmed().isEmpty())
        return base::failure(Words::tr("The file is empty."));
    return bytes->trimmed();
}

base::Expected<QByteArray, QString> tokenIn(const QString &path)
{
    auto bytes = contentOf(path);
    if (bytes && !isTokenText(*bytes))
        return base::failure(Words::tr("That is no token."));
    return bytes;
}

base::Expected<void, CredentialError> takeKeys(const Credentials &given, FlowSettings &settings)
{
    settings.clientKey.reset();
    settings.dpopKey.reset();
    settings.clientKeyAlgorithm = given.keyAlgorithm;
    if (!given.keyFile.isEmpty()) {
        const auto pem = contentOf(given.keyFile);
        const auto key = pem ? keys::SigningKey::fromPem(*pem, given.keyAlgorithm)
                             : base::Expected<keys::SigningKey, QString>(base::failure(pem.error()));
        if (!key)
            return base::failure(CredentialError{Fault::KeyUnusable, key.error()});
        settings.clientKey = *key;
    }
    if (given.isBound) {
        const auto key = makeDpopKey();
        if (!key)
            return base::failure(CredentialError{Fault::NoProofKey, key.error()});
        settings.dpopKey = *key;
    }
    return {};
}

base::Expected<void, CredentialError> takeTokens(const Credentials &given, FlowSettings &settings)
{
    settings.assertion.clear();
    settings.idToken.clear();
    if (!given.assertionFile.isEmpty()) {
        const auto assertion = tokenIn(given.assertionFile);
        if (!assertion)
            return base::failure(CredentialError{Fault::AssertionUnusable, assertion.error()});
        settings.assertion = *assertion;
    }
    if (!given.idTokenFile.isEmpty()) {
        const auto token = tokenIn(given.idTokenFile);
        if (!token)
            return base::failure(CredentialError{Fault::IdTokenUnusable, token.error()});
        settings.idToken = *token;
    }
    settings.idpTokenEndpoint = QUrl(given.idpTokenEndpoint, QUrl::StrictMode);
    const bool isSafe
        = settings.idpTokenEndpoint.isValid() && web::isHttpsOrLoopback(settings.idpTokenEndpoint);
    if (!given.idpTokenEndpoint.isEmpty() && !isSafe)
        return base::failure(CredentialError{Fault::EndpointNotSafe});
    return {};
}

std::optional<Fault> misfitIn(const FlowSettings &settings)
{
    const bool hasClient = !settings.clientId.isEmpty();
    const bool hasSecret = !settings.clientSecret.isEmpty();
    if (settings.clientKey && !hasClient)
        return Fault::KeyWithoutClient;
    if (settings.clientKey && hasSecret)
        return Fault::KeyAndSecret;
    if (settings.grant != Grant::JwtBearer && !settings.assertion.isEmpty())
        return Fault::AssertionUnused;
    if (settings.grant != Grant::Enterprise
        && (!settings.idToken.isEmpty() || !settings.idpTokenEndpoint.isEmpty()))
        return Fault::IdTokenUnused;
    if (settings.grant == Grant::ClientCredentials && !settings.clientKey && (!hasClient || !hasSecret))
        return Fault::NothingToShow;
    if (settings.grant == Grant::JwtBearer && settings.assertion.isEmpty())
        return Fault::NoAssertion;
    if (settings.grant == Grant::Enterprise
        && (settings.idToken.isEmpty() || settings.idpTokenEndpoint.isEmpty() || !hasClient))
        return Fault::EnterpriseIncomplete;
    return std::nullopt;
}

} // namespace

base::Expected<void, CredentialError> takeCredentials(const Credentials &given, FlowSettings &settings)
{
    settings.grant = given.grant;
    for (const auto take : {takeKeys, takeTokens}) {
        if (const auto taken = take(given, settings); !taken)
            return taken;
    }
    if (const auto misfit = misfitIn(settings))
        return base::failure(CredentialError{*misfit});
    return {};
}

} // namespace gatehouse::oauth
