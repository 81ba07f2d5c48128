// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/callback.h"

#include "auth/nearmiss.h"
#include "base/mask.h"
#include "web/form.h"

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumQuery = 16 * 1024;
constexpr qsizetype maximumCode = 4 * 1024;

base::Expected<QByteArray, CallbackFault> refuse(const Failure &why)
{
    return base::failure(CallbackFault{false, why});
}

} // namespace

base::Expected<QByteArray, CallbackFault> readCallback(QByteArrayView query, const Expectation &expectation)
{
    if (query.size() > maximumQuery || expectation.state.isEmpty()
        || web::onlyFormValue(query, "state") != expectation.state) {
        return base::failure(CallbackFault{true, failureOf(FailureCode::ForeignState)});
    }
    const QByteArrayList issuers = web::formValues(query, "iss");
    // Nothing else of a response from the wrong server may be used or shown, its error text included.
    if (issuers.size() > 1 || (issuers.isEmpty() && expectation.sendsIssuer))
        return refuse(failureOf(FailureCode::IssuerNotStated));
    if (issuers.size() == 1 && issuers.first() != expectation.issuer.toUtf8()) {
        const QString difference = auth::nearMiss(expectation.issuer, QString::fromUtf8(issuers.first()));
        return refuse(failureOf(FailureCode::IssuerDiffers, {expectation.issuer, difference}));
    }
    const QByteArrayList errors = web::formValues(query, "error");
    if (!errors.isEmpty()) {
        const QString why = base::maskText(
            QString::fromUtf8(
                web::onlyFormValue(query, "error_description").value_or(QByteArray()).left(300)),
            base::Place::OAuthRequest);
        const QString error
            = base::maskText(QString::fromUtf8(errors.first().left(100)), base::Place::OAuthRequest);
        return refuse(
            failureOf(FailureCode::SignInRefused, {error, why}, errors.first(), expectation.resource));
    }
    const auto code = web::onlyFormValue(query, "code");
    if (!code || code->isEmpty() || code->size() > maximumCode)
        return refuse(failureOf(FailureCode::NoCode));
    return *code;
}

} // namespace gatehouse::oauth
