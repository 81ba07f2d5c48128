// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkup.h"
#include "fetch/networkfetcher.h"
#include "inspector/clientsmodel.h"
#include "mcp/threadinvoker.h"

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
        const Outages *outages = nullptr;
    };
    explicit ChecksDesk(const Parts &parts, QObject *parent = nullptr);
    ~ChecksDesk() override;

    /// What the host says of itself has changed.
    void serverChanged();
    /// What is not to be had has.
    void outagesChanged();
    void setOffered(const host::Offered &offered);
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
    bool apply(CheckupId id, const Remedy &remedy);
    /// What undo() would do: a setting that apply() changed for that check, and nobody since.
    [[nodiscard]] std::optional<Remedy> undoOf(CheckupId id) const;
    void undo(CheckupId id);
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
    void lookAtDocuments();
    void settingsApplied(const std::optional<host::StartError> &error, quint64 errand);
    void changeSetting(const Remedy &remedy, CheckupId id, bool isUndone);
    void forget();

    Parts m_parts;
    fetch::NetworkFetcher m_fetcher;
    oauth::ServerProbe m_server;
    oauth::IssuerProbe m_issuer;
    std::unique_ptr<oauth::NegativeChecks> m_attacks; ///< Of this server; null before they were tried.
    std::optional<server::IssuerReport> m_report;
    QList<CheckupFacts::Needed> m_needed;
    qint64 m_reportMs = 0;
    qint64 m_serverMs = 0;
    qint64 m_issuerMs = 0;
    qint64 m_attacksMs = 0;
    QString m_looked; ///< The server and issuer that was looked at; empty: none.
    int m_reading = 0; ///< Answers of an older question do not count …
    int m_counting = 0; ///< … neither of documents.
    bool m_isReading = false;
    bool m_isOutdated = true; ///< Something has changed since somebody looked.
    bool m_isWatched = false;
    std::optional<base::Expected<int, QString>> m_documents; ///< Organizations that have some.
    qint64 m_documentsMs = 0;
    /// A change of ours that is under way, or can be taken back.
    struct Change
    {
        CheckupId id = CheckupId::Listens;
        Remedy remedy = {}; ///< What it comes to …
        Remedy back = {}; ///< … and what it was.
        bool isUndone = false;
    };
    std::optional<Change> m_applying;
    quint64 m_errand = 0; ///< Of the one that is being applied.
    std::optional<Change> m_done;
    mcp::Landing m_landing; ///< Last, so that it goes first: answers that come later are dropped.
};

} // namespace gatehouse::app
