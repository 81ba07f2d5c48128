// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectwords.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using clientfiles::FileFault;
using inspector::Arrival;
using inspector::Tone;

class TestConnectWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyAFileIsLeftAlone_data();
    void saysWhyAFileIsLeftAlone();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void saysNothingTooEarly();
    void speaksOfNoSignInWhereThereIsNone();
    void saysWhatToDoNextInEach();

private:
    static exchange::Exchange at(exchange::Source source, const QByteArray &method, const QByteArray &path,
                                 int status, auth::Reason reason = auth::Reason::NotNeeded)
    {
        exchange::Exchange one;
        one.source = source;
        one.times.receivedAt = 2000;
        one.method = method;
        one.path = path;
        one.status = status;
        one.outcome = exchange::Outcome::None;
        one.verdict.reason = reason;
        return one;
    }
};

void TestConnectWords::saysWhyAFileIsLeftAlone_data()
{
    using Kind = FileFault::Kind;
    QTest::addColumn<FileFault>("fault");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("not understood") << FileFault{
        Kind::Syntax, 3, 5,
        u"No value."_s} << u"~/f cannot be understood at line 3, column 5: No value. It is left alone."_s;
    QTest::newRow("another shape")
        << FileFault{Kind::OtherShape}
        << u"~/f has something else where “mcpServers” should hold the servers. It is left alone."_s;
    QTest::newRow("uncertain")
        << FileFault{Kind::Uncertain}
        << u"~/f is written in a way in which a change might touch something else. It is left alone: copy the entry into it by hand."_s;
    QTest::newRow("not readable") << FileFault{Kind::NotReadable, 0, 0, u"Permission denied"_s}
                                  << u"~/f cannot be read: Permission denied."_s;
    QTest::newRow("not writable") << FileFault{Kind::NotWritable, 0, 0, u"Disk full."_s}
                                  << u"~/f cannot be written: Disk full."_s;
    QTest::newRow("out of the project")
        << FileFault{Kind::Outside} << u"~/f leads out of the project by a link. It is left alone."_s;
    QTest::newRow("changed") << FileFault{Kind::Changed} << u"~/f has changed meanwhile: look at it again."_s;
    QTest::newRow("busy") << FileFault{Kind::Busy}
                          << u"~/f is written by another program all the time. Try again."_s;
    QTest::newRow("gone") << FileFault{Kind::Gone, 0, 0, u"~/f.before-gatehouse"_s}
                          << u"~/f is not there any more. What it was is kept in ~/f.before-gatehouse."_s;
    QTest::newRow("no folder") << FileFault{Kind::NoFolder} << u"There is no such folder."_s;
}

void TestConnectWords::saysWhyAFileIsLeftAlone()
{
    QFETCH(const FileFault, fault);
    QTEST(sentenceOf(fault, clientfiles::programOf(clientfiles::ProgramId::Cursor), u"~/f"_s), "sentence");
}

void TestConnectWords::saysWhatIsMissing_data()
{
    using exchange::Source;
    QTest::addColumn<QList<exchange::Exchange>>("came");
    QTest::addColumn<SignInPlace>("place");
    QTest::addColumn<QString>("title");
    const exchange::Exchange asked = at(Source::Server, "POST", "/mcp", 401, auth::Reason::NoToken);
    const exchange::Exchange metadata
        = at(Source::Server, "GET", "/.well-known/oauth-protected-resource/mcp", 200);
    const exchange::Exchange registered = at(Source::Sandbox, "POST", "/oauth2/register", 201);
    const exchange::Exchange page = at(Source::Sandbox, "GET", "/oauth2/authorize", 200);
    const exchange::Exchange tokens = at(Source::Sandbox, "POST", "/oauth2/token", 200);
    const exchange::Exchange good = at(Source::Server, "GET", "/mcp", 405, auth::Reason::Valid);
    using List = QList<exchange::Exchange>;
    QTest::newRow("nothing") << List{} << SignInPlace::Sandbox << u"Nothing has come"_s;
    QTest::newRow("no sign-in") << List{asked} << SignInPlace::Sandbox
                                << u"It called without a token, and has not asked where to sign in"_s;
    QTest::newRow("no registration") << List{asked, metadata} << SignInPlace::Sandbox
                                     << u"It knows where to sign in, and does nothing for 38 s"_s;
    QTest::newRow("no browser") << List{metadata, registered} << SignInPlace::Sandbox
                                << u"It knows where to sign in, and does nothing for 38 s"_s;
    QTest::newRow("nobody at the page") << List{metadata, registered, page} << SignInPlace::Sandbox
                                        << u"The page for signing in is open since 38 s"_s;
    QTest::newRow("elsewhere") << List{metadata} << SignInPlace::Elsewhere
                               << u"It knows where to sign in, and has not come back for 38 s"_s;
    QTest::newRow("no call") << List{metadata, registered, page, tokens} << SignInPlace::Sandbox
                             << u"Signed in, and then nothing for 38 s"_s;
    QTest::newRow("no answer") << List{good} << SignInPlace::Sandbox
                               << u"Its token is good, and no call was answered well for 38 s"_s;
}

void TestConnectWords::saysWhatIsMissing()
{
    QFETCH(const QList<exchange::Exchange>, came);
    QFETCH(const SignInPlace, place);
    Arrival arrival;
    arrival.begin(2000);
    for (const exchange::Exchange &one : came)
        QVERIFY(arrival.record(one));
    const auto &program = clientfiles::programOf(clientfiles::ProgramId::ClaudeCode);
    const auto stuck = stuckAt(arrival, program, u"gatehouse"_s, place, 40'000);
    QVERIFY(stuck);
    QTEST(stuck->title, "title");
    QCOMPARE(stuck->tone, Tone::Warning);
    QVERIFY(!stuck->sentence.isEmpty());
}

void TestConnectWords::saysNothingTooEarly()
{
    const auto &program = clientfiles::programOf(clientfiles::ProgramId::ClaudeCode);
    Arrival arrival;
    QVERIFY(!stuckAt(arrival, program, u"n"_s, SignInPlace::Sandbox, 100'000)); // Nobody waits.
    arrival.begin(2000);
    QVERIFY(!stuckAt(arrival, program, u"n"_s, SignInPlace::Sandbox, 31'000));
    QVERIFY(stuckAt(arrival, program, u"n"_s, SignInPlace::Sandbox, 33'000));
    exchange::Exchange refused
        = at(exchange::Source::Server, "POST", "/mcp", 401, auth::Reason::WrongAudience);
    QVERIFY(arrival.record(refused));
    const auto stuck
        = stuckAt(arrival, program, u"n"_s, SignInPlace::Sandbox, 2100); // What is wrong is said at once.
    QVERIFY(stuck);
    QCOMPARE(stuck->tone, Tone::Bad);
    exchange::Exchange call = at(exchange::Source::Server, "POST", "/mcp", 200, auth::Reason::Valid);
    call.rpcMethod = u"tools/list"_s;
    call.outcome = exchange::Outcome::Ok;
    QVERIFY(arrival.record(call));
    QVERIFY(!stuckAt(arrival, program, u"n"_s, SignInPlace::Sandbox, 100'000)); // It is there.
}

void TestConnectWords::speaksOfNoSignInWhereThereIsNone()
{
    Arrival arrival;
    arrival.begin(2000);
    const auto &program = clientfiles::programOf(clientfiles::ProgramId::ClaudeCode);
    const auto stuck = stuckAt(arrival, program, u"n"_s, SignInPlace::Nowhere, 40'000);
    QVERIFY(stuck);
    QVERIFY2(!stuck->sentence.contains(u"Authenticate"_s), qPrintable(stuck->sentence));
    for (int rung = 0; rung + 1 < Arrival::rungs; ++rung)
        QCOMPARE(wordsOf(arrival, Arrival::Rung(rung), SignInPlace::Nowhere),
                 u"not needed: nobody is asked for a token"_s);
}

void TestConnectWords::saysWhatToDoNextInEach()
{
    for (const clientfiles::Program &program : clientfiles::programs())
        QVERIFY2(nextWordsFor(program, u"gatehouse"_s).size() > 20, qPrintable(program.name));
    QVERIFY(nextWordsFor(clientfiles::programOf(clientfiles::ProgramId::GeminiCli), u"mine"_s)
                .contains(u"/mcp auth mine"_s));
}

GATEHOUSE_TEST(TestConnectWords)
#include "tst_connectwords.moc"
