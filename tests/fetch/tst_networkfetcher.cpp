// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/networkfetcher.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using base::FetchFault;

/// Answers every connection with the same bytes, whatever it asks, and keeps what was asked.
class Scripted : public QTcpServer
{
public:
    explicit Scripted(QByteArray answer, bool stayOpen = false)
        : m_answer(std::move(answer))
        , m_stayOpen(stayOpen)
    {
        listen(QHostAddress::LocalHost, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                asked += socket->readAll();
                if (!asked.endsWith("\r\n\r\n"))
                    return;
                socket->write(m_answer);
                if (!m_stayOpen)
                    socket->disconnectFromHost();
            });
        });
    }
    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1/x"_s.arg(serverPort())); }

    QByteArray asked;

private:
    QByteArray m_answer;
    bool m_stayOpen;
};

/// Speaks at once, and no TLS.
class NoTls : public QTcpServer
{
public:
    NoTls()
    {
        listen(QHostAddress::LocalHost, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            ++connections;
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                hello += socket->readAll();
                socket->write("I speak no TLS, and never will.\r\n");
            });
        });
    }

    int connections = 0;
    QByteArray hello; ///< Has the name that is asked for in clear (RFC 6066 §3).
};

class TestNetworkFetcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void givesStatusHeadersAndBody();
    void followsNoRedirect();
    void failsInTheRightWay_data();
    void failsInTheRightWay();
    void fetchesNothingThatIsNotAllowed_data();
    void fetchesNothingThatIsNotAllowed();
    void saysWhyNothingCame_data();
    void saysWhyNothingCame();
    void saysThatNobodyListens();
    void mayBeDestroyedWhileItWaits();
    void handsOverThePiecesAsTheyCome();
    void endsWhenWhatHasComeIsEnough();
    void isSilentOnceItIsCancelled();
    void goesNowhereForAStrangerThatLeadsHere_data();
    void goesNowhereForAStrangerThatLeadsHere();
    void reachesOnlyWhatIsPublicForStrangers_data();
    void reachesOnlyWhatIsPublicForStrangers();
    void asksForTheNameAtTheAddressThatWasFound();
    void sendsOnceToANameOfTwoAddressesWhoseAnswerIsSlow_data();
    void sendsOnceToANameOfTwoAddressesWhoseAnswerIsSlow();
    void mayBeCancelledWhileANameIsLookedUp();

private:
    static base::FetchResult fetch(const QUrl &url, int timeoutMs = 5000, qsizetype maximumBytes = 1000)
    {
        fetch::NetworkFetcher fetcher;
        base::FetchRequest request;
        request.url = url;
        request.timeoutMs = timeoutMs;
        request.maximumBytes = maximumBytes;
        request.headers = {{"Authorization"_ba, "Bearer x"_ba}};
        std::optional<base::FetchResult> result;
        int answers = 0;
        fetcher.fetch(request, [&](const base::FetchResult &given) {
            result = given;
            ++answers;
        });
        if (answers != 0)
            QTest::qFail("the answer may not come from within fetch()", __FILE__, __LINE__);
        if (!gatehouse::waitFor([&] { return answers > 0; }, 10000) || answers != 1)
            QTest::qFail("fetch() must answer exactly once", __FILE__, __LINE__);
        return *result;
    }
};

void TestNetworkFetcher::givesStatusHeadersAndBody()
{
    Scripted server("HTTP/1.1 404 Not Found\r\nWWW-Authenticate: Bearer\r\nContent-Length: 4\r\n\r\nbody");
    const auto result = fetch(server.url());
    QVERIFY(result);
    QCOMPARE(result->status, 404);
    QCOMPARE(result->header("www-authenticate"), "Bearer"_ba);
    QCOMPARE(result->body, "body"_ba);
    const QByteArray asked = server.asked.toLower(); // Later Qt writes names like that.
    QVERIFY(asked.contains("user-agent: gatehouse/"));
    QVERIFY(asked.contains("accept-encoding: identity"));
    QVERIFY(!asked.contains("cookie"));
}

void TestNetworkFetcher::followsNoRedirect()
{
    Scripted target("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
    Scripted server("HTTP/1.1 302 Found\r\nLocation: " + target.url().toEncoded()
                    + "\r\nContent-Length: 0\r\n\r\n");
    const auto result = fetch(server.url());
    QVERIFY(result);
    QCOMPARE(result->status, 302);
    QCOMPARE(result->header("location"), target.url().toEncoded());
    QVERIFY2(target.asked.isEmpty(), "the token would have gone along");
}

void TestNetworkFetcher::failsInTheRightWay_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("stayOpen");
    QTest::addColumn<base::FetchFault>("fault");
    QTest::newRow("never answers") << ""_ba << true << FetchFault::TimedOut;
    QTest::newRow("never ends") << "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"_ba << true
                                << FetchFault::TimedOut;
    QTest::newRow("larger than allowed")
        << "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + QByteArray(1001, 'x') << true
        << FetchFault::TooLarge;
    QTest::newRow("larger than allowed, of no stated length")
        << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(200000, 'x') << true << FetchFault::TooLarge;
    QTest::newRow("hangs up at once") << ""_ba << false << FetchFault::Unreachable;
    QTest::newRow("is no HTTP") << "hello\r\n\r\n"_ba << false << FetchFault::Malformed;
}

void TestNetworkFetcher::failsInTheRightWay()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, stayOpen);
    Scripted server(answer, stayOpen);
    const auto result = fetch(server.url(), 300);
    QVERIFY(!result);
    QVERIFY(!result.error().text.isEmpty());
    QTEST(result.error().fault, "fault");
}

void TestNetworkFetcher::fetchesNothingThatIsNotAllowed_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("plain http elsewhere") << u"http://192.0.2.1/x"_s;
    QTest::newRow("a name that begins like ours") << u"http://127.0.0.1.example/x"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s;
    QTest::newRow("a user name") << u"https://u:p@127.0.0.1/x"_s;
    QTest::newRow("no address") << QString();
    QTest::newRow("data") << u"data:,x"_s;
}

void TestNetworkFetcher::fetchesNothingThatIsNotAllowed()
{
    QFETCH(QString, url);
    const auto result = fetch(QUrl(url));
    QVERIFY(!result);
    QCOMPARE(result.error().fault, FetchFault::NotAllowed);
}

void TestNetworkFetcher::saysWhyNothingCame_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << ""_ba << u"No answer came in time"_s;
    QTest::newRow("a head, and half of a body")
        << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"_ba << u"The answer took too long."_s;
}

void TestNetworkFetcher::saysWhyNothingCame()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, text);
    Scripted server(answer, true);
    const auto result = fetch(server.url(), 500);
    QVERIFY(!result);
    QCOMPARE(result.error().fault, base::FetchFault::TimedOut);
    QVERIFY2(result.error().text.contains(text), qPrintable(result.error().text));
}

void TestNetworkFetcher::saysThatNobodyListens()
{
    QUrl url;
    {
        Scripted server({});
        url = server.url();
    }
    const auto result = fetch(url);
    QVERIFY(!result);
    QCOMPARE(result.error().fault, FetchFault::Unreachable);
}

void TestNetworkFetcher::mayBeDestroyedWhileItWaits()
{
    Scripted server({}, true);
    {
        fetch::NetworkFetcher fetcher;
        base::FetchRequest request;
        request.url = server.url();
        fetcher.fetch(request, [](const base::FetchResult &) {});
        QTRY_VERIFY(!server.asked.isEmpty());
    }
    QTest::qWait(20);
}

void TestNetworkFetcher::handsOverThePiecesAsTheyCome()
{
    Scripted server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n", true);
    fetch::NetworkFetcher fetcher;
    QByteArray came;
    base::FetchRequest request;
    request.url = server.url();
    request.timeoutMs = 400;
    request.onBody = [&](const base::FetchReply &head, QByteArrayView piece) {
        if (head.status != 200 || head.header("content-type") != "text/event-stream")
            QTest::qFail("the head comes before the body", __FILE__, __LINE__);
        came += piece;
        return false;
    };
    std::optional<base::FetchResult> result;
    fetcher.fetch(request, [&](const base::FetchResult &given) { result = given; });
    QTRY_COMPARE(came, "data: 1\n\n"_ba); // Although the answer has not ended …
    QVERIFY(!result);
    QTRY_VERIFY(result); // … which it must in time.
    QCOMPARE(result->error().fault, FetchFault::TimedOut);
}

void TestNetworkFetcher::endsWhenWhatHasComeIsEnough()
{
    Scripted server("HTTP/1.1 200 OK\r\n\r\nenough", true);
    fetch::NetworkFetcher fetcher;
    base::FetchRequest request;
    request.url = server.url();
    request.onBody = [](const base::FetchReply &, QByteArrayView) { return true; };
    std::optional<base::FetchResult> result;
    fetcher.fetch(request, [&](const base::FetchResult &given) { result = given; });
    QTRY_VERIFY(result);
    QVERIFY(*result);
    QCOMPARE((*result)->status, 200);
    QVERIFY((*result)->body.isEmpty());
}

void TestNetworkFetcher::isSilentOnceItIsCancelled()
{
    Scripted server({}, true);
    fetch::NetworkFetcher fetcher;
    int answers = 0;
    base::FetchRequest request;
    for (const QUrl &url : {server.url(), QUrl(u"http://192.0.2.1/"_s)}) {
        request.url = url;
        const base::CancelFetch cancel
            = fetcher.fetch(request, [&](const base::FetchResult &) { ++answers; });
        if (url == server.url())
            QTRY_VERIFY(!server.asked.isEmpty());
        cancel();
        cancel();
    }
    base::CancelFetch late;
    {
        fetch::NetworkFetcher other;
        request.url = server.url();
        late = other.fetch(request, [&](const base::FetchResult &) { ++answers; });
    }
    late();
    QTest::qWait(50);
    QCOMPARE(answers, 0);
}

/// A server elsewhere names an address, and its name leads to a program of this machine.
void TestNetworkFetcher::goesNowhereForAStrangerThatLeadsHere_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("onBehalfOf");
    QTest::addColumn<FetchFault>("fault");
    const FetchFault refused = FetchFault::NotAllowed;
    const FetchFault sent = FetchFault::Tls; // To a listener here, which speaks none.
    const QString stranger = u"mcp.example"_s;
    QTest::newRow("a name that leads here") << u"here.example"_s << stranger << refused;
    QTest::newRow("a name that leads here, too") << u"both.example"_s << stranger << refused;
    QTest::newRow("a name that leads here within IPv6") << u"mapped.example"_s << stranger << refused;
    QTest::newRow("a name that leads to no machine") << u"any.example"_s << stranger << refused;
    QTest::newRow("an address of this machine in its network") << u"198.51.100.7"_s << stranger << refused;
    QTest::newRow("such an address within IPv6") << u"[::ffff:198.51.100.7]"_s << stranger << refused;
    QTest::newRow("such an address of IPv6") << u"[2001:db8::7]"_s << stranger << refused;
    QTest::newRow("a name for such an address") << u"lan.example"_s << stranger << refused;
    QTest::newRow("a name for such an address within IPv6") << u"lan6.example"_s << stranger << refused;
    QTest::newRow("loopback with a zone") << u"[::1%25lo]"_s << stranger << refused;
    // It leads here for whoever looks again.
    QTest::newRow("a name that nobody resolves, for now")
        << u"localhost"_s << stranger << FetchFault::Unreachable;
    QTest::newRow("the user's server leads here, and elsewhere, too")
        << u"here.example"_s << u"half.example"_s << refused;
    QTest::newRow("nobody resolves the user's server") << u"here.example"_s << u"gone.example"_s << refused;
    QTest::newRow("the user's server leads here as well") << u"here.example"_s << u"own.example"_s << sent;
    QTest::newRow("nobody listens at the first address") << u"second.example"_s << u"own.example"_s << sent;
    QTest::newRow("the user's server is written as this machine") << u"127.0.0.1"_s << u"localhost"_s << sent;
    QTest::newRow("the user's server itself") << u"127.0.0.1"_s << u"127.0.0.1"_s << sent;
    QTest::newRow("the user's own word") << u"127.0.0.1"_s << QString() << sent;
}

void TestNetworkFetcher::goesNowhereForAStrangerThatLeadsHere()
{
    QFETCH(QString, host);
    QFETCH(QString, onBehalfOf);
    const QHostAddress here(QHostAddress::LocalHost);
    const QHostAddress lan(u"198.51.100.7"_s);
    const QHostAddress elsewhere(u"203.0.113.9"_s);
    const QHash<QString, QList<QHostAddress>> known
        = {{u"here.example"_s, {here}},
           {u"second.example"_s, {QHostAddress(u"127.0.0.2"_s), here}},
           {u"own.example"_s, {QHostAddress(QHostAddress::LocalHostIPv6)}},
           {u"both.example"_s, {elsewhere, QHostAddress(u"127.0.0.2"_s)}},
           {u"half.example"_s, {elsewhere, here}},
           {u"mapped.example"_s, {QHostAddress(u"::ffff:127.0.0.1"_s)}},
           {u"any.example"_s, {QHostAddress(u"0.0.0.0"_s)}},
           {u"lan.example"_s, {lan}},
           {u"lan6.example"_s, {QHostAddress(u"::ffff:198.51.100.7"_s)}},
           {u"mcp.example"_s, {elsewhere}}};
    NoTls listener;
    QStringList asked;
    fetch::NetworkFetcher fetcher(nullptr,
                                  {[&](const QString &name, QObject *context, const auto &done) {
                                       asked.append(name);
                                       const QHostAddress written(name);
                                       const QList<QHostAddress> found = written.isNull()
                                           ? known.value(name)
                                           : QList<QHostAddress>{written};
                                       QTimer::singleShot(0, context, [done, found] { done(found); });
                                   },
                                   [&] {
                                       return QList<QHostAddress>{here, lan, QHostAddress(u"2001:db8::7"_s)};
                                   }});
    base::FetchRequest request;
    request.url = QUrl(u"https://%1:%2/"_s.arg(host).arg(listener.serverPort()));
    QVERIFY(request.url.isValid());
    request.onBehalfOf = onBehalfOf;
    std::optional<base::FetchResult> result;
    fetcher.fetch(request, [&](const base::FetchResult &given) { result = given; });
    QVERIFY(!result);
    QVERIFY(gatehouse::waitFor([&] { return result.has_value(); }, 10'000));
    QVERIFY(!*result);
    QTEST(result->error().fault, "fault");
    QCOMPARE(listener.connections > 0, result->error().fault == FetchFault::Tls);
    // Asked at an address that was found is still the name, and so is what the certificate must say.
    if (listener.connections > 0 && QHostAddress(host).isNull())
        QVERIFY(listener.hello.contains(host.toUtf8()));
    QCOMPARE(asked.isEmpty(),
             onBehalfOf.isEmpty() || onBehalfOf == "localhost"_L1 || onBehalfOf == request.url.host());
}

void TestNetworkFetcher::reachesOnlyWhatIsPublicForStrangers_data()
{
    QTest::addColumn<QStringList>("addresses");
    for (const char *address :
         {"127.0.0.1", "::1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "100.64.0.1", "169.254.169.254",
          "0.0.0.0", "224.0.0.1", "255.255.255.255", "fd00::1", "fe80::1", "ff02::1", "::ffff:10.0.0.5",
          "::ffff:127.0.0.1", "64:ff9b::a00:5"})
        QTest::addRow("%s", address) << QStringList{QString::fromLatin1(address)};
    QTest::newRow("a public one and one that is none") << QStringList{u"203.0.113.9"_s, u"10.0.0.5"_s};
}

void TestNetworkFetcher::reachesOnlyWhatIsPublicForStrangers()
{
    QFETCH(const QStringList, addresses);
    QList<QHostAddress> found;
    for (const QString &one : addresses)
        found.append(QHostAddress(one));
    fetch::NetworkFetcher fetcher(
        nullptr, fetch::Surroundings{[found](const QString &, QObject *context, const auto &done) {
            QTimer::singleShot(0, context, [found, done] { done(found); });
        }});
    std::optional<base::FetchResult> result;
    base::FetchRequest request;
    request.url = QUrl(u"https://editor.example/client.json"_s);
    request.isForStrangers = true;
    fetcher.fetch(request, [&result](const base::FetchResult &given) { result = given; });
    QTRY_VERIFY(result);
    QVERIFY(!*result);
    QCOMPARE(result->error().fault, base::FetchFault::NotAllowed);
}

void TestNetworkFetcher::asksForTheNameAtTheAddressThatWasFound()
{
    Scripted server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    fetch::NetworkFetcher fetcher(
        nullptr,
        {[](const QString &, QObject *context, const auto &done) {
             QTimer::singleShot(0, context, [done] { done({QHostAddress(QHostAddress::LocalHost)}); });
         },
         {}});
    base::FetchRequest request;
    request.url = QUrl(u"http://localhost:%1/x"_s.arg(server.serverPort()));
    request.onBehalfOf = u"own.example"_s;
    std::optional<base::FetchResult> result;
    fetcher.fetch(request, [&](const base::FetchResult &given) { result = given; });
    QTRY_VERIFY(result);
    QVERIFY(*result);
    const QByteArray host = "host: localhost:" + QByteArray::number(server.serverPort()) + "\r\n";
    QVERIFY2(server.asked.toLower().contains(host), server.asked.constData());
}

void TestNetworkFetcher::sendsOnceToANameOfTwoAddressesWhoseAnswerIsSlow_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"GET", "HEAD", "DELETE"})
        QTest::newRow(method) << QByteArray(method);
}

void TestNetworkFetcher::sendsOnceToANameOfTwoAddressesWhoseAnswerIsSlow()
{
    QFETCH(QByteArray, method);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int requests = 0;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&requests, socket] {
            requests += socket->readAll().endsWith("\r\n\r\n") ? 1 : 0;
            // Longer than it may take to connect to one of several addresses.
            QTimer::singleShot(2000, socket,
                               [socket] { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); });
        });
    });
    const QHostAddress here(QHostAddress::LocalHost);
    fetch::NetworkFetcher fetcher(nullptr,
                                  {[here](const QString &, QObject *context, const auto &done) {
                                       QTimer::singleShot(0, context, [done, here] { done({here, here}); });
                                   },
                                   {}});
    base::FetchRequest request;
    request.method = method;
    request.url = QUrl(u"http://localhost:%1/x"_s.arg(server.serverPort()));
    request.onBehalfOf = u"own.example"_s;
    std::optional<base::FetchResult> result;
    fetcher.fetch(request, [&](const base::FetchResult &given) { result = given; });
    QVERIFY(gatehouse::waitFor([&] { return result.has_value(); }, 10'000));
    QVERIFY2(*result, qPrintable(*result ? QString() : result->error().text));
    QCOMPARE(requests, 1);
}

void TestNetworkFetcher::mayBeCancelledWhileANameIsLookedUp()
{
    int asked = 0;
    QPointer<QObject> waiting;
    fetch::NetworkFetcher fetcher(nullptr,
                                  {[&](const QString &, QObject *context, const auto &) {
                                       ++asked;
                                       waiting = context;
                                   },
                                   {}});
    base::FetchRequest request;
    request.url = QUrl(u"https://slow.example/"_s);
    request.onBehalfOf = u"mcp.example"_s;
    request.timeoutMs = 20;
    std::optional<base::FetchResult> result;
    const auto take = [&](const base::FetchResult &given) { result = given; };
    fetcher.fetch(request, take)();
    QCOMPARE(asked, 1);
    QVERIFY(!waiting); // With it nothing can come any more.
    const base::CancelFetch cancel = fetcher.fetch(request, take);
    QVERIFY(gatehouse::waitFor([&] { return result.has_value(); }, 10'000));
    QCOMPARE(result->error().fault, FetchFault::TimedOut);
    cancel(); // Late.
}

GATEHOUSE_TEST(TestNetworkFetcher)
#include "tst_networkfetcher.moc"
