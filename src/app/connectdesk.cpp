// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectdesk.h"

#include "inspector/exchangelog.h"
#include "web/origin.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using clientfiles::Change;
using clientfiles::DifferenceLine;
using clientfiles::FileFault;
using clientfiles::Program;
using clientfiles::ProgramId;

clientfiles::Places ownPlaces()
{
    const QString codex = qEnvironmentVariable("CODEX_HOME");
    return {QDir::homePath(), QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation),
            codex.isEmpty() ? QDir::homePath() + u"/.codex"_s : codex};
}

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// "~/…" below the home directory, as people write it.
QString shownPath(const QString &path, const QString &home)
{
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

ConnectDesk::ConnectDesk(inspector::ClientsModel *clients, QObject *parent)
    : QObject(parent)
    , m_clients(clients)
    , m_places(ownPlaces())
    , m_name(u"gatehouse"_s)
{
    connect(m_clients, &inspector::ClientsModel::changed, this, &ConnectDesk::peopleChanged);
}

void ConnectDesk::setServer(const QString &address, SignInPlace place)
{
    if (m_address == address && m_place == place)
        return;
    m_address = address;
    m_place = place;
    m_arrival.setPublished(web::authorityOf(QUrl(address)).toLatin1());
    const auto at = std::pair(address, place);
    if (!address.isEmpty() && std::exchange(m_waitedAt, at) != at && m_arrival.hasBegun())
        beginWaiting(); // What came was at another address, or was signed in by another.
    Q_EMIT changed();
}

void ConnectDesk::record(const QList<exchange::Exchange> &batch)
{
    if (!m_arrival.hasBegun())
        return;
    const bool wasThere = m_arrival.isThere();
    bool isNew = false;
    for (const exchange::Exchange &exchange : batch)
        isNew |= m_arrival.record(exchange);
    if (isNew)
        Q_EMIT peopleChanged();
    if (wasThere || !m_arrival.isThere())
        return;
    const QString &client = m_arrival.client();
    Q_EMIT arrived(client.isEmpty() || clientfiles::isCalled(program(), client) ? program().name : client);
}

void ConnectDesk::setPlaces(const clientfiles::Places &places)
{
    m_places = places;
    findPrograms();
    Q_EMIT changed();
}

void ConnectDesk::choose(ProgramId id)
{
    if (m_chosen == id)
        return;
    m_chosen = id;
    if (m_arrival.hasBegun())
        beginWaiting();
    Q_EMIT changed();
}

void ConnectDesk::setProject(const QString &folder)
{
    m_project = folder;
    Q_EMIT changed();
}

void ConnectDesk::setName(const QString &name)
{
    m_name = name;
    Q_EMIT changed();
}

bool ConnectDesk::isReady() const
{
    return !m_address.isEmpty() && clientfiles::isServerName(m_name);
}

void ConnectDesk::findPrograms()
{
    m_found.clear();
    for (const Program &program : clientfiles::programs()) {
        QString place;
        for (const QString &executable : program.executables)
            place = place.isEmpty() ? QStandardPaths::findExecutable(executable) : place;
        for (const QString &trace : program.traces) {
            const QString path = clientfiles::pathOf(trace, m_places);
            place = place.isEmpty() && QFileInfo::exists(path) ? QDir::cleanPath(path) : place;
        }
        m_found.insert(program.id, place.isEmpty() ? place : shownPath(place, m_places.home));
    }
}

QString ConnectDesk::placeOf(ProgramId id) const
{
    return m_found.value(id);
}

QString ConnectDesk::usedProject() const
{
    return program().projectFile.isEmpty() ? QString() : m_project;
}

QString ConnectDesk::file() const
{
    return clientfiles::fileOf(program(), m_places, usedProject());
}

QString ConnectDesk::shownFile() const
{
    return shownPath(file(), m_places.home);
}

base::Expected<ConnectDesk::Preview, FileFault> ConnectDesk::preview() const
{
    const QFileInfo info(file());
    const QString now
        = QStringList{file(), m_name, m_address, QString::number(info.size()),
                      info.exists() ? QString::number(info.lastModified().toMSecsSinceEpoch()) : QString()}
              .join(QChar(0));
    if (!m_preview || !*m_preview || m_looked != now) // What cannot be read may be readable by now.
        m_preview = look();
    m_looked = now;
    return *m_preview;
}

base::Expected<ConnectDesk::Preview, FileFault> ConnectDesk::look() const
{
    if (!usedProject().isEmpty() && !clientfiles::isWithin(file(), usedProject()))
        return base::failure(FileFault{FileFault::Kind::Outside});
    const auto before = clientfiles::readClientFile(file());
    if (!before)
        return base::failure(before.error());
    const QByteArray old = before->value_or(QByteArray());
    const auto after = clientfiles::withServer(program(), old, m_name, m_address);
    if (!after)
        return base::failure(after.error());
    Preview preview{!before->has_value(), *before == *after, 0, 0, {}, hashOf(old)};
    preview.lines = clientfiles::differenceOf(program(), old, *after, m_address);
    for (const DifferenceLine &line : preview.lines) {
        preview.come += line.kind == DifferenceLine::Kind::Come ? 1 : 0;
        preview.gone += line.kind == DifferenceLine::Kind::Gone ? 1 : 0;
    }
    return preview;
}

base::Expected<void, FileFault> ConnectDesk::write()
{
    if (!isReady())
        return base::failure(FileFault{FileFault::Kind::Uncertain});
    const auto shown = std::exchange(m_preview, {});
    const auto now = clientfiles::readClientFile(file());
    if (shown && *shown && now && hashOf(now->value_or(QByteArray())) != (*shown)->before)
        return base::failure(FileFault{FileFault::Kind::Changed});
    const auto made = clientfiles::writeServer(program(), file(), m_name, m_address, usedProject());
    m_preview.reset();
    if (!made)
        return base::failure(made.error());
    if (made->before != made->after)
        m_changes.append(*made);
    beginWaiting();
    Q_EMIT changed();
    return {};
}

const Change *ConnectDesk::change() const
{
    const auto found = std::find_if(m_changes.rbegin(), m_changes.rend(),
                                    [this](const Change &one) { return one.file == file(); });
    return found == m_changes.rend() ? nullptr : &*found;
}

base::Expected<void, FileFault> ConnectDesk::takeBack()
{
    const Change *made = change();
    if (!made)
        return {};
    const auto done = clientfiles::takeBack(*made);
    m_preview.reset();
    if (done || done.error().kind == FileFault::Kind::Gone)
        m_changes.removeAt(made - m_changes.constData());
    Q_EMIT changed();
    return done;
}

/// Another program that is known, or the browser of a sign-in of our own.
bool ConnectDesk::isSomebodyElse(const exchange::Exchange &exchange) const
{
    const QByteArray mark = inspector::requestIdOf(exchange);
    if (m_isOwn && !mark.isEmpty() && m_isOwn(mark))
        return true;
    const QList<Program> &all = clientfiles::programs();
    return std::any_of(all.begin(), all.end(), [&](const Program &one) {
        return one.id != m_chosen && clientfiles::isCalled(one, exchange.client);
    });
}

void ConnectDesk::beginWaiting()
{
    m_arrival.begin(QDateTime::currentMSecsSinceEpoch(),
                    [this](const exchange::Exchange &exchange) { return isSomebodyElse(exchange); });
    Q_EMIT changed();
}

void ConnectDesk::endWaiting()
{
    m_arrival = {};
    Q_EMIT changed();
}

std::optional<inspector::ClientRecord> ConnectDesk::recordOf(ProgramId id) const
{
    const Program &program = clientfiles::programOf(id);
    std::optional<inspector::ClientRecord> newest;
    for (const inspector::ClientRecord &one : m_clients->log().all()) {
        if (one.calls > 0 && clientfiles::isCalled(program, one.client)
            && (!newest || one.lastMs >= newest->lastMs))
            newest = one;
    }
    return newest;
}

} // namespace gatehouse::app
