// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/connection.h"
#include "fetch/networkfetcher.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QEventLoop>
#include <QPointer>
#include <QScopeGuard>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <sys/socket.h>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using base::FetchFault;

/// A server whose connections are as a test wants them. Each request is one whole head, and its body by
/// Content-Length.
class Origin : public QTcpServer
{
public:
    using Answer = std::function<void(QTcpSocket *socket, const QByteArray &request)>;
    explicit Origin(Answer answer)
        : m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            sockets.append(socket);
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket, read = QByteArray()]() mutable {
                read += socket->readAll();
                const qsizetype head = read.indexOf("\r\n\r\n");
                if (head < 0)
                    return;
                static const QRegularExpression length(u"Content-Length: ([0-9]+)"_s);
                const qsizetype whole
                    = head + 4 + length.match(QString::fromLatin1(read)).captured(1).toInt();
                if (read.size() < whole)
                    return;
                requests.append(read.first(whole));
                read.remove(0, whole);
                m_answer(socket, requests.last());
            });
        });
    }
    [[nodiscard]] QUrl url(const QString &path = u"/x"_s) const
    {
        return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort()) + path);
    }

    QList<QPointer<QTcpSocket>> sockets;
    QByteArrayList requests;

private:
    Answer m_answer;
};

/// Of "localhost" and 127.0.0.1, signed by nobody else, until 2126. Only this test trusts it.
static const QByteArray certificate = "-----BEGIN CERTIFICATE-----\n"
                                      "MIIBmzCCAUGgAwIBAgIUDzZQ1+aQnYIU25P0m9R6MszOfP4wCgYIKoZIzj0EAwIw\n"
                                      "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDAwMzMzN1oYDzIxMjYxMTA2\n"
                                      "MDAzMzM3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
                                      "PQMBBwNCAAREIjolfrRgiAAJEd8PxS62IWPNYWUdN6GRvN7uK5GGkz0YcRG9nqGl\n"
                                      "Kd0VYXwB6a+4Pve6QOHtSSy+Z2J+psJ+o28wbTAdBgNVHQ4EFgQUVNbdjyMfa8GO\n"
                                      "uGRZEr2a96sPWDgwHwYDVR0jBBgwFoAUVNbdjyMfa8GOuGRZEr2a96sPWDgwDwYD\n"
                                      "VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI\n"
                                      "zj0EAwIDSAAwRQIhALBtnd/KXEgY887cAU0MWr/NbHR5LxZTIXYjrAvHwxj2AiAW\n"
                                      "jItxIriPXvBty0VN87xCP1CFFn8Y+aKV7b/4VGFtGg==\n"
                                      "-----END CERTIFICATE-----\n";
static const QByteArray privateKey = "-----BEGIN PRIVATE KEY-----\n"
                                     "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxmhFUiRyqEKX8rXG\n"
                                     "Ef0xRH5OFF6jwCsBynX6dvUn80ehRANCAAREIjolfrRgiAAJEd8PxS62IWPNYWUd\n"
                                     "N6GRvN7uK5GGkz0YcRG9nqGlKd0VYXwB6a+4Pve6QOHtSSy+Z2J+psJ+\n"
                                     "-----END PRIVATE KEY-----\n";

static const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class TestConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_fetcher = std::make_unique<fetch::NetworkFetcher>();
    }
    void areUsedAgain();
    void areNotUsedAgain_data();
    void areNotUsedAgain();
    void areNoneThatTheServerHasClosed();
    void areUsedForEffectsWhereTheServerKeepsThem_data();
    void areUsedForEffectsWhereTheServerKeepsThem();
    void makeWayWhereTheServerServesOneAtATime();
    void makeWayForWhatWasSentBeforeTheyWereIdle_data();
    void makeWayForWhatWasSentBeforeTheyWereIdle();
    void stayWhereOneOfManyCallsIsSlow();
    void areNobodysAnyMoreOnceTheyWereHandedOn();
    void areNotUsedAgainBeforeTheRequestIsOut();
    void failLaterWhereTheyFailAtOnce();
    void sayLaterThatTheyCouldNotSend();
    void carryARequestWithEffectsOnce_data();
    void carryARequestWithEffectsOnce();
    void carryAnotherOneWhereNothingIsChanged();
    void areAsManyAsThereAreRequests();
    void waitInSmallNumberWhereNothingShowsThatTheyAreKept();
    void goWithAStreamThatIsLeft();
    void goWithAnExchangeThatIsCancelled();
    void mayEndTheFetcher();
    void mayEndTheFetcherWhileTheRequestIsWritten();
    void sendWhatIsAsked();
    void sendNothingThatWouldBeginAnother_data();
    void sendNothingThatWouldBeginAnother();
    void readManyHeaderLinesAndHints();
    void passAProxy();
    void passTheProxyOfTheEnvironment_data();
    void passTheProxyOfTheEnvironment();
    void goNowhereWhereTheProxyCannotBeRead();
    void trustOnlyWhatTheSystemTrusts();
    void trustACertificateOfThisMachineWhereTheUserSaysSo();

private:
    base::FetchResult fetch(const base::FetchRequest &request)
    {
        std::optional<base::FetchResult> result;
        int answers = 0;
        m_fetcher->fetch(request, [&](const base::FetchResult &given) {
            result = given;
            ++answers;
        });
        if (answers != 0 || !gatehouse::waitFor([&] { return answers > 0; }, 10'000) || answers != 1)
            QTest::qFail("fetch() answers once, later", __FILE__, __LINE__);
        return result.value_or(base::failure(base::FetchError()));
    }
    base::FetchResult fetch(const QUrl &url, const QByteArray &method = "GET")
    {
        base::FetchRequest request;
        request.method = method;
        request.url = url;
        request.body = method == "POST" ? "{}"_ba : QByteArray();
        return fetch(request);
    }

    std::unique_ptr<fetch::NetworkFetcher> m_fetcher;
};

void TestConnections::areUsedAgain()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    for (const char *method : {"GET", "GET", "POST", "DELETE", "POST"}) {
        const auto result = fetch(origin.url(), method);
        QVERIFY(result);
        QCOMPARE(result->body, "ok"_ba);
    }
    QCOMPARE(origin.requests.size(), 5);
    QCOMPARE(origin.sockets.size(), 1);
    // Not for another origin.
    Origin other([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    QVERIFY(fetch(other.url()));
    QCOMPARE(other.sockets.size(), 1);
}

void TestConnections::areNotUsedAgain_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("the server says so")
        << "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"_ba;
    QTest::newRow("HTTP/1.0") << "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"_ba;
    QTest::newRow("something stands behind the answer")
        << ok + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
    QTest::newRow("kept for a second only")
        << "HTTP/1.1 200 OK\r\nKeep-Alive: max=5, Timeout=1\r\nContent-Length: 2\r\n\r\nok"_ba;
    QTest::newRow("kept for a time that no number is")
        << "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=-2147483648\r\nContent-Length: 2\r\n\r\nok"_ba;
    QTest::newRow("two ways to find the end")
        << "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"_ba;
}

void TestConnections::areNotUsedAgain()
{
    QFETCH(const QByteArray, answer);
    Origin origin([&](QTcpSocket *socket, const QByteArray &) { socket->write(answer); });
    for (int i = 1; i <= 2; ++i) {
        const auto result = fetch(origin.url());
        QVERIFY(result);
        QCOMPARE(result->body, "ok"_ba);
        QCOMPARE(origin.sockets.size(), i);
    }
    QTRY_VERIFY(!origin.sockets.first()
                || origin.sockets.first()->state() == QAbstractSocket::UnconnectedState);
}

/// It closes them without a word once it has answered: another one carries the next request, at once.
void TestConnections::areNoneThatTheServerHasClosed()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) {
        socket->write(ok);
        socket->disconnectFromHost();
    });
    for (int i = 0; i < 20; ++i) {
        const auto result = fetch(origin.url(), "POST");
        QVERIFY2(result, result ? "" : qPrintable(result.error().text));
    }
    QCOMPARE(origin.requests.size(), 20);
}

/// Some servers close a connection a moment after an answer, and do not say so: what is on its way then is
/// lost.
void TestConnections::areUsedForEffectsWhereTheServerKeepsThem_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<int>("before");
    QTest::addColumn<bool>("waits");
    QTest::addColumn<int>("connections");
    QTest::newRow("it has not shown it") << QByteArray() << 1 << false << 2;
    QTest::newRow("it says so") << "Connection: keep-alive\r\n"_ba << 1 << false << 1;
    QTest::newRow("it says for how long") << "Keep-Alive: timeout=2147483647\r\n"_ba << 1 << false << 1;
    QTest::newRow("it did so already") << QByteArray() << 2 << false << 1;
    QTest::newRow("it does") << QByteArray() << 1 << true << 1;
}

void TestConnections::areUsedForEffectsWhereTheServerKeepsThem()
{
    QFETCH(const QByteArray, field);
    QFETCH(const int, before);
    QFETCH(const bool, waits);
    QFETCH(const int, connections);
    Origin origin([&](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\n" + field + "Content-Length: 2\r\n\r\nok");
    });
    for (int i = 0; i < before; ++i)
        QVERIFY(fetch(origin.url()));
    if (waits)
        QTest::qWait(2200); // It is looked at once a second.
    QVERIFY(fetch(origin.url(), "POST"));
    QCOMPARE(origin.sockets.size(), connections);
}

/// The server answers at once and does not read on: what comes next would wait behind the body.
void TestConnections::areNotUsedAgainBeforeTheRequestIsOut()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int connections = 0;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        ++connections;
        QTcpSocket *socket = server.nextPendingConnection();
        socket->setReadBufferSize(1000);
        socket->write("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
    });
    base::FetchRequest request;
    request.method = "POST";
    request.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
    request.body = QByteArray(20'000'000, 'x');
    const auto first = fetch(request);
    QVERIFY2(first, first ? "" : qPrintable(first.error().text));
    request.body = "{}";
    QVERIFY(fetch(request));
    QCOMPARE(connections, 2);
}

/// The system refuses some addresses on the stack of whoever asks for them; fetch() promises to answer later.
void TestConnections::failLaterWhereTheyFailAtOnce()
{
    for (const char *address : {"https://255.255.255.255/", "https://[ff02::1]/"}) {
        const auto result = fetch(QUrl(QString::fromLatin1(address)));
        QVERIFY(!result);
        QCOMPARE(result.error().fault, FetchFault::Unreachable);
        QVERIFY(result.error().isUnsent);
    }
}

void TestConnections::carryARequestWithEffectsOnce_data()
{
    QTest::addColumn<bool>("isReused");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<QString>("text");
    for (const bool isReused : {false, true}) {
        const QByteArray on = isReused ? " on a connection that was used" : " on a new connection";
        const auto row = [&](const char *name, const QByteArray &before, bool isReset, const QString &text) {
            QTest::newRow((name + on).constData()) << isReused << before << isReset << text;
        };
        row("nothing comes", {}, false, u"without an answer"_s);
        row("nothing comes but a reset", {}, true, u"without an answer"_s);
        row("half a head", "HTTP/1.1 200 OK\r\nContent-", false, u"before the answer was whole"_s);
        row("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", false,
            u"before the answer was whole"_s);
        row("only a hint", "HTTP/1.1 103 Early Hints\r\n\r\n", false, u"before the answer was whole"_s);
        row("something else", "nonsense\r\n", false, u"does not speak HTTP"_s);
    }
}

void TestConnections::carryARequestWithEffectsOnce()
{
    QFETCH(const bool, isReused);
    QFETCH(const QByteArray, before);
    QFETCH(const bool, isReset);
    QFETCH(const QString, text);
    Origin origin([&](QTcpSocket *socket, const QByteArray &request) {
        if (!request.startsWith("POST"))
            return (void)socket->write(ok);
        socket->write(before);
        socket->flush();
        isReset ? socket->abort() : socket->disconnectFromHost();
    });
    if (isReused)
        QVERIFY(fetch(origin.url()));
    const auto result = fetch(origin.url(), "POST");
    QVERIFY(!result);
    const bool isOther = text.contains(u"does not speak"_s);
    QCOMPARE(result.error().fault, isOther ? FetchFault::Malformed : FetchFault::Unreachable);
    QVERIFY(!result.error().isUnsent);
    QVERIFY2(result.error().text.contains(text), qPrintable(result.error().text));
    QVERIFY(fetch(origin.url())); // It goes on.
    QCOMPARE(origin.requests.size(), isReused ? 3 : 2);
    QCOMPARE(std::count_if(origin.requests.begin(), origin.requests.end(),
                           [](const QByteArray &one) { return one.startsWith("POST"); }),
             1);
}

void TestConnections::makeWayWhereTheServerServesOneAtATime()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    connect(&origin, &QTcpServer::newConnection, this, [&origin] {
        origin.pauseAccepting();
        connect(origin.sockets.last(), &QTcpSocket::disconnected, &origin,
                [&origin] { origin.resumeAccepting(); });
    });
    for (int i = 0; i < 4; ++i)
        QVERIFY(fetch(origin.url(), "POST"));
    QCOMPARE(origin.requests.size(), 4);
}

void TestConnections::makeWayForWhatWasSentBeforeTheyWereIdle_data()
{
    QTest::addColumn<QByteArrayList>("methods");
    QTest::newRow("two that change nothing") << QByteArrayList{"GET", "GET"};
    QTest::newRow("one of them") << QByteArrayList{"GET", "POST"};
    QTest::newRow("none of them") << QByteArrayList{"POST", "POST"};
    QTest::newRow("four") << QByteArrayList{"POST", "GET", "POST", "GET"};
}

void TestConnections::makeWayForWhatWasSentBeforeTheyWereIdle()
{
    QFETCH(const QByteArrayList, methods);
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    connect(&origin, &QTcpServer::newConnection, this, [&origin] {
        origin.pauseAccepting();
        connect(origin.sockets.last(), &QTcpSocket::disconnected, &origin,
                [&origin] { origin.resumeAccepting(); });
    });
    int answered = 0;
    for (const QByteArray &method : methods) {
        base::FetchRequest request;
        request.method = method;
        request.url = origin.url();
        request.timeoutMs = 20'000;
        m_fetcher->fetch(request,
                         [&answered](const base::FetchResult &result) { answered += result ? 1 : 0; });
    }
    // Sooner than the server's idle connection would end by itself.
    QTRY_COMPARE_WITH_TIMEOUT(answered, int(methods.size()), 12'000);
}

void TestConnections::stayWhereOneOfManyCallsIsSlow()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &request) {
        static const QByteArray kept
            = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok";
        if (request.startsWith("GET /slow"))
            QTimer::singleShot(900, socket, [socket] { socket->write(kept); });
        else
            socket->write(kept);
    });
    int answered = 0;
    for (int i = 0; i < 3; ++i) {
        base::FetchRequest request;
        request.url = origin.url();
        m_fetcher->fetch(request, [&answered](const base::FetchResult &) { ++answered; });
    }
    QTRY_COMPARE(answered, 3);
    for (int i = 0; i < 4; ++i) { // One more than there are connections.
        base::FetchRequest request;
        request.url = origin.url(u"/slow"_s);
        m_fetcher->fetch(request, [&answered](const base::FetchResult &) { ++answered; });
        if (i == 0) {
            request.url = origin.url();
            for (int j = 0; j < 2; ++j)
                m_fetcher->fetch(request, [&answered](const base::FetchResult &) { ++answered; });
        }
    }
    QTRY_COMPARE(answered, 9);
    for (const auto &socket : std::as_const(origin.sockets))
        QVERIFY(socket && socket->state() == QAbstractSocket::ConnectedState);
}

void TestConnections::areNobodysAnyMoreOnceTheyWereHandedOn()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    QVERIFY(fetch(origin.url(), "POST"));
    base::FetchRequest request;
    request.method = "POST";
    request.url = origin.url();
    request.timeoutMs = 800;
    bool isOver = false;
    // Whoever hears of the answer waits for something else, and the connection goes meanwhile.
    m_fetcher->fetch(request, [&](const base::FetchResult &result) {
        QVERIFY(result);
        for (const auto &socket : std::as_const(origin.sockets))
            socket->abort();
        QEventLoop loop; // Within which nothing is deleted later.
        base::FetchRequest other;
        other.url = origin.url();
        m_fetcher->fetch(other, [&](const base::FetchResult &) {
            QTimer::singleShot(1000, &loop, &QEventLoop::quit); // Its clocks are over then.
        });
        loop.exec();
        isOver = true;
    });
    QTRY_VERIFY(isOver);
    QCOMPARE(origin.requests.size(), 3);
}

void TestConnections::sayLaterThatTheyCouldNotSend()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    fetch::Connection connection({u"127.0.0.1"_s, origin.serverPort(), false, QHostAddress::LocalHost});
    bool isWhole = false;
    QStringList faults;
    connect(&connection, &fetch::Connection::came, this,
            [&] { isWhole = connection.reader().stage() == fetch::ResponseReader::Stage::Complete; });
    connect(&connection, &fetch::Connection::failed, this,
            [&](const base::FetchError &error) { faults.append(error.text); });
    connection.send("GET / HTTP/1.1\r\n\r\n", "GET");
    QTRY_VERIFY(isWhole);
    auto *mine = connection.findChild<QAbstractSocket *>();
    QVERIFY(::shutdown(int(mine->socketDescriptor()), SHUT_RDWR) == 0); // Writing fails from now on.
    connection.send("GET / HTTP/1.1\r\n\r\n", "GET");
    QCOMPARE(faults.size(), 0);
    QTRY_COMPARE(faults.size(), 1);
    QVERIFY2(faults.first().contains(u"ended without an answer"_s), qPrintable(faults.first()));
}

void TestConnections::carryAnotherOneWhereNothingIsChanged()
{
    int answers = 0;
    Origin origin([&](QTcpSocket *socket, const QByteArray &) {
        if (++answers == 2) // The connection that was used before ends without a byte.
            socket->disconnectFromHost();
        else
            socket->write(ok);
    });
    QVERIFY(fetch(origin.url()));
    QVERIFY(fetch(origin.url()));
    QCOMPARE(origin.requests.size(), 3);
    // On a new one it is not: the server does not want it.
    Origin closing([](QTcpSocket *socket, const QByteArray &) { socket->disconnectFromHost(); });
    QVERIFY(!fetch(closing.url()));
    QCOMPARE(closing.requests.size(), 1);
}

void TestConnections::areAsManyAsThereAreRequests()
{
    QList<QPointer<QTcpSocket>> waiting;
    Origin origin([&](QTcpSocket *socket, const QByteArray &) { waiting.append(socket); });
    int answers = 0;
    base::FetchRequest request;
    request.url = origin.url();
    for (int i = 0; i < 40; ++i)
        m_fetcher->fetch(request, [&](const base::FetchResult &result) { answers += result ? 1 : 0; });
    QTRY_COMPARE(waiting.size(), 40);
    for (const auto &socket : std::as_const(waiting))
        socket->write(ok);
    QTRY_COMPARE(answers, 40);
    // No more of them are kept than are good for something.
    const auto open = [&origin] {
        return std::count_if(origin.sockets.begin(), origin.sockets.end(), [](const auto &one) {
            return one && one->state() == QAbstractSocket::ConnectedState;
        });
    };
    QTRY_COMPARE(open(), 32);
}

void TestConnections::waitInSmallNumberWhereNothingShowsThatTheyAreKept()
{
    QList<QPointer<QTcpSocket>> asked;
    Origin origin([&asked](QTcpSocket *socket, const QByteArray &) { asked.append(socket); });
    int answers = 0;
    for (int i = 0; i < 20; ++i) {
        base::FetchRequest request;
        request.method = "POST";
        request.url = origin.url();
        m_fetcher->fetch(request, [&answers](const base::FetchResult &) { ++answers; });
    }
    QTRY_COMPARE(asked.size(), 20);
    for (const QPointer<QTcpSocket> &socket : std::as_const(asked))
        socket->write(ok);
    QTRY_COMPARE(answers, 20);
    QTRY_COMPARE(
        std::count_if(asked.begin(), asked.end(),
                      [](QTcpSocket *socket) { return socket->state() == QAbstractSocket::ConnectedState; }),
        4);
}

void TestConnections::goWithAStreamThatIsLeft()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    });
    base::FetchRequest request;
    request.url = origin.url();
    QByteArray came;
    request.onBody = [&](const base::FetchReply &, QByteArrayView piece) {
        came += piece;
        return true;
    };
    const auto result = fetch(request);
    QVERIFY(result);
    QCOMPARE(came, "first"_ba);
    QTRY_COMPARE(origin.sockets.first()->state(), QAbstractSocket::UnconnectedState);
}

void TestConnections::goWithAnExchangeThatIsCancelled()
{
    Origin origin([](QTcpSocket *, const QByteArray &) {});
    base::FetchRequest request;
    request.url = origin.url();
    int answers = 0;
    const auto cancel = m_fetcher->fetch(request, [&](const base::FetchResult &) { ++answers; });
    QTRY_COMPARE(origin.requests.size(), 1);
    cancel();
    QTRY_COMPARE(origin.sockets.first()->state(), QAbstractSocket::UnconnectedState);
    cancel();
    QCOMPARE(answers, 0);
}

void TestConnections::mayEndTheFetcher()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    for (const bool inPieces : {false, true}) {
        base::FetchRequest request;
        request.url = origin.url();
        QPointer<QSslSocket> socket;
        // Qt goes on with its socket when this has returned.
        const auto end = [&] {
            socket = m_fetcher->findChild<QSslSocket *>();
            QVERIFY(socket);
            m_fetcher.reset();
            QVERIFY(socket);
        };
        if (inPieces)
            request.onBody = [&](const base::FetchReply &, QByteArrayView) {
                end();
                return true;
            };
        int answers = 0;
        m_fetcher = std::make_unique<fetch::NetworkFetcher>();
        m_fetcher->fetch(request, [&](const base::FetchResult &) {
            ++answers;
            end();
        });
        QTRY_VERIFY(!m_fetcher);
        QTRY_VERIFY(!socket);
        QCOMPARE(answers, inPieces ? 0 : 1);
    }
}

void TestConnections::sendWhatIsAsked()
{
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    base::FetchRequest request;
    request.method = "POST";
    request.url = origin.url(u"/a b?x=%2F&y=ä#part"_s);
    request.headers = {{"X-One", "1"}, {"x-one", "2"}, {"Authorization", "Bearer t"}};
    request.body = "body";
    QVERIFY(fetch(request));
    const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
    QCOMPARE(origin.requests.last(),
             "POST /a%20b?x=%2F&y=%C3%A4 HTTP/1.1\r\nHost: " + host
                 + "\r\nUser-Agent: Gatehouse/" GATEHOUSE_VERSION "\r\nAccept-Encoding: identity\r\n"
                   "X-One: 1\r\nx-one: 2\r\nAuthorization: Bearer t\r\nContent-Length: 4\r\n\r\nbody");
    request.url = QUrl(u"http://127.0.0.1:%1"_s.arg(origin.serverPort()));
    request.headers = {{"host", "other.example"}};
    request.body.clear();
    QVERIFY(fetch(request));
    QVERIFY2(origin.requests.last().startsWith("POST / HTTP/1.1\r\nUser-Agent"),
             origin.requests.last().constData());
    QVERIFY(origin.requests.last().contains("\r\nhost: other.example\r\nContent-Length: 0\r\n\r\n"));
}

void TestConnections::sendNothingThatWouldBeginAnother_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<base::Headers>("headers");
    QTest::newRow("a line end in a value") << "GET"_ba << base::Headers{{"X", "a\r\nY: b"}};
    QTest::newRow("a line feed in a value") << "GET"_ba << base::Headers{{"X", "a\nb"}};
    QTest::newRow("a NUL in a value") << "GET"_ba << base::Headers{{"X", QByteArray("a\0b", 3)}};
    QTest::newRow("a colon in a name") << "GET"_ba << base::Headers{{"X: a", "b"}};
    QTest::newRow("no name") << "GET"_ba << base::Headers{{"", "b"}};
    QTest::newRow("another length") << "GET"_ba << base::Headers{{"content-length", "5"}};
    QTest::newRow("a coding") << "GET"_ba << base::Headers{{"Transfer-Encoding", "chunked"}};
    QTest::newRow("a space in the method") << "GET / HTTP/1.1\r\n"_ba << base::Headers();
}

void TestConnections::sendNothingThatWouldBeginAnother()
{
    QFETCH(const QByteArray, method);
    QFETCH(const base::Headers, headers);
    Origin origin([](QTcpSocket *socket, const QByteArray &) { socket->write(ok); });
    base::FetchRequest request;
    request.method = method;
    request.url = origin.url();
    request.headers = headers;
    const auto result = fetch(request);
    QVERIFY(!result);
    QCOMPARE(result.error().fault, FetchFault::NotAllowed);
    QVERIFY(origin.sockets.isEmpty());
}

void TestConnections::readManyHeaderLinesAndHints()
{
    QByteArray head = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 300; ++i)
        head += "X-" + QByteArray::number(i) + ": v\r\n";
    Origin origin([&](QTcpSocket *socket, const QByteArray &) {
        socket->write(head + "Set-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2\r\n\r\nok");
    });
    const auto result = fetch(origin.url());
    QVERIFY(result);
    QCOMPARE(result->status, 200);
    QCOMPARE(result->headers.size(), 303);
    QCOMPARE(result->headers.at(301), base::Header("set-cookie", "b"));
}

void TestConnections::passAProxy()
{
    QByteArray asked;
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    connect(&proxy, &QTcpServer::newConnection, &proxy, [&] {
        QTcpSocket *socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&asked, socket] {
            asked += socket->readAll();
            if (asked.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
    });
    int looked = 0;
    m_fetcher = std::make_unique<fetch::NetworkFetcher>(
        nullptr,
        fetch::Surroundings{
            [&](const QString &, QObject *context, const auto &done) {
                ++looked;
                QTimer::singleShot(0, context, [done] { done({QHostAddress(u"203.0.113.9"_s)}); });
            },
            {},
            [&](const QUrl &) {
                return QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, proxy.serverPort());
            }});
    const auto result = fetch(QUrl(u"https://mcp.example:8443/"_s));
    QVERIFY(!result);
    QCOMPARE(result.error().fault, FetchFault::Unreachable);
    QVERIFY(result.error().isUnsent);
    QVERIFY2(asked.startsWith("CONNECT mcp.example:8443 HTTP/1.1\r\n"), asked.constData());
    QCOMPARE(looked, 0); // The proxy knows names.
    // What somebody else named is judged here, and the proxy is told the address that was judged.
    asked.clear();
    base::FetchRequest judged;
    judged.url = QUrl(u"https://issuer.example/"_s);
    judged.onBehalfOf = u"mcp.example"_s;
    QVERIFY(!fetch(judged));
    QCOMPARE(looked, 1);
    QVERIFY2(asked.startsWith("CONNECT 203.0.113.9:443 HTTP/1.1\r\n"), asked.constData());
}

/// Speaks TLS and counts the requests.
class TlsOrigin : public QSslServer
{
public:
    /// `isHasty`: the answer comes with the end of the handshake, before there was a request.
    explicit TlsOrigin(bool isHasty = false)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(certificate));
        configuration.setPrivateKey(QSslKey(privateKey, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (isHasty) // Of TLS 1.3 the client says the last word.
            configuration.setProtocol(QSsl::TlsV1_2);
        setSslConfiguration(configuration);
        listen(QHostAddress::LocalHost);
        connect(this, &QSslServer::pendingConnectionAvailable, this, [this, isHasty] {
            QTcpSocket *socket = nextPendingConnection();
            ++connections;
            if (isHasty) {
                socket->write(ok);
                socket->flush();
                return;
            }
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                requests += socket->readAll();
                if (requests.endsWith("\r\n\r\n"))
                    socket->write(ok);
            });
        });
    }
    QByteArray requests;
    int connections = 0;
};

void TestConnections::mayEndTheFetcherWhileTheRequestIsWritten()
{
    TlsOrigin origin(true);
    base::FetchRequest request;
    request.url = QUrl(u"https://localhost:%1/"_s.arg(origin.serverPort()));
    request.trustsThisMachine = true;
    base::FetchResult came = base::failure(base::FetchError());
    m_fetcher->fetch(request, [&](const base::FetchResult &result) {
        came = result;
        m_fetcher.reset();
    });
    QTRY_VERIFY(!m_fetcher);
    QVERIFY2(came, came ? "" : qPrintable(came.error().text));
    QCOMPARE(came->body, "ok"_ba);
}

void TestConnections::passTheProxyOfTheEnvironment_data()
{
    QTest::addColumn<QByteArray>("without");
    QTest::addColumn<QString>("url"); // Its port is that of the proxy, which answers whoever comes.
    QTest::addColumn<bool>("isPassed");
    QTest::newRow("it is named") << QByteArray() << u"https://mcp.example:%1/"_s << true;
    QTest::newRow("not for that name") << "mcp.example"_ba << u"https://mcp.example:%1/"_s << false;
    QTest::newRow("not for this machine") << QByteArray() << u"https://localhost:%1/"_s << false;
}

void TestConnections::passTheProxyOfTheEnvironment()
{
    QFETCH(const QByteArray, without);
    QFETCH(const QString, url);
    QFETCH(const bool, isPassed);
    QByteArray asked;
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    connect(&proxy, &QTcpServer::newConnection, &proxy, [&] {
        QTcpSocket *socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&asked, socket] {
            asked += socket->readAll();
            socket->disconnectFromHost();
        });
    });
    const QByteArray proxyBefore = qgetenv("https_proxy");
    const QByteArray withoutBefore = qgetenv("no_proxy");
    const auto restore = qScopeGuard([&] {
        qputenv("https_proxy", proxyBefore);
        qputenv("no_proxy", withoutBefore);
    });
    qputenv("https_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    qputenv("no_proxy", without);
    m_fetcher = std::make_unique<fetch::NetworkFetcher>(
        nullptr,
        fetch::Surroundings{[](const QString &, QObject *context, const auto &done) {
                                QTimer::singleShot(0, context,
                                                   [done] { done({QHostAddress(QHostAddress::LocalHost)}); });
                            },
                            {},
                            {}});
    QVERIFY(!fetch(QUrl(url.arg(proxy.serverPort()))));
    QTRY_VERIFY(!asked.isEmpty());
    QCOMPARE(asked.startsWith("CONNECT "), isPassed); // Else it is TLS that begins.
}

void TestConnections::goNowhereWhereTheProxyCannotBeRead()
{
    m_fetcher = std::make_unique<fetch::NetworkFetcher>(
        nullptr, fetch::Surroundings{{}, {}, [](const QUrl &) -> base::Expected<QNetworkProxy, QString> {
                                         return base::failure(u"That is none."_s);
                                     }});
    const auto result = fetch(QUrl(u"https://mcp.example/"_s));
    QVERIFY(!result);
    QCOMPARE(result.error().fault, FetchFault::NotAllowed);
    QCOMPARE(result.error().text, u"That is none."_s);
}

void TestConnections::trustOnlyWhatTheSystemTrusts()
{
    TlsOrigin origin;
    const QUrl url(u"https://localhost:%1/"_s.arg(origin.serverPort()));
    const auto refused = fetch(url);
    QVERIFY(!refused);
    QCOMPARE(refused.error().fault, FetchFault::Tls);
    QVERIFY2(refused.error().text.contains(u"self-signed"_s), qPrintable(refused.error().text));
    const auto usual = qScopeGuard([before = QSslConfiguration::defaultConfiguration()] {
        QSslConfiguration::setDefaultConfiguration(before);
    });
    QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
    trusting.addCaCertificate(QSslCertificate(certificate));
    QSslConfiguration::setDefaultConfiguration(trusting);
    for (int i = 0; i < 3; ++i) {
        const auto result = fetch(url);
        QVERIFY2(result, result ? "" : qPrintable(result.error().text));
        QCOMPARE(result->body, "ok"_ba);
    }
    QCOMPARE(origin.connections, 1);
    // For another name it is not.
    m_fetcher = std::make_unique<fetch::NetworkFetcher>(
        nullptr, fetch::Surroundings{[](const QString &, QObject *context, const auto &done) {
            QTimer::singleShot(0, context, [done] { done({QHostAddress(QHostAddress::LocalHost)}); });
        }});
    origin.requests.clear();
    const auto another = fetch(QUrl(u"https://mcp.example:%1/"_s.arg(origin.serverPort())));
    QVERIFY(!another);
    QCOMPARE(another.error().fault, FetchFault::Tls);
    QVERIFY(origin.requests.isEmpty());
}

void TestConnections::trustACertificateOfThisMachineWhereTheUserSaysSo()
{
    TlsOrigin origin;
    base::FetchRequest request;
    request.url = QUrl(u"https://localhost:%1/"_s.arg(origin.serverPort()));
    const auto refused = fetch(request);
    QVERIFY(!refused);
    QVERIFY(refused.error().isOfThisMachine);
    request.trustsThisMachine = true;
    const auto taken = fetch(request);
    QVERIFY2(taken, taken ? "" : qPrintable(taken.error().text));
    QCOMPARE(taken->body, "ok"_ba);
    // Nobody else gets its connection.
    request.trustsThisMachine = false;
    QVERIFY(!fetch(request));
    // A name that leads here is another's name.
    m_fetcher = std::make_unique<fetch::NetworkFetcher>(
        nullptr, fetch::Surroundings{[](const QString &, QObject *context, const auto &done) {
            QTimer::singleShot(0, context, [done] { done({QHostAddress(QHostAddress::LocalHost)}); });
        }});
    request.trustsThisMachine = true;
    request.url = QUrl(u"https://mcp.example:%1/"_s.arg(origin.serverPort()));
    const auto another = fetch(request);
    QVERIFY(!another);
    QCOMPARE(another.error().fault, FetchFault::Tls);
    QVERIFY(!another.error().isOfThisMachine);
}

GATEHOUSE_TEST(TestConnections)
#include "tst_connections.moc"
