// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/fetch.h"
#include "base/random.h"
#include "oauth/discovery.h"
#include "oauth/trace.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>

namespace gatehouse::oauth {

/// One thing that an authorization server has to have before clients of a server can sign in with it.
struct IssuerFinding
{
    enum class Id { Address, Documents, Keys, Registration };
    enum class State { Waiting, Running, Passed, Failed, NotChecked };
    enum class What {
        Nothing, ///< Not looked at yet.
        Answers, ///< `detail`: its host.
        NotReached, ///< `detail`: why, in one English sentence.
        NotTrusted, ///< No TLS connection that is trusted; `detail` as above.
        Unknown, ///< It answers that there is nothing: most likely a wrong subdomain. `detail`: its host.
        DocumentsRead, ///< Both, or the one that there is; the issuer is whom it says, PKCE with S256.
        DocumentsUnusable, ///< `detail` as above.
        NoPkce, ///< S256 is not among its methods (MCP "Authorization Code Protection").
        KeysRead, ///< `count` of them are good for signatures.
        NoKeys, ///< A set without a key that can be used.
        KeysUnusable, ///< `detail` as above.
        RegistrationOpen, ///< Whoever registers gets a client (RFC 7591).
        RegistrationCareless, ///< The same, and it made a client of an empty form.
        RegistrationOff, ///< It answers that it is switched off.
        RegistrationMissing, ///< No place for it.
        RegistrationUnclear, ///< `detail`: what it answered, "HTTP 500".
    };
    Id id = Id::Address;
    State state = State::Waiting;
    What what = What::Nothing;
    QString detail = {};
    int count = 0;
    qint64 tookMs = 0;
    bool readsDocuments = false; ///< With Registration: clients' own documents serve as well (CIMD).

    bool operator==(const IssuerFinding &) const = default;
};

/// Looks at an authorization server as a client would, one thing after the other, and leaves nothing behind:
/// registration is asked with an empty form, which names no redirect address: only a careless server makes a
/// client of that, and that is said. What
/// lies behind a thing that fails is not checked. One thread.
class IssuerProbe : public QObject
{
    Q_OBJECT

public:
    /// The fetcher outlives it.
    IssuerProbe(base::Fetcher *fetcher, base::Clock clock, base::Random random, QObject *parent = nullptr);
    ~IssuerProbe() override;

    /// `issuer` as auth::issuerFromSubdomain() gives it. All anew; what was under way is dropped.
    void start(const QString &issuer);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_current >= 0; }
    [[nodiscard]] const QString &issuer() const { return m_issuer; }
    /// In the order in which they are looked at; Waiting before start().
    [[nodiscard]] const QList<IssuerFinding> &findings() const { return m_findings; }

Q_SIGNALS:
    void changed(int index);
    void finished();

private:
    using What = IssuerFinding::What;
    void begin(IssuerFinding::Id id);
    void end(What what, bool isGood, const QString &detail = {}, int count = 0);
    void askAddress();
    void askDocuments();
    void askKeys();
    void askRegistration();
    void ask(const base::FetchRequest &request, std::function<void(const base::FetchResult &)> done);

    base::Fetcher *m_inner;
    base::Clock m_now;
    base::Random m_random;
    std::unique_ptr<TracingFetcher> m_fetcher; ///< Marks what is asked as this program's.
    QString m_issuer;
    AuthorizationServer m_server;
    QList<IssuerFinding> m_findings;
    int m_current = -1;
    int m_run = 0; ///< Answers of an older one do not count.
    QElapsedTimer m_clock;
    base::CancelFetch m_underway;
};

} // namespace gatehouse::oauth
