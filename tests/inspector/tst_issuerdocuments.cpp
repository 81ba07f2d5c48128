// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "inspector/issuerdocuments.h"
#include "inspector/keylog.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

/// What an issuer says of itself, which keys it has, and what a server says of itself.
class TestIssuerDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsBothDocumentsTogether();
    void saysWhatHasChanged();
    void comparesWithNothingBeforeTheFirstReading();
    void isBounded();
    void checksWhatTheServerSaysOfItself_data();
    void checksWhatTheServerSaysOfItself();
    void knowsWhichKeysThereAreAndWere();
    void countsTheTokensOfAKey();
    void keepsFewKeys();

private:
    static QJsonObject object(const QByteArray &json) { return base::readJsonObject(json).value(); }
    static exchange::Exchange signedBy(const QString &kid, auth::Reason reason = auth::Reason::Valid)
    {
        exchange::Exchange one;
        one.outcome = exchange::Outcome::Ok;
        one.times.receivedAt = 5000;
        one.verdict.reason = reason;
        one.verdict.header = {{u"kid"_s, kid}};
        return one;
    }
};

void TestIssuerDocuments::putsBothDocumentsTogether()
{
    const IssuerDocuments now{
        object(
            R"({"issuer":"https://a","token_endpoint":"https://a/t","grant_types_supported":["x","y"],"z":1.50,"only":true})"),
        object(
            R"({"issuer":"https://a","token_endpoint":"https://b/t","userinfo_endpoint":"https://a/u","mixed":["a",1]})")};
    QStringList rows;
    for (const DocumentRow &row : documentRowsOf(now, {})) {
        QVERIFY(!row.isChanged && !row.isGone);
        rows.append(row.field + u'=' + row.value + u'|' + wordOf(row.from) + u'|' + row.other);
    }
    QCOMPARE(
        rows,
        (QStringList{u"issuer=https://a|both|"_s, u"token_endpoint=https://a/t|they differ|https://b/t"_s,
                     u"userinfo_endpoint=https://a/u|OpenID document|"_s,
                     u"grant_types_supported=x y|OAuth document|"_s, u"mixed=[\"a\",1]|OpenID document|"_s,
                     u"only=true|OAuth document|"_s, u"z=1.5|OAuth document|"_s}));
}

void TestIssuerDocuments::saysWhatHasChanged()
{
    const IssuerDocuments before{object(R"({"issuer":"https://a","same":1,"old":"x","value":"v1"})"), {}};
    const IssuerDocuments now{object(R"({"issuer":"https://a","same":1,"value":"v2","new":true})"), {}};
    QStringList changed;
    for (const DocumentRow &row : documentRowsOf(now, before)) {
        if (row.isChanged)
            changed.append(row.field + u':' + row.before + u'>' + row.value
                           + (row.isGone ? u"!"_s : QString()));
    }
    QCOMPARE(changed, (QStringList{u"new:>true"_s, u"old:x>!"_s, u"value:v1>v2"_s}));
}

void TestIssuerDocuments::comparesWithNothingBeforeTheFirstReading()
{
    for (const DocumentRow &row : documentRowsOf({object(R"({"a":1})"), {}}, {}))
        QVERIFY(!row.isChanged);
    QVERIFY(documentRowsOf({}, {}).isEmpty());
}

void TestIssuerDocuments::isBounded()
{
    QJsonObject many;
    for (int i = 0; i < 5000; ++i)
        many.insert(u"f%1"_s.arg(i), i);
    many.insert(u"issuer"_s, QString(1'000'000, u'x'));
    const QList<DocumentRow> rows = documentRowsOf({many, {}}, {});
    QCOMPARE(rows.size(), 500);
    QCOMPARE(rows.first().value.size(), 4000);
}

void TestIssuerDocuments::checksWhatTheServerSaysOfItself_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("issuerSays");
    QTest::addColumn<QStringList>("needed");
    QTest::addColumn<QStringList>("bad"); // Fields.
    const QByteArray right
        = R"({"resource":"http://localhost:3000/mcp","authorization_servers":["https://a"],"scopes_supported":["s"],"bearer_methods_supported":["header"],"resource_name":"G"})";
    QTest::newRow("all right") << right << u"https://a"_s << QStringList{u"s"_s} << QStringList();
    QTest::newRow("nothing needed") << right << u"https://a"_s << QStringList() << QStringList();
    QTest::newRow("a scope is not advertised")
        << right << u"https://a"_s << QStringList{u"s"_s, u"t"_s} << QStringList{u"scopes_supported"_s};
    QTest::newRow("the issuer is another one")
        << right << u"https://a/"_s << QStringList() << QStringList{u"authorization_servers"_s};
    QTest::newRow("the issuer does not answer")
        << right << QString() << QStringList() << QStringList{u"authorization_servers"_s};
    QTest::newRow("another address") << QByteArray(right).replace("3000/mcp", "3000/mcp/") << u"https://a"_s
                                     << QStringList() << QStringList{u"resource"_s};
}

void TestIssuerDocuments::checksWhatTheServerSaysOfItself()
{
    QFETCH(const QByteArray, document);
    QFETCH(const QString, issuerSays);
    QFETCH(const QStringList, needed);
    QStringList bad;
    QStringList fields;
    for (const ResourceRow &row : resourceRowsOf(
             object(document), {u"http://localhost:3000/mcp"_s, u"https://a"_s, issuerSays, needed})) {
        fields.append(row.field);
        QVERIFY(!row.words.isEmpty());
        if (row.tone == Tone::Bad)
            bad.append(row.field);
    }
    QTEST(bad, "bad");
    QCOMPARE(fields.size(), 5);
}

void TestIssuerDocuments::knowsWhichKeysThereAreAndWere()
{
    KeyLog log;
    log.read({object(R"({"kid":"a","kty":"RSA","alg":"RS256","use":"sig"})"),
              object(R"({"kid":"b","kty":"EC","crv":"P-256"})")},
             {u"c: it is too small: 512 bits"_s}, 1000);
    QList<KeyRecord> all = log.all();
    QCOMPARE(all.size(), 3);
    QCOMPARE(all.at(0).kind, u"RSA"_s);
    QCOMPARE(all.at(0).algorithm, u"RS256"_s);
    QCOMPARE(all.at(1).kind, u"EC P-256"_s);
    QCOMPARE(all.at(2).why, u"it is too small: 512 bits"_s);
    log.read({object(R"({"kid":"b","kty":"EC","crv":"P-256"})")}, {}, 2000);
    all = log.all();
    QCOMPARE(all.at(0).id, u"b"_s); // Those that are there come first.
    QCOMPARE(all.at(0).firstMs, 1000);
    QCOMPARE(all.at(1).goneMs, 2000);
    log.read({object(R"({"kid":"a","kty":"RSA"})"), object(R"({"kid":"b","kty":"EC"})")}, {}, 3000);
    QCOMPARE(log.all().at(0).goneMs, 0); // It has come back.
    log.clear();
    QVERIFY(log.all().isEmpty());
}

void TestIssuerDocuments::countsTheTokensOfAKey()
{
    KeyLog log;
    log.record(signedBy(u"a"_s)); // Nobody knows it yet.
    log.read({object(R"({"kid":"a","kty":"RSA"})")}, {}, 1000);
    log.record(signedBy(u"a"_s));
    log.record(signedBy(u"a"_s, auth::Reason::BadSignature));
    log.record(signedBy(u"b"_s));
    exchange::Exchange running = signedBy(u"a"_s);
    running.outcome = exchange::Outcome::Running;
    log.record(running);
    QCOMPARE(log.all().size(), 1);
    QCOMPARE(log.all().first().tokens, 1);
    QCOMPARE(log.all().first().usedMs, 5000);
}

void TestIssuerDocuments::keepsFewKeys()
{
    KeyLog log;
    for (int i = 0; i < 1000; ++i)
        log.read({{{u"kid"_s, u"k%1"_s.arg(i)}, {u"kty"_s, u"RSA"_s}}}, {}, 1000 + i);
    QVERIFY(log.all().size() <= KeyLog::most);
    QCOMPARE(log.all().first().id, u"k999"_s);
}

GATEHOUSE_TEST(TestIssuerDocuments)
#include "tst_issuerdocuments.moc"
