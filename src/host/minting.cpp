// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/minting.h"

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

QJsonObject wishFor(oauth::CheckId id, const QString &resource)
{
    using oauth::CheckId;
    QJsonObject wish{{u"resource"_s, resource}};
    switch (id) {
    case CheckId::Expired:
        wish.insert(u"ttl"_s, -60);
        break;
    case CheckId::WrongAudience:
        wish.insert(u"resource"_s, u"https://another.example/mcp"_s);
        break;
    case CheckId::WrongIssuer:
        wish.insert(u"flaw"_s, u"issuer"_s);
        break;
    case CheckId::AlgorithmNone:
        wish.insert(u"flaw"_s, u"algorithm"_s);
        break;
    case CheckId::BadSignature:
        wish.insert(u"flaw"_s, u"signature"_s);
        break;
    case CheckId::UnknownKey:
        wish.insert(u"flaw"_s, u"key"_s);
        break;
    case CheckId::NotYetValid:
        wish.insert(u"flaw"_s, u"early"_s);
        break;
    case CheckId::MissingScope:
        wish.insert(u"scope"_s, QString());
        break;
    case CheckId::NoToken:
    case CheckId::Garbage:
    case CheckId::TokenInQuery:
        break;
    }
    return wish;
}

} // namespace

oauth::NegativeChecks::Mint mintFrom(base::Fetcher *fetcher, const sandbox::SandboxAddress &sandbox,
                                     const QString &resource)
{
    return [fetcher, sandbox, resource](oauth::CheckId id, const oauth::NegativeChecks::Minted &done) {
        sandbox::askSandbox(*fetcher, sandbox, u"token"_s, wishFor(id, resource),
                            [done](const base::Expected<QJsonObject, sandbox::ControlError> &answer) {
                                if (answer)
                                    done(answer->value("access_token"_L1).toString().toLatin1());
                                else
                                    done(base::failure(answer.error().text));
                            });
    };
}

} // namespace gatehouse::host
