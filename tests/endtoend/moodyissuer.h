// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/signingkey.h"

#include <QJsonObject>
#include <QList>
#include <QTcpServer>

/// An issuer whose key server misbehaves as it is told, byte by byte and not through an HTTP library. Answers
/// in the test's thread: only while that has its event loop.
class MoodyIssuer
{
public:
    enum class Mood {
        Good,
        Refusing, ///< Nobody listens.
        Hanging, ///< Takes the request and says nothing.
        Dripping, ///< A byte every 100 ms.
        Leaving, ///< Closes in the middle of the body.
        Failing, ///< 500 with a page.
        Redirecting, ///< 302 to an address where the good set is.
        NoHttp, ///< Bytes that are no HTTP.
        Html, ///< 200 with a page.
        NoSet, ///< 200 with JSON that is no key set.
        EmptySet, ///< 200 with {"keys":[]}
        Huge, ///< 200 with 10 MB that begin like a key set.
        Endless, ///< 200 and never an end.
        Zipped, ///< A compressed body that nobody asked for.
        PrivateKeys, ///< A set that gives its private keys away.
        WeakKeys, ///< A set of keys that are too short.
    };

    MoodyIssuer();
    [[nodiscard]] QString address() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    void setMood(Mood mood);
    /// Adds a key that signs from now on; without `keepOld` it is the only one.
    void rotate(bool keepOld = true);
    [[nodiscard]] int fetches() const { return m_fetches; }
    /// What its Date header is ahead of the clock.
    void setAhead(int seconds) { m_aheadSeconds = seconds; }

    [[nodiscard]] QJsonObject claims(const QString &resource) const;
    [[nodiscard]] QByteArray token(const QString &resource) const; ///< By the newest key.
    [[nodiscard]] QByteArray sign(const QJsonObject &claims) const;

private:
    void answer(QTcpSocket *socket);
    [[nodiscard]] QByteArray setOf(const QString &member = {}, const QJsonValue &value = {}) const;
    [[nodiscard]] QByteArray head(const QByteArray &status, qsizetype length,
                                  const QByteArray &more = {}) const;

    QTcpServer m_server;
    int m_port = 0;
    Mood m_mood = Mood::Good;
    int m_fetches = 0;
    int m_aheadSeconds = 0;
    QList<gatehouse::keys::SigningKey> m_keys;
    int m_made = 0;
};
