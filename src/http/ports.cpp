// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ports.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTcpServer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

QList<QHostAddress> listeningAddresses(const QHostAddress &address)
{
    QList<QHostAddress> addresses{address};
    if (address == QHostAddress(QHostAddress::LocalHost)
        && QTcpServer().listen(QHostAddress::LocalHostIPv6, 0))
        addresses.append(QHostAddress(QHostAddress::LocalHostIPv6));
    return addresses;
}

bool isPortFree(const QList<QHostAddress> &addresses, quint16 port)
{
    return portState(addresses, port) == PortState::Free;
}

PortState portState(const QList<QHostAddress> &addresses, quint16 port)
{
    for (const QHostAddress &address : addresses) {
        QTcpServer server;
        if (!server.listen(address, port))
            return server.serverError() == QAbstractSocket::AddressInUseError ? PortState::Taken
                                                                              : PortState::Impossible;
    }
    return PortState::Free;
}

quint16 nextFreePort(const QList<QHostAddress> &addresses, quint16 port)
{
    for (int candidate = port + 1; candidate <= 65535 && candidate <= port + 100; ++candidate) {
        if (isPortFree(addresses, quint16(candidate)))
            return quint16(candidate);
    }
    return 0;
}

namespace {

/// The inodes of sockets that listen on the port (proc(5), /proc/net/tcp).
QSet<QByteArray> listeningInodes(quint16 port)
{
    QSet<QByteArray> inodes;
    const QByteArray end = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    for (const auto &name : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile table(name);
        if (!table.open(QIODevice::ReadOnly))
            continue;
        const QByteArrayList lines = table.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QByteArrayList columns = line.simplified().split(' ');
            constexpr qsizetype local = 1;
            constexpr qsizetype state = 3;
            constexpr qsizetype inode = 9;
            if (columns.size() > inode && columns[state] == "0A" && columns[local].endsWith(end))
                inodes.insert("socket:[" + columns[inode] + ']');
        }
    }
    return inodes;
}

} // namespace

QString holderOf(quint16 port)
{
    const QSet<QByteArray> inodes = listeningInodes(port);
    if (inodes.isEmpty())
        return {};
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        const QString base = u"/proc/"_s + process;
        const QDir descriptors(base + u"/fd"_s);
        const QStringList all = descriptors.entryList(QDir::Files | QDir::System);
        for (const QString &one : all) {
            const QString target = QFile::symLinkTarget(descriptors.filePath(one));
            if (!inodes.contains(target.section(u'/', -1).toLatin1()))
                continue;
            QFile name(base + u"/comm"_s);
            if (!name.open(QIODevice::ReadOnly))
                return {};
            return u"%1 (%2)"_s.arg(QString::fromUtf8(name.readAll().trimmed()), process);
        }
    }
    return {};
}

} // namespace gatehouse::http
