// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkup.h"
#include "fetch/networkfetcher.h"
#include "inspector/clientsmodel.h"

#include <memory>

namespace gatehouse::host {
struct Offered;
}

namespace gatehouse::app {

class SettingsKeeper;

/// Gathers what is known of the server for the checks, goes and looks where somebody wants that, and does
/// what a remedy says. GUI thread; without a widget.
class ChecksDesk : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        host::Host *host = nullptr; ///< All of them outlive it.
        SettingsKeeper *settings = nullptr;
        WorkOsDesk *workOs = nullptr;
        inspector::ClientsModel *clients = nullptr;
    };
    explicit ChecksDesk(const Parts &parts, QObject *parent = nullptr);
    ~ChecksDesk() override;

    /// What the host says of itself has changed.
    void serverChanged();
    void setOffered(const host::Offered &offered);
    void note(const host::Notice &notice);
    /// Somebody looks: what asks the server and the issuer is done now, and again after each change.
    void setWatched(bool isWatched);

    [[nodiscard]] QList<CheckupRow> rows() const;
    [[nodiscard]] host::Settings settings() const; ///< In effect.
    [[nodiscard]] bool isRunning() const;
    /// All of them anew; `attacks` as well, whose refusals stand in the traffic. Where nothing listens, only
    /// what needs no answer.
    void run(bool attacks);
    void cancel();

    /// Changes a setting, asks anew, adds the address or tries the attacks; other remedies are the window's.
    /// False where it is one of those.
    bool apply(const Remedy &remedy);
    /// The setting that apply() changed last is to be as it was before.
    [[nodiscard]] bool canUndo() const { return !m_undo.isEmpty(); }
    void undo();
    /// All rows as text for an issue tracker, with what runs and every setting that is not its default.
    [[nodiscard]] QString diagnostics() const;

Q_SIGNALS:
    void changed();
    /// For the status bar.
    void messageWanted(const QString &text);

private:
    [[nodiscard]] CheckupFacts facts() const;
    void look();
    void readIssuer(bool anew);
    void attack();
    void changeSetting(const QString &field, const host::Settings &wanted, bool isUndone);
    void forget();

    Parts m_parts;
    fetch::NetworkFetcher m_fetcher;
    oauth::ServerProbe m_server;
    oauth::IssuerProbe m_issuer;
    std::unique_ptr<oauth::NegativeChecks> m_attacks; ///< Of this server; null before they were tried.
    Outages m_outages;
    std::optional<server::IssuerReport> m_report;
    QList<CheckupFacts::Needed> m_needed;
    qint64 m_reportMs = 0;
    qint64 m_serverMs = 0;
    qint64 m_issuerMs = 0;
    qint64 m_attacksMs = 0;
    QString m_looked; ///< The server and issuer that was looked at; empty: none.
    int m_reading = 0; ///< Answers of an older question do not count.
    bool m_isReading = false;
    bool m_isOutdated = true; ///< Something has changed since somebody looked.
    bool m_isWatched = false;
    bool m_isApplying = false; ///< A change of ours.
    QString m_undo; ///< The field of the setting that was changed …
    host::Settings m_before; ///< … and what it was.
};

} // namespace gatehouse::app
