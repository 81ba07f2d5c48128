// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpserver.h"
#include "keys/signingkey.h"

#include <QJsonObject>

#include <optional>

/// An issuer whose keys the test holds: it can sign anything. Serves its key set on a port of its own, in the
/// test's thread: only while that has its event loop.
class FakeIssuer
{
public:
    FakeIssuer();
    [[nodiscard]] QString address() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    [[nodiscard]] const gatehouse::keys::SigningKey &key() const { return m_keys.last(); }
    [[nodiscard]] const gatehouse::keys::SigningKey &foreignKey() const
    {
        return *m_foreign;
    } ///< Never published.

    /// The claims of a good token for that resource.
    [[nodiscard]] QJsonObject claims(const QString &resource) const;
    [[nodiscard]] QByteArray sign(const QJsonObject &claims) const; ///< With a good header.
    [[nodiscard]] QByteArray sign(const QJsonObject &claims, const QJsonObject &header) const;

    [[nodiscard]] int requests() const { return m_requests; } ///< That came, of any kind.

    void publish(const QJsonObject &jwk) { m_extra.append(jwk); } ///< One more key in the set.

private:
    std::unique_ptr<gatehouse::http::HttpServer> m_server;
    int m_port = 0;
    int m_requests = 0;
    QList<gatehouse::keys::SigningKey> m_keys;
    std::optional<gatehouse::keys::SigningKey> m_foreign;
    QList<QJsonObject> m_extra;
};
