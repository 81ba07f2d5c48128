// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/gate.h"

#include "auth/bearer.h"
#include "auth/jws.h"
#include "auth/keysource.h"
#include "base/mask.h"
#include "keys/signature.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

Judgement refused(Reason reason, const QByteArray &fingerprint = {})
{
    Judgement judgement;
    judgement.verdict.reason = reason;
    judgement.verdict.fingerprint = fingerprint;
    return judgement;
}

Check judgeAlgorithm(const Jws &jws, const Policy &policy)
{
    Check check{u"algorithm"_s, CheckState::Passed, Reason::Valid, policy.algorithms.join(u' '),
                jws.algorithm.left(40)};
    if (policy.algorithms.contains(jws.algorithm))
        return check;
    check.state = policy.verifyJwt ? CheckState::Failed : CheckState::NotChecked;
    check.reason = Reason::AlgorithmNotAllowed;
    if (!policy.verifyJwt)
        check.note = QString(QLatin1StringView(
            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "verifyJwt is off; this would be refused")));
    return check;
}

/// The two checks that need a key: whether there is one, and whether it signed these bytes.
QList<Check> judgeSignature(const Jws &jws, const KeyAnswer &answer)
{
    Check key{u"key"_s, CheckState::Failed, Reason::Valid,
              QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "a key of the issuer"))),
              jws.keyId.left(100)};
    Check signature{u"signature"_s, CheckState::NotChecked};
    signature.note = QString(
        QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "there is no key to check it with")));
    switch (answer.state) {
    case KeyAnswer::State::Unavailable:
        key.reason = Reason::KeysUnavailable;
        return {key, signature};
    case KeyAnswer::State::Unknown:
        key.reason = Reason::UnknownKey;
        return {key, signature};
    case KeyAnswer::State::Found:
        break;
    }
    key.state = CheckState::Passed;
    signature.note.clear();
    signature.state = CheckState::Failed;
    switch (keys::verifySignature(jws.algorithm, answer.key, jws.signingInput, jws.signature)) {
    case keys::SignatureAnswer::Good:
        signature.state = CheckState::Passed;
        break;
    case keys::SignatureAnswer::Bad:
        signature.reason = Reason::BadSignature;
        break;
    case keys::SignatureAnswer::UnknownAlgorithm:
        signature.reason = Reason::AlgorithmNotAllowed;
        break;
    case keys::SignatureAnswer::KeyMismatch:
        key.state = CheckState::Failed;
        key.reason = Reason::KeyMismatch;
        key.expected = jws.algorithm;
        key.actual = answer.key.algorithm.isEmpty() ? answer.key.keyType : answer.key.algorithm;
        key.note = QString(QLatin1StringView(
            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "the key is meant for another algorithm")));
        signature.state = CheckState::NotChecked;
        break;
    }
    return {key, signature};
}

/// The same where the verdict is settled already: nothing is fetched for a token that is refused anyway.
QList<Check> judgeSignatureForTheRecord(const Jws &jws, const KeyAnswer &atHand)
{
    if (atHand.state == KeyAnswer::State::Found)
        return judgeSignature(jws, atHand);
    Check key{u"key"_s};
    key.actual = jws.keyId.left(100);
    key.note = QString(QLatin1StringView(QT_TRANSLATE_NOOP(
        "gatehouse::auth::Check",
        "the keys at hand do not have it, and none were fetched for a token that is refused anyway")));
    Check signature{u"signature"_s};
    signature.note = QString(
        QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "there is no key to check it with")));
    return {key, signature};
}

/// Whether all is well so far.
bool hasFailed(const QList<Check> &checks)
{
    return std::any_of(checks.begin(), checks.end(),
                       [](const Check &check) { return check.state == CheckState::Failed; });
}

/// Gives the verdict its reason, and makes it safe to show.
Judgement settled(Verdict verdict, const Policy &policy)
{
    Judgement judgement;
    const Check *decisive = verdict.decisive();
    verdict.reason = decisive ? decisive->reason : policy.verifyJwt ? Reason::Valid : Reason::NotVerified;
    if (!decisive)
        judgement.principal = principalOf(verdict.claims, policy.verifyJwt);
    verdict.header = base::maskJson(verdict.header).toObject();
    verdict.claims = base::maskJson(verdict.claims).toObject();
    for (Check &check : verdict.checks)
        check.actual = base::maskText(check.actual);
    judgement.verdict = std::move(verdict);
    return AuthGate::withScopes(std::move(judgement), policy.requiredScopes);
}

} // namespace

AuthGate::AuthGate(Policy policy, KeySource *keys, base::Clock clock, QObject *parent)
    : QObject(parent)
    , m_policy(std::move(policy))
    , m_keys(keys)
    , m_clock(std::move(clock))
{ }

void AuthGate::judge(const Credentials &credentials, std::function<void(Judgement)> done)
{
    const auto token = readBearer(credentials);
    if (!token)
        return done(refused(token.error()));
    const QByteArray fingerprint = base::fingerprint(*token);
    const auto jws = readJws(*token);
    if (!jws)
        return done(refused(jws.error(), fingerprint));
    const auto claims = readClaims(*jws);
    if (!claims) {
        Judgement judgement = refused(claims.error(), fingerprint);
        judgement.verdict.header = base::maskJson(jws->header).toObject();
        return done(std::move(judgement));
    }
    Verdict verdict;
    verdict.fingerprint = fingerprint;
    verdict.header = jws->header;
    verdict.claims = *claims;
    verdict.checks = QList<Check>{judgeAlgorithm(*jws, m_policy)} + judgeClaims(*claims, m_policy, m_clock());
    if (!m_policy.verifyJwt) {
        Check signature{u"signature"_s};
        signature.note
            = QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "verifyJwt is off")));
        verdict.checks.append(signature);
        return done(settled(std::move(verdict), m_policy));
    }
    // A wrong claim costs no fetch: whoever sends garbage must not make us ask the issuer.
    if (hasFailed(verdict.checks)) {
        const KeyAnswer atHand = m_keys->peek(jws->keyId, jws->algorithm);
        verdict.keysFetchedAt = atHand.fetchedAt;
        verdict.checks += judgeSignatureForTheRecord(*jws, atHand);
        return done(settled(std::move(verdict), m_policy));
    }
    m_keys->find(
        jws->keyId, jws->algorithm,
        [alive = QPointer(this), this, jws = *jws, verdict, done = std::move(done)](const KeyAnswer &answer) {
            if (!alive)
                return;
            Verdict whole = verdict;
            whole.keysFetchedAt = answer.fetchedAt;
            whole.checks += judgeSignature(jws, answer);
            done(settled(std::move(whole), m_policy));
        });
}

Judgement AuthGate::withScopes(Judgement judgement, const QStringList &needed)
{
    Verdict &verdict = judgement.verdict;
    if (needed.isEmpty() || (verdict.reason != Reason::Valid && verdict.reason != Reason::NotVerified))
        return judgement;
    const QStringList missing = missingScopes(judgement.principal.scopes, needed);
    Check check{u"scopes"_s, CheckState::Passed, Reason::Valid, needed.join(u' '),
                base::maskText(judgement.principal.scopes.join(u' '))};
    if (!missing.isEmpty()) {
        check.state = CheckState::Failed;
        check.reason = verdict.reason = Reason::MissingScope;
        check.note = missing.join(u' ');
        verdict.neededScopes = needed;
        judgement.principal = {};
    }
    verdict.checks.append(check);
    return judgement;
}

} // namespace gatehouse::auth
