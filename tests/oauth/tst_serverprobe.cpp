// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "oauth/serverprobe.h"
#include "support/unit.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;
using What = ServerFinding::What;
using State = ServerFinding::State;

namespace {

const QString server = u"https://mcp.example/mcp"_s;
const QByteArray challenge
    = R"(Bearer resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/mcp")";
const QByteArray document
    = R"({"resource":"https://mcp.example/mcp","authorization_servers":["https://acme.authkit.app"],"scopes_supported":["openid"]})";

/// A server, and how it answers the four questions.
struct Server
{
    base::FetchReply refusal{401, {{"www-authenticate", challenge}}, {}};
    base::FetchReply behindThePath{200, {}, document};
    base::FetchReply atTheRoot{200, {}, document};
    base::FetchReply person{200, {{"content-type", "text/html"}}, "<p>"};
    base::FetchReply elsewhere{403, {}, {}};
    bool isAway = false;

    [[nodiscard]] const base::FetchReply &answer(const base::FetchRequest &request) const
    {
        if (request.method == "POST")
            return base::valuesOf(request.headers, "origin").value(0).startsWith("https:") ? elsewhere
                                                                                           : refusal;
        return request.url.path() == "/mcp"_L1       ? person
            : request.url.path().endsWith("/mcp"_L1) ? behindThePath
                                                     : atTheRoot;
    }
};

/// Answers from the event loop, as a real one does, and keeps what was asked.
class Fetcher : public base::Fetcher
{
public:
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        asked.append(request);
        auto alive = std::make_shared<bool>(true);
        QTimer::singleShot(0, qApp, [this, request, alive, done = std::move(done)] {
            if (!*alive)
                return;
            if (server.isAway)
                return done(base::failure(base::FetchError{base::FetchFault::Unreachable, u"Nobody."_s}));
            done(server.answer(request));
        });
        return [alive] { *alive = false; };
    }

    Server server;
    QList<base::FetchRequest> asked;
};

} // namespace

Q_DECLARE_METATYPE(Server)

/// What an MCP server shows to those who have no token.
class TestServerProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fetcher = std::make_unique<Fetcher>(); }
    void saysWhatItFinds_data();
    void saysWhatItFinds();
    void carriesNoTokenAndCanBeFoundInTheServersRecord();
    void leavesWhatItCannotAsk();
    void canBeCancelledAndBegunAnew();
    void saysWhetherPagesOfThisComputerCanReadTheChallenge();

private:
    [[nodiscard]] ServerProbe *probe()
    {
        m_probe = std::make_unique<ServerProbe>(
            m_fetcher.get(), [] { return qint64(0); },
            [](qsizetype bytes) { return QByteArray(bytes, 'r'); });
        return m_probe.get();
    }
    std::unique_ptr<Fetcher> m_fetcher;
    std::unique_ptr<ServerProbe> m_probe;
};

void TestServerProbe::saysWhatItFinds_data()
{
    QTest::addColumn<Server>("server");
    QTest::addColumn<int>("index");
    QTest::addColumn<What>("what");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char *name, int index, What what, bool isGood, auto change) {
        Server one;
        change(one);
        QTest::newRow(name) << one << index << what << isGood;
    };
    row("it refuses and says where to go on", 0, What::Refused, true, [](Server &) {});
    row("it lets everybody in", 0, What::LetIn, false, [](Server &one) { one.refusal = {200, {}, "{}"}; });
    row("no challenge", 0, What::RefusedBlindly, false, [](Server &one) { one.refusal.headers.clear(); });
    row("a challenge without a place", 0, What::RefusedBlindly, false, [](Server &one) {
        one.refusal.headers = {{"www-authenticate", "Bearer"}};
    });
    row("a challenge that cannot be read", 0, What::RefusedBlindly, false, [](Server &one) {
        one.refusal.headers = {{"www-authenticate", "Bearer a=\"b"}};
    });
    row("it breaks", 0, What::RefusedOtherwise, false, [](Server &one) { one.refusal.status = 500; });
    row("the metadata at both places", 1, What::MetadataAtBoth, true, [](Server &) {});
    row("behind the path alone", 1, What::MetadataAtOne, true,
        [](Server &one) { one.atTheRoot.status = 404; });
    row("at the root alone", 1, What::MetadataAtOne, true,
        [](Server &one) { one.behindThePath.status = 404; });
    row("nowhere", 1, What::MetadataMissing, false,
        [](Server &one) { one.behindThePath.status = one.atTheRoot.status = 404; });
    row("of another server", 1, What::MetadataUnusable, false,
        [](Server &one) { one.behindThePath.body.replace("/mcp\"", "/other\""); });
    row("no JSON", 1, What::MetadataUnusable, false, [](Server &one) { one.behindThePath.body = "<p>"; });
    row("the root speaks for the whole origin", 1, What::MetadataAtBoth, true,
        [](Server &one) { one.atTheRoot.body.replace("example/mcp\"", "example\""); });
    row("the places name different issuers", 1, What::MetadataDiffers, false,
        [](Server &one) { one.atTheRoot.body.replace("acme", "other"); });
    row("the places name different scopes", 1, What::MetadataDiffers, false,
        [](Server &one) { one.atTheRoot.body.replace("openid", "email"); });
    row("a page for people", 2, What::Page, true, [](Server &) {});
    row("no page", 2, What::NoPage, false, [](Server &one) { one.person = {405, {}, {}}; });
    row("JSON for people", 2, What::NoPage, false, [](Server &one) {
        one.person.headers = {{"content-type", "application/json"}};
    });
    row("pages of elsewhere are turned away", 3, What::OriginRefused, true, [](Server &) {});
    row("or asked for a token", 3, What::OriginRefused, true,
        [](Server &one) { one.elsewhere.status = 401; });
    row("nobody is served", 3, What::NotReached, false, [](Server &one) { one.elsewhere.status = 503; });
    row("they are served", 3, What::OriginServed, false, [](Server &one) { one.elsewhere.status = 200; });
}

void TestServerProbe::saysWhatItFinds()
{
    QFETCH(const Server, server);
    QFETCH(const int, index);
    QFETCH(const What, what);
    QFETCH(const bool, isGood);
    m_fetcher->server = server;
    QSignalSpy finished(probe(), &ServerProbe::finished);
    m_probe->start(::server);
    QVERIFY(m_probe->isRunning());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!m_probe->isRunning());
    const ServerFinding &finding = m_probe->findings().at(index);
    QCOMPARE(finding.what, what);
    QCOMPARE(finding.state, isGood ? State::Passed : State::Failed);
    for (const ServerFinding &one : m_probe->findings())
        QVERIFY(one.what != What::Nothing); // One that fails keeps none of the others from being asked.
}

void TestServerProbe::carriesNoTokenAndCanBeFoundInTheServersRecord()
{
    QSignalSpy finished(probe(), &ServerProbe::finished);
    m_probe->start(server);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_fetcher->asked.size(), 5);
    for (const base::FetchRequest &one : std::as_const(m_fetcher->asked)) {
        QVERIFY(base::valuesOf(one.headers, "authorization").isEmpty());
        QVERIFY(!base::valuesOf(one.headers, "x-request-id").isEmpty());
    }
    for (const ServerFinding &one : m_probe->findings())
        QVERIFY(!one.requestId.isEmpty());
}

void TestServerProbe::leavesWhatItCannotAsk()
{
    m_fetcher->server.isAway = true;
    QSignalSpy finished(probe(), &ServerProbe::finished);
    m_probe->start(server);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_probe->findings().first().what, What::NotReached);
    QCOMPARE(m_probe->findings().first().detail, u"Nobody."_s);
    for (int i = 1; i < int(m_probe->findings().size()); ++i)
        QCOMPARE(m_probe->findings().at(i).state, State::NotChecked);
    QCOMPARE(m_fetcher->asked.size(), 1);
}

void TestServerProbe::canBeCancelledAndBegunAnew()
{
    QSignalSpy finished(probe(), &ServerProbe::finished);
    m_probe->start(server);
    m_probe->cancel();
    QVERIFY(!m_probe->isRunning());
    for (const ServerFinding &one : m_probe->findings())
        QCOMPARE(one.state, State::NotChecked);
    m_probe->start(server);
    m_probe->start(server);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_probe->findings().first().what, What::Refused);
}

void TestServerProbe::saysWhetherPagesOfThisComputerCanReadTheChallenge()
{
    QSignalSpy finished(probe(), &ServerProbe::finished);
    m_probe->start(server);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!m_probe->findings().first().isReadable);
    m_fetcher->server.refusal.headers
        += base::Headers{{"access-control-allow-origin", "http://localhost:6274"},
                         {"access-control-expose-headers", "Mcp-Session-Id, www-authenticate"}};
    m_probe->start(server);
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(m_probe->findings().first().isReadable);
}

GATEHOUSE_TEST(TestServerProbe)
#include "tst_serverprobe.moc"
