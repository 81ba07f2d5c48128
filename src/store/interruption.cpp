// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/interruption.h"

#include <QLibrary>
#include <QSqlDriver>
#include <QVariant>

#if __has_include(<sys/socket.h>)
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#define GATEHOUSE_HAS_SOCKETS 1
#endif

namespace gatehouse::store {

namespace {

// The libraries that the drivers have loaded; nothing of ours is linked to them.

template <typename Function> Function resolved(const char *library, int version, const char *name)
{
    return reinterpret_cast<Function>(QLibrary::resolve(QString::fromLatin1(library), version, name));
}

void *handleOf(const QSqlDriver &driver, QByteArrayView type)
{
    const QVariant handle = driver.handle();
    return handle.isValid() && QByteArrayView(handle.typeName()) == type
        ? *static_cast<void *const *>(handle.constData())
        : nullptr;
}

} // namespace

Interruption::Interruption(const QSqlDriver &driver)
    : m_database(handleOf(driver, "sqlite3*"))
{
#ifdef GATEHOUSE_HAS_SOCKETS
    const void *server = handleOf(driver, "pg_conn*");
    static const auto socketOf = resolved<int (*)(const void *)>("pq", 5, "PQsocket");
    if (const int socket = server && socketOf ? socketOf(server) : -1; socket >= 0)
        m_socket = ::fcntl(socket, F_DUPFD_CLOEXEC, 0); // No program that we start gets it.
#endif
}

Interruption::~Interruption()
{
#ifdef GATEHOUSE_HAS_SOCKETS
    if (m_socket >= 0)
        ::close(m_socket);
#endif
}

void Interruption::interrupt() const
{
#ifdef GATEHOUSE_HAS_SOCKETS
    if (m_socket >= 0)
        ::shutdown(m_socket, SHUT_RDWR);
#endif
    static const auto interruptFile = resolved<void (*)(void *)>("sqlite3", 0, "sqlite3_interrupt");
    if (m_database && interruptFile)
        interruptFile(m_database);
}

} // namespace gatehouse::store
