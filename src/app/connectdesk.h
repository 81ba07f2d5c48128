// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connectwords.h"
#include "clientfiles/change.h"
#include "inspector/arrival.h"
#include "inspector/clientsmodel.h"

#include <QObject>

#include <optional>

namespace gatehouse::app {

/// Tells other programs of this server, by what one copies or by their own files, and watches them come. GUI
/// thread; without a widget. Files are read when somebody looks, and written when somebody says so.
class ConnectDesk : public QObject
{
    Q_OBJECT

public:
    /// The model outlives it.
    explicit ConnectDesk(inspector::ClientsModel *clients, QObject *parent = nullptr);

    /// Where clients come to; empty: nothing listens.
    void setServer(const QString &address, SignInPlace place);
    /// Whether a mark (inspector::requestIdOf) is of a sign-in of this program: that is nobody who comes.
    void setOwnSteps(std::function<bool(const QByteArray &mark)> isOwn) { m_isOwn = std::move(isOwn); }
    void record(const QList<exchange::Exchange> &batch);
    /// The user's own unless set.
    void setPlaces(const clientfiles::Places &places);

    void choose(clientfiles::ProgramId id);
    [[nodiscard]] const clientfiles::Program &program() const { return clientfiles::programOf(m_chosen); }
    /// A folder whose file is meant, of programs that have one there; empty: the user's.
    void setProject(const QString &folder);
    [[nodiscard]] const QString &project() const { return m_project; }
    /// How the server is called there. Nothing is offered for what is no such name.
    void setName(const QString &name);
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &address() const { return m_address; }
    [[nodiscard]] SignInPlace place() const { return m_place; }
    /// There is an address, and a name that they take.
    [[nodiscard]] bool isReady() const;

    /// Where it was found: a program or a folder of its own; empty: nowhere.
    [[nodiscard]] QString placeOf(clientfiles::ProgramId id) const;

    [[nodiscard]] QString file() const; ///< Empty: it has none.
    [[nodiscard]] QString shownFile() const; ///< As people write it: "~/…".
    /// Looks which programs are there.
    void findPrograms();
    /// What writing would do now. The file is read where it has changed since.
    struct Preview
    {
        bool isNew = false; ///< There is no file yet.
        bool isThere = false; ///< The entry is as it would be written.
        int come = 0; ///< Lines.
        int gone = 0;
        QList<clientfiles::DifferenceLine> lines = {};
        QByteArray before = {}; ///< SHA-256 of the file that it is of.
    };
    [[nodiscard]] base::Expected<Preview, clientfiles::FileFault> preview() const;
    [[nodiscard]] base::Expected<void, clientfiles::FileFault> write();
    /// What was written into that file last, and not taken back.
    [[nodiscard]] const clientfiles::Change *change() const;
    [[nodiscard]] base::Expected<void, clientfiles::FileFault> takeBack();

    /// For whoever is chosen, from now on.
    void beginWaiting();
    void endWaiting();
    [[nodiscard]] const inspector::Arrival &arrival() const { return m_arrival; }
    /// The newest that calls itself so; none: nobody was here.
    [[nodiscard]] std::optional<inspector::ClientRecord> recordOf(clientfiles::ProgramId id) const;

Q_SIGNALS:
    /// Something of the above …
    void changed();
    /// … and who comes, and how far, which happens often.
    void peopleChanged();
    /// Whoever was waited for has made its first call; it calls itself so, or is taken for the program.
    void arrived(const QString &client);

private:
    [[nodiscard]] bool isSomebodyElse(const exchange::Exchange &exchange) const;
    [[nodiscard]] QString usedProject() const;
    [[nodiscard]] base::Expected<Preview, clientfiles::FileFault> look() const;

    inspector::ClientsModel *m_clients;
    clientfiles::Places m_places;
    clientfiles::ProgramId m_chosen = clientfiles::ProgramId::ClaudeCode;
    QString m_project;
    QString m_name;
    QString m_address;
    std::pair<QString, SignInPlace> m_waitedAt; ///< The last address that there was.
    SignInPlace m_place = SignInPlace::Sandbox;
    std::function<bool(const QByteArray &mark)> m_isOwn;
    mutable QString m_looked; ///< File, entry and state of the file that the preview is of.
    mutable std::optional<base::Expected<Preview, clientfiles::FileFault>> m_preview;
    QHash<clientfiles::ProgramId, QString> m_found;
    QList<clientfiles::Change> m_changes; ///< The newest is the last.
    inspector::Arrival m_arrival;
};

} // namespace gatehouse::app
