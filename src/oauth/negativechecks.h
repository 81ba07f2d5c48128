// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/expected.h"
#include "base/headers.h"
#include "base/random.h"
#include "oauth/step.h"
#include "oauth/trace.h"

#include <QList>
#include <QObject>

#include <functional>

namespace gatehouse::oauth {

/// What an MCP server must not let in (MCP "Token Handling", RFC 6750, RFC 8725).
enum class CheckId {
    NoToken,
    Garbage, ///< A bearer that is no token at all.
    Expired,
    WrongAudience,
    WrongIssuer,
    AlgorithmNone,
    BadSignature,
    UnknownKey,
    NotYetValid,
    MissingScope,
    TokenInQuery,
};
inline constexpr int checkCount = 11;

enum class CheckState { NotRun, Running, Passed, Failed };

/// One check as it may be shown; holds no secret.
struct NegativeCheck
{
    CheckId id = CheckId::NoToken;
    CheckState state = CheckState::NotRun;
    QString title; ///< "Expired token"
    QString expected; ///< "401 invalid_token"
    QString got; ///< Likewise; empty before there is an answer.
    QString note; ///< Why it was not run, or what is odd about the answer. May be empty.
    Leg leg; ///< The request and its answer; empty where there was none.
};

/// Sends what must be refused, one after the other, and compares the answers. Lives on one thread.
class NegativeChecks : public QObject
{
    Q_OBJECT

public:
    /// Makes a token for this check, as the server's own issuer would sign it; the error is a sentence.
    using Minted = std::function<void(base::Expected<QByteArray, QString>)>;
    using Mint = std::function<void(CheckId, Minted)>;

    struct Parts
    {
        base::Fetcher *fetcher = nullptr;
        base::Clock clock;
        base::Random random;
        Mint mint = {}; ///< Empty: the issuer makes none, and only what needs none or can be made of `token`
                        ///< is run.
        QByteArray token = {}; ///< A good one of the user's, made for this server alone; secret. Its payload
                               ///< is sent, its signature never: a server could put the pieces together.
        base::Headers headers = {}; ///< More for the server.
    };

    NegativeChecks(QString server, Parts parts, QObject *parent = nullptr);
    ~NegativeChecks() override;

    [[nodiscard]] const QList<NegativeCheck> &checks() const { return m_checks; }
    [[nodiscard]] bool isRunning() const { return m_current >= 0; }
    /// All of them anew; does nothing while they run.
    void run();
    /// Nothing is under way afterwards; what is left reads as not run.
    void cancel();

Q_SIGNALS:
    void checkChanged(int index);
    void finished();

private:
    void begin();
    void send(const QByteArray &token);
    void skip(const QString &why);
    void judge(const base::FetchResult &fetched);
    void moveOn();
    /// Nullopt-like empty text: it is run.
    [[nodiscard]] QString whyNot(CheckId id) const;
    [[nodiscard]] QByteArray madeOf(CheckId id) const;

    QString m_server;
    Parts m_parts;
    TracingFetcher m_fetcher;
    QList<NegativeCheck> m_checks;
    int m_current = -1;
    int m_run = 0; ///< Answers of an older one are dropped.
    bool m_needsScopes = true; ///< What the challenge without a token said.
};

/// A table for an issue tracker: check, expected, got, result.
[[nodiscard]] QString textOf(const QList<NegativeCheck> &checks);

} // namespace gatehouse::oauth
