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
constexpr int mostCopies = 100;
constexpr int mostTries = 5; ///< Others may be writing at the same time.

using Permissions = QFileDevice::Permissions;

FileFault notWritable(const QString &words)
{
    return {Kind::NotWritable, 0, 0, words};
}

Permissions permissionsOf(const QString &file)
{
    // There are keys in such files: nobody else reads a new one.
    return QFile::exists(file) ? QFile::permissions(file)
                               : Permissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

/// Whole or not at all. False, and nothing written, where the file is no longer what it was when this began.
base::Expected<bool, FileFault> write(const QString &path, const std::optional<QByteArray> &before,
                                      const QByteArray &bytes)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(permissionsOf(path))
        && file.write(bytes) == bytes.size();
    if (!isWritten)
        return base::failure(notWritable(file.errorString()));
    const auto now = readClientFile(path);
    if (!now)
        return base::failure(now.error());
    if (*now != before) {
        file.cancelWriting();
        return false;
    }
    if (!file.commit())
        return base::failure(notWritable(file.errorString()));
    return true;
}

/// A file of its own beside it, where there is nothing yet, not even a link: what was kept before stays, and
/// nobody else says where it goes.
base::Expected<QString, FileFault> keepCopy(const QString &path, const QByteArray &bytes)
{
    QFile copy;
    for (int i = 1; i <= mostCopies; ++i) {
        copy.setFileName(path + copySuffix + (i == 1 ? QString() : u"-%1"_s.arg(i)));
        if (!copy.open(QIODevice::WriteOnly | QIODevice::NewOnly, permissionsOf(path))) {
            const QFileInfo there(copy.fileName());
            if (there.exists() || there.isSymLink())
                continue;
            break;
        }
        if (copy.write(bytes) == bytes.size() && copy.flush())
            return copy.fileName();
        copy.remove();
        break;
    }
    return base::failure(notWritable(copy.errorString()));
}

} // namespace

bool isWithin(const QString &file, const QString &project)
{
    QString folder = QFileInfo(file).path();
    while (!QFileInfo::exists(folder) && !QFileInfo(folder).isSymLink())
        folder = QFileInfo(folder).path();
    const QString root = QFileInfo(project).canonicalFilePath();
    const QString real = QFileInfo(folder).canonicalFilePath();
    return !QFileInfo(file).isSymLink() && (real == root || real.startsWith(root + u'/'));
}

namespace {

/// The file without the change, whatever else was written into it meanwhile.
base::Expected<QByteArray, FileFault> withoutChange(const Change &change, const QByteArray &now)
{
    const Program &program = programOf(change.program);
    const auto old = change.before ? serverIn(program, *change.before, change.name) : QByteArray();
    if (!old)
        return old;
    if (old->isEmpty())
        return withoutServer(program, now, change.name);
    if (program.notation == Notation::Toml)
        return withTables(now, program.group, change.name, *old);
    // Comments in it only where the file has some: its program may take none.
    const bool hasComments = withoutComments(*old) != *old;
    if (hasComments && withoutComments(now) == now)
        return withMember(now, program.group, change.name, twoSpacesDeep(strictJson(*old)));
    return hasComments ? withMemberAsWritten(now, program.group, change.name, *old)
                       : withMember(now, program.group, change.name, twoSpacesDeep(*old));
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
    if (!project.isEmpty() && !isWithin(file, project))
        return base::failure(FileFault{Kind::Outside});
    QString copy;
    for (int i = 0; i < mostTries; ++i) {
        const auto before = readClientFile(file);
        if (!before)
            return base::failure(before.error());
        const auto after = withServer(program, before->value_or(QByteArray()), name, address);
        if (!after)
            return base::failure(after.error());
        if (*before == *after)
            return Change{program.id, file, name, project, *before, *after, {}}; // It is there already.
        if (!QDir().mkpath(QFileInfo(file).path()))
            return base::failure(notWritable(QFileInfo(file).path()));
        if (*before) {
            const auto kept = keepCopy(file, **before);
            if (!kept)
                return base::failure(kept.error());
            copy = *kept;
        }
        const auto written = write(file, *before, *after);
        if (written && *written)
            return Change{program.id, file, name, project, *before, *after, copy};
        if (!copy.isEmpty())
            QFile::remove(copy); // Nothing was changed: there are keys in it, and nobody needs it.
        copy.clear();
        if (!written)
            return base::failure(written.error());
    }
    return base::failure(FileFault{Kind::Busy});
}

base::Expected<void, FileFault> takeBack(const Change &change)
{
    if (!change.project.isEmpty() && !isWithin(change.file, change.project))
        return base::failure(FileFault{Kind::Outside});
    for (int i = 0; i < mostTries; ++i) {
        const auto now = readClientFile(change.file);
        if (!now)
            return base::failure(now.error());
        if (!*now && change.before)
            return base::failure(FileFault{Kind::Gone, 0, 0, change.copy});
        if (!*now)
            return {}; // Neither was there one before.
        if (**now == change.after && !change.before) {
            QFile file(change.file);
            return file.remove() ? base::Expected<void, FileFault>()
                                 : base::failure(notWritable(file.errorString()));
        }
        const auto wanted = **now == change.after ? base::Expected<QByteArray, FileFault>(*change.before)
                                                  : withoutChange(change, **now);
        if (!wanted)
            return base::failure(wanted.error());
        const auto written = write(change.file, *now, *wanted);
        if (!written)
            return base::failure(written.error());
        if (*written && **now == change.after && !change.copy.isEmpty())
            QFile::remove(change.copy); // The file is what the copy is.
        if (*written)
            return {};
    }
    return base::failure(FileFault{Kind::Busy});
}

} // namespace gatehouse::clientfiles
