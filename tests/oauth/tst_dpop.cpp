// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"
#include "base/json.h"
#include "keys/jwk.h"
#include "keys/signature.h"
#include "oauth/dpop.h"
#include "support/unit.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::oauth;
using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(const QByteArray &text)
{
    return QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// Answers each request in turn, its body in two pieces, and remembers what came.
class Server : public base::Fetcher
{
public:
    QList<base::FetchReply> replies;
    QList<base::FetchRequest> asked;
    int cancelled = 0;
    qsizetype silentFrom = 1000; ///< What comes from there on is never answered.

    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override
    {
        base::FetchReply reply = replies.value(asked.size(), {200, {}, "{}"});
        asked.append(request);
        if (asked.size() > silentFrom)
            return [this] { ++cancelled; };
        const auto isWanted = std::make_shared<bool>(true);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [request, reply, isWanted, done = std::move(done)]() mutable {
                if (!*isWanted)
                    return;
                if (request.onBody) {
                    const QByteArray body = std::exchange(reply.body, {});
                    for (const QByteArray &piece : {body.first(body.size() / 2), body.mid(body.size() / 2)})
                        (void)request.onBody(reply, piece);
                }
                done(reply);
            },
            Qt::QueuedConnection);
        return [isWanted] { *isWanted = false; };
    }
    [[nodiscard]] QByteArray header(qsizetype at, const QByteArray &name) const
    {
        return base::valuesOf(asked.at(at).headers, name).join('|');
    }
    [[nodiscard]] QJsonObject proof(qsizetype at) const
    {
        const QByteArrayList parts = header(at, "DPoP").split('.');
        return base::readJsonObject(bytesOf(parts.value(1))).value_or(QJsonObject());
    }
};

} // namespace

class TestDpop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void provesThatItHasTheKey();
    void marksOnlyWhatWantsIt_data();
    void marksOnlyWhatWantsIt();
    void sendsAgainWithTheNonceThatIsAskedFor_data();
    void sendsAgainWithTheNonceThatIsAskedFor();
    void keepsANonceForItsOriginAlone();
    void handsOnWhatIsNoQuestionForANonce_data();
    void handsOnWhatIsNoQuestionForANonce();
    void endsWhereItIsCancelled();

private:
    base::FetchRequest call(bool takesPieces = false)
    {
        base::FetchRequest request;
        request.method = "POST";
        request.url = QUrl(u"https://mcp.example/mcp?a=b#c"_s);
        request.headers = {{"Authorization"_ba, "Bearer token-1"_ba}, {"Accept"_ba, "x"_ba}};
        if (takesPieces) {
            request.onBody = [this](const base::FetchReply &head, QByteArrayView piece) {
                m_status = head.status;
                m_body += piece;
                return false;
            };
        }
        return request;
    }
    base::FetchRequest forToken()
    {
        base::FetchRequest request;
        request.method = "POST";
        request.url = QUrl(u"https://as.example/token"_s);
        return request;
    }
    base::FetchReply answered(const base::FetchRequest &request)
    {
        std::optional<base::FetchResult> result;
        (void)m_fetcher->fetch(request, [&result](base::FetchResult came) { result = std::move(came); });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }) || !*result)
            return {};
        return **result;
    }

    Server m_server;
    std::optional<keys::SigningKey> m_key;
    std::unique_ptr<DpopFetcher> m_fetcher;
    qsizetype m_drawn = 0;
    int m_remade = 0;
    int m_status = 0;
    QByteArray m_body;
};

void TestDpop::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_server = {};
    m_drawn = 0;
    m_remade = 0;
    m_status = 0;
    m_body.clear();
    m_key = makeDpopKey().value();
    m_fetcher = std::make_unique<DpopFetcher>(
        &m_server, *m_key, [] { return qint64(1'800'000'000'000); },
        [this](qsizetype bytes) { return QByteArray(bytes, char('a' + m_drawn++)); });
    m_fetcher->setTokenEndpoint(forToken().url, [this] {
        ++m_remade;
        return forToken();
    });
    m_fetcher->setBoundToken("token-1");
}

void TestDpop::provesThatItHasTheKey()
{
    QCOMPARE(answered(call()).status, 200);
    QCOMPARE(m_server.header(0, "Authorization"), "DPoP token-1"_ba);
    QCOMPARE(m_server.header(0, "Accept"), "x"_ba);
    const QByteArray proof = m_server.header(0, "DPoP");
    const QJsonObject header = base::readJsonObject(bytesOf(proof.split('.').first())).value();
    QCOMPARE(header.value("typ"_L1).toString(), u"dpop+jwt"_s);
    QCOMPARE(header.value("alg"_L1).toString(), u"ES256"_s);
    QJsonObject jwk = header.value("jwk"_L1).toObject();
    QCOMPARE(jwk.keys(),
             QStringList({u"crv"_s, u"kty"_s, u"x"_s, u"y"_s})); // And nothing of the private half.
    QCOMPARE(m_server.proof(0),
             (QJsonObject{{u"htm"_s, u"POST"_s},
                          {u"htu"_s, u"https://mcp.example/mcp"_s},
                          {u"iat"_s, 1'800'000'000},
                          {u"jti"_s, QString::fromLatin1(base::toBase64Url(QByteArray(16, 'a')))},
                          {u"ath"_s,
                           QString::fromLatin1(base::toBase64Url(
                               QCryptographicHash::hash("token-1", QCryptographicHash::Sha256)))}}));
    jwk.insert(u"kid"_s, u"k"_s);
    const qsizetype end = proof.lastIndexOf('.');
    QCOMPARE(keys::verifySignature(u"ES256"_s, keys::readJwk(jwk).value(), proof.left(end),
                                   bytesOf(proof.mid(end + 1))),
             keys::SignatureAnswer::Good);
    QCOMPARE(answered(call()).status, 200);
    QVERIFY(m_server.proof(1).value("jti"_L1) != m_server.proof(0).value("jti"_L1));
}

void TestDpop::marksOnlyWhatWantsIt_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<bool>("hasProof");
    QTest::addColumn<bool>("hasHash");
    const QString mcp = u"https://mcp.example/mcp"_s;
    QTest::newRow("a call") << mcp << "POST"_ba
                            << "Bearer token-1"_ba << true << true;
    QTest::newRow("the end of a session") << mcp << "DELETE"_ba
                                          << "Bearer token-1"_ba << true << true;
    QTest::newRow("a call without a token") << mcp << "POST"_ba << QByteArray() << false << false;
    QTest::newRow("a call with another token") << mcp << "POST"_ba
                                               << "Bearer token-2"_ba << false << false;
    QTest::newRow("a request for tokens")
        << u"https://as.example/token"_s << "POST"_ba << QByteArray() << true << false;
    QTest::newRow("one with a client's secret") << u"https://as.example/token"_s << "POST"_ba
                                                << "Basic YQ=="_ba << true << false;
    QTest::newRow("metadata") << u"https://as.example/.well-known/x"_s << "GET"_ba << QByteArray() << false
                              << false;
}

void TestDpop::marksOnlyWhatWantsIt()
{
    QFETCH(const QString, url);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, authorization);
    QFETCH(const bool, hasProof);
    QFETCH(const bool, hasHash);
    base::FetchRequest request;
    request.method = method;
    request.url = QUrl(url);
    if (!authorization.isEmpty())
        request.headers = {{"Authorization"_ba, authorization}};
    answered(request);
    QCOMPARE(!m_server.header(0, "DPoP").isEmpty(), hasProof);
    QCOMPARE(m_server.proof(0).contains("ath"_L1), hasHash);
    QCOMPARE(m_server.header(0, "Authorization"), hasHash ? "DPoP token-1"_ba : authorization);
}

void TestDpop::sendsAgainWithTheNonceThatIsAskedFor_data()
{
    QTest::addColumn<bool>("isForToken");
    QTest::addColumn<bool>("takesPieces");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("the authorization server")
        << true << false << 400 << QByteArray() << R"({"error":"use_dpop_nonce"})"_ba;
    QTest::newRow("the resource, in its challenge")
        << false << true << 401 << R"(DPoP error="use_dpop_nonce", algs="ES256")"_ba << QByteArray();
    QTest::newRow("the resource, in its second challenge")
        << false << true << 401 << R"(Bearer realm="x"|DPoP error="use_dpop_nonce")"_ba << QByteArray();
    QTest::newRow("the resource, in its body")
        << false << true << 401 << QByteArray() << R"({"error":"use_dpop_nonce"})"_ba;
    QTest::newRow("to whom wants the whole") << false << false << 401 << "DPoP error=\"use_dpop_nonce\""_ba
                                             << "{}"_ba;
}

void TestDpop::sendsAgainWithTheNonceThatIsAskedFor()
{
    QFETCH(const bool, isForToken);
    QFETCH(const bool, takesPieces);
    QFETCH(const int, status);
    QFETCH(const QByteArray, challenge);
    QFETCH(const QByteArray, body);
    base::FetchReply refusal{status, {{"dpop-nonce"_ba, "n-1"_ba}}, body};
    for (const QByteArray &field : challenge.split('|')) {
        if (!field.isEmpty())
            refusal.headers.append({"www-authenticate"_ba, field});
    }
    m_server.replies = {refusal, {200, {{"dpop-nonce"_ba, "n-2"_ba}}, "good"}};
    const base::FetchRequest request = isForToken ? forToken() : call(takesPieces);
    const base::FetchReply reply = answered(request);
    QCOMPARE(reply.status, 200);
    QCOMPARE(takesPieces ? m_body : reply.body, "good"_ba);
    QCOMPARE(m_server.asked.size(), 2);
    QVERIFY(!m_server.proof(0).contains("nonce"_L1));
    QCOMPARE(m_server.proof(1).value("nonce"_L1).toString(), u"n-1"_s);
    QVERIFY(m_server.proof(1).value("jti"_L1) != m_server.proof(0).value("jti"_L1));
    QCOMPARE(m_server.asked.at(1).body, request.body);
    QCOMPARE(m_remade, isForToken ? 1 : 0); // What a client signs of itself works once.
    answered(request); // Each answer may bring the next.
    QCOMPARE(m_server.proof(2).value("nonce"_L1).toString(), u"n-2"_s);
}

void TestDpop::keepsANonceForItsOriginAlone()
{
    m_server.replies = {{200, {{"dpop-nonce"_ba, "of-mcp"_ba}}, {}}};
    answered(call());
    answered(forToken());
    QVERIFY(!m_server.proof(1).contains("nonce"_L1));
    answered(call());
    QCOMPARE(m_server.proof(2).value("nonce"_L1).toString(), u"of-mcp"_s);
}

void TestDpop::handsOnWhatIsNoQuestionForANonce_data()
{
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("requests");
    const QByteArray wants = R"({"error":"use_dpop_nonce"})";
    QTest::newRow("a refused token") << QList<int>{401} << "n"_ba
                                     << R"({"error":"invalid_token"})"_ba << 1;
    QTest::newRow("a nonce that is wanted and not given") << QList<int>{401} << QByteArray() << wants << 1;
    QTest::newRow("one that is never right") << QList<int>{401, 401, 401} << "n"_ba << wants << 2;
    QTest::newRow("another status") << QList<int>{403} << "n"_ba << wants << 1;
    QTest::newRow("a page") << QList<int>{400} << "n"_ba
                            << "<html>"_ba << 1;
    QTest::newRow("a long page") << QList<int>{400} << "n"_ba
                                 << QByteArray(50'000, 'x') + QByteArray(150'000, 'y') << 1;
}

void TestDpop::handsOnWhatIsNoQuestionForANonce()
{
    QFETCH(const QList<int>, statuses);
    QFETCH(const QByteArray, nonce);
    QFETCH(const QByteArray, body);
    QFETCH(const int, requests);
    for (const bool takesPieces : {true, false}) {
        init();
        for (const int status : statuses) {
            base::FetchReply reply{status, {}, body};
            if (!nonce.isEmpty())
                reply.headers.append({"dpop-nonce"_ba, nonce});
            m_server.replies.append(reply);
        }
        const base::FetchReply reply = answered(call(takesPieces));
        QCOMPARE(reply.status, statuses.first());
        QCOMPARE(takesPieces ? m_body : reply.body, body);
        if (takesPieces)
            QCOMPARE(m_status, statuses.first());
        QCOMPARE(m_server.asked.size(), requests);
    }
}

void TestDpop::endsWhereItIsCancelled()
{
    m_server.replies = {{400, {{"dpop-nonce"_ba, "n"_ba}}, R"({"error":"use_dpop_nonce"})"}};
    m_server.silentFrom = 1;
    bool hasCome = false;
    const base::CancelFetch cancel
        = m_fetcher->fetch(forToken(), [&hasCome](const base::FetchResult &) { hasCome = true; });
    QTRY_COMPARE(m_server.asked.size(), 2); // While it is sent once more.
    cancel();
    cancel();
    QCOMPARE(m_server.cancelled, 1);
    QVERIFY(!hasCome);
}

GATEHOUSE_TEST(TestDpop)
#include "tst_dpop.moc"
