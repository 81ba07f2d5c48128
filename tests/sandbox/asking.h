// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/base64url.h"
#include "base/json.h"
#include "keys/jwk.h"
#include "keys/signature.h"
#include "sandbox/sandbox.h"
#include "support/wait.h"

#include <QTest>
#include <QUrlQuery>

namespace gatehouse::test {

/// A token taken apart, without believing it.
struct Token
{
    QJsonObject header = {};
    QJsonObject claims = {};
    QByteArray input = {};
    QByteArray signature = {};
};

inline Token taken(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split('.');
    if (parts.size() != 3)
        return {};
    const auto json = [](const QByteArray &part) {
        return base::readJsonObject(base::fromBase64Url(part).value_or(QByteArray())).value_or(QJsonObject());
    };
    return {json(parts[0]), json(parts[1]), parts[0] + '.' + parts[1],
            base::fromBase64Url(parts[2]).value_or(QByteArray())};
}

/// One request to a sandbox without a socket, with what a local program sends; answered exactly once.
class Asking
{
public:
    explicit Asking(sandbox::Sandbox *asked)
        : m_asked(asked)
    { }

    base::Headers headers = {}; ///< Beside Host, for every request from here on.
    QByteArray host = "127.0.0.1:4455";
    QString peer = QStringLiteral("127.0.0.1");

    [[nodiscard]] http::Response operator()(const QByteArray &method, const QByteArray &target,
                                            const QByteArray &body = {},
                                            const base::Headers &extra = {}) const
    {
        http::Request request;
        request.method = method;
        const qsizetype query = target.indexOf('?');
        request.path = query < 0 ? target : target.first(query);
        request.query = query < 0 ? QByteArray() : target.sliced(query + 1);
        request.body = body;
        request.headers = base::Headers{{QByteArrayLiteral("Host"), host}} + headers + extra;
        request.peer = QHostAddress(peer);
        int answers = 0;
        http::Response answer;
        m_asked->handle(request, [&](const http::Response &response) {
            answer = response;
            ++answers;
        });
        if (!gatehouse::waitFor([&] { return answers > 0; }, 5000) || answers != 1)
            QTest::qFail("every request is answered exactly once", __FILE__, __LINE__);
        return answer;
    }

    [[nodiscard]] http::Response control(const QByteArray &command, const QJsonObject &wish) const
    {
        return (*this)("POST", "/sandbox/" + command, base::writeJson(wish), {{"Gatehouse-Control", "1"}});
    }

    [[nodiscard]] QJsonArray publishedKeys() const
    {
        return json((*this)("GET", "/oauth2/jwks")).value(QStringLiteral("keys")).toArray();
    }

    [[nodiscard]] bool isSignedByAPublishedKey(const Token &token) const
    {
        const QJsonArray all = publishedKeys();
        for (const QJsonValue value : all) {
            const auto key = keys::readJwk(value.toObject());
            if (key && key->keyId == token.header.value(QStringLiteral("kid")).toString()) {
                return keys::verifySignature(QStringLiteral("RS256"), *key, token.input, token.signature)
                    == keys::SignatureAnswer::Good;
            }
        }
        return false;
    }

    static QJsonObject json(const http::Response &response)
    {
        return base::readJsonObject(response.body).value_or(QJsonObject());
    }
    static QByteArray header(const http::Response &response, const QByteArray &name)
    {
        return base::onlyValueOf(response.headers, name).value_or(QByteArray());
    }
    /// The parameters of the address that a redirect leads to.
    static QUrlQuery redirectQuery(const http::Response &response)
    {
        return QUrlQuery(QUrl(QString::fromLatin1(header(response, "Location"))));
    }

private:
    sandbox::Sandbox *m_asked;
};

} // namespace gatehouse::test
