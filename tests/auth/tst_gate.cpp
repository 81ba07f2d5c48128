// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/challenge.h"
#include "auth/explanation.h"
#include "auth/gate.h"
#include "auth/keysource.h"
#include "base/json.h"
#include "keys/signingkey.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using auth::CheckState;
using auth::Reason;

namespace {

constexpr qint64 now = 1'800'000'000;
const QString issuer = u"https://acme.authkit.app"_s;
const QString resource = u"http://localhost:3000/mcp"_s;
const QJsonObject ownHeader{{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"k1"_s}};

QJsonObject goodClaims()
{
    return {{u"iss"_s, issuer},
            {u"aud"_s, resource},
            {u"sub"_s, u"user_1"_s},
            {u"exp"_s, now + 300},
            {u"iat"_s, now},
            {u"org_id"_s, u"org_1"_s},
            {u"scope"_s, u"openid email"_s},
            {u"roles"_s, QJsonArray({u"admin"_s})}};
}

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void letsAGoodTokenIn();
    void judgesClaims_data();
    void judgesClaims();
    void refusesHeadersThatAreNotOneBearerToken_data();
    void refusesHeadersThatAreNotOneBearerToken();
    void refusesForeignAlgorithms_data();
    void refusesForeignAlgorithms();
    void judgesARefusedTokenToTheEnd();
    void fetchesNothingForATokenThatIsRefusedAnyway();
    void saysWhichKeyIsUnknownOrUnfit();
    void recognizesWhatIsNoAccessToken_data();
    void recognizesWhatIsNoAccessToken();
    void checksTheSignatureOfAnAcceptedTokenOnlyOnce();
    void judgesTheClaimsOfARememberedTokenAnew();
    void remembersAJudgementUntilItsTimesCome();
    void saysOfARememberedTokenWhenItsKeysWereFetched();
    void forgetsWhatItRemembersWhenTheKeysChange();
    void remembersNoTokenThatWasRefused();
    void saysWithVerifyJwtOffWhatWouldHaveFailed();
    void holdsNoSecretInItsVerdict();
    void skipsOnlyTheSignatureWithVerifyJwtOff();
    void challengesWithoutAnErrorWhereNoTokenCame();
    void asksForTheScopesOfTheOperation();
    void asksForTheScopesThatEveryCallNeeds();
    void namesAllScopesOfTheOperationAtOnce();
    void judgesWhatACallNeeds_data();
    void judgesWhatACallNeeds();
    void keepsRightsUntilThePolicyTakesThem();
    void saysWhatItsVerdictTakes();
    void keepsThePlacesOfThoseWhoWaitWhereThePolicyChanges();

private:
    auth::Judgement judge(const QList<QByteArray> &headers, const QByteArray &query = {});
    auth::Verdict verdictOn(const QJsonObject &claims, const QJsonObject &header = ownHeader)
    {
        return judge({token(claims, header)}).verdict;
    }
    QByteArray token(const QJsonObject &claims, const QJsonObject &header = ownHeader)
    {
        return "Bearer " + m_key->sign(header, base::writeJson(claims));
    }
    void start(auth::Policy policy = {});

    std::optional<keys::SigningKey> m_key;
    qint64 m_nowMs = 0;
    std::unique_ptr<test::ScriptedFetcher> m_fetcher;
    std::unique_ptr<auth::KeySource> m_keys;
    std::unique_ptr<auth::AuthGate> m_gate;
};

void TestGate::initTestCase()
{
    const auto key = keys::SigningKey::generate(u"k1"_s, 0);
    QVERIFY(key);
    m_key = *key;
}

void TestGate::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    start();
}

void TestGate::start(auth::Policy policy)
{
    m_nowMs = now * 1000;
    policy.issuer = issuer;
    policy.resource = resource;
    m_fetcher = std::make_unique<test::ScriptedFetcher>();
    const QByteArray set = base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({m_key->publicJwk()})}});
    m_fetcher->answers.insert(issuer + "/oauth2/jwks"_L1, {200, set});
    const auto clock = [this] { return m_nowMs; };
    m_keys = std::make_unique<auth::KeySource>(QUrl(issuer + "/oauth2/jwks"_L1), m_fetcher.get(), clock,
                                               auth::KeyTimes{10});
    m_gate = std::make_unique<auth::AuthGate>(policy, m_keys.get(), clock);
}

auth::Judgement TestGate::judge(const QList<QByteArray> &headers, const QByteArray &query)
{
    int answers = 0;
    auth::Judgement judgement;
    m_gate->judge({headers, query}, [&](const auth::Judgement &given) {
        judgement = given;
        ++answers;
    });
    if (!gatehouse::waitFor([&] { return answers > 0; }, 5000) || answers != 1)
        QTest::qFail("the gate must answer exactly once", __FILE__, __LINE__);
    return judgement;
}

void TestGate::letsAGoodTokenIn()
{
    const auth::Judgement judgement = judge({token(goodClaims())});
    QCOMPARE(judgement.verdict.reason, Reason::Valid);
    QCOMPARE(judgement.verdict.claims, goodClaims());
    QCOMPARE(judgement.verdict.fingerprint.size(), 8);
    QVERIFY(judgement.principal.verified);
    QCOMPARE(judgement.principal.subject, u"user_1"_s);
    QCOMPARE(judgement.principal.organizationId, u"org_1"_s);
    QCOMPARE(judgement.principal.scopes, QStringList({u"openid"_s, u"email"_s}));
    QStringList seen;
    for (const auth::Check &check : judgement.verdict.checks) {
        QCOMPARE(check.state, CheckState::Passed);
        QVERIFY2(!seen.contains(check.what), "each thing is checked once");
        seen.append(check.what);
    }
    for (const QString &what :
         {u"algorithm"_s, u"iss"_s, u"aud"_s, u"sub"_s, u"exp"_s, u"iat"_s, u"key"_s, u"signature"_s})
        QVERIFY2(seen.contains(what), qPrintable(what));
}

void TestGate::judgesClaims_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<Reason>("reason");
    const QJsonValue absent(QJsonValue::Undefined);
    const auto row = [](const char *name, const QString &claim, const QJsonValue &value, Reason reason) {
        QTest::newRow(name) << claim << value << reason;
    };
    row("issuer with a slash", u"iss"_s, issuer + u'/', Reason::WrongIssuer);
    row("issuer that begins like ours", u"iss"_s, issuer + u".evil.example"_s, Reason::WrongIssuer);
    row("issuer a list", u"iss"_s, QJsonArray({issuer}), Reason::WrongClaimType);
    row("issuer empty", u"iss"_s, QString(), Reason::MissingClaim);
    row("no issuer", u"iss"_s, absent, Reason::MissingClaim);
    row("audience with a slash", u"aud"_s, resource + u'/', Reason::WrongAudience);
    row("audience of another host", u"aud"_s, u"http://127.0.0.1:3000/mcp"_s, Reason::WrongAudience);
    row("audience a client id", u"aud"_s, u"client_01"_s, Reason::WrongAudience);
    row("audience among others", u"aud"_s, QJsonArray({u"x"_s, resource}), Reason::Valid);
    row("audience list with a number", u"aud"_s, QJsonArray({resource, 1}), Reason::WrongClaimType);
    row("audience an empty list", u"aud"_s, QJsonArray(), Reason::WrongAudience);
    row("audience null", u"aud"_s, QJsonValue::Null, Reason::WrongClaimType);
    row("no audience", u"aud"_s, absent, Reason::MissingClaim);
    row("expired within the tolerance", u"exp"_s, now - 9, Reason::Valid);
    row("expired", u"exp"_s, now - 10, Reason::Expired);
    row("expiry a text", u"exp"_s, QString::number(now + 9), Reason::WrongClaimType);
    row("expiry without end", u"exp"_s, 1e300, Reason::WrongClaimType);
    row("expiry null", u"exp"_s, QJsonValue::Null, Reason::WrongClaimType);
    row("expiry negative", u"exp"_s, -1, Reason::Expired);
    row("no expiry", u"exp"_s, absent, Reason::MissingClaim);
    row("not yet, within the tolerance", u"nbf"_s, now + 10, Reason::Valid);
    row("not yet", u"nbf"_s, now + 11, Reason::NotYetValid);
    row("begin a text", u"nbf"_s, u"0"_s, Reason::WrongClaimType);
    row("issued in the future", u"iat"_s, now + 3600, Reason::NotYetValid);
    row("subject a number", u"sub"_s, 1, Reason::WrongClaimType);
    row("subject empty", u"sub"_s, QString(), Reason::MissingClaim);
    row("no subject", u"sub"_s, absent, Reason::MissingClaim);
    row("scope a list", u"scope"_s, QJsonArray({u"admin"_s}), Reason::WrongClaimType);
    row("organization an object", u"org_id"_s, QJsonObject(), Reason::WrongClaimType);
    row("roles a text", u"roles"_s, u"admin"_s, Reason::WrongClaimType);
    row("permissions with a number", u"permissions"_s, QJsonArray({u"a"_s, 1}), Reason::WrongClaimType);
    row("an unknown claim", u"urn:x"_s, QJsonObject(), Reason::Valid);
}

void TestGate::judgesClaims()
{
    QFETCH(QString, claim);
    QFETCH(QJsonValue, value);
    QFETCH(Reason, reason);
    QJsonObject claims = goodClaims();
    claims.insert(claim, value);
    const auth::Judgement judgement = judge({token(claims)});
    QCOMPARE(judgement.verdict.reason, reason);
    QCOMPARE(judgement.principal.subject.isEmpty(), reason != Reason::Valid);
    if (reason != Reason::Valid) {
        QVERIFY(judgement.verdict.decisive());
        QCOMPARE(judgement.verdict.decisive()->what, claim);
    }
}

void TestGate::refusesHeadersThatAreNotOneBearerToken_data()
{
    QTest::addColumn<QList<QByteArray>>("headers");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<Reason>("reason");
    using Headers = QList<QByteArray>;
    QTest::newRow("none") << Headers{} << ""_ba << Reason::NoToken;
    QTest::newRow("basic") << Headers{"Basic dTpw"_ba} << ""_ba << Reason::WrongScheme;
    QTest::newRow("bare token") << Headers{"eyJh.eyJh.AAAA"_ba} << ""_ba << Reason::WrongScheme;
    QTest::newRow("a scheme that begins like ours")
        << Headers{"BearerX a.b.c"_ba} << ""_ba << Reason::WrongScheme;
    QTest::newRow("no token") << Headers{"Bearer"_ba} << ""_ba << Reason::MalformedHeader;
    QTest::newRow("only spaces") << Headers{"Bearer   "_ba} << ""_ba << Reason::MalformedHeader;
    QTest::newRow("two tokens") << Headers{"Bearer a.b.c a.b.c"_ba} << ""_ba << Reason::MalformedHeader;
    QTest::newRow("two tokens with a comma")
        << Headers{"Bearer a.b.c,Bearer a.b.c"_ba} << ""_ba << Reason::MalformedHeader;
    QTest::newRow("two headers") << Headers{"Bearer a.b.c"_ba, "Bearer a.b.c"_ba} << ""_ba
                                 << Reason::MalformedHeader;
    QTest::newRow("zero byte") << Headers{QByteArray("Bearer a.b\0c", 12)} << ""_ba
                               << Reason::MalformedHeader;
    QTest::newRow("quotes") << Headers{"Bearer \"a.b.c\""_ba} << ""_ba << Reason::MalformedHeader;
    QTest::newRow("in the query") << Headers{} << "a=1&access_token=x"_ba << Reason::TokenInQuery;
    QTest::newRow("in the query beside the header")
        << Headers{"Bearer a.b.c"_ba} << "access_token=x"_ba << Reason::TokenInQuery;
    QTest::newRow("escaped in the query") << Headers{} << "%61ccess_token=x"_ba << Reason::TokenInQuery;
    QTest::newRow("in the query without a value") << Headers{} << "access_token"_ba << Reason::TokenInQuery;
    QTest::newRow("too long") << Headers{"Bearer " + QByteArray(20000, 'a')} << ""_ba << Reason::TooLong;
    QTest::newRow("no JWT") << Headers{"Bearer secret"_ba} << ""_ba << Reason::MalformedToken;
}

void TestGate::refusesHeadersThatAreNotOneBearerToken()
{
    QFETCH(QList<QByteArray>, headers);
    QFETCH(QByteArray, query);
    QTEST(judge(headers, query).verdict.reason, "reason");
    QCOMPARE(m_fetcher->count, 0);
}

void TestGate::refusesForeignAlgorithms_data()
{
    QTest::addColumn<QString>("algorithm");
    for (const char *name :
         {"none", "None", "nOnE", "HS256", "rs256", "RS384", "PS256", "ES256", "RS256 ", ""})
        QTest::newRow(*name ? name : "empty") << QString::fromLatin1(name);
}

void TestGate::refusesForeignAlgorithms()
{
    QFETCH(QString, algorithm);
    const auth::Verdict verdict = verdictOn(goodClaims(), {{u"alg"_s, algorithm}, {u"kid"_s, u"k1"_s}});
    QCOMPARE(verdict.reason, Reason::AlgorithmNotAllowed);
    QCOMPARE(m_fetcher->count, 0);
}

void TestGate::judgesARefusedTokenToTheEnd()
{
    QCOMPARE(verdictOn(goodClaims()).reason, Reason::Valid); // The keys are at hand now.
    QJsonObject claims = goodClaims();
    claims.insert(u"exp"_s, now - 14);
    const auth::Verdict expired = verdictOn(claims);
    QCOMPARE(expired.reason, Reason::Expired);
    QCOMPARE(expired.decisive()->offBySeconds, 14);
    QCOMPARE(expired.checks.last().what, u"signature"_s);
    QCOMPARE(expired.checks.last().state, CheckState::Passed);
    const QString sentence = auth::explain(expired).sentence;
    QVERIFY2(sentence.contains("14 s"_L1) && sentence.contains("Nothing else"_L1), qPrintable(sentence));
    claims.insert(u"aud"_s, u"client_01"_s);
    const auth::Verdict both = verdictOn(claims);
    QCOMPARE(both.reason, Reason::WrongAudience); // The first that failed …
    int failed = 0;
    for (const auth::Check &check : both.checks)
        failed += check.state == CheckState::Failed ? 1 : 0;
    QCOMPARE(failed, 2); // … but both are on record.
    QVERIFY(!auth::explain(both).sentence.contains("Nothing else"_L1));
}

void TestGate::fetchesNothingForATokenThatIsRefusedAnyway()
{
    QJsonObject claims = goodClaims();
    claims.insert(u"exp"_s, now - 14);
    const auth::Verdict verdict = verdictOn(claims);
    QCOMPARE(verdict.reason, Reason::Expired);
    QCOMPARE(verdict.checks.last().state, CheckState::NotChecked);
    QVERIFY(!verdict.checks.last().note.isEmpty());
    QCOMPARE(m_fetcher->count, 0);
}

void TestGate::saysWhichKeyIsUnknownOrUnfit()
{
    const auth::Verdict unknown = verdictOn(goodClaims(), {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"k2"_s}});
    QCOMPARE(unknown.reason, Reason::UnknownKey);
    QVERIFY(auth::explain(unknown).sentence.contains("k2"_L1));
    // Without kid, the only key is meant.
    QCOMPARE(verdictOn(goodClaims(), {{u"alg"_s, u"RS256"_s}}).reason, Reason::Valid);
    const auto other = keys::SigningKey::generate(u"k1"_s, 0);
    QVERIFY(other);
    QCOMPARE(judge({"Bearer " + other->sign(ownHeader, base::writeJson(goodClaims()))}).verdict.reason,
             Reason::BadSignature);
    start();
    QJsonObject forPs = m_key->publicJwk();
    forPs.insert(u"alg"_s, u"PS256"_s);
    m_fetcher->answers.insert(issuer + "/oauth2/jwks"_L1,
                              {200, base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({forPs})}})});
    QCOMPARE(verdictOn(goodClaims()).reason, Reason::KeyMismatch);
}

void TestGate::recognizesWhatIsNoAccessToken_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<QString>("word");
    const auto row
        = [](const char *name, const QString &member, const QJsonValue &value, Reason reason,
             const QString &word = {}) { QTest::newRow(name) << member << value << reason << word; };
    row("typ JWT", u"typ"_s, u"JWT"_s, Reason::Valid);
    row("typ in small letters", u"typ"_s, u"jwt"_s, Reason::Valid);
    row("typ of RFC 9068", u"typ"_s, u"at+jwt"_s, Reason::Valid);
    row("typ with its prefix", u"typ"_s, u"application/at+JWT"_s, Reason::Valid);
    row("typ of a logout token", u"typ"_s, u"logout+jwt"_s, Reason::WrongKind, u"logout+jwt"_s);
    row("typ of a DPoP proof", u"typ"_s, u"dpop+jwt"_s, Reason::WrongKind, u"dpop+jwt"_s);
    row("typ of a security event", u"typ"_s, u"secevent+jwt"_s, Reason::WrongKind);
    row("typ empty", u"typ"_s, QString(), Reason::WrongKind);
    row("typ a number", u"typ"_s, 1, Reason::WrongKind);
    row("nonce", u"nonce"_s, u"n"_s, Reason::WrongKind, u"an ID token"_s);
    row("at_hash", u"at_hash"_s, u"h"_s, Reason::WrongKind, u"an ID token"_s);
    row("issuer of the session product", u"iss"_s, u"https://api.workos.com/user_management/client_1"_s,
        Reason::WrongKind, u"a browser-session token"_s);
    row("older issuer of the session product", u"iss"_s, u"https://api.workos.com"_s, Reason::WrongKind);
    row("issuer that begins like it", u"iss"_s, u"https://api.workos.community"_s, Reason::WrongIssuer);
}

void TestGate::recognizesWhatIsNoAccessToken()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(Reason, reason);
    QFETCH(QString, word);
    QJsonObject header = ownHeader;
    QJsonObject claims = goodClaims();
    (member == "typ"_L1 ? header : claims).insert(member, value);
    const auth::Verdict verdict = verdictOn(claims, header);
    QCOMPARE(verdict.reason, reason);
    const QString sentence = auth::explain(verdict).sentence;
    QVERIFY2(sentence.contains(word), qPrintable(sentence));

    // AuthKit's ID token, which has no mark of its own, by what it lacks.
    QJsonObject idToken{
        {u"iss"_s, issuer}, {u"aud"_s, u"client_01"_s}, {u"sub"_s, u"user_1"_s}, {u"exp"_s, now + 300},
        {u"iat"_s, now},    {u"name"_s, u"Ada"_s},      {u"email"_s, u"a@b.c"_s}};
    QCOMPARE(verdictOn(idToken).reason, Reason::WrongKind);
    idToken.insert(u"client_id"_s, u"client_02"_s);
    QCOMPARE(verdictOn(idToken).reason, Reason::WrongAudience);
}

void TestGate::checksTheSignatureOfAnAcceptedTokenOnlyOnce()
{
    const QByteArray header = token(goodClaims());
    const auto note = [&] {
        const auth::Judgement judgement = judge({header});
        QTest::qCompare(judgement.verdict.reason, Reason::Valid, "reason", "Valid", __FILE__, __LINE__);
        QTest::qCompare(judgement.principal.subject, u"user_1"_s, "subject", "user_1", __FILE__, __LINE__);
        QTest::qCompare(judgement.verdict.claims, goodClaims(), "claims", "all", __FILE__, __LINE__);
        return judgement.verdict.checks.last().note;
    };
    QCOMPARE(note(), QString());
    QVERIFY(note().contains(u"earlier call"_s));
    QVERIFY(note().contains(u"earlier call"_s));
    // Another token, even of the same claims, has not been checked yet.
    QJsonObject claims = goodClaims();
    claims.insert(u"jti"_s, u"2"_s);
    QCOMPARE(verdictOn(claims).checks.last().note, QString());
}

void TestGate::judgesTheClaimsOfARememberedTokenAnew()
{
    const QByteArray header = token(goodClaims());
    QCOMPARE(judge({header}).verdict.reason, Reason::Valid);
    m_nowMs += 309'000;
    QCOMPARE(judge({header}).verdict.reason, Reason::Valid);
    m_nowMs += 1'000;
    const auth::Judgement expired = judge({header});
    QCOMPARE(expired.verdict.reason, Reason::Expired);
    QVERIFY(expired.principal.subject.isEmpty());
    m_nowMs -= 5'000; // A clock that is set back finds it forgotten, and checks all of it again.
    QCOMPARE(judge({header}).verdict.checks.last().note, QString());
}

void TestGate::remembersAJudgementUntilItsTimesCome()
{
    QJsonObject claims = goodClaims();
    claims.insert(u"nbf"_s, now + 5);
    const QByteArray header = token(claims);
    const auto noteOf = [&](const QString &what) {
        // The third call finds the judgement of the second.
        auth::Verdict verdict = judge({header}).verdict;
        for (int i = 0; i < 2; ++i)
            verdict = judge({header}).verdict;
        for (const auth::Check &check : verdict.checks) {
            if (check.what == what)
                return check.note;
        }
        return u"no such check"_s;
    };
    QCOMPARE(noteOf(u"nbf"_s), u"within the clock tolerance"_s);
    m_nowMs += 5'000;
    QCOMPARE(noteOf(u"nbf"_s), QString());
    QCOMPARE(noteOf(u"exp"_s), QString());
    m_nowMs = (now + 300) * 1000;
    QCOMPARE(noteOf(u"exp"_s), u"within the clock tolerance"_s);
    m_nowMs = now * 1000; // Set back to before the moment that it was judged at.
    QCOMPARE(noteOf(u"nbf"_s), u"within the clock tolerance"_s);
    m_nowMs = (now + 310) * 1000;
    QCOMPARE(judge({header}).verdict.reason, Reason::Expired);
}

void TestGate::saysOfARememberedTokenWhenItsKeysWereFetched()
{
    const QByteArray header = token(goodClaims());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(judge({header}).verdict.keysFetchedAt, now * 1000);
    m_nowMs += 1'000;
    bool isFetched = false;
    m_keys->refresh([&](const auth::KeyReport &) { isFetched = true; });
    QTRY_VERIFY(isFetched);
    const auth::Judgement judgement = judge({header});
    QCOMPARE(judgement.verdict.keysFetchedAt, (now + 1) * 1000);
    QCOMPARE(judgement.principal.subject, u"user_1"_s);
    QVERIFY(judgement.verdict.checks.last().note.contains(u"earlier call"_s));
}

void TestGate::forgetsWhatItRemembersWhenTheKeysChange()
{
    const QByteArray header = token(goodClaims());
    QCOMPARE(judge({header}).verdict.reason, Reason::Valid);
    for (int i = 0; i < 2; ++i)
        QVERIFY(!judge({header}).verdict.checks.last().note.isEmpty());
    const auto other = keys::SigningKey::generate(u"k2"_s, 0);
    QVERIFY(other);
    m_fetcher->answers.insert(
        issuer + "/oauth2/jwks"_L1,
        {200, base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({other->publicJwk()})}})});
    QCOMPARE(
        judge({"Bearer "
               + other->sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"k2"_s}}, base::writeJson(goodClaims()))})
            .verdict.reason,
        Reason::Valid);
    QCOMPARE(judge({header}).verdict.reason, Reason::UnknownKey); // Its key was withdrawn.
}

void TestGate::remembersNoTokenThatWasRefused()
{
    const auto other = keys::SigningKey::generate(u"k1"_s, 0);
    QVERIFY(other);
    const QByteArray forged = "Bearer " + other->sign(ownHeader, base::writeJson(goodClaims()));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(judge({forged}).verdict.reason, Reason::BadSignature);
}

void TestGate::saysWithVerifyJwtOffWhatWouldHaveFailed()
{
    auth::Policy policy;
    policy.verifyJwt = false;
    start(policy);
    m_keys->warm();
    QTRY_COMPARE(m_keys->peek(u"k1"_s, u"RS256"_s).state, auth::KeyAnswer::State::Found);
    const auto note = [this](const QByteArray &header) {
        const auth::Verdict verdict = judge({header}).verdict;
        QTest::qCompare(verdict.reason, Reason::NotVerified, "reason", "NotVerified", __FILE__, __LINE__);
        QTest::qCompare(verdict.checks.last().state, CheckState::NotChecked, "state", "NotChecked", __FILE__,
                        __LINE__);
        return verdict.checks.last().note;
    };
    QVERIFY(note(token(goodClaims())).contains(u"would be found good"_s));
    QByteArray forged = token(goodClaims());
    forged[forged.size() - 20] = forged[forged.size() - 20] == 'A' ? 'B' : 'A';
    QVERIFY(note(forged).contains(u"would be refused"_s));
}

void TestGate::holdsNoSecretInItsVerdict()
{
    const QString planted = QString::fromLatin1(m_key->sign(ownHeader, "{}"));
    QJsonObject claims = goodClaims();
    for (const QString &name :
         {u"iss"_s, u"aud"_s, u"sub"_s, u"scope"_s, u"email"_s, u"nested"_s, u"client_secret"_s})
        claims.insert(name, planted);
    const auth::Verdict verdict
        = verdictOn(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, planted}, {u"typ"_s, planted}});
    QCOMPARE(verdict.reason, Reason::WrongKind);
    QByteArray all = base::writeJson(verdict.header) + base::writeJson(verdict.claims);
    for (const auth::Check &check : verdict.checks)
        all += (check.what + check.expected + check.actual + check.note).toUtf8();
    all += (auth::explain(verdict).sentence + auth::explain(verdict).remedy + auth::explain(verdict).wire)
               .toUtf8();
    QVERIFY(!all.contains(planted.toLatin1().right(40)));
    QVERIFY(!all.contains(planted.toLatin1().left(60)));
}

void TestGate::skipsOnlyTheSignatureWithVerifyJwtOff()
{
    auth::Policy policy;
    policy.verifyJwt = false;
    start(policy);
    const QJsonObject none{{u"alg"_s, u"none"_s}};
    const auth::Judgement judgement = judge({token(goodClaims(), none)});
    QCOMPARE(judgement.verdict.reason, Reason::NotVerified);
    QVERIFY(judgement.verdict.accepted());
    QVERIFY(!judgement.principal.verified);
    QCOMPARE(judgement.principal.subject, u"user_1"_s);
    QJsonObject claims = goodClaims();
    claims.insert(u"exp"_s, now - 60);
    QCOMPARE(verdictOn(claims, none).reason, Reason::Expired);
    claims = goodClaims();
    claims.insert(u"aud"_s, u"client_01"_s);
    QCOMPARE(verdictOn(claims, none).reason, Reason::WrongAudience);
    QCOMPARE(m_fetcher->count, 0);
}

void TestGate::challengesWithoutAnErrorWhereNoTokenCame()
{
    const QByteArray address
        = "resource_metadata=\"http://localhost:3000/.well-known/oauth-protected-resource/mcp\"";
    QCOMPARE(auth::challengeFor(judge({}).verdict, m_gate->policy()), "Bearer " + address);
    const QByteArray bad = auth::challengeFor(judge({"Bearer a.b.c"_ba}).verdict, m_gate->policy());
    QVERIFY2(bad.startsWith("Bearer error=\"invalid_token\", error_description=\""), bad.constData());
    QVERIFY2(bad.endsWith(", " + address), bad.constData());
}

void TestGate::asksForTheScopesOfTheOperation()
{
    const auth::Judgement good = judge({token(goodClaims())});
    QCOMPARE(m_gate->withNeeds(good, {{u"email"_s}}).verdict.reason, Reason::Valid);
    const auth::Judgement lacking = m_gate->withNeeds(good, {{u"email"_s, u"files:write"_s}});
    QCOMPARE(lacking.verdict.reason, Reason::MissingScope);
    QVERIFY(lacking.principal.subject.isEmpty());
    const QByteArray challenge = auth::challengeFor(lacking.verdict, m_gate->policy());
    QVERIFY(challenge.contains("error=\"insufficient_scope\""));
    QVERIFY(challenge.contains("scope=\"email files:write\""));
    QCOMPARE(auth::explain(lacking.verdict).status, 403);
    QVERIFY(auth::explain(lacking.verdict).sentence.contains("files:write"_L1));
}

void TestGate::asksForTheScopesThatEveryCallNeeds()
{
    auth::Policy policy;
    policy.needs.scopes = {u"files:read"_s};
    start(policy);
    QCOMPARE(verdictOn(goodClaims()).reason, Reason::MissingScope);
    QVERIFY(auth::challengeFor(judge({}).verdict, m_gate->policy()).contains("scope=\"files:read\""));
    QJsonObject claims = goodClaims();
    claims.insert(u"scope"_s, u"files:read"_s);
    QCOMPARE(verdictOn(claims).reason, Reason::Valid);
    claims.insert(u"scope"_s, u"files:read2 xfiles:read"_s); // Whole words, never parts.
    QCOMPARE(verdictOn(claims).reason, Reason::MissingScope);
}

void TestGate::namesAllScopesOfTheOperationAtOnce()
{
    auth::Policy policy;
    policy.needs.scopes = {u"email"_s};
    start(policy);
    const auth::Judgement lacking = m_gate->withNeeds(judge({token(goodClaims())}), {{u"files:write"_s}});
    QCOMPARE(lacking.verdict.reason, Reason::MissingScope);
    QVERIFY(auth::challengeFor(lacking.verdict, m_gate->policy()).contains("scope=\"email files:write\""));
}

void TestGate::judgesWhatACallNeeds_data()
{
    QTest::addColumn<base::AccessRequirements>("all"); // Of every call.
    QTest::addColumn<base::AccessRequirements>("own"); // Of this one.
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<Reason>("reason");
    const auto row = [](const char *name, const base::AccessRequirements &all,
                        const base::AccessRequirements &own, const QJsonObject &claims,
                        Reason reason) { QTest::newRow(name) << all << own << claims << reason; };
    const auto scope = [](const QString &text) { return QJsonObject{{u"scope"_s, text}}; };
    const base::AccessRequirements read{{u"files:read"_s}};
    row("the scope itself", read, {}, scope(u"files:read"_s), Reason::Valid);
    row("a scope that includes it", read, {}, scope(u"files:write"_s), Reason::Valid);
    row("a scope that includes one that includes it", {}, read, scope(u"files:admin"_s), Reason::Valid);
    row("a narrower scope", {{u"files:write"_s}}, {}, scope(u"files:read"_s), Reason::MissingScope);
    row("a scope that only looks wider", read, {}, scope(u"files"_s), Reason::MissingScope);
    row("no scope at all", read, {}, {{u"scope"_s, QJsonValue::Null}}, Reason::MissingScope);
    const base::AccessRequirements manage{{}, {u"members:manage"_s}};
    row("a permission", {}, manage, {{u"permissions"_s, QJsonArray({u"members:manage"_s})}}, Reason::Valid);
    row("another permission", {}, manage, {{u"permissions"_s, QJsonArray({u"members:read"_s})}},
        Reason::MissingPermission);
    row("no permissions", manage, {}, {}, Reason::MissingPermission);
    row("a scope is no permission", {}, manage, scope(u"members:manage"_s), Reason::MissingPermission);
    const base::AccessRequirements acme{{}, {}, {u"org_1"_s, u"org_2"_s}};
    row("one of the organizations", acme, {}, {}, Reason::Valid);
    row("another organization", acme, {}, {{u"org_id"_s, u"org_3"_s}}, Reason::WrongOrganization);
    row("no organization", acme, {}, {{u"org_id"_s, QJsonValue::Null}}, Reason::WrongOrganization);
    row("an empty organization", {}, acme, {{u"org_id"_s, QString()}}, Reason::WrongOrganization);
    row("both allow the organization", acme, {{}, {}, {u"org_1"_s}}, {}, Reason::Valid);
    row("only one allows it", acme, {{}, {}, {u"org_3"_s}}, {}, Reason::WrongOrganization);
    row("none is allowed by both", acme, {{}, {}, {u"org_3"_s}}, {{u"org_id"_s, u"org_3"_s}},
        Reason::WrongOrganization);
    row("none by both, and none had", acme, {{}, {}, {u"org_3"_s}}, {{u"org_id"_s, QString()}},
        Reason::WrongOrganization);
}

void TestGate::judgesWhatACallNeeds()
{
    QFETCH(base::AccessRequirements, all);
    QFETCH(base::AccessRequirements, own);
    QFETCH(QJsonObject, claims);
    QFETCH(Reason, reason);
    auth::Policy policy;
    policy.needs = all;
    policy.scopeIncludes = {{u"files:write"_s, {u"files:read"_s, u"files:list"_s}},
                            {u"files:admin"_s, {u"files:write"_s}},
                            {u"files:read"_s, {u"files:admin-view"_s, u"files:read"_s}}};
    start(policy);
    QJsonObject whole = goodClaims();
    for (auto claim = claims.begin(); claim != claims.end(); ++claim)
        whole.insert(claim.key(), claim->isNull() ? QJsonValue(QJsonValue::Undefined) : claim.value());
    const auth::Judgement judgement = m_gate->withNeeds(judge({token(whole)}), own);
    QCOMPARE(judgement.verdict.reason, reason);
    QCOMPARE(judgement.principal.subject.isEmpty(), reason != Reason::Valid);
    QCOMPARE(auth::explain(judgement.verdict).status, reason == Reason::Valid ? 200 : 403);
}

/// Whoever keeps verdicts has to know: a token of 16 KiB can take half a megabyte.
void TestGate::saysWhatItsVerdictTakes()
{
    QJsonObject claims = goodClaims();
    QJsonArray parts;
    for (int i = 0; i < 2000; ++i)
        parts.append(QJsonArray{0});
    claims.insert(u"x"_s, parts);
    const qsizetype good = verdictOn(claims).jsonBytes;
    QVERIFY(good > 300'000);
    QCOMPARE(verdictOn(claims).jsonBytes, good); // Remembered.
    QCOMPARE(verdictOn(claims).jsonBytes, good); // With its judgement.
    claims.insert(u"aud"_s, u"https://b.example"_s);
    QVERIFY(verdictOn(claims).jsonBytes > 300'000);
}

void TestGate::keepsRightsUntilThePolicyTakesThem()
{
    const auto rights = m_gate->rightsOf(judge({token(goodClaims())}).principal);
    const base::AccessRequirements none;
    const base::AccessRequirements email{{u"email"_s}, {}, {}};
    const auth::Policy before = m_gate->policy();
    QVERIFY(rights(none) && rights(email));
    QVERIFY(!rights({{u"documents:write"_s}, {}, {}}));
    m_nowMs += 3'600'000; // Expiry ends streams by itself, not what a change of settings looks at.
    QVERIFY(rights(none) && rights(email));
    auth::Policy other = before;
    other.algorithms = {u"ES256"_s};
    m_gate->reconfigure(other, m_keys.get());
    QVERIFY(!rights(none));
    other = before;
    other.needs.organizations = {u"org_2"_s};
    m_gate->reconfigure(other, m_keys.get());
    QVERIFY(!rights(none) && !rights(email));
    m_gate->reconfigure(before, m_keys.get());
    QVERIFY(rights(none) && rights(email));
    m_gate.reset();
    QVERIFY(!rights(none) && !rights(email));
}

void TestGate::keepsThePlacesOfThoseWhoWaitWhereThePolicyChanges()
{
    QCOMPARE(judge({token(goodClaims())}).verdict.reason, Reason::Valid); // There is a set.
    QList<Reason> given;
    for (int i = 0; i < 20; ++i) {
        QJsonObject header = ownHeader;
        header.insert(u"kid"_s, u"later%1"_s.arg(i));
        m_gate->judge({{token(goodClaims(), header)}, {}},
                      [&given](const auth::Judgement &judgement) { given.append(judgement.verdict.reason); });
    }
    auth::Policy other = m_gate->policy();
    other.audiences = {u"https://b.example"_s};
    for (int i = 0; i < 3; ++i)
        m_gate->reconfigure(other, m_keys.get());
    QTRY_COMPARE(given.size(), 20);
    QCOMPARE(given.count(Reason::UnknownKey), 20); // None is told to come later.
}

GATEHOUSE_TEST(TestGate)
#include "tst_gate.moc"
