// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/fileidentity.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#if __has_include(<sys/stat.h>) && __has_include(<unistd.h>)
#include <sys/stat.h>
#define GATEHOUSE_HAS_STAT 1
#endif

namespace gatehouse::store {

QByteArray fileIdentity(const QString &path)
{
#ifdef GATEHOUSE_HAS_STAT
    struct stat found = {};
    if (::stat(QFile::encodeName(path).constData(), &found) != 0)
        return {};
    return QByteArray::number(quint64(found.st_dev)) + ' ' + QByteArray::number(quint64(found.st_ino));
#else
    const QFileInfo info(path);
    return info.exists() ? QByteArray::number(info.birthTime().toMSecsSinceEpoch()) : QByteArray();
#endif
}

QByteArray fileState(const QString &path)
{
    const QByteArray identity = fileIdentity(path);
#ifdef GATEHOUSE_HAS_STAT
    struct stat found = {};
    if (::stat(QFile::encodeName(path).constData(), &found) != 0)
        return {};
#if defined(__APPLE__)
    const timespec changed = found.st_mtimespec;
#else
    const timespec changed = found.st_mtim;
#endif
    return identity + ' ' + QByteArray::number(qint64(found.st_size)) + ' '
        + QByteArray::number(qint64(changed.tv_sec)) + '.' + QByteArray::number(qint64(changed.tv_nsec));
#else
    const QFileInfo info(path);
    return identity + ' ' + QByteArray::number(info.size()) + ' '
        + QByteArray::number(info.lastModified().toMSecsSinceEpoch());
#endif
}

} // namespace gatehouse::store
