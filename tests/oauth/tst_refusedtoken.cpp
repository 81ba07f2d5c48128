// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"
#include "base/json.h"
#include "oauth/refusedtoken.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

const QString resource = u"https://example.com/mcp"_s;
const QString issuer = u"https://acme.authkit.app"_s;
constexpr qint64 nowMs = 1'800'000'000'000;
const QByteArray now = "Fri, 15 Jan 2027 08:00:00 GMT";

QByteArray tokenOf(const QJsonObject &changes)
{
    QJsonObject claims{{u"iss"_s, issuer}, {u"aud"_s, resource}, {u"exp"_s, nowMs / 1000 + 300}};
    for (auto one = changes.begin(); one != changes.end(); ++one)
        claims.insert(one.key(), one.value());
    return base::toBase64Url(R"({"alg":"RS256","kid":"k"})") + '.'
        + base::toBase64Url(base::writeJson(claims)) + ".c2lnbmF0dXJl";
}

} // namespace

class TestRefusedToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatCanBeSeen_data();
    void saysWhatCanBeSeen();
    void showsNoSecretOfAHostileToken();
};

void TestRefusedToken::saysWhatCanBeSeen_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QStringList>("words"); // Each in one sentence.
    const auto row = [](const char *name, const QByteArray &token, const QStringList &words,
                        const QByteArray &date = now) { QTest::newRow(name) << token << date << words; };
    row("a token in which nothing is wrong", tokenOf({}), {});
    row("for another server", tokenOf({{u"aud"_s, u"https://other.example/mcp"_s}}),
        {u"for https://other.example/mcp, and not for https://example.com/mcp"_s});
    row("for a client, as AuthKit's where the resource is not known there",
        tokenOf({{u"aud"_s, u"client_01"_s}}), {u"client_01"_s});
    row("for a slash more", tokenOf({{u"aud"_s, resource + u'/'}}), {u"https://example.com/mcp/,"_s});
    row("for several, this one among them", tokenOf({{u"aud"_s, QJsonArray{u"a"_s, resource}}}), {});
    row("for nobody", tokenOf({{u"aud"_s, QJsonArray()}}), {u"(aud)"_s});
    row("of somebody else", tokenOf({{u"iss"_s, u"https://evil.example"_s}}), {u"https://evil.example"_s});
    row("that has expired", tokenOf({{u"exp"_s, nowMs / 1000 - 7}}), {u"expired 7 s ago"_s});
    row("whose time has not come", tokenOf({{u"nbf"_s, nowMs / 1000 + 90}}), {u"in 90 s only"_s});
    row("with times that are none", tokenOf({{u"exp"_s, u"soon"_s}, {u"nbf"_s, 1e300}}), {});
    row("a server that is ahead", tokenOf({}), {u"600 s ahead"_s}, "Fri, 15 Jan 2027 08:10:00 GMT");
    row("a server that is behind", tokenOf({}), {u"3600 s behind"_s}, "Fri, 15 Jan 2027 07:00:00 GMT");
    row("a server that is nearly right", tokenOf({}), {}, "Fri, 15 Jan 2027 08:00:30 GMT");
    row("a server without a clock", tokenOf({}), {}, {});
    row("a server with a broken one", tokenOf({}), {}, "yesterday");
    row("a token of another shape", "opaque-token", {});
    row("no token", {}, {u"600 s ahead"_s}, "Fri, 15 Jan 2027 08:10:00 GMT");
}

void TestRefusedToken::saysWhatCanBeSeen()
{
    QFETCH(const QByteArray, token);
    QFETCH(const QByteArray, date);
    QFETCH(const QStringList, words);
    const QStringList reasons = reasonsIn({token, resource, issuer, date, nowMs});
    QCOMPARE(reasons.size(), words.size());
    for (qsizetype i = 0; i < words.size(); ++i)
        QVERIFY2(reasons.at(i).contains(words.at(i)), qPrintable(reasons.at(i)));
}

void TestRefusedToken::showsNoSecretOfAHostileToken()
{
    const QByteArray inner = tokenOf({});
    const QStringList reasons
        = reasonsIn({tokenOf({{u"aud"_s, QString::fromLatin1(inner)}, {u"iss"_s, u"x"_s.repeated(10'000)}}),
                     resource, issuer, now, nowMs});
    QCOMPARE(reasons.size(), 2);
    QVERIFY(!reasons.join(u' ').contains(QString::fromLatin1(inner)));
    QVERIFY(reasons.join(u' ').size() < 2000);
}

GATEHOUSE_TEST(TestRefusedToken)
#include "tst_refusedtoken.moc"
