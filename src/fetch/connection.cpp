// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/connection.h"

#include "fetch/pending.h"
#include "web/loopback.h"

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

/// Qt goes on with its socket when a signal of it returns, whatever became of this.
struct Connection::Inside
{
    explicit Inside(Connection *one)
        : connection(one)
    {
        ++connection->m_inside;
    }
    ~Inside()
    {
        if (connection)
            --connection->m_inside;
    }
    Q_DISABLE_COPY_MOVE(Inside)
    QPointer<Connection> connection;
};

Connection::Connection(const Target &target, QObject *parent)
    : QObject(parent)
    , m_socket(new QSslSocket(this))
    , m_target(target)
{
    // What is not read stays in the kernel, and the peer waits.
    m_socket->setReadBufferSize(bufferBytes);
    m_socket->setProxy(target.proxy);
    connect(m_socket, &QSslSocket::connected, this, [this] {
        Q_EMIT reached();
        if (!m_target.isTls)
            connected();
    });
    connect(m_socket, &QSslSocket::encrypted, this, &Connection::connected);
    connect(m_socket, &QSslSocket::sslErrors, this, &Connection::judgeCertificate);
    connect(m_socket, &QSslSocket::readyRead, this, &Connection::read);
    connect(m_socket, &QSslSocket::disconnected, this, &Connection::ended);
    connect(m_socket, &QSslSocket::errorOccurred, this, &Connection::ended);
}

Connection::~Connection()
{
    m_socket->disconnect(this);
    m_socket->abort();
    if (m_inside > 0) {
        m_socket->setParent(nullptr);
        m_socket->deleteLater();
    }
}

void Connection::send(const QByteArray &request, QByteArrayView method)
{
    m_reader.next(method);
    m_request = request;
    m_isUnderWay = true;
    m_hasSent = false;
    ++m_requests;
    if (m_isConnected)
        connected();
    else // Some addresses fail at once, on the stack of whoever asks for them.
        QMetaObject::invokeMethod(this, &Connection::open, Qt::QueuedConnection);
}

void Connection::open()
{
    if (!m_isUnderWay)
        return; // Closed meanwhile.
    const Inside inside(this);
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
    if (!std::exchange(m_isConnected, true))
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_hasSent = true;
    m_socket->write(std::exchange(m_request, {}));
    const Inside inside(this);
    const QPointer<Connection> guard(this);
    m_isFlushing = true;
    m_socket
        ->flush(); // Now, and not when the event loop comes by. TLS reads as well, so this may be the end.
    if (!guard)
        return;
    m_isFlushing = false;
    Q_EMIT sending();
}

void Connection::read()
{
    if (m_isFlushing) { // Whoever sends has not returned yet.
        QMetaObject::invokeMethod(this, &Connection::read, Qt::QueuedConnection);
        return;
    }
    const Inside inside(this);
    using Stage = ResponseReader::Stage;
    while (m_isUnderWay && m_socket->bytesAvailable() > 0) {
        const QByteArray bytes = m_socket->read(bufferBytes);
        const qsizetype taken = m_reader.read(bytes);
        if (m_reader.stage() == Stage::Refused)
            return fail(FetchFault::Malformed, sentenceOf(m_reader.fault()));
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
    if (m_isFlushing) { // Whoever sends has not returned yet.
        QMetaObject::invokeMethod(this, &Connection::ended, Qt::QueuedConnection);
        return;
    }
    if (m_socket->state() != QAbstractSocket::UnconnectedState
        && m_socket->error() != QAbstractSocket::SslHandshakeFailedError)
        return; // It is told once more, when all that came can be read.
    const Inside inside(this);
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
        return isTls ? fail(FetchFault::Tls, u"No trusted TLS connection: %1."_s.arg(tlsFault()))
                     : fail(FetchFault::Unreachable, connectFault());
    }
    const bool hasBegun = m_reader.hasBegun();
    // A body without a length ends with its connection, and not with its breaking.
    m_reader.end(m_socket->error() == QAbstractSocket::RemoteHostClosedError);
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

namespace {

/// That nobody vouches for it, and nothing else: not that it has expired, or was taken back.
bool isWithoutVoucher(const QSslError &error)
{
    using Kind = QSslError::SslError;
    static const QList<Kind> kinds{QSslError::SelfSignedCertificate,
                                   QSslError::SelfSignedCertificateInChain,
                                   QSslError::UnableToGetLocalIssuerCertificate,
                                   QSslError::UnableToVerifyFirstCertificate,
                                   QSslError::CertificateUntrusted,
                                   QSslError::HostNameMismatch,
                                   QSslError::InvalidCaCertificate};
    return kinds.contains(error.error());
}

} // namespace

/// None is ignored, but for what the user said of this machine: there is nobody between it and itself.
void Connection::judgeCertificate(const QList<QSslError> &errors)
{
    m_tlsErrors = errors;
    m_isOfThisMachine = web::leadsToLoopback(m_target.host) && m_target.proxy.type() == QNetworkProxy::NoProxy
        && std::all_of(errors.begin(), errors.end(), isWithoutVoucher);
    if (m_isOfThisMachine && m_target.isTrusted) {
        m_tlsErrors.clear();
        m_socket->ignoreSslErrors(errors);
    }
}

QString Connection::connectFault() const
{
    const QString host = m_target.host.contains(u':') ? u'[' + m_target.host + u']' : m_target.host;
    if (m_socket->error() == QAbstractSocket::ConnectionRefusedError)
        return u"Nothing listens at %1:%2."_s.arg(host).arg(m_target.port);
    if (m_socket->error() == QAbstractSocket::HostNotFoundError)
        return u"The name %1 could not be resolved."_s.arg(host);
    return m_socket->errorString();
}

QString Connection::tlsFault() const
{
    return m_tlsErrors.isEmpty() ? m_socket->errorString() : m_tlsErrors.first().errorString();
}

void Connection::fail(FetchFault fault, const QString &text)
{
    m_isUnderWay = false;
    m_isConnected = false;
    Q_EMIT failed({fault, text, !m_hasSent && fault == FetchFault::Unreachable,
                   fault == FetchFault::Tls && m_isOfThisMachine});
}

bool Connection::isReusable() const
{
    return m_isConnected && !m_isUnderWay && m_reader.stage() == ResponseReader::Stage::Complete
        && m_reader.keepsOpen() && m_socket->state() == QAbstractSocket::ConnectedState
        && m_socket->bytesAvailable() == 0
        && m_socket->bytesToWrite() == 0 // The answer came before the request was out.
        && m_socket->encryptedBytesToWrite() == 0 && !hasPending(m_socket->socketDescriptor());
}

bool Connection::isKept() const
{
    const base::Headers &headers = m_reader.head().headers;
    const auto says = [&headers](QByteArrayView name) { return !base::valuesOf(headers, name).isEmpty(); };
    return m_requests > 1 || says("Keep-Alive")
        || says("Connection"); // Which is not "close" where it stays open.
}

int Connection::idleMs() const
{
    constexpr int longest = usualIdleMs / 1000 + 1;
    for (const QByteArray &value : base::valuesOf(m_reader.head().headers, "Keep-Alive")) {
        for (const QByteArray &part : value.split(',')) {
            const QByteArray word = part.trimmed().toLower();
            if (word.startsWith("timeout="))
                // A second earlier than it says: what is on its way then would meet a closed door.
                return (std::clamp(word.sliced(8).toInt(), 1, longest) - 1) * 1000;
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
