// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/controlclient.h"

#include "base/json.h"

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

void askSandbox(base::Fetcher &fetcher, const SandboxAddress &sandbox, const QString &command,
                const QJsonObject &wish, std::function<void(base::Expected<QJsonObject, ControlError>)> done)
{
    base::FetchRequest request;
    request.method = "POST";
    const QString origin = sandbox.issuer.endsWith(u'/') ? sandbox.issuer.chopped(1) : sandbox.issuer;
    request.url = QUrl(origin + u"/sandbox/"_s + command, QUrl::StrictMode);
    request.headers = {{"Content-Type"_ba, "application/json"_ba},
                       {"Gatehouse-Control"_ba, sandbox.secret.isEmpty() ? "1"_ba : sandbox.secret.toUtf8()}};
    request.body = base::writeJson(wish);
    fetcher.fetch(request, [done = std::move(done)](const base::FetchResult &result) {
        if (!result)
            return done(base::failure(ControlError{false, 0, result.error().text}));
        const auto json = base::readJsonObject(result->body);
        if (result->status != 200 || !json) {
            const QString why = json ? json->value("error_description"_L1).toString() : QString();
            return done(base::failure(ControlError{true, result->status, why}));
        }
        done(*json);
    });
}

} // namespace gatehouse::sandbox
