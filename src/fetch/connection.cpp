// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/connection.h"

#include "fetch/pending.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::fetch {

using base::FetchFault;

namespace {

constexpr qsizetype bufferBytes = 64 * 1024;
constexpr int usualIdleMs = 15'000;

} // namespace

Connection::Connection(const Target &target, QObject *parent)
    : QObject(parent)
    , m_socket(std::make_unique<QSslSocket>())
    , m_target(target)
{
    // What is not read stays in the kernel, and the peer waits.
    m_socket->setReadBufferSize(bufferBytes);
    m_socket->setProxy(target.proxy);
    connect(m_socket.get(), &QSslSocket::connected, this, [this] {
        if (!m_target.isTls)
            connected();
    });
    connect(m_socket.get(), &QSslSocket::encrypted, this, &Connection::connected);
    connect(m_socket.get(), &QSslSocket::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_tlsErrors = errors; }); // None is ignored.
    connect(m_socket.get(), &QSslSocket::readyRead, this, &Connection::read);
    connect(m_socket.get(), &QSslSocket::disconnected, this, &Connection::ended);
    connect(m_socket.get(), &QSslSocket::errorOccurred, this, &Connection::ended);
}

Connection::~Connection()
{
    m_socket->disconnect(this);
    m_socket->abort();
}

void Connection::send(const QByteArray &request, QByteArrayView method)
{
    m_reader.next(method);
    m_request = request;
    m_isUnderWay = true;
    m_hasSent = false;
    ++m_requests;
    if (m_isConnected)
        return connected();
    const QString where = m_target.address.isNull() ? m_target.host : m_target.address.toString();
    if (!m_target.isTls)
        return m_socket->connectToHost(where, m_target.port);
    QSslConfiguration configuration = m_socket->sslConfiguration();
    configuration.setAllowedNextProtocols({QSslConfiguration::NextProtocolHttp1_1});
    m_socket->setSslConfiguration(configuration);
    m_socket->connectToHostEncrypted(where, m_target.port, m_target.host);
}

void Connection::connected()
{
    m_isConnected = true;
    m_hasSent = true;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(std::exchange(m_request, {}));
    Q_EMIT sending();
}

void Connection::read()
{
    using Stage = ResponseReader::Stage;
    while (m_isUnderWay && m_socket->bytesAvailable() > 0) {
        const QByteArray bytes = m_socket->read(bufferBytes);
        const qsizetype taken = m_reader.read(bytes);
        if (m_reader.stage() == Stage::Refused)
            return fail(FetchFault::Unreachable, sentenceOf(m_reader.fault()));
        if (m_reader.stage() == Stage::Complete) {
            m_isUnderWay = false;
            m_isConnected = m_isConnected && taken == bytes.size(); // Nobody asked for what is behind it.
        }
        const QPointer<Connection> guard(this);
        Q_EMIT came(); // May end this.
        if (!guard)
            return;
    }
}

void Connection::ended()
{
    if (m_socket->state() != QAbstractSocket::UnconnectedState
        && m_socket->error() != QAbstractSocket::SslHandshakeFailedError)
        return; // It is told once more, when all that came can be read.
    const QPointer<Connection> guard(this);
    read();
    if (!guard)
        return;
    m_isConnected = false;
    if (!m_isUnderWay)
        return;
    if (!m_hasSent) {
        const bool isTls
            = m_socket->error() == QAbstractSocket::SslHandshakeFailedError || !m_tlsErrors.isEmpty();
        return isTls ? fail(FetchFault::Tls, u"No trusted TLS connection: %1"_s.arg(tlsFault()))
                     : fail(FetchFault::Unreachable, m_socket->errorString());
    }
    const bool hasBegun = m_reader.hasBegun();
    m_reader.end();
    if (m_reader.stage() == ResponseReader::Stage::Complete) {
        m_isUnderWay = false;
        Q_EMIT came();
        return;
    }
    fail(FetchFault::Unreachable,
         hasBegun
             ? sentenceOf(m_reader.fault())
             : u"The connection ended without an answer. Whether the request had its effect is not known."_s);
}

QString Connection::tlsFault() const
{
    return m_tlsErrors.isEmpty() ? m_socket->errorString() : m_tlsErrors.first().errorString();
}

void Connection::fail(FetchFault fault, const QString &text)
{
    m_isUnderWay = false;
    m_isConnected = false;
    Q_EMIT failed({fault, text, !m_hasSent && fault == FetchFault::Unreachable});
}

bool Connection::isReusable() const
{
    return m_isConnected && !m_isUnderWay && m_reader.stage() == ResponseReader::Stage::Complete
        && m_reader.keepsOpen() && m_socket->state() == QAbstractSocket::ConnectedState
        && m_socket->bytesAvailable() == 0 && !hasPending(m_socket->socketDescriptor());
}

int Connection::idleMs() const
{
    for (const QByteArray &value : base::valuesOf(m_reader.head().headers, "Keep-Alive")) {
        for (const QByteArray &part : value.split(',')) {
            const QByteArray word = part.trimmed().toLower();
            if (word.startsWith("timeout="))
                // A second earlier than it says: what is on its way then would meet a closed door.
                return std::clamp((word.sliced(8).toInt() - 1) * 1000, 0, usualIdleMs);
        }
    }
    return usualIdleMs;
}

void Connection::close()
{
    m_isUnderWay = false;
    m_isConnected = false;
    m_socket->abort();
}

} // namespace gatehouse::fetch
