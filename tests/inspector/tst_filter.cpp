// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/exchanges.h"
#include "inspector/filter.h"

#include <QDateTime>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::inspector;
using namespace Qt::StringLiterals;

class TestFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsAskedFor_data();
    void findsWhatIsAskedFor();
    void saysWhatATermWants_data();
    void saysWhatATermWants();
    void takesWhatIsBeingTyped_data();
    void takesWhatIsBeingTyped();
    void letsChipsWriteIntoTheText();
};

void TestFilter::findsWhatIsAskedFor_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>(
        "found"); // g: the good call, b: the refused one, m: a metadata request, r: a running one
    QTest::newRow("nothing asked") << QString() << u"gbmr"_s;
    QTest::newRow("a word") << u"PROFILE"_s << u"gb"_s;
    QTest::newRow("two words") << u"ada audience"_s << u"b"_s;
    QTest::newRow("words held together") << u"\"wrong audience\""_s << u"b"_s;
    QTest::newRow("a word with a colon") << u"well:known"_s << QString();
    QTest::newRow("not a word") << u"-ada"_s << u"mr"_s;
    QTest::newRow("a verdict by its name") << u"auth:wrong_audience"_s << u"b"_s;
    QTest::newRow("a verdict by its word") << u"auth:\"wrong aud\""_s << u"b"_s;
    QTest::newRow("a status") << u"http:401"_s << u"b"_s;
    QTest::newRow("a class of status") << u"http:4xx"_s << u"b"_s;
    QTest::newRow("a range of status") << u"http:<300"_s << u"gm"_s;
    QTest::newRow("a result") << u"result:ok"_s << u"g"_s;
    QTest::newRow("an RPC method") << u"method:tools/call"_s << u"gb"_s;
    QTest::newRow("an HTTP method") << u"method:get"_s << u"m"_s;
    QTest::newRow("a tool") << u"tool:prof"_s << u"gb"_s;
    QTest::newRow("not a tool") << u"-tool:prof"_s << u"mr"_s;
    QTest::newRow("a user") << u"user:ADA@"_s << u"gb"_s;
    QTest::newRow("a client") << u"client:claude"_s << u"gbr"_s;
    QTest::newRow("a path") << u"path:well-known"_s << u"m"_s;
    QTest::newRow("a token") << u"token:93a0"_s << u"gb"_s;
    QTest::newRow("a duration") << u"dur:>1ms"_s << u"gb"_s;
    QTest::newRow("less than a duration") << u"dur:<1ms"_s << u"m"_s;
    QTest::newRow("a time of the day")
        << QDateTime::fromMSecsSinceEpoch(1'800'000'000'123).toString(u"HH:mm:ss"_s) << u"gbr"_s;
    QTest::newRow("a size") << u"size:>1k"_s << u"m"_s;
    QTest::newRow("failed") << u"is:failed"_s << u"b"_s;
    QTest::newRow("refused") << u"is:refused"_s << u"b"_s;
    QTest::newRow("running") << u"is:running"_s << u"r"_s;
    QTest::newRow("metadata") << u"is:oauth"_s << u"m"_s;
    QTest::newRow("pinned") << u"is:pinned"_s << QString();
    QTest::newRow("all of several") << u"is:failed -user:grace method:tools/call"_s << u"b"_s;
}

void TestFilter::findsWhatIsAskedFor()
{
    QFETCH(QString, text);
    exchange::Exchange metadata;
    metadata.id = 3;
    metadata.method = "GET";
    metadata.path = "/.well-known/oauth-protected-resource/mcp";
    metadata.status = 200;
    metadata.outcome = exchange::Outcome::None;
    metadata.times.answeredUs = 400;
    metadata.responseBody.size = 5000;
    metadata.verdict.reason = auth::Reason::NotNeeded;
    ExchangeLog log;
    log.take({aCall(1), aWrongAudience(2), metadata, begun(aCall(4))});
    const auto filter = Filter::parse(text);
    QVERIFY2(filter, qPrintable(filter ? QString() : filter.error()));
    QString found;
    log.forEach([&](const Entry &entry) {
        if (filter->matches(entry))
            found += u" gbmr"_s.at(qsizetype(entry.serial));
    });
    QTEST(found, "found");
}

void TestFilter::saysWhatATermWants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("no time") << u"dur:long"_s << u"wants a time such as >500ms"_s;
    QTest::newRow("no size") << u"size:>big"_s << u"wants a number of bytes"_s;
    QTest::newRow("no state") << u"is:purple"_s << u"knows failed, refused"_s;
}

void TestFilter::saysWhatATermWants()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const auto filter = Filter::parse(text);
    QVERIFY(!filter);
    QVERIFY2(filter.error().contains(said), qPrintable(filter.error()));
}

void TestFilter::takesWhatIsBeingTyped_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"auth:", "is:", "is:fai", "dur:", "dur:>", "-", "\"", "\"open", "http:", " ", ":", "-is:"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFilter::takesWhatIsBeingTyped()
{
    QFETCH(QString, text);
    QVERIFY(Filter::parse(text));
}

void TestFilter::letsChipsWriteIntoTheText()
{
    QString text = u"ada"_s;
    text = withTermToggled(text, u"is:failed"_s);
    QCOMPARE(text, u"ada is:failed"_s);
    QVERIFY(hasTerm(text, u"is:failed"_s));
    QVERIFY(!hasTerm(text, u"is:fail"_s));
    QCOMPARE(withTermToggled(text, u"is:failed"_s), u"ada"_s);
}

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
