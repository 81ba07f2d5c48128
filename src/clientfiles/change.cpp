// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/change.h"

#include "base/file.h"
#include "clientfiles/commentedjson.h"
#include "clientfiles/tomltables.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace gatehouse::clientfiles {

namespace {

using Kind = FileFault::Kind;

constexpr qint64 largest = 16 * 1024 * 1024;
constexpr QLatin1StringView copySuffix = ".before-gatehouse"_L1;

base::Expected<void, FileFault> write(const QString &path, const QByteArray &bytes,
                                      std::optional<QFileDevice::Permissions> permissions)
{
    QSaveFile file(path);
    // There are keys in such files: nobody else reads a new one.
    const bool isOpen = file.open(QIODevice::WriteOnly)
        && file.setPermissions(permissions.value_or(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    if (!isOpen || file.write(bytes) != bytes.size() || !file.commit())
        return base::failure(FileFault{Kind::NotWritable, 0, 0, file.errorString()});
    return {};
}

std::optional<QFileDevice::Permissions> permissionsOf(const QString &file)
{
    return QFile::exists(file) ? std::optional(QFile::permissions(file)) : std::nullopt;
}

/// The file without the change, whatever else was written into it meanwhile.
base::Expected<QByteArray, FileFault> withoutChange(const Change &change, const QByteArray &now)
{
    const Program &program = programOf(change.program);
    if (change.before) {
        const auto old = serverIn(program, *change.before, change.name);
        if (!old)
            return old;
        if (!old->isEmpty() && program.notation == Notation::Json)
            return withMember(now, program.group, change.name, strictJson(*old));
        if (!old->isEmpty()) // With its head, which is written anew.
            return withTable(now, program.group, change.name, old->sliced(old->indexOf('\n') + 1));
    }
    return withoutServer(program, now, change.name);
}

} // namespace

base::Expected<std::optional<QByteArray>, FileFault> readClientFile(const QString &file)
{
    const QFileInfo info(file);
    if (!info.exists() && !info.isSymLink())
        return std::optional<QByteArray>();
    const auto bytes = base::readFile(file, largest);
    if (!bytes)
        return base::failure(FileFault{Kind::NotReadable, 0, 0, bytes.error()});
    return std::optional(*bytes);
}

base::Expected<Change, FileFault> writeServer(const Program &program, const QString &file,
                                              const QString &name, const QString &address,
                                              const QString &project)
{
    if (!project.isEmpty() && !QFileInfo(project).isDir())
        return base::failure(FileFault{Kind::NoFolder});
    const auto before = readClientFile(file);
    if (!before)
        return base::failure(before.error());
    const auto after = withServer(program, before->value_or(QByteArray()), name, address);
    if (!after)
        return base::failure(after.error());
    Change change{program.id, file, name, *before, *after, {}};
    if (*before == *after)
        return change; // It is there already.
    if (!QDir().mkpath(QFileInfo(file).path()))
        return base::failure(FileFault{Kind::NotWritable, 0, 0, QFileInfo(file).path()});
    const auto permissions = permissionsOf(file);
    if (*before) {
        change.copy = file + copySuffix;
        if (const auto kept = write(change.copy, **before, permissions); !kept)
            return base::failure(kept.error());
    }
    if (const auto written = write(file, *after, permissions); !written)
        return base::failure(written.error());
    return change;
}

base::Expected<void, FileFault> takeBack(const Change &change)
{
    const auto now = readClientFile(change.file);
    if (!now)
        return base::failure(now.error());
    if (!*now)
        return {}; // Somebody has taken the file away.
    if (**now == change.after) {
        if (change.before)
            return write(change.file, *change.before, permissionsOf(change.file));
        QFile file(change.file);
        return file.remove() ? base::Expected<void, FileFault>()
                             : base::failure(FileFault{Kind::NotWritable, 0, 0, file.errorString()});
    }
    const auto without = withoutChange(change, **now);
    if (!without)
        return base::failure(without.error());
    return write(change.file, *without, permissionsOf(change.file));
}

} // namespace gatehouse::clientfiles
