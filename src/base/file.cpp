// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace gatehouse::base {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::base::File)
};

/// The system's words end without a full stop.
QString faultOf(const QFile &file)
{
    const QString words = file.errorString();
    return words.endsWith(u'.') ? words : words + u'.';
}

} // namespace

Expected<QByteArray, QString> readFile(const QString &path, qint64 maximumBytes)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return failure(Tr::tr("it is no regular file. Save what it gives into one first."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(faultOf(file));
    // One byte more than may be, since a size that is told before need not be true.
    QByteArray bytes = file.read(maximumBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return failure(faultOf(file));
    if (bytes.size() > maximumBytes)
        return failure(Tr::tr("it is larger than %1 bytes.").arg(maximumBytes));
    return bytes;
}

} // namespace gatehouse::base
