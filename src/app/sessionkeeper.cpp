// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sessionkeeper.h"

#include "base/clock.h"
#include "records/sessionreader.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

QString lockOf(const QString &path)
{
    return path + u".lock"_s;
}

void removeFile(const QString &path)
{
    for (const QString &name : {path, QString(path + u"-wal"_s), QString(path + u"-shm"_s)})
        QFile::remove(name);
}

/// Held while nobody else looks at the file; null where somebody does, or records it.
std::unique_ptr<QLockFile> locked(const QString &path)
{
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    lock->setStaleLockTime(0); // However long it is held, by one who lives.
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

std::optional<EarlierSession> earlierIn(const QString &path)
{
    const auto reader = records::SessionReader::open(path);
    if (!reader)
        return std::nullopt;
    const auto runs = (*reader)->runs();
    const auto requests = (*reader)->serverRequests();
    if (!runs || !requests || runs->isEmpty() || *requests == 0)
        return EarlierSession{path, 0, 0, false};
    return EarlierSession{path, runs->first().startedMs, *requests, runs->last().endedMs == 0};
}

} // namespace

QString sessionFaultWords(const store::Fault &fault)
{
    using Kind = store::Fault::Kind;
    switch (fault.kind) {
    case Kind::CannotOpen:
        return SessionKeeper::tr("The file cannot be opened. Was it moved, and may you read it?");
    case Kind::NotOurs:
        return SessionKeeper::tr("This is no session file.");
    case Kind::TooNew:
        return SessionKeeper::tr("A newer version of Gatehouse made this file: update Gatehouse.");
    case Kind::Damaged:
        return SessionKeeper::tr("This is no session file, or it is damaged.");
    case Kind::Busy:
        return SessionKeeper::tr("Another program holds the file.");
    case Kind::Full:
        return SessionKeeper::tr("There is no room left on the disk.");
    case Kind::ReadOnly:
        return SessionKeeper::tr("The file may not be written.");
    case Kind::NoDriver:
        return SessionKeeper::tr("Qt's driver for SQLite is missing: install %1.").arg(fault.detail);
    default:
        return SessionKeeper::tr("It failed: %1").arg(fault.detail);
    }
}

SessionKeeper::SessionKeeper(QString folder, const QString &file, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_named(file)
{
    if (m_named.isEmpty())
        chooseFile();
    begin(m_named.isEmpty() ? m_unnamed : m_named);
}

SessionKeeper::~SessionKeeper()
{
    m_recorder.reset(); // Which writes the end.
    leaveUnnamed();
}

void SessionKeeper::chooseFile()
{
    QDir().mkpath(m_folder);
    QFile(m_folder).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString name = QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH-mm-ss"_s);
    constexpr int tries = 100;
    for (int i = 0; i < tries && !m_lock; ++i) {
        m_unnamed = QDir(m_folder).filePath(name + (i == 0 ? QString() : u" %1"_s.arg(i)) + u".gatehouse"_s);
        if (!QFileInfo::exists(m_unnamed))
            m_lock = locked(m_unnamed);
    }
}

void SessionKeeper::begin(const QString &path)
{
    records::Recorder::Limits limits;
    limits.fileBytes = m_named.isEmpty() ? mostBytes : 0;
    const auto told = [this](const std::optional<store::Fault> &fault) {
        QMetaObject::invokeMethod(this, [this, fault] {
            m_fault = fault;
            Q_EMIT faultChanged();
        });
    };
    m_recorder = std::make_unique<records::Recorder>(path, base::systemClock(), told, limits);
}

/// What nobody named, and nobody misses: the window's own questions to the sandbox are nothing to keep.
void SessionKeeper::leaveUnnamed()
{
    if (m_unnamed.isEmpty())
        return;
    const auto left = earlierIn(m_unnamed);
    if (!m_named.isEmpty() || !m_keepsUnnamed || !left || left->requests == 0)
        removeFile(m_unnamed);
    m_lock.reset();
    m_unnamed.clear();
}

void SessionKeeper::beginRun(const records::SessionRun &run, bool idsAreNew)
{
    m_recorder->beginRun(run, idsAreNew);
}

void SessionKeeper::setPaused(bool isPaused)
{
    m_recorder->setPaused(isPaused);
}

void SessionKeeper::forget()
{
    if (m_named.isEmpty())
        m_recorder->forget();
}

void SessionKeeper::tell(const QString &path, const base::Expected<void, store::Fault> &done,
                         const std::function<void()> &then)
{
    QMetaObject::invokeMethod(this, [this, path, done, then] {
        if (!done) {
            Q_EMIT failed(path, sessionFaultWords(done.error()));
            return;
        }
        then();
        Q_EMIT saved(path);
    });
}

void SessionKeeper::saveTo(const QString &path)
{
    m_recorder->saveTo(
        path, [this, path](const base::Expected<void, store::Fault> &done) { tell(path, done, [] {}); });
}

void SessionKeeper::keepIn(const QString &path)
{
    m_recorder->moveTo(path, [this, path](const base::Expected<void, store::Fault> &done) {
        tell(path, done, [this, path] {
            m_named = path;
            leaveUnnamed();
            Q_EMIT keptChanged();
        });
    });
}

QList<EarlierSession> SessionKeeper::earlier() const
{
    QList<EarlierSession> found;
    const QStringList names
        = QDir(m_folder).entryList({u"*.gatehouse"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString &name : names) {
        const QString path = QDir(m_folder).filePath(name);
        const auto lock = path == m_unnamed ? nullptr : locked(path);
        if (!lock)
            continue;
        const auto one = earlierIn(path);
        if (!one)
            continue; // Whatever it is, it is not ours to remove.
        if (one->requests == 0 || found.size() >= mostEarlier)
            removeFile(path);
        else
            found.append(*one);
    }
    return found;
}

bool SessionKeeper::isUnnamed(const QString &path) const
{
    return QFileInfo(path).canonicalPath() == QFileInfo(m_folder).canonicalFilePath();
}

void SessionKeeper::remove(const QString &path)
{
    const auto lock = path == m_unnamed ? nullptr : locked(path);
    if (lock)
        removeFile(path);
    Q_EMIT earlierChanged();
}

void SessionKeeper::removeAllEarlier()
{
    const QList<EarlierSession> all = earlier();
    for (const EarlierSession &one : all)
        remove(one.path);
    Q_EMIT earlierChanged();
}

} // namespace gatehouse::app
