// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/exchange.h"

#include "base/characters.h"
#include "fetch/connection.h"
#include "web/origin.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::fetch {

using base::FetchFault;

namespace {

bool has(const base::FetchRequest &request, QByteArrayView name)
{
    return !base::valuesOf(request.headers, name).isEmpty();
}

} // namespace

base::Expected<QByteArray, QString> bytesOf(const base::FetchRequest &request)
{
    if (!base::isToken(request.method))
        return base::failure(u"The method is none."_s);
    QByteArray target
        = request.url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    if (!target.startsWith('/'))
        target.prepend('/');
    QByteArray out = request.method + ' ' + target + " HTTP/1.1\r\n";
    const auto add = [&out](QByteArrayView name, QByteArrayView value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    if (!has(request, "Host"))
        add("Host", web::authorityOf(request.url).toLatin1());
    // WorkOS's edge answers 403 to library agents, so the product is named.
    if (!has(request, "User-Agent"))
        add("User-Agent", "Gatehouse/" GATEHOUSE_VERSION);
    // No compression: a small answer could unpack to a huge one.
    if (!has(request, "Accept-Encoding"))
        add("Accept-Encoding", "identity");
    for (const auto &[name, value] : request.headers) {
        const bool isFraming
            = base::isSameName(name, "Content-Length") || base::isSameName(name, "Transfer-Encoding");
        if (!base::isToken(name) || !base::isFieldValue(value) || isFraming)
            return base::failure(u"The header field %1 cannot be sent."_s.arg(
                QString::fromLatin1(name.left(100).toPercentEncoding())));
        add(name, value);
    }
    const bool mayHaveBody
        = request.method != "GET" && request.method != "HEAD" && request.method != "DELETE";
    if (!request.body.isEmpty() || mayHaveBody)
        add("Content-Length", QByteArray::number(request.body.size()));
    return out + "\r\n" + request.body;
}

Exchange::Exchange(Connection *connection, const base::FetchRequest &request, const Limits &limits, Keep keep,
                   std::function<void(base::FetchResult)> done, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_maximum(request.maximumBytes)
    , m_onHead(request.onHead)
    , m_onBody(request.onBody)
    , m_keep(std::move(keep))
    , m_done(std::move(done))
{
    connection->setParent(this);
    connect(connection, &Connection::came, this, &Exchange::take);
    connect(connection, &Connection::failed, this,
            [this](const base::FetchError &error) { end(base::failure(error)); });
    connect(connection, &Connection::reached, &m_connecting, &QTimer::stop);
    // Its own, which go with it: those of QTimer::singleShot() stay until their time has come.
    connect(&m_whole, &QTimer::timeout, this, [this] {
        fail(FetchFault::TimedOut,
             m_connection->reader().hasHead() ? u"The answer took too long."_s
                 : m_connection->hasSent()    ? u"No answer came in time."_s
                                              : u"The connection took too long."_s);
    });
    connect(&m_connecting, &QTimer::timeout, this,
            [this] { fail(FetchFault::Unreachable, u"The connection took too long."_s); });
    for (QTimer *timer : {&m_whole, &m_connecting})
        timer->setSingleShot(true);
    m_whole.start(limits.wholeMs);
    if (limits.connectMs > 0)
        m_connecting.start(limits.connectMs);
}

void Exchange::cancel()
{
    m_done = {};
    end({});
}

void Exchange::whileSilent(int milliseconds, std::function<void()> then)
{
    connect(&m_silence, &QTimer::timeout, this, [this, then = std::move(then)] {
        if (m_connection->reader().hasBegun())
            m_silence.stop();
        else
            then();
    });
    m_silence.start(milliseconds);
}

void Exchange::take()
{
    ResponseReader &reader = m_connection->reader();
    if (m_answer.status == 0 && reader.hasHead()) {
        m_answer.status = reader.head().status;
        for (const auto &[name, value] : reader.head().headers)
            m_answer.headers.append({name.toLower(), value});
        const QPointer<Exchange> guard(this);
        if (m_onHead)
            m_onHead(m_answer);
        if (!guard || m_ended)
            return;
    }
    const QByteArray piece = reader.takeBody();
    const bool isWhole = reader.stage() == ResponseReader::Stage::Complete;
    m_size += piece.size();
    if (m_size > m_maximum)
        return fail(FetchFault::TooLarge, u"The answer is larger than %1 bytes."_s.arg(m_maximum));
    if (!m_onBody) {
        m_answer.body += piece;
    } else if (!piece.isEmpty()) {
        const QPointer<Exchange> guard(this);
        const bool isEnough = m_onBody(m_answer, piece);
        if (!guard || m_ended)
            return;
        if (isEnough)
            return end(m_answer);
    }
    if (isWhole)
        end(m_answer);
}

void Exchange::fail(FetchFault fault, const QString &text)
{
    end(base::failure(
        base::FetchError{fault, text, !m_connection->hasSent() && fault == FetchFault::Unreachable}));
}

void Exchange::end(base::FetchResult result)
{
    if (std::exchange(m_ended, true))
        return;
    m_connection->disconnect(this);
    // From here on the connection is somebody else's, and this goes only when the event loop comes by.
    for (QTimer *timer : {&m_whole, &m_connecting, &m_silence})
        timer->stop();
    if (result && m_connection->isReusable())
        m_keep(m_connection);
    else
        m_connection->close();
    deleteLater(); // And the connection with it, which may be speaking.
    // Moved out first: the callback may destroy the fetcher, and this with it.
    if (const auto done = std::exchange(m_done, {}))
        done(std::move(result));
}

} // namespace gatehouse::fetch
