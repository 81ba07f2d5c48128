// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/content.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

constexpr qsizetype maximumName = 60;
constexpr int maximumTries = 10'000;

/// Letters, digits and a few marks: no folder, no file that is hidden, nothing that a shell reads.
QString safeName(const QString &name)
{
    QString safe;
    for (const QChar c : name.left(maximumName)) {
        const bool isPlain
            = c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.');
        safe.append(isPlain ? c : QChar(u'_'));
    }
    while (safe.startsWith(u'.'))
        safe.remove(0, 1);
    return safe;
}

QString fileNameOf(const client::Blob &blob, int number)
{
    const QString given = safeName(blob.name);
    const QString base = given.isEmpty() ? u"content"_s : given.section(u'.', 0, 0);
    const QString known = QMimeDatabase().mimeTypeForName(blob.mimeType).preferredSuffix();
    const QString suffix = !known.isEmpty() ? known
        : given.contains(u'.')              ? given.section(u'.', 1)
                                            : u"bin"_s;
    const QString mark = number == 0 ? QString() : u"-%1"_s.arg(number);
    return (base.isEmpty() ? u"content"_s : base) + mark + u'.' + suffix;
}

QString save(const QDir &folder, const client::Blob &blob)
{
    for (int number = 0; number < maximumTries; ++number) {
        const QString path = folder.filePath(fileNameOf(blob, number));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
            if (file.exists())
                continue;
            return u"could not be saved: "_s + file.errorString();
        }
        if (file.write(blob.bytes) != blob.bytes.size() || !file.flush())
            return u"could not be saved: "_s + file.errorString();
        return u"saved as "_s + path;
    }
    return u"could not be saved: every name is taken"_s;
}

} // namespace

base::Expected<client::BlobWords, QString> blobSaver(const QString &folder)
{
    if (folder.isEmpty())
        return client::BlobWords();
    const QDir dir(folder);
    if (!dir.exists() && !dir.mkpath(u"."_s))
        return base::failure(u"--save: The folder \"%1\" cannot be made."_s.arg(folder));
    return client::BlobWords([dir](const client::Blob &blob) { return save(dir, blob); });
}

} // namespace gatehouse::cli
