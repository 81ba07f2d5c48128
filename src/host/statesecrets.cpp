// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/statesecrets.h"

#include "base/file.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::host::Settings)
};

constexpr qint64 maximumFileBytes = 64 * 1024;
constexpr qsizetype shortest = 32; // "openssl rand -base64 32" gives 44.
constexpr qsizetype longest = 512;
constexpr qsizetype most = 16;

bool isSecret(const QByteArray &line)
{
    return line.size() >= shortest && line.size() <= longest
        && std::all_of(line.begin(), line.end(), [](char c) { return c > ' ' && c <= '~'; });
}

} // namespace

base::Expected<QList<QByteArray>, QString> readStateSecrets(const QString &path)
{
    QList<QByteArray> secrets;
    if (path.isEmpty())
        return secrets;
    const auto bytes = base::readFile(path, maximumFileBytes);
    if (!bytes)
        return base::failure(Tr::tr("The key file %1 cannot be read: %2").arg(path, bytes.error()));
    qsizetype number = 0;
    const QList<QByteArray> lines = bytes->split('\n');
    for (const QByteArray &written : lines) {
        ++number;
        const QByteArray line = written.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (!isSecret(line))
            return base::failure(
                Tr::tr("Line %1 of the key file %2 is no secret: each line is one of 32 to 512 visible "
                       "characters, as \"openssl rand -base64 32\" makes them.")
                    .arg(QString::number(number), path));
        secrets.append(line);
    }
    if (secrets.isEmpty())
        return base::failure(
            Tr::tr("The key file %1 is empty: \"openssl rand -base64 32\" makes a secret for it.").arg(path));
    if (secrets.size() > most)
        return base::failure(Tr::tr("The key file %1 has more than %2 secrets.").arg(path).arg(most));
    return secrets;
}

} // namespace gatehouse::host
