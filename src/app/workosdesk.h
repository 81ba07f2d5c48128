// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretstore.h"
#include "fetch/networkfetcher.h"
#include "host/host.h"
#include "tools/workosapi.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::app {

/// What the window does with WorkOS's Management API: which key there is, the environment's resource
/// indicators beside our own address, and the consent that somebody gave our client. GUI thread; without a
/// widget.
class WorkOsDesk : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it. Reads the key, and tells the host of it.
    WorkOsDesk(base::SecretStore *secrets, host::Host *host, QObject *parent = nullptr);

    /// What runs, or nothing.
    void setServer(const host::Running *running);

    enum class KeySource {
        None,
        Environment, ///< WORKOS_API_KEY: nothing that is kept counts.
        Keyring, ///< Or memory, where there is none.
        Sandbox, ///< The sandbox runs, and its stand-in has a key of its own.
    };
    [[nodiscard]] KeySource source() const;
    [[nodiscard]] bool isKept() const { return !m_kept.isEmpty(); } ///< Also while it does not count.
    [[nodiscard]] bool outlivesTheProgram() const { return m_secrets->outlivesTheProgram(); }
    /// "sk_test_…": what may be shown of the one that counts.
    [[nodiscard]] QString shownKey() const;
    void keep(const QByteArray &key);
    void forget();

    struct Indicators
    {
        enum class State {
            Unknown, ///< Not asked yet, or nothing runs, or there is no key.
            Asking,
            Known,
            NoRoute, ///< The environment's API does not have them.
            Failed, ///< `fault` says why.
        };
        State state = State::Unknown;
        QStringList uris = {}; ///< As WorkOS has them …
        QString usual = {}; ///< … and the one among them that counts where a client names none.
        QString ours = {}; ///< The address of this server, as tokens must name it.
        QString fault = {};
        [[nodiscard]] bool hasOurs() const { return uris.contains(ours); } ///< Byte for byte.
    };
    [[nodiscard]] const Indicators &indicators() const { return m_indicators; }
    void look(); ///< Asks for them.
    void addOurs(); ///< Adds our address, and looks again.

    /// Takes back what this person allowed this client, if there is something. `done` hears what went wrong,
    /// or nothing; and whether there was something.
    using Revoked = std::function<void(const QString &fault, bool wasThere)>;
    void revoke(const QString &userId, const QString &clientId, const Revoked &done);
    [[nodiscard]] bool hasKey() const { return source() != KeySource::None; }

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] tools::WorkOsApi api();
    void setKept(const QByteArray &key);
    void fail(const tools::ApiFault &fault);

    base::SecretStore *m_secrets;
    host::Host *m_host;
    std::unique_ptr<fetch::NetworkFetcher> m_fetcher; ///< Once it is needed.
    QByteArray m_kept;
    tools::ApiAccess m_sandbox; ///< Without a key while it does not run.
    Indicators m_indicators;
    int m_questions = 0; ///< Older answers do not count.
};

} // namespace gatehouse::app
