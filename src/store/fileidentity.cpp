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

} // namespace gatehouse::store
