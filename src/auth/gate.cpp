// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/gate.h"

#include "auth/bearer.h"
#include "auth/jws.h"
#include "auth/keysource.h"
#include "auth/tokenkind.h"
#include "base/json.h"
#include "base/mask.h"
#include "keys/signature.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <optional>
#include <utility>

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

bool hasFailed(const QList<Check> &checks)
{
    return std::any_of(checks.begin(), checks.end(),
                       [](const Check &check) { return check.state == CheckState::Failed; });
}

Check judgeAlgorithm(const Jws &jws, const Policy &policy)
{
    Check check{u"algorithm"_s, CheckState::Passed, Reason::Valid, policy.algorithms.join(u' '),
                base::maskText(jws.algorithm).left(40)};
    if (policy.algorithms.contains(jws.algorithm))
        return check;
    check.state = policy.verifyJwt ? CheckState::Failed : CheckState::NotChecked;
    check.reason = Reason::AlgorithmNotAllowed;
    if (!policy.verifyJwt)
        check.note = QString(QLatin1StringView(
            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "verifyJwt is off; this would be refused")));
    return check;
}

Check judgeKind(const QJsonObject &header, const QJsonObject &claims)
{
    Check check{u"kind"_s, CheckState::Passed, Reason::Valid,
                QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "an access token"))),
                foreignKindOf(header, claims)};
    if (!check.actual.isEmpty()) {
        check.state = CheckState::Failed;
        check.reason = Reason::WrongKind;
    }
    return check;
}

/// The check whether there is a key.
Check judgeKey(const Jws &jws, const KeyAnswer &answer)
{
    Check key{u"key"_s, CheckState::Failed, Reason::Valid,
              QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "a key of the issuer"))),
              base::maskText(jws.keyId).left(100)};
    switch (answer.state) {
    case KeyAnswer::State::Unavailable:
        key.reason = Reason::KeysUnavailable;
        key.note = answer.whyUnavailable;
        break;
    case KeyAnswer::State::Unknown:
        key.reason = Reason::UnknownKey;
        key.note = answer.whySkipped;
        break;
    case KeyAnswer::State::Found:
        if (answer.key.fits(jws.algorithm)) {
            key.state = CheckState::Passed;
            break;
        }
        key.reason = Reason::KeyMismatch;
        key.expected = jws.algorithm;
        key.actual = answer.key.algorithm.isEmpty()
            ? QStringList{answer.key.keyType, answer.key.curve}.join(u' ').trimmed()
            : answer.key.algorithm;
        key.note = QString(QLatin1StringView(
            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "the key is meant for another algorithm")));
        break;
    }
    return key;
}

/// The two checks that need a key: whether there is one, and whether it signed these bytes.
QList<Check> judgeSignature(const Jws &jws, const KeyAnswer &answer, bool isRemembered = false)
{
    const Check key = judgeKey(jws, answer);
    Check signature{u"signature"_s, CheckState::NotChecked};
    if (key.state != CheckState::Passed) {
        signature.note = QString(QLatin1StringView(
            QT_TRANSLATE_NOOP("gatehouse::auth::Check", "there is no key to check it with")));
        return {key, signature};
    }
    if (isRemembered) {
        signature.state = CheckState::Passed;
        signature.note = QString(QLatin1StringView(QT_TRANSLATE_NOOP(
            "gatehouse::auth::Check", "checked with an earlier call; the keys are the same")));
        return {key, signature};
    }
    switch (keys::verifySignature(jws.algorithm, answer.key, jws.signingInput, jws.signature)) {
    case keys::SignatureAnswer::Good:
        signature.state = CheckState::Passed;
        break;
    case keys::SignatureAnswer::Bad:
        signature.state = CheckState::Failed;
        signature.reason = Reason::BadSignature;
        break;
    case keys::SignatureAnswer::UnknownAlgorithm:
    case keys::SignatureAnswer::KeyMismatch:
        signature.state = CheckState::Failed; // judgeKey() has looked at this already.
        signature.reason = Reason::AlgorithmNotAllowed;
        break;
    }
    return {key, signature};
}

/// With verifyJwt off a signature decides nothing; what is wrong with it is said all the same.
Check unverifiedSignature(const Jws &jws, const KeyAnswer &atHand)
{
    Check signature{u"signature"_s};
    signature.note
        = QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "verifyJwt is off")));
    if (atHand.state != KeyAnswer::State::Found)
        return signature;
    const QList<Check> checks = judgeSignature(jws, atHand);
    signature.note = QString(QLatin1StringView(
        hasFailed(checks)
            ? QT_TRANSLATE_NOOP("gatehouse::auth::Check", "verifyJwt is off; this would be refused")
            : QT_TRANSLATE_NOOP("gatehouse::auth::Check", "verifyJwt is off; it would be found good")));
    return signature;
}

/// The same where the verdict is settled already: nothing is fetched for a token that is refused anyway.
QList<Check> judgeSignatureForTheRecord(const Jws &jws, const KeyAnswer &atHand)
{
    if (atHand.state == KeyAnswer::State::Found)
        return judgeSignature(jws, atHand);
    Check key{u"key"_s};
    key.actual = base::maskText(jws.keyId).left(100);
    key.note = QString(QLatin1StringView(QT_TRANSLATE_NOOP(
        "gatehouse::auth::Check",
        "the keys at hand do not have it, and none were fetched for a token that is refused anyway")));
    Check signature{u"signature"_s};
    signature.note = QString(
        QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "there is no key to check it with")));
    return {key, signature};
}

} // namespace

AuthGate::AuthGate(Policy policy, KeySource *keys, base::Clock clock, QObject *parent)
    : QObject(parent)
    , m_inForce(std::make_shared<InForce>(InForce{std::move(policy)}))
    , m_keys(keys)
    , m_clock(std::move(clock))
{ }

AuthGate::~AuthGate()
{
    m_inForce->isOver = true;
    for (const Waiting &one : std::exchange(m_waiting, {}))
        one.done(refused(Reason::KeysUnavailable));
}

void AuthGate::reconfigure(Policy policy, KeySource *keys)
{
    m_inForce->policy = std::move(policy);
    ++m_rules;
    m_memory.clear(); // What was judged by other rules or keys.
    // Whoever waits at the same source keeps its place there: to ask again would take another one.
    if (std::exchange(m_keys, keys) == keys)
        return;
    for (const Waiting &one : std::exchange(m_waiting, {}))
        judge(one.credentials, one.done);
}

/// A token between the two halves of its judgement.
struct AuthGate::Judging
{
    QByteArray header = {}; ///< "Bearer …", by which it is remembered.
    Jws jws = {};
    QJsonObject claims = {};
    quint64 rememberedGeneration = 0; ///< Of the keys that it was verified with before; 0 if it was not.
    qint64 nowMs = 0;
    Verdict verdict = {};
    std::optional<Judgement> remembered = {}; ///< Good if the keys still are; then nothing else was judged.
};

/// All that needs no key.
void AuthGate::judgeTokenAndClaims(Judging &judging) const
{
    Verdict &verdict = judging.verdict;
    verdict.checks.append(judgeAlgorithm(judging.jws, policy()));
    if (policy().accessTokensOnly)
        verdict.checks.append(judgeKind(judging.jws.header, judging.claims));
    verdict.checks += judgeClaims(judging.claims, verdict.claims, policy(), judging.nowMs);
}

/// What a token says that nobody has seen before, and what of it may be shown; or why it is none.
std::optional<Judgement> AuthGate::readToken(Judging &judging, const QByteArray &token)
{
    Verdict &verdict = judging.verdict;
    verdict.fingerprint = base::fingerprint(token);
    auto jws = readJws(token);
    if (!jws)
        return refused(jws.error(), verdict.fingerprint);
    auto claims = readClaims(*jws);
    if (!claims) {
        Judgement judgement = refused(claims.error(), verdict.fingerprint);
        judgement.verdict.header = base::maskJson(jws->header).toObject();
        judgement.verdict.jsonBytes = base::memoryOf(judgement.verdict.header);
        return judgement;
    }
    judging.jws = std::move(*jws);
    judging.claims = std::move(*claims);
    verdict.header = base::maskJson(judging.jws.header).toObject();
    verdict.claims = base::maskJson(judging.claims).toObject();
    verdict.claimsText = base::maskBody(judging.jws.payload);
    verdict.jsonBytes
        = base::memoryOf(verdict.header) + base::memoryOf(verdict.claims) + verdict.claimsText.size();
    return std::nullopt;
}

void AuthGate::judge(const Credentials &credentials, std::function<void(Judgement)> done)
{
    Judging judging;
    judging.nowMs = m_clock();
    Verdict &verdict = judging.verdict;
    // As most write it, the header is the one that is remembered, and nothing of it need be read again.
    const bool isPlain = credentials.query.isEmpty() && credentials.authorization.size() == 1;
    const TokenMemory::Entry *known = isPlain ? m_memory.find(credentials.authorization.first()) : nullptr;
    QByteArray token;
    if (known) {
        judging.header = credentials.authorization.first();
    } else {
        auto read = readBearer(credentials);
        if (!read)
            return done(refused(read.error()));
        token = std::move(*read);
        judging.header = "Bearer " + token;
        known = m_memory.find(judging.header);
    }
    if (known) {
        judging.jws = known->jws;
        verdict.fingerprint = known->fingerprint;
        judging.claims = known->claims;
        judging.rememberedGeneration = known->generation;
        verdict.header = known->shownHeader;
        verdict.claims = known->shownClaims;
        verdict.claimsText = known->shownText;
        verdict.jsonBytes = known->shownBytes;
        if (known->isJudged(judging.nowMs))
            judging.remembered = known->judgement;
    } else if (auto fault = readToken(judging, token); fault) {
        return done(std::move(*fault));
    }
    const Jws &jws = judging.jws;
    if (!judging.remembered)
        judgeTokenAndClaims(judging);
    // A wrong claim costs no fetch: whoever sends garbage must not make us ask the issuer.
    if (!policy().verifyJwt || hasFailed(verdict.checks)) {
        m_memory.forget(judging.header); // It has expired, most likely.
        const KeyAnswer atHand = m_keys->peek(jws.keyId, jws.algorithm);
        verdict.keysFetchedAt = atHand.fetchedAt;
        verdict.issuerAheadSeconds = atHand.issuerAheadSeconds;
        if (policy().verifyJwt)
            verdict.checks += judgeSignatureForTheRecord(jws, atHand);
        else
            verdict.checks.append(unverifiedSignature(jws, atHand));
        return done(settled(std::move(verdict), judging.claims));
    }
    const quint64 number = ++m_lastWaiting;
    m_waiting.insert(number, {credentials, std::move(done)});
    m_keys->find(jws.keyId, jws.algorithm,
                 [alive = QPointer(this), this, judging, number, rules = m_rules](const KeyAnswer &answer) {
                     const Waiting waiting = alive ? m_waiting.take(number) : Waiting();
                     if (waiting.done && rules != m_rules)
                         judge(waiting.credentials, waiting.done);
                     else if (waiting.done)
                         finish(judging, answer, waiting.done);
                 });
}

void AuthGate::finish(Judging judging, const KeyAnswer &answer, const std::function<void(Judgement)> &done)
{
    const bool isRemembered
        = judging.rememberedGeneration > 0 && judging.rememberedGeneration == answer.generation;
    if (isRemembered && judging.remembered) {
        judging.remembered->verdict.keysFetchedAt = answer.fetchedAt;
        judging.remembered->verdict.issuerAheadSeconds = answer.issuerAheadSeconds;
        return done(std::move(*judging.remembered));
    }
    if (judging.remembered)
        judgeTokenAndClaims(judging); // The keys have changed: all of it anew.
    Verdict &verdict = judging.verdict;
    verdict.keysFetchedAt = answer.fetchedAt;
    verdict.issuerAheadSeconds = answer.issuerAheadSeconds;
    verdict.checks += judgeSignature(judging.jws, answer, isRemembered);
    if (hasFailed(verdict.checks))
        m_memory.forget(judging.header);
    else if (!isRemembered)
        m_memory.remember(judging.header,
                          {judging.jws, verdict.fingerprint, judging.claims, verdict.header, verdict.claims,
                           verdict.claimsText, verdict.jsonBytes, answer.generation});
    const Judgement judgement = settled(std::move(verdict), judging.claims);
    TokenMemory::Entry *known = isRemembered ? m_memory.find(judging.header) : nullptr;
    if (known && judgement.verdict.accepted()) {
        known->judgement = judgement;
        known->judgedFrom = judging.nowMs;
        known->judgedUntil = judgedAnewAt(judging.claims, policy(), judging.nowMs);
    }
    done(judgement);
}

/// Gives the verdict its reason.
Judgement AuthGate::settled(Verdict verdict, const QJsonObject &claims) const
{
    Judgement judgement;
    const Check *decisive = verdict.decisive();
    verdict.reason = decisive ? decisive->reason : policy().verifyJwt ? Reason::Valid : Reason::NotVerified;
    if (!decisive)
        judgement.principal
            = principalOf(claims, policy().verifyJwt, verdict.header.value("alg"_L1).toString());
    judgement.verdict = std::move(verdict);
    return withNeeds(std::move(judgement), {});
}

Judgement AuthGate::withNeeds(Judgement judgement, const base::AccessRequirements &needs) const
{
    Verdict &verdict = judgement.verdict;
    if (verdict.reason != Reason::Valid && verdict.reason != Reason::NotVerified)
        return judgement;
    const base::AccessRequirements all = policy().needs.with(needs);
    // What every call needs has been judged already, and is judged with the rest again.
    verdict.checks.removeIf([](const Check &check) {
        return check.what == "scopes"_L1 || check.what == "permission"_L1 || check.what == "organization"_L1;
    });
    verdict.checks += judgeNeeds(judgement.principal, all, policy());
    if (const Check *decisive = verdict.decisive()) {
        verdict.reason = decisive->reason;
        verdict.neededScopes = all.scopes;
        judgement.principal = {};
    }
    return judgement;
}

std::function<bool(const base::AccessRequirements &)> AuthGate::rightsOf(const Principal &principal) const
{
    return [inForce = m_inForce, at = m_clock(), principal](const base::AccessRequirements &needs) {
        const Policy &policy = inForce->policy;
        if (inForce->isOver || hasFailed(judgeNeeds(principal, policy.needs.with(needs), policy)))
            return false;
        if (needs != base::AccessRequirements())
            return true;
        const bool isTrusted
            = !policy.verifyJwt || (principal.verified && policy.algorithms.contains(principal.algorithm));
        return isTrusted && !hasFailed(judgeClaims(principal.claims, {}, policy, at));
    };
}

} // namespace gatehouse::auth
