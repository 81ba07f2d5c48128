// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanation.h"
#include "auth/explanationtable.h"
#include "auth/nearmiss.h"
#include "support/unit.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::auth;
using namespace Qt::StringLiterals;

class TestExplanation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWordsForEveryReason();
    void saysNothingOfTheTokenOnTheWire();
    void standsInTheUserGuideWordForWord();
    void seesTheLikelyCause_data();
    void seesTheLikelyCause();
    void saysWhatToCopyByteForByte();
    void hintsAtWhatAGoodTokenLacks();
    void marksWhereTwoStringsDiffer();
    void seesHowTwoStringsDiffer_data();
    void seesHowTwoStringsDiffer();
};

void TestExplanation::hasWordsForEveryReason()
{
    QStringList names;
    for (int i = 0; i <= int(lastReason); ++i) {
        Verdict verdict;
        verdict.reason = Reason(i);
        const Explanation words = explain(verdict);
        QVERIFY(!words.word.isEmpty() && !words.sentence.isEmpty());
        QCOMPARE(verdict.accepted(), words.status == 200);
        QVERIFY(verdict.accepted() || (!words.wire.isEmpty() && !words.remedy.isEmpty()));
        const QString name = reasonName(Reason(i));
        QVERIFY2(!name.isEmpty() && !names.contains(name), qPrintable(name));
        names.append(name);
    }
}

void TestExplanation::saysNothingOfTheTokenOnTheWire()
{
    for (int i = 0; i <= int(lastReason); ++i) {
        Verdict verdict;
        verdict.reason = Reason(i);
        verdict.checks.append(
            {u"aud"_s, CheckState::Failed, Reason(i), u"wanted %2 %1"_s, u"came"_s, u"near"_s, 7});
        const Explanation words = explain(verdict);
        for (const QString &value : {u"wanted"_s, u"came"_s, u"near"_s, u"%"_s})
            QVERIFY2(!words.wire.contains(value), qPrintable(words.wire));
    }
}

void TestExplanation::standsInTheUserGuideWordForWord()
{
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/docs/refusals.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString guide = QString::fromUtf8(file.readAll());
    const auto open = [](const char *text) {
        QString words = QString::fromUtf8(text);
        for (const auto &[sign, name] :
             {std::pair{u"%1"_s, u"*expected*"_s}, std::pair{u"%2"_s, u"*actual*"_s},
              std::pair{u"%3"_s, u"*so long*"_s}, std::pair{u"%4"_s, u"*missing*"_s},
              std::pair{u"%5"_s, u"*claim*"_s}, std::pair{u"%6"_s, u"*time*"_s}})
            words.replace(sign, name);
        return words;
    };
    for (int i = int(Reason::NoToken); i <= int(lastReason); ++i) {
        const ExplanationRow row = rowOf(Reason(i));
        const QString line = u"| `%1` | %2 | %3 | %4 | %5 |"_s.arg(
            QString::fromLatin1(row.name), QString::number(row.status), open(row.sentence), open(row.cause),
            open(row.remedy));
        QVERIFY2(guide.contains(line), qPrintable(u"docs/refusals.md lacks this line:\n"_s + line));
    }
}

void TestExplanation::seesTheLikelyCause_data()
{
    QTest::addColumn<Check>("check");
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<int>("issuerAhead");
    QTest::addColumn<QString>("cause"); // A part of it.
    QTest::addColumn<QString>("remedy");
    QTest::addColumn<QString>("page");
    const auto row
        = [](const char *name, const Check &check, const QString &cause, const QString &remedy = {},
             const QString &page = {}, const QJsonObject &claims = {}, int issuerAhead = 0) {
              QTest::newRow(name) << check << claims << issuerAhead << cause << remedy << page;
          };
    const auto failed = [](const QString &what, Reason reason, const QString &expected = {},
                           const QString &actual = {}, const QString &note = {}) {
        return Check{what, CheckState::Failed, reason, expected, actual, note, 7};
    };
    const QString us = u"http://localhost:3000/mcp"_s;
    const QString indicators = u"MCP resource indicators"_s;
    row("audience the environment's client id", failed(u"aud"_s, Reason::WrongAudience, us, u"client_01"_s),
        u"No resource indicator is configured"_s, u"Add http://localhost:3000/mcp, exactly so"_s, indicators);
    row("audience one slash off",
        failed(u"aud"_s, Reason::WrongAudience, us, us + u'/', u"one trailing slash too many"_s),
        u"differ: one trailing slash too many"_s, u"Use http://localhost:3000/mcp, exactly so"_s, indicators);
    row("audience of another server", failed(u"aud"_s, Reason::WrongAudience, us, u"https://b.example/mcp"_s),
        u"default indicator"_s, u"Add http://localhost:3000/mcp"_s, indicators);
    const QString acme = u"https://acme.authkit.app"_s;
    row("issuer in staging",
        failed(u"iss"_s, Reason::WrongIssuer, acme, u"https://acme-staging.authkit.app"_s), u"staging"_s);
    row("issuer the sandbox", failed(u"iss"_s, Reason::WrongIssuer, acme, u"http://127.0.0.1:4455"_s),
        u"from a sandbox on this computer"_s);
    row("issuer an environment, where the sandbox is used",
        failed(u"iss"_s, Reason::WrongIssuer, u"http://127.0.0.1:4455"_s, acme), u"uses its sandbox"_s,
        u"Set the subdomain"_s);
    row("issuer one slash off",
        failed(u"iss"_s, Reason::WrongIssuer, acme, acme + u'/', u"one trailing slash too many"_s),
        u"byte for byte"_s, u"exactly what the token names"_s);
    row("issuer of somebody else", failed(u"iss"_s, Reason::WrongIssuer, acme, u"https://login.example"_s),
        u"kept a sign-in"_s, u"remove what the client has stored"_s);
    row("a session token",
        failed(u"kind"_s, Reason::WrongKind, u"an access token"_s, u"a browser-session token"_s),
        u"User Management"_s, u"AuthKit domain"_s);
    row("an ID token", failed(u"kind"_s, Reason::WrongKind, u"an access token"_s, u"an ID token"_s),
        u"for nobody else"_s, u"Send the access_token"_s);
    row("a logout token", failed(u"kind"_s, Reason::WrongKind, u"an access token"_s, u"typ logout+jwt"_s),
        u"made for something else"_s);
    row("an unsigned token", failed(u"algorithm"_s, Reason::AlgorithmNotAllowed, u"RS256"_s, u"none"_s),
        u"not signed at all"_s);
    row("a shared secret", failed(u"algorithm"_s, Reason::AlgorithmNotAllowed, u"RS256"_s, u"HS256"_s),
        u"shared secret"_s);
    row("an algorithm that could be allowed",
        failed(u"algorithm"_s, Reason::AlgorithmNotAllowed, u"RS256"_s, u"ES256"_s),
        u"settings do not allow"_s, u"add ES256"_s);
    row("a key that was withdrawn", failed(u"key"_s, Reason::UnknownKey, {}, u"k9"_s), u"withdrawn"_s,
        u"Sign in again"_s, {}, {{u"iss"_s, acme}});
    row("a key from before the sandbox's start", failed(u"key"_s, Reason::UnknownKey, {}, u"k9"_s),
        u"new key whenever it starts"_s, u"Sign in again."_s, {}, {{u"iss"_s, u"http://127.0.0.1:4455"_s}});
    row("no key named", failed(u"key"_s, Reason::UnknownKey), u"names no key"_s);
    row("a key that cannot be used",
        failed(u"key"_s, Reason::UnknownKey, {}, u"k9"_s, u"an RSA key of 1024 bits"_s),
        u"cannot be used: an RSA key of 1024 bits"_s);
    row("no keys to be had",
        failed(u"key"_s, Reason::KeysUnavailable, {}, {}, u"The keys could not be fetched: refused."_s),
        u"could not be fetched: refused."_s, u"goes on trying"_s);
    row("expired, and cannot refresh", failed(u"exp"_s, Reason::Expired), u"without offline_access"_s,
        u"ask for offline_access"_s, {}, {{u"scope"_s, u"openid email"_s}});
    row("expired, and could refresh", failed(u"exp"_s, Reason::Expired), u"did not refresh in time"_s,
        u"refresh token"_s, {}, {{u"scope"_s, u"openid offline_access"_s}});
    row("expired by our clock alone", failed(u"exp"_s, Reason::Expired),
        u"This computer's clock is 95 s ahead"_s, u"Set this computer's clock."_s, {}, {}, -95);
    row("expired, the clocks agree", failed(u"exp"_s, Reason::Expired), u"did not refresh"_s, {}, {}, {},
        -30);
    row("not yet by our clock alone", failed(u"nbf"_s, Reason::NotYetValid),
        u"The issuer's clock is 95 s ahead"_s, {}, {}, {}, 95);
    row("not yet, nothing known", failed(u"nbf"_s, Reason::NotYetValid), u"differ"_s);
    row("a scope of our own",
        failed(u"scopes"_s, Reason::MissingScope, u"email files:read"_s, {}, u"files:read"_s),
        u"clients that registered themselves"_s, u"may have “files:read”"_s, u"Applications"_s);
    row("a scope of the four", failed(u"scopes"_s, Reason::MissingScope, u"email"_s, {}, u"email"_s),
        u"did not ask for it"_s);
    row("no permissions at all", failed(u"permission"_s, Reason::MissingPermission, u"a"_s, {}, u"a"_s),
        u"stock access token"_s, u"JWT template"_s, u"JWT template"_s);
    row("another permission", failed(u"permission"_s, Reason::MissingPermission, u"a"_s, u"b"_s, u"a"_s),
        u"role"_s, u"Roles & Permissions"_s, {}, {{u"permissions"_s, QJsonArray({u"b"_s})}});
    row("no organization", failed(u"organization"_s, Reason::WrongOrganization, u"org_1"_s),
        u"for no organization"_s, {}, u"Organizations"_s);
    row("another organization", failed(u"organization"_s, Reason::WrongOrganization, u"org_1"_s, u"org_2"_s),
        u"chose this organization"_s, u"choose the organization"_s);
}

void TestExplanation::seesTheLikelyCause()
{
    QFETCH(Check, check);
    QFETCH(QJsonObject, claims);
    QFETCH(int, issuerAhead);
    QFETCH(QString, cause);
    QFETCH(QString, remedy);
    QFETCH(QString, page);
    Verdict verdict;
    verdict.reason = check.reason;
    verdict.claims = claims;
    verdict.checks = {check};
    verdict.issuerAheadSeconds = issuerAhead;
    const Explanation words = explain(verdict);
    QVERIFY2(words.cause.contains(cause), qPrintable(words.cause));
    QVERIFY2(words.remedy.contains(remedy) && !words.remedy.isEmpty(), qPrintable(words.remedy));
    QCOMPARE(words.page.isEmpty(), page.isEmpty());
    QVERIFY2(words.page.contains(page), qPrintable(words.page));
    for (const QString &text : {words.sentence, words.cause, words.remedy})
        QVERIFY2(!text.contains(u'%'), qPrintable(text)); // No placeholder is left.
}

void TestExplanation::saysWhatToCopyByteForByte()
{
    Verdict verdict;
    verdict.reason = Reason::WrongAudience;
    verdict.checks = {{u"aud"_s, CheckState::Failed, Reason::WrongAudience, u"https://a.example/mcp?x=%2F"_s,
                       u"client_01"_s}};
    QCOMPARE(explain(verdict).copy, u"https://a.example/mcp?x=%2F"_s);
}

void TestExplanation::hintsAtWhatAGoodTokenLacks()
{
    Verdict verdict;
    verdict.reason = Reason::Valid;
    verdict.claims = {{u"sub"_s, u"user_1"_s}, {u"scope"_s, u"openid email"_s}};
    QList<Hint> hints = hintsOf(verdict);
    QCOMPARE(hints.size(), 2);
    QVERIFY(hints[0].sentence.contains(u"no e-mail"_s) && hints[0].page.contains(u"JWT template"_s));
    QVERIFY(hints[0].copy.contains(uR"("email":"{{ user.email }}")"_s));
    QVERIFY(hints[1].sentence.contains(u"offline_access"_s));
    verdict.claims
        = {{u"sub"_s, u"user_1"_s}, {u"scope"_s, u"openid email offline_access"_s}, {u"email"_s, u"a@b.c"_s}};
    QVERIFY(hintsOf(verdict).isEmpty());
    verdict.claims.insert(u"organization_id"_s, u"org_1"_s);
    QCOMPARE(hintsOf(verdict).size(), 1);
    verdict.claims.remove(u"organization_id"_s);
    verdict.checks = {{u"aud"_s, CheckState::Passed, Reason::Valid, u"https://a/mcp"_s, {}, u"for others"_s}};
    QCOMPARE(hintsOf(verdict).size(), 1);
    QVERIFY(hintsOf(verdict)[0].sentence.contains(u"another server"_s));
    verdict.reason = Reason::Expired;
    QVERIFY(hintsOf(verdict).isEmpty()); // Something more important is to be said.
}

void TestExplanation::marksWhereTwoStringsDiffer()
{
    QCOMPARE(differenceOf(u"http://a:3000/mcp"_s, u"http://a:3001/mcp"_s), (Difference{12, 1, 1}));
    QCOMPARE(differenceOf(u"http://a/mcp"_s, u"http://a/mcp/"_s), (Difference{12, 0, 1}));
    QCOMPARE(differenceOf(u"aaa"_s, u"aa"_s), (Difference{2, 1, 0}));
    QCOMPARE(differenceOf(u"abc"_s, u"abc"_s), (Difference{3, 0, 0}));
    QCOMPARE(differenceOf(u""_s, u"x"_s), (Difference{0, 0, 1}));
}

void TestExplanation::seesHowTwoStringsDiffer_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("word");
    QTest::newRow("the same") << u"http://localhost:3000/mcp"_s << QString();
    QTest::newRow("a slash too many") << u"http://localhost:3000/mcp/"_s << u"slash too many"_s;
    QTest::newRow("capitals") << u"http://Localhost:3000/mcp"_s << u"case differ from character 8"_s;
    QTest::newRow("another scheme") << u"https://localhost:3000/mcp"_s << u"https instead of http"_s;
    QTest::newRow("another port") << u"http://localhost:3001/mcp"_s << u"port 3001 instead of 3000"_s;
    QTest::newRow("no port") << u"http://localhost/mcp"_s << u"port"_s;
    QTest::newRow("another name") << u"http://127.0.0.1:3000/mcp"_s << u"127.0.0.1"_s;
    QTest::newRow("a client id") << u"client_01ABC"_s << u"client id"_s;
    QTest::newRow("two letters swapped")
        << u"http://localhost:3000/mpc"_s << u"from character 24 on “pc” instead of “cp”"_s;
    QTest::newRow("a letter missing")
        << u"http://localhost:3000/mp"_s << u"“c” is missing from character 24"_s;
    QTest::newRow("the path missing") << u"http://localhost:3000"_s << u"“/mcp” is missing"_s;
    QTest::newRow("a path more") << u"http://localhost:3000/mcp/v1"_s << u"“/v1” too many"_s;
    QTest::newRow("blanks") << u" http://localhost:3000/mcp"_s << u"blanks"_s;
    QTest::newRow("something else") << u"urn:x"_s << QString();
    QTest::newRow("another server") << u"https://files.example/tools"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestExplanation::seesHowTwoStringsDiffer()
{
    QFETCH(QString, actual);
    QFETCH(QString, word);
    const QString miss = nearMiss(u"http://localhost:3000/mcp"_s, actual);
    QCOMPARE(miss.isEmpty(), word.isEmpty());
    QVERIFY2(miss.contains(word), qPrintable(miss));
}

GATEHOUSE_TEST(TestExplanation)
#include "tst_explanation.moc"
