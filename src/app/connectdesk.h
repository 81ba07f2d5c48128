// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    void setServer(const QString &address, bool isSandbox);
    void record(const QList<exchange::Exchange> &batch);
    /// The user's own unless set.
    void setPlaces(const clientfiles::Places &places);

    void choose(clientfiles::ProgramId id);
    [[nodiscard]] const clientfiles::Program &program() const { return clientfiles::programOf(m_chosen); }
    /// A folder whose file is meant; empty: the user's.
    void setProject(const QString &folder);
    [[nodiscard]] const QString &project() const { return m_project; }
    /// How the server is called there. Nothing is offered for what is no such name.
    void setName(const QString &name);
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &address() const { return m_address; }
    [[nodiscard]] bool isSandbox() const { return m_isSandbox; }
    /// There is an address, and a name that they take.
    [[nodiscard]] bool isReady() const;

    /// Where it was found: a program or a folder of its own; empty: nowhere.
    [[nodiscard]] QString placeOf(clientfiles::ProgramId id) const;

    [[nodiscard]] QString file() const; ///< Empty: it has none.
    /// What writing would do now.
    struct Preview
    {
        bool isNew = false; ///< There is no file yet.
        bool isThere = false; ///< The entry is as it would be written.
        int come = 0; ///< Lines.
        int gone = 0;
        QList<clientfiles::DifferenceLine> lines = {};
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
    /// Something of the above.
    void changed();
    /// Whoever was waited for has made its first call.
    void arrived(const QString &program);

private:
    void findPrograms();

    inspector::ClientsModel *m_clients;
    clientfiles::Places m_places;
    clientfiles::ProgramId m_chosen = clientfiles::ProgramId::ClaudeCode;
    QString m_project;
    QString m_name;
    QString m_address;
    bool m_isSandbox = false;
    QHash<clientfiles::ProgramId, QString> m_found;
    QList<clientfiles::Change> m_changes; ///< The newest is the last.
    inspector::Arrival m_arrival;
};

} // namespace gatehouse::app
