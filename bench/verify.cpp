// SPDX-License-Identifier: GPL-3.0-or-later
// verify [SECONDS]: what it costs to judge a token, through the whole gate: the first time, and when it is
// remembered; beside OpenSSL's own verification of the same signature. Prints one line per algorithm.
#include "auth/gate.h"
#include "auth/jws.h"
#include "auth/keysource.h"
#include "base/fetch.h"
#include "base/json.h"
#include "keys/algorithm.h"
#include "keys/signature.h"
#include "keys/signingkey.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTimer>

#include <cstdio>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

const QString issuer = u"https://acme.authkit.app"_s;
const QString resource = u"http://localhost:3000/mcp"_s;
constexpr qint64 nowMs = 1'800'000'000'000;

class Keys : public base::Fetcher
{
public:
    QByteArray body;
    base::CancelFetch fetch(const base::FetchRequest &, std::function<void(base::FetchResult)> done) override
    {
        QTimer::singleShot(0, QCoreApplication::instance(), [this, done = std::move(done)] {
            done(base::FetchReply{200, {}, body});
        });
        return [] {};
    }
};

/// Microseconds that one run of it takes, over about that many seconds.
double costOf(double seconds, const std::function<void(int)> &run)
{
    QElapsedTimer timer;
    timer.start();
    int runs = 0;
    while (double(timer.nsecsElapsed()) < seconds * 1e9) {
        for (int i = 0; i < 100; ++i)
            run(runs++);
    }
    return double(timer.nsecsElapsed()) / 1000 / runs;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const double seconds = argc > 1 ? std::atof(argv[1]) : 1;
    std::printf("%-8s %14s %14s %14s\n", "", "first, µs", "remembered, µs", "OpenSSL, µs");
    for (const QString &name : {u"RS256"_s, u"PS256"_s, u"ES256"_s, u"ES384"_s, u"EdDSA"_s}) {
        const keys::SigningKey key = keys::SigningKey::generate(u"k"_s, 0, name).value();
        Keys published;
        published.body = base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({key.publicJwk()})}});
        auth::Policy policy;
        policy.issuer = issuer;
        policy.resource = resource;
        policy.algorithms = {name};
        const auto clock = [] { return nowMs; };
        auth::KeySource source(QUrl(issuer + u"/oauth2/jwks"_s), &published, clock);
        auth::AuthGate gate(policy, &source, clock);
        QList<QByteArray> headers;
        for (int i = 0; i < 3000; ++i) {
            const QJsonObject claims{{u"iss"_s, issuer},
                                     {u"aud"_s, resource},
                                     {u"sub"_s, u"user_01J00000000000000000000ADA"_s},
                                     {u"exp"_s, nowMs / 1000 + 300},
                                     {u"iat"_s, nowMs / 1000},
                                     {u"jti"_s, QString::number(i)},
                                     {u"sid"_s, u"app_consent_01M8AWNQH3NNX1ZYD091GY32VW"_s},
                                     {u"org_id"_s, u"org_01J0000000000000000000ACME"_s},
                                     {u"scope"_s, u"openid profile email offline_access"_s}};
            headers.append("Bearer "
                           + key.sign({{u"alg"_s, name}, {u"kid"_s, u"k"_s}}, base::writeJson(claims)));
        }
        source.warm();
        while (source.peek(u"k"_s, name).state != auth::KeyAnswer::State::Found)
            QCoreApplication::processEvents();
        int good = 0;
        int judged = 0;
        const auto judge = [&](const QByteArray &header) {
            ++judged;
            gate.judge({{header}, {}},
                       [&](const auth::Judgement &judgement) { good += judgement.verdict.accepted(); });
        };
        // Each token once: none is remembered.
        QElapsedTimer timer;
        timer.start();
        for (const QByteArray &header : std::as_const(headers))
            judge(header);
        const double first = double(timer.nsecsElapsed()) / 1000 / double(headers.size());
        const double remembered = costOf(seconds, [&](int) { judge(headers.last()); });
        const auth::Jws jws = auth::readJws(headers.last().sliced(7)).value();
        const keys::Jwk jwk = keys::readJwk(key.publicJwk()).value();
        const double bare = costOf(
            seconds, [&](int) { (void)keys::verifySignature(name, jwk, jws.signingInput, jws.signature); });
        std::printf("%-8s %14.1f %14.1f %14.1f\n", qPrintable(name), first, remembered, bare);
        if (good != judged)
            return 1;
    }
    return 0;
}
