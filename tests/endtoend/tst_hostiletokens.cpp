// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"
#include "base/json.h"
#include "endtoend/fakeissuer.h"
#include "endtoend/program.h"
#include "support/unit.h"

#include <QDateTime>
#include <QJsonArray>
#include <QMessageAuthenticationCode>
#include <QTest>
#include <QUrl>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// Each row is one request that must be refused, with the status, the reason on record and the error code
/// that the challenge gives. A valid call before and after shows that the refusal is about the token and that
/// nothing broke. The situations are those of RFC 8725 (JWT best practices), RFC 6750 and the attacks that
/// other verifiers fell for.
class TestHostileTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void refusesWithTheRightAnswer_data();
    void refusesWithTheRightAnswer() { judge(); }
    void refusesWithMoreAlgorithmsAllowed_data();
    void refusesWithMoreAlgorithmsAllowed() { judge(); }
    void cleanupTestCase();

private:
    static void addColumns();
    void judge(); ///< The row's request and its answer, and a good one behind it.
    void addHeaderRows();
    void addStructureRows();
    void addHeaderMemberRows();
    void addAlgorithmRows();
    void addKeyRows();
    void addClaimRows();
    void row(const QByteArray &name, const QByteArray &token, const char *reason, int status = 401);
    void rawRow(const char *name, const QByteArrayList &headers, const char *reason, int status,
                const QByteArray &query = {});
    RawAnswer call(const QByteArrayList &headers, const QByteArray &query = {});
    QJsonObject lineOf(); ///< The record of the last call.
    void callsWithAValidTokenWork();
    QByteArray good() const { return m_issuer->sign(m_issuer->claims(m_server->resource)); }

    std::unique_ptr<FakeIssuer> m_issuer;
    /// The program under test, twice.
    struct Server
    {
        std::unique_ptr<Program> program = {};
        QString resource = {};
        int port = 0;
    };
    void start(Server &server, const QStringList &more = {});

    Server m_asShipped;
    Server m_withMoreAlgorithms;
    Server *m_server = &m_asShipped; ///< Which of them is asked.
    QHash<QString, std::shared_ptr<keys::SigningKey>> m_otherKeys; ///< By algorithm; published as that.
};

void TestHostileTokens::initTestCase()
{
    m_issuer = std::make_unique<FakeIssuer>();
    QJsonObject forPs = m_issuer->key().publicJwk();
    forPs.insert(u"kid"_s, u"for-ps"_s);
    forPs.insert(u"alg"_s, u"PS256"_s);
    m_issuer->publish(forPs);
    QJsonObject forEncryption = m_issuer->key().publicJwk();
    forEncryption.insert(u"kid"_s, u"for-encryption"_s);
    forEncryption.insert(u"use"_s, u"enc"_s);
    m_issuer->publish(forEncryption);
    for (const QString &name : {u"PS256"_s, u"ES256"_s, u"ES384"_s, u"EdDSA"_s}) {
        m_otherKeys.insert(
            name, std::make_shared<keys::SigningKey>(keys::SigningKey::generate(name, 0, name).value()));
        m_issuer->publish(m_otherKeys.value(name)->publicJwk());
    }
    start(m_asShipped);
    start(m_withMoreAlgorithms, {u"--algorithms"_s, u"RS256 RS512 PS256 ES256 ES384 EdDSA"_s});
    callsWithAValidTokenWork();
}

void TestHostileTokens::start(Server &server, const QStringList &more)
{
    server.program = std::make_unique<Program>(
        QStringList{u"serve"_s, u"--port"_s, u"0"_s, u"--json"_s, u"--subdomain"_s, m_issuer->address()}
        + more);
    const QJsonObject listening = server.program->jsonLine();
    server.resource = listening.value("mcp"_L1).toString();
    server.port = QUrl(server.resource).port();
    QCOMPARE(listening.value("issuer"_L1).toString(), m_issuer->address());
    QCOMPARE(listening.value("sandbox"_L1).toBool(true), false);
}

RawAnswer TestHostileTokens::call(const QByteArrayList &headers, const QByteArray &query)
{
    const QByteArray body
        = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-profile","_meta":{)"
          R"("io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})";
    QByteArray request = "POST /mcp" + query
        + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(m_server->port)
        + "\r\nContent-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: "
          "tools/call\r\nMcp-Name: get-profile\r\n";
    for (const QByteArray &header : headers)
        request += header + "\r\n";
    return exchangeRaw("127.0.0.1", m_server->port,
                       request + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

QJsonObject TestHostileTokens::lineOf()
{
    QJsonObject line = m_server->program->jsonLine();
    while (line.value("event"_L1).toString() == "notice"_L1)
        line = m_server->program->jsonLine();
    return line;
}

void TestHostileTokens::callsWithAValidTokenWork()
{
    const RawAnswer answer = call({"Authorization: Bearer " + good()});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("fake@example.com"));
    QVERIFY(answer.header("www-authenticate").isEmpty());
    QCOMPARE(lineOf().value("reason"_L1).toString(), u"valid"_s);
}

void TestHostileTokens::row(const QByteArray &name, const QByteArray &token, const char *reason, int status)
{
    rawRow(name.constData(), {"Authorization: Bearer " + token}, reason, status);
}

void TestHostileTokens::rawRow(const char *name, const QByteArrayList &headers, const char *reason,
                               int status, const QByteArray &query)
{
    QTest::newRow(name) << headers << query << status << QString::fromLatin1(reason);
}

void TestHostileTokens::addHeaderRows()
{
    const QByteArray token = good();
    rawRow("no token", {}, "no_token", 401);
    rawRow("an empty header", {"Authorization: "}, "wrong_scheme", 401);
    rawRow("Basic", {"Authorization: Basic dXNlcjpwYXNz"}, "wrong_scheme", 401);
    rawRow("DPoP", {"Authorization: DPoP " + token}, "wrong_scheme", 401);
    rawRow("the token without a scheme", {"Authorization: " + token}, "wrong_scheme", 401);
    rawRow("a scheme that begins like Bearer", {"Authorization: BearerToken " + token}, "wrong_scheme", 401);
    rawRow("the scheme glued to the token", {"Authorization: Bearer" + token}, "wrong_scheme", 401);
    rawRow("the scheme alone", {"Authorization: Bearer"}, "malformed_header", 400);
    rawRow("two tokens in one header", {"Authorization: Bearer " + token + ' ' + token}, "malformed_header",
           400);
    rawRow("two tokens with a comma", {"Authorization: Bearer " + token + ", Bearer " + token},
           "malformed_header", 400);
    rawRow("two headers, the good one first", {"Authorization: Bearer " + token, "Authorization: Bearer x"},
           "malformed_header", 400);
    rawRow("two headers, the good one last", {"Authorization: Bearer x", "authorization: Bearer " + token},
           "malformed_header", 400);
    rawRow("quotes around the token", {"Authorization: Bearer \"" + token + '"'}, "malformed_header", 400);
    rawRow("a parameter", {"Authorization: Bearer token=\"" + token + '"'}, "malformed_header", 400);
    rawRow("bytes above ASCII", {"Authorization: Bearer \xc3\xa9" + token}, "malformed_header", 400);
    rawRow("another header's token", {"X-Authorization: Bearer " + token}, "no_token", 401);
    rawRow("a cookie", {"Cookie: access_token=" + token}, "no_token", 401);
    rawRow("a token in the query", {}, "token_in_query", 400, "?access_token=" + token);
    rawRow("a token in the query and in the header", {"Authorization: Bearer " + token}, "token_in_query",
           400, "?access_token=x");
    rawRow("a token in the query, escaped", {}, "token_in_query", 400, "?%61ccess%5ftoken=" + token);
    rawRow("a token of 20 kB", {"Authorization: Bearer " + QByteArray(20'000, 'a')}, "too_long", 401);
    rawRow("a token just above the bound", {"Authorization: Bearer " + QByteArray(16 * 1024 + 1, 'a')},
           "too_long", 401);
}

void TestHostileTokens::addStructureRows()
{
    const QByteArrayList parts = good().split('.');
    const QByteArray &header = parts[0];
    const QByteArray &payload = parts[1];
    const QByteArray &signature = parts[2];
    row("one word", "secret", "malformed_token");
    row("two parts", header + '.' + payload, "malformed_token");
    row("four parts", header + '.' + payload + '.' + signature + '.' + signature, "malformed_token");
    row("five parts, as an encrypted token has", header + "..." + payload + '.' + signature,
        "malformed_token");
    row("an empty header", '.' + payload + '.' + signature, "malformed_token");
    row("an empty payload, well signed",
        header + ".." + base::toBase64Url(m_issuer->key().signature(header + '.')), "malformed_token");
    row("an empty signature", header + '.' + payload + '.', "bad_signature");
    row("padding behind the header", header + "=." + payload + '.' + signature, "malformed_token");
    row("padding behind the signature", header + '.' + payload + '.' + signature + "==", "malformed_token");
    row("the other base64 alphabet", header + '.' + payload + '.' + QByteArray(signature).replace(0, 2, "+/"),
        "malformed_token");
    row("stray bits in the signature",
        header + '.' + payload + '.' + signature.chopped(1)
            + (signature.back() == 'B' ? 'C' : char(signature.back() + 1)),
        "malformed_token");
    row("a header that is no JSON", base::toBase64Url("alg=RS256") + '.' + payload + '.' + signature,
        "malformed_token");
    row("a header that is a list", base::toBase64Url("[]") + '.' + payload + '.' + signature,
        "malformed_token");
    const auto signedPayload = [&](const QByteArray &text) {
        const QByteArray input = header + '.' + base::toBase64Url(text);
        return input + '.' + base::toBase64Url(m_issuer->key().signature(input));
    };
    row("a payload that is a text", signedPayload("\"hello\""), "malformed_token");
    row("a payload that is a list", signedPayload("[]"), "malformed_token");
    row("a claim twice, the good one last", signedPayload(R"({"sub":"admin","sub":"user"})"),
        "malformed_token");
    row("a payload with something behind it", signedPayload("{}{}"), "malformed_token");
    row("a payload nested without end",
        signedPayload(QByteArray(R"({"a":)").repeated(200) + '1' + QByteArray("}").repeated(200)),
        "malformed_token");
    row("a payload that is no UTF-8", signedPayload("{\"sub\":\"\xff\"}"), "malformed_token");
    row("a payload in UTF-16", signedPayload(QByteArray("\xff\xfe{\0}\0", 6)), "malformed_token");
}

void TestHostileTokens::addHeaderMemberRows()
{
    const QJsonObject claims = m_issuer->claims(m_server->resource);
    const auto with = [&](const QString &name, const QJsonValue &value) {
        return m_issuer->sign(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"own"_s}, {name, value}});
    };
    row("crit", with(u"crit"_s, QJsonArray({u"exp"_s})), "unsafe_header");
    row("an empty crit", with(u"crit"_s, QJsonArray()), "unsafe_header");
    row("b64 false", with(u"b64"_s, false), "unsafe_header");
    row("a key in the header", with(u"jwk"_s, m_issuer->key().publicJwk()), "unsafe_header");
    row("a key address in the header", with(u"jku"_s, m_issuer->address() + u"/oauth2/jwks"_s),
        "unsafe_header");
    row("a certificate address in the header", with(u"x5u"_s, u"https://evil.example/cert"_s),
        "unsafe_header");
    row("a certificate in the header", with(u"x5c"_s, m_issuer->key().publicJwk().value("x5c"_L1)),
        "unsafe_header");
    for (const QString &type : {u"logout+jwt"_s, u"dpop+jwt"_s, u"secevent+jwt"_s, u"JOSE"_s})
        row("typ " + type.toLatin1(), with(u"typ"_s, type), "wrong_kind");
    row("compression", with(u"zip"_s, u"DEF"_s), "unsafe_header");
    const auto raw = [&](const QByteArray &header) {
        const QByteArray input = base::toBase64Url(header) + '.' + base::toBase64Url(base::writeJson(claims));
        return input + '.' + base::toBase64Url(m_issuer->key().signature(input));
    };
    row("alg twice", raw(R"({"alg":"none","kid":"own","alg":"RS256"})"), "malformed_token");
    row("alg twice, once escaped", raw(R"({"\u0061lg":"none","kid":"own","alg":"RS256"})"),
        "malformed_token");
    row("no alg", raw(R"({"kid":"own"})"), "malformed_token");
    row("alg a list", raw(R"({"alg":["RS256"],"kid":"own"})"), "malformed_token");
    row("kid a number", raw(R"({"alg":"RS256","kid":1})"), "malformed_token");
    row("a header of 5 kB", raw(R"({"alg":"RS256","kid":"own","x":")" + QByteArray(5000, 'x') + "\"}"),
        "malformed_token");
}

void TestHostileTokens::addAlgorithmRows()
{
    const QByteArray payload = base::toBase64Url(base::writeJson(m_issuer->claims(m_server->resource)));
    for (const char *name : {"none", "None", "NONE", "nOnE", ""}) {
        const QByteArray header = base::toBase64Url(QByteArray(R"({"alg":")") + name + R"(","kid":"own"})");
        row(QByteArray("unsigned, alg \"" + QByteArray(name) + '"').constData(), header + '.' + payload + '.',
            "algorithm_not_allowed");
    }
    // The public key as the secret of an HMAC, in the shapes that libraries have taken it.
    const QJsonObject jwk = m_issuer->key().publicJwk();
    const QByteArray modulus = base::fromBase64Url(jwk.value("n"_L1).toString().toLatin1()).value();
    const QByteArray header = base::toBase64Url(R"({"alg":"HS256","kid":"own"})");
    for (const auto &[name, secret] :
         {std::pair{"HMAC with the modulus", modulus},
          std::pair{"HMAC with the key as JSON", base::writeJson(jwk)},
          std::pair{"HMAC with the certificate", jwk.value("x5c"_L1)[0].toString().toLatin1()}}) {
        const QByteArray input = header + '.' + payload;
        const QByteArray mac = QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256);
        row(name, input + '.' + base::toBase64Url(mac), "algorithm_not_allowed");
    }
    for (const QString &name :
         {u"RS384"_s, u"RS512"_s, u"PS256"_s, u"ES256"_s, u"EdDSA"_s, u"rs256"_s, u"RS256 "_s, u"RSA1_5"_s})
        row("alg " + name.toLatin1(),
            m_issuer->sign(m_issuer->claims(m_server->resource), {{u"alg"_s, name}, {u"kid"_s, u"own"_s}}),
            "algorithm_not_allowed");
}

void TestHostileTokens::addKeyRows()
{
    const QJsonObject claims = m_issuer->claims(m_server->resource);
    const QByteArray token = good();
    const auto changed = [&](qsizetype part) {
        QByteArrayList parts = token.split('.');
        QByteArray bytes = base::fromBase64Url(parts[part]).value();
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        parts[part] = base::toBase64Url(bytes);
        return parts.join('.');
    };
    row("one bit of the signature changed", changed(2), "bad_signature");
    row("signed by a foreign key of the same name",
        m_issuer->foreignKey().sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"own"_s}}, base::writeJson(claims)),
        "bad_signature");
    QJsonObject promoted = claims;
    promoted.insert(u"sub"_s, u"user_admin"_s);
    QByteArrayList swapped = token.split('.');
    swapped[1] = base::toBase64Url(base::writeJson(promoted));
    row("claims changed after signing", swapped.join('.'), "bad_signature");
    const QByteArray signature = base::fromBase64Url(token.split('.').last()).value();
    row("a signature cut short",
        token.left(token.lastIndexOf('.') + 1) + base::toBase64Url(signature.chopped(1)), "bad_signature");
    row("a signature with a byte too many",
        token.left(token.lastIndexOf('.') + 1) + base::toBase64Url(signature + '\0'), "bad_signature");
    row("a signature of zeros",
        token.left(token.lastIndexOf('.') + 1) + base::toBase64Url(QByteArray(256, '\0')), "bad_signature");
    row("the signature of another token",
        token.left(token.lastIndexOf('.') + 1) + m_issuer->sign(promoted).split('.').last(), "bad_signature");
    row("an unknown key", m_issuer->sign(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"nobody"_s}}),
        "unknown_key");
    row("a key id that is a path",
        m_issuer->sign(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"../../etc/passwd"_s}}), "unknown_key");
    row("no key id, where several keys are published",
        m_issuer->sign(claims, QJsonObject{{u"alg"_s, u"RS256"_s}}), "unknown_key");
    row("a key meant for another algorithm",
        m_issuer->sign(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"for-ps"_s}}), "key_mismatch");
    row("a key meant for encryption",
        m_issuer->sign(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"for-encryption"_s}}), "unknown_key");
}

void TestHostileTokens::addClaimRows()
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QJsonValue absent(QJsonValue::Undefined);
    const auto claim
        = [&](const char *name, const QString &member, const QJsonValue &value, const char *reason) {
              QJsonObject claims = m_issuer->claims(m_server->resource);
              claims.insert(member, value);
              row(name, m_issuer->sign(claims), reason);
          };
    claim("issuer with a slash", u"iss"_s, m_issuer->address() + u'/', "wrong_issuer");
    claim("issuer that begins like ours", u"iss"_s, m_issuer->address() + u"0"_s, "wrong_issuer");
    claim("issuer by another name of this machine", u"iss"_s,
          m_issuer->address().replace(u"127.0.0.1"_s, u"localhost"_s), "wrong_issuer");
    claim("issuer of WorkOS's other product", u"iss"_s, u"https://api.workos.com/user_management/client_1"_s,
          "wrong_kind");
    claim("an ID token's nonce", u"nonce"_s, u"n"_s, "wrong_kind");
    claim("an ID token's at_hash", u"at_hash"_s, u"h"_s, "wrong_kind");
    claim("issuer a list that holds ours", u"iss"_s, QJsonArray({m_issuer->address()}), "wrong_claim_type");
    claim("no issuer", u"iss"_s, absent, "missing_claim");
    claim("audience with a slash", u"aud"_s, m_server->resource + u'/', "wrong_audience");
    claim("audience in capitals", u"aud"_s, m_server->resource.toUpper(), "wrong_audience");
    claim("audience without its path", u"aud"_s, m_server->resource.chopped(4), "wrong_audience");
    claim("audience by our other name", u"aud"_s,
          QString(m_server->resource).replace(u"localhost"_s, u"127.0.0.1"_s), "wrong_audience");
    claim("audience a client id", u"aud"_s, u"client_01ABC"_s, "wrong_audience");
    claim("audience a list without us", u"aud"_s, QJsonArray({u"a"_s, u"b"_s}), "wrong_audience");
    claim("audience an empty list", u"aud"_s, QJsonArray(), "wrong_audience");
    claim("audience a list with a number", u"aud"_s, QJsonArray({m_server->resource, 1}), "wrong_claim_type");
    claim("audience an object", u"aud"_s, QJsonObject{{m_server->resource, true}}, "wrong_claim_type");
    claim("no audience", u"aud"_s, absent, "missing_claim");
    claim("no subject", u"sub"_s, absent, "missing_claim");
    claim("an empty subject", u"sub"_s, QString(), "missing_claim");
    claim("subject a number", u"sub"_s, 1, "wrong_claim_type");
    claim("expired an hour ago", u"exp"_s, now - 3600, "expired");
    claim("expired just outside the tolerance", u"exp"_s, now - 11, "expired");
    claim("expired in 1970", u"exp"_s, 0, "expired");
    claim("an expiry before 1970", u"exp"_s, -1e9, "expired");
    claim("an expiry in milliseconds", u"exp"_s, double(now) * 1000 + 3e5, "wrong_claim_type");
    claim("an expiry without end", u"exp"_s, 1e300, "wrong_claim_type");
    claim("an expiry as text", u"exp"_s, QString::number(now + 300), "wrong_claim_type");
    claim("an expiry that is true", u"exp"_s, true, "wrong_claim_type");
    claim("no expiry", u"exp"_s, absent, "missing_claim");
    claim("an expiry of null", u"exp"_s, QJsonValue::Null, "wrong_claim_type");
    claim("not yet valid", u"nbf"_s, now + 3600, "not_yet_valid");
    claim("a beginning as text", u"nbf"_s, u"0"_s, "wrong_claim_type");
    claim("issued tomorrow", u"iat"_s, now + 86400, "not_yet_valid");
    claim("scope a list", u"scope"_s, QJsonArray({u"openid"_s}), "wrong_claim_type");
    claim("organization an object", u"org_id"_s, QJsonObject{{u"id"_s, u"org_1"_s}}, "wrong_claim_type");
    claim("roles a text", u"roles"_s, u"admin"_s, "wrong_claim_type");
    claim("permissions an object", u"permissions"_s, QJsonObject{{u"all"_s, true}}, "wrong_claim_type");
}

void TestHostileTokens::addColumns()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reason");
}

void TestHostileTokens::refusesWithTheRightAnswer_data()
{
    m_server = &m_asShipped;
    addColumns();
    addHeaderRows();
    addStructureRows();
    addHeaderMemberRows();
    addAlgorithmRows();
    addKeyRows();
    addClaimRows();
}

void TestHostileTokens::refusesWithMoreAlgorithmsAllowed_data()
{
    m_server = &m_withMoreAlgorithms;
    addColumns();
    const QByteArray claims = base::writeJson(m_issuer->claims(m_server->resource));
    const auto headerOf = [](const QString &algorithm, const QString &key) {
        return QJsonObject{{u"alg"_s, algorithm}, {u"kid"_s, key}};
    };
    const auto with = [&](const QString &algorithm, const QString &key, const QByteArray &signature) {
        return base::toBase64Url(base::writeJson(headerOf(algorithm, key))) + '.' + base::toBase64Url(claims)
            + '.' + base::toBase64Url(signature);
    };
    const auto signedBy = [&](const QString &own, const QString &algorithm, const QString &key) {
        return m_otherKeys.value(own)->sign(headerOf(algorithm, key), claims);
    };
    for (const QString &name : {u"ES256"_s, u"ES384"_s, u"EdDSA"_s, u"PS256"_s}) {
        const keys::SigningKey &key = *m_otherKeys.value(name);
        const QByteArray good = key.sign(headerOf(name, name), claims);
        const QByteArray signature = base::fromBase64Url(good.split('.').last()).value();
        const QByteArray size(signature.size(), '\0');
        const auto named = [&name](const char *what) { return QByteArray(name.toLatin1() + ": " + what); };
        // CVE-2022-21449, "psychic signatures", and its relatives.
        row(named("a signature of zeros"), with(name, name, size), "bad_signature");
        row(named("a signature of ones"), with(name, name, QByteArray(signature.size(), '\xff')),
            "bad_signature");
        row(named("no signature"), with(name, name, {}), "bad_signature");
        row(named("a signature cut short"),
            good.left(good.lastIndexOf('.') + 1) + base::toBase64Url(signature.chopped(1)), "bad_signature");
        row(named("a signature with a byte too many"),
            good.left(good.lastIndexOf('.') + 1) + base::toBase64Url(signature + '\0'), "bad_signature");
        row(named("another key's name"), signedBy(name, name, u"own"_s), "key_mismatch");
        row(named("the algorithm of the server's usual key"), signedBy(name, u"RS256"_s, name),
            "key_mismatch");
        row(named("the public key as the secret of an HMAC"),
            with(u"HS256"_s, name,
                 QMessageAuthenticationCode::hash(claims, base::writeJson(key.publicJwk()),
                                                  QCryptographicHash::Sha256)),
            "algorithm_not_allowed");
        row(named("unsigned, with the key's name"), with(u"none"_s, name, {}), "algorithm_not_allowed");
    }
    row("ES256: a signature as X.509 writes it",
        with(u"ES256"_s, u"ES256"_s, QByteArray::fromHex("3006020101020101")), "bad_signature");
    row("ES256: r and s larger than the group", with(u"ES256"_s, u"ES256"_s, QByteArray(64, '\xfe')),
        "bad_signature");
    row("ES384: by the key of ES256", signedBy(u"ES256"_s, u"ES384"_s, u"ES384"_s), "bad_signature");
    row("ES256 by name, the key of ES384", signedBy(u"ES384"_s, u"ES256"_s, u"ES384"_s), "key_mismatch");
    row("PS256: the signature of RS256", m_issuer->key().sign(headerOf(u"PS256"_s, u"for-ps"_s), claims),
        "bad_signature");
    row("RS512: the signature of RS256", m_issuer->key().sign(headerOf(u"RS512"_s, u"own"_s), claims),
        "key_mismatch");
    row("Ed25519 by its newer name, which is not allowed here",
        signedBy(u"EdDSA"_s, u"Ed25519"_s, u"EdDSA"_s), "algorithm_not_allowed");
    row("an algorithm in small letters", signedBy(u"ES256"_s, u"es256"_s, u"ES256"_s),
        "algorithm_not_allowed");
    row("an algorithm with a blank", signedBy(u"ES256"_s, u"ES256 "_s, u"ES256"_s), "algorithm_not_allowed");
    row("two algorithms", signedBy(u"ES256"_s, u"ES256 RS256"_s, u"ES256"_s), "algorithm_not_allowed");
}

void TestHostileTokens::judge()
{
    QFETCH(QByteArrayList, headers);
    QFETCH(QByteArray, query);
    QFETCH(int, status);
    QFETCH(QString, reason);
    const RawAnswer answer = call(headers, query);
    const QJsonObject line = lineOf();
    QCOMPARE(answer.status, status);
    QCOMPARE(line.value("reason"_L1).toString(), reason);
    QCOMPARE(line.value("status"_L1).toInt(), status);
    const QByteArray challenge = answer.header("www-authenticate");
    QVERIFY2(challenge.startsWith("Bearer "), challenge.constData());
    QVERIFY(challenge.contains("resource_metadata=\"http://localhost:" + QByteArray::number(m_server->port)
                               + "/.well-known/oauth-protected-resource/mcp\""));
    const bool cameWithoutToken = reason == "no_token"_L1 || reason == "wrong_scheme"_L1;
    const bool saysError = challenge.contains("error=");
    if (cameWithoutToken)
        QVERIFY2(!saysError, challenge.constData()); // RFC 6750 §3.1
    else
        QVERIFY2(challenge.contains(status == 400 ? "error=\"invalid_request\"" : "error=\"invalid_token\""),
                 challenge.constData());
    QVERIFY2(!line.value("why"_L1).toString().isEmpty(), "a refusal says why");

    callsWithAValidTokenWork();
}

void TestHostileTokens::cleanupTestCase()
{
    for (const Server *server : {&m_asShipped, &m_withMoreAlgorithms}) {
        QCOMPARE(server->program->stop(), 0);
        QVERIFY2(server->program->errors().isEmpty(), server->program->errors().constData());
    }
}

GATEHOUSE_TEST(TestHostileTokens)
#include "tst_hostiletokens.moc"
