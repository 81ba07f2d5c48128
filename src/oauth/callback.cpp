// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/callback.h"

#include "auth/nearmiss.h"
#include "base/mask.h"
#include "oauth/words.h"

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumQuery = 16 * 1024;
constexpr qsizetype maximumCode = 4 * 1024;

QByteArray decoded(QByteArrayView text)
{
    return QByteArray::fromPercentEncoding(text.toByteArray().replace('+', ' '));
}

/// All values of a field, decoded once.
QList<QByteArray> fields(QByteArrayView query, QByteArrayView name)
{
    QList<QByteArray> values;
    const QList<QByteArray> parts = query.toByteArray().split('&');
    for (const QByteArray &part : parts) {
        const qsizetype equals = part.indexOf('=');
        if (decoded(equals < 0 ? part : part.first(equals)) == name)
            values.append(equals < 0 ? QByteArray() : decoded(part.sliced(equals + 1)));
    }
    return values;
}

base::Expected<QByteArray, CallbackFault> refuse(const QString &text, const QString &remedy = {},
                                                 Failure::Reason reason = Failure::Reason::Other)
{
    return base::failure(CallbackFault{false, Failure{Failure::Kind::SignIn, text, remedy, reason}});
}

QString remedyFor(const QByteArray &error)
{
    if (error == "invalid_scope")
        return Words::tr(
            "Ask for scopes that the authorization server lists; AuthKit wants at least openid.");
    if (error == "access_denied")
        return Words::tr("Sign in again and allow the access.");
    return {};
}

} // namespace

std::optional<QByteArray> onlyField(QByteArrayView query, QByteArrayView name)
{
    const QList<QByteArray> values = fields(query, name);
    return values.size() == 1 ? std::optional(values.first()) : std::nullopt;
}

QByteArrayList queryNames(QByteArrayView query)
{
    QByteArrayList names;
    const QList<QByteArray> parts = query.toByteArray().split('&');
    for (const QByteArray &part : parts)
        names.append(decoded(part.split('=').first()));
    return names;
}

base::Expected<QByteArray, CallbackFault> readCallback(QByteArrayView query, const Expectation &expectation)
{
    if (query.size() > maximumQuery || expectation.state.isEmpty()
        || onlyField(query, "state") != expectation.state) {
        return base::failure(
            CallbackFault{true,
                          Failure{Failure::Kind::SignIn,
                                  Words::tr("An answer with another state came back: it does not belong to "
                                            "this sign-in and was ignored."),
                                  Words::tr("Start the sign-in again.")}});
    }
    const QList<QByteArray> issuers = fields(query, "iss");
    // Nothing else of a response from the wrong server may be used or shown, its error text included.
    if (issuers.size() > 1 || (issuers.isEmpty() && expectation.sendsIssuer))
        return refuse(Words::tr("The answer to the sign-in does not name its issuer exactly once, as the "
                                "server announced (RFC 9207)."));
    if (issuers.size() == 1 && issuers.first() != expectation.issuer.toUtf8()) {
        const QString difference = auth::nearMiss(expectation.issuer, QString::fromUtf8(issuers.first()));
        return refuse(Words::tr("The answer to the sign-in comes from another issuer than %1 (RFC 9207). %2")
                          .arg(expectation.issuer, difference)
                          .trimmed());
    }
    const QList<QByteArray> errors = fields(query, "error");
    if (!errors.isEmpty()) {
        const QString why = base::maskText(
            QString::fromUtf8(onlyField(query, "error_description").value_or(QByteArray()).left(300)),
            base::Place::OAuthRequest);
        const QString error = base::maskText(QString::fromUtf8(errors.first().left(100)), base::Place::OAuthRequest);
        return refuse(
            Words::tr("The authorization server refused the sign-in: %1 %2").arg(error, why).trimmed(),
            remedyFor(errors.first()), reasonOf(errors.first()));
    }
    const auto code = onlyField(query, "code");
    if (!code || code->isEmpty() || code->size() > maximumCode)
        return refuse(Words::tr("The answer to the sign-in does not hold exactly one code."));
    return *code;
}

} // namespace gatehouse::oauth
