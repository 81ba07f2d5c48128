// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/exchanges.h"
#include "inspector/filter.h"
#include "inspector/filtertext.h"
#include "support/unit.h"

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
    void refusesWhatNobodyWillFinish_data();
    void refusesWhatNobodyWillFinish();
    void findsWhatWasClosedByEitherName();
    void takesWhatIsFinished_data();
    void takesWhatIsFinished();
    void writesATermThatSomebodyElseCannotLeave_data();
    void writesATermThatSomebodyElseCannotLeave();
    void saysWhatAWordCouldBecome();
    void letsChipsWriteIntoTheText();
    void takesOneFieldOutOfTheText_data();
    void takesOneFieldOutOfTheText();
};

void TestFilter::findsWhatIsAskedFor_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found"); // g: the good call, b: the refused one, m: a metadata request, r: a
                                        // running one, h: one with a foreign Host, s: one to the sandbox
    QTest::newRow("nothing asked") << QString() << u"gbmrhs"_s;
    QTest::newRow("a word") << u"PROFILE"_s << u"gb"_s;
    QTest::newRow("two words") << u"ada audience"_s << u"b"_s;
    QTest::newRow("words held together") << u"\"wrong audience\""_s << u"b"_s;
    QTest::newRow("a word with a colon") << u"\"well:known\""_s << QString();
    QTest::newRow("an address") << u"localhost:3000"_s << QString();
    QTest::newRow("a URL") << u"http://127.0.0.1:3000/mcp"_s << QString();
    QTest::newRow("a URL of another scheme") << u"wss://127.0.0.1:3000"_s << QString();
    QTest::newRow("a path of two slashes") << u"path://evil"_s << QString();
    QTest::newRow("not a path of two slashes") << u"-path://evil"_s << u"gbmrhs"_s;
    QTest::newRow("a URN") << u"urn:ietf:params"_s << QString();
    QTest::newRow("text in letters that fold") << u"body:\"GRÜẞE K\""_s << u"g"_s;
    QTest::newRow("one or another") << u"user:ada or path:well-known"_s << u"gbm"_s;
    QTest::newRow("or binds less than what stands side by side")
        << u"user:ada http:401 OR path:well-known"_s << u"bm"_s;
    QTest::newRow("a group") << u"user:ada (http:401 or http:200)"_s << u"gb"_s;
    QTest::newRow("not a group") << u"-(user:ada or path:well-known)"_s << u"rhs"_s;
    QTest::newRow("groups in groups") << u"((http:200 or (http:401)) and user:ada)"_s << u"gb"_s;
    QTest::newRow("or in quotes is a word") << u"\"or\" profile"_s << QString();
    QTest::newRow("parentheses within a word") << u"body:print(1) user:ada"_s << u"g"_s;
    QTest::newRow("in a group") << u"(body:print(1) or http:401)"_s << u"gb"_s;
    QTest::newRow("one that nobody opened") << u"ada) http:401"_s << QString();
    QTest::newRow("a measure that is being typed") << u"size:> dur: dur:<"_s << u"gbmrhs"_s;
    QTest::newRow("text of a request") << u"body:GREETING"_s << u"g"_s;
    QTest::newRow("text of an answer") << u"body:\"hello ada\""_s << u"g"_s;
    QTest::newRow("not a text") << u"-body:greeting user:ada"_s << u"b"_s;
    QTest::newRow("not a word") << u"-ada"_s << u"mrhs"_s;
    QTest::newRow("a verdict by its name") << u"auth:wrong_audience"_s << u"b"_s;
    QTest::newRow("a verdict by its word") << u"auth:\"wrong aud\""_s << u"b"_s;
    QTest::newRow("a status") << u"http:401"_s << u"b"_s;
    QTest::newRow("a class of status") << u"http:4xx"_s << u"bh"_s;
    QTest::newRow("a range of status") << u"http:<300"_s << u"gms"_s;
    QTest::newRow("a result") << u"result:ok"_s << u"g"_s;
    QTest::newRow("an RPC method") << u"method:tools/call"_s << u"gb"_s;
    QTest::newRow("an HTTP method") << u"method:get"_s << u"m"_s;
    QTest::newRow("a tool") << u"tool:prof"_s << u"gb"_s;
    QTest::newRow("not a tool") << u"-tool:prof"_s << u"mrhs"_s;
    QTest::newRow("a user") << u"user:ADA@"_s << u"gb"_s;
    QTest::newRow("an organization") << u"org:ACME"_s << u"g"_s;
    QTest::newRow("a client") << u"client:claude"_s << u"gbr"_s;
    QTest::newRow("a path") << u"path:well-known"_s << u"m"_s;
    QTest::newRow("a token") << u"token:93a0"_s << u"gb"_s;
    QTest::newRow("a trace") << u"trace:0AF76519"_s << u"ms"_s;
    const QTime came = QDateTime::fromMSecsSinceEpoch(1'800'000'000'123).time();
    const auto clock = [&came](int seconds) { return came.addSecs(seconds).toString(u"HH:mm:ss"_s); };
    QTest::newRow("a minute of the day") << u"user:ada time:"_s + came.toString(u"HH:mm"_s) << u"gb"_s;
    QTest::newRow("a second of the day") << u"user:ada time:"_s + clock(0) << u"gb"_s;
    QTest::newRow("another second") << u"user:ada time:"_s + clock(1) << QString();
    QTest::newRow("a span, to the end of its last second")
        << u"user:ada time:%1-%2"_s.arg(clock(-5), clock(0)) << u"gb"_s;
    QTest::newRow("a span before") << u"user:ada time:%1-%2"_s.arg(clock(-5), clock(-1)) << QString();
    QTest::newRow("a span over midnight that holds it")
        << u"user:ada time:%1-%2"_s.arg(clock(-5), clock(-10)) << u"gb"_s;
    QTest::newRow("a span over midnight without it")
        << u"user:ada time:%1-%2"_s.arg(clock(5), clock(-5)) << QString();
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(1'800'000'000'123);
    const auto day = [&moment](int days) { return moment.date().addDays(days).toString(Qt::ISODate) + u'T'; };
    QTest::newRow("a second of that day") << u"user:ada time:"_s + day(0) + clock(0) << u"gb"_s;
    QTest::newRow("a second of the day before") << u"user:ada time:"_s + day(-1) + clock(0) << QString();
    QTest::newRow("a span of days") << u"user:ada time:%1%3-%2%3"_s.arg(day(-1), day(1), clock(0)) << u"gb"_s;
    QTest::newRow("a span of one day, named once")
        << u"user:ada time:%1%2-%3"_s.arg(day(0), clock(-5), clock(0)) << u"gb"_s;
    QTest::newRow("a whole day") << u"user:ada time:"_s + day(0).chopped(1) << u"gb"_s;
    QTest::newRow("another whole day") << u"user:ada time:"_s + day(1).chopped(1) << QString();
    QTest::newRow("a span from a day over its midnight")
        << u"user:ada time:%1%2-%3"_s.arg(day(-1), clock(5), clock(0)) << u"gb"_s;
    for (const char *typed :
         {"1", "14:", "14:2", "14:28-", "14:28-1", "2026-", "2026-12-01T", "2026-12-01T14:28:"})
        QTest::addRow("a time that is being typed, %s", typed)
            << u"user:ada time:"_s + QString::fromLatin1(typed) << u"gb"_s;
    QTest::newRow("no span") << u"user:ada -time:"_s + clock(0) << QString();
    QTest::newRow("a duration") << u"dur:>1ms"_s << u"gb"_s;
    QTest::newRow("less than a duration") << u"dur:<1ms"_s << u"mhs"_s;
    QTest::newRow("a time of the day")
        << QDateTime::fromMSecsSinceEpoch(1'800'000'000'123).toString(u"HH:mm:ss"_s) << u"gbr"_s;
    QTest::newRow("a size") << u"size:>1k"_s << u"m"_s;
    QTest::newRow("failed") << u"is:failed"_s << u"bh"_s;
    QTest::newRow("refused") << u"is:refused"_s << u"bh"_s;
    QTest::newRow("running") << u"is:running"_s << u"r"_s;
    QTest::newRow("metadata") << u"is:oauth"_s << u"ms"_s;
    QTest::newRow("of the sandbox") << u"is:sandbox"_s << u"s"_s;
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
    metadata.traceId = "0af7651916cd43dd8448eb211c80319c";
    exchange::Exchange good = aCall(1);
    good.organization = u"acme_1"_s;
    good.requestBody.shown = "{\"greeting\":1,\"code\":\"print(1)\"}";
    good.responseBody.shown = "Hello Ada, grüße \u212A";
    exchange::Exchange foreign;
    foreign.id = 5;
    foreign.method = "POST";
    foreign.path = "/mcp";
    foreign.status = 403;
    foreign.outcome = exchange::Outcome::None;
    foreign.refusal = exchange::Refusal::ForeignHost;
    foreign.verdict.reason = auth::Reason::NotNeeded;
    exchange::Exchange sandbox = metadata;
    sandbox.id = 1;
    sandbox.source = exchange::Source::Sandbox;
    sandbox.path = "/oauth2/token";
    sandbox.method = "POST";
    sandbox.responseBody.size = 0;
    ExchangeLog log;
    log.record({good, aWrongAudience(2), metadata, begun(aCall(4)), foreign, sandbox});
    const auto filter = Filter::parse(text);
    QVERIFY2(filter, qPrintable(filter ? QString() : filter.error()));
    QString found;
    log.forEach([&](const Entry &entry) {
        if (filter->matches(entry))
            found += u" gbmrhs"_s.at(qsizetype(entry.serial));
    });
    QTEST(found, "found");
}

void TestFilter::saysWhatATermWants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("a span that ends before it begins")
        << u"time:2026-02-20T10:00-2026-02-19T10:00"_s << u"ends after it begins"_s;
    QTest::newRow("a day that no month has") << u"time:2026-02-30T10:00"_s << u"wants a time of the day"_s;
    QTest::newRow("a day at the end alone")
        << u"time:10:00-2026-02-20T10:00"_s << u"wants a time of the day"_s;
    QTest::newRow("no time of the day") << u"time:noon"_s << u"wants a time of the day"_s;
    QTest::newRow("an hour that no day has") << u"time:25:00"_s << u"wants a time of the day"_s;
    QTest::newRow("no time") << u"dur:long"_s << u"wants a time such as >500ms"_s;
    QTest::newRow("no size") << u"size:>big"_s << u"wants a number of bytes"_s;
    QTest::newRow("no state") << u"is:purple"_s << u"knows failed, refused"_s;
    QTest::newRow("no field") << u"ada bogus:1"_s << u"There is no field “bogus:”. There are auth: http:"_s;
    QTest::newRow("no field, with more colons") << u"usr:a:b"_s << u"There is no field “usr:”"_s;
    QTest::newRow("no verdict, with slashes") << u"auth://x"_s << u"No verdict on a token is called"_s;
    QTest::newRow("no state, with slashes") << u"is://x"_s << u"knows failed, refused"_s;
    QTest::newRow("no field in a group") << u"(well:known)"_s << u"Put a word with a colon in quotes"_s;
    QTest::newRow("no status") << u"http:9xx"_s << u"wants a status such as 401, 4xx"_s;
    QTest::newRow("no status either") << u"http:ok"_s << u"wants a status"_s;
    QTest::newRow("no verdict") << u"-auth:nonsense"_s << u"No verdict on a token is called “nonsense”"_s;
    QTest::newRow("no result") << u"result:great"_s << u"knows ok, rpc error"_s;
    QTest::newRow("too deep") << QString(30, u'(') + u'a' << u"too many parentheses"_s;
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
         {"auth:", "is:",    "is:fai",  "dur:",   "dur:>",   "-",      "\"",    "\"open", "http:", " ",
          ":",     "-is:",   "(",       "(a",     "a)",      "()",     "-(",    "a or",   "or",    "or a",
          "(or)",  "http:4", "http:4x", "http:>", "result:", "auth:w", "body:", "(a or b"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFilter::takesWhatIsBeingTyped()
{
    QFETCH(QString, text);
    QVERIFY(Filter::parse(text));
}

void TestFilter::refusesWhatNobodyWillFinish_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"auth:", "is:", "is:fai", "dur:", "dur:>", "http:>",
                             "user:", "ada user:", "time:14:2", "a or", "or a", "(", "(a", "()", "result:"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFilter::refusesWhatNobodyWillFinish()
{
    QFETCH(const QString, text);
    QVERIFY(Filter::parse(text));
    const auto filter = Filter::parse(text, Filter::Unfinished::IsWrong);
    QVERIFY(!filter);
    QVERIFY2(filter.error().contains("not finished"_L1), qPrintable(filter.error()));
}

void TestFilter::findsWhatWasClosedByEitherName()
{
    Entry entry;
    entry.exchange = aCall(1);
    entry.exchange.outcome = exchange::Outcome::Left;
    for (const char *text : {"result:closed", "result:left", "result:Left"})
        QVERIFY2(Filter::parse(QString::fromLatin1(text))->matches(entry), text);
    entry.exchange.outcome = exchange::Outcome::Ok;
    QVERIFY(!Filter::parse(u"result:left"_s)->matches(entry));
}

void TestFilter::takesWhatIsFinished_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", " ", "ada", "auth:expired user:ada", "-is:sandbox", "(a or b) -c",
                             "http:4xx", "time:14:28", "dur:>500ms", "localhost:3000", ":"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFilter::takesWhatIsFinished()
{
    QFETCH(const QString, text);
    const auto filter = Filter::parse(text, Filter::Unfinished::IsWrong);
    QVERIFY2(filter, filter ? "" : qPrintable(filter.error()));
}

void TestFilter::writesATermThatSomebodyElseCannotLeave_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("term");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("a word") << u"curl"_s << u"client:curl"_s;
    QTest::newRow("two words") << u"claude-code 2.1"_s << u"client:\"claude-code 2.1\""_s;
    QTest::newRow("a tab") << u"a\tb"_s << u"client:\"a\tb\""_s;
    QTest::newRow("a group") << u"(a)"_s << u"client:\"(a)\""_s;
    QTest::newRow("a quote") << u"x\" or \"is:running"_s << u"client:x"_s;
    QTest::newRow("a quote at once") << u"\" or is:running"_s << u"client:\" or is:running\""_s;
    QTest::newRow("nothing but quotes") << u"\"\""_s << QString();
}

void TestFilter::writesATermThatSomebodyElseCannotLeave()
{
    QFETCH(const QString, value);
    QTEST(termFor(u"client"_s, value), "term");
    QVERIFY(tokensOf(termFor(u"client"_s, value)).size() <= 1);
}

void TestFilter::saysWhatAWordCouldBecome()
{
    const auto terms = [](const QString &word) {
        QStringList all;
        const QList<Filter::Completion> found = Filter::completionsOf(word);
        for (const Filter::Completion &one : found)
            all.append(one.term);
        return all;
    };
    QCOMPARE(terms(u"t"_s), (QStringList{u"tool:"_s, u"time:"_s, u"trace:"_s, u"token:"_s}));
    QCOMPARE(terms(u"-to"_s), (QStringList{u"-tool:"_s, u"-token:"_s}));
    QCOMPARE(terms(u"is:r"_s), (QStringList{u"is:refused"_s, u"is:running"_s}));
    QCOMPARE(terms(u"auth:wrong_a"_s), QStringList{u"auth:wrong_audience"_s});
    QVERIFY(terms(u"result:"_s).contains(u"result:\"rpc error\""_s));
    QVERIFY(terms(u"is:refused"_s).isEmpty());
    QCOMPARE(terms(QString()).size(), 17);
    QVERIFY(terms(u"ada"_s).isEmpty());
    for (const QString &word : {u"a"_s, u"is:"_s, u"auth:"_s, u"http:"_s, u"result:"_s}) {
        const QStringList all = terms(word);
        QVERIFY(!all.isEmpty());
        for (const QString &term : all)
            QVERIFY2(Filter::parse(term), qPrintable(term));
    }
}

void TestFilter::letsChipsWriteIntoTheText()
{
    QString text = u"ada"_s;
    text = withTermToggled(text, u"is:failed"_s);
    QCOMPARE(text, u"ada is:failed"_s);
    QVERIFY(hasTerm(text, u"is:failed"_s));
    QVERIFY(!hasTerm(text, u"is:fail"_s));
    QCOMPARE(withTermToggled(text, u"is:failed"_s), u"ada"_s);
    QCOMPARE(withTermToggled(u"user:ada or user:bob"_s, u"is:failed"_s),
             u"(user:ada or user:bob) is:failed"_s);
    QCOMPARE(withTermToggled(u"(user:ada or user:bob)"_s, u"is:failed"_s),
             u"(user:ada or user:bob) is:failed"_s);
    QCOMPARE(withTermToggled({}, u"is:failed"_s), u"is:failed"_s);
}

void TestFilter::takesOneFieldOutOfTheText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("without");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("not there") << u"ada is:failed"_s << u"ada is:failed"_s;
    QTest::newRow("in the middle") << u"ada time:14:28-14:30 is:failed"_s << u"ada is:failed"_s;
    QTest::newRow("negated, and in capitals") << u"-time:14:28 TIME:14:29 ada"_s << u"ada"_s;
    QTest::newRow("within quotes") << u"client:\"a time:14 b\" ada"_s << u"client:\"a time:14 b\" ada"_s;
    QTest::newRow("a word that begins alike") << u"times time"_s << u"times time"_s;
    QTest::newRow("beside parentheses")
        << u"(is:failed or time:14:28) time:14:29"_s << u"(is:failed or time:14:28)"_s;
    QTest::newRow("beside a parenthesis in quotes") << u"body:\"f(x\" time:14:29"_s << u"body:\"f(x\""_s;
    QTest::newRow("one of two that may be") << u"ada or time:14:28"_s << u"ada or time:14:28"_s;
}

void TestFilter::takesOneFieldOutOfTheText()
{
    QFETCH(const QString, text);
    QTEST(withoutField(text, u"time"_s), "without");
}

GATEHOUSE_TEST(TestFilter)
#include "tst_filter.moc"
