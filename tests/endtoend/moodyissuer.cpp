// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/moodyissuer.h"

#include "base/json.h"

#include <QDateTime>
#include <QHostAddress>
#include <QJsonArray>
#include <QLocale>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

using namespace gatehouse;
using namespace Qt::StringLiterals;

MoodyIssuer::MoodyIssuer()
{
    rotate();
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            auto in = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, in] {
                *in += socket->readAll();
                if (!in->contains("\r\n\r\n"))
                    return;
                in->clear();
                answer(socket);
            });
        }
    });
    m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    m_port = m_server.serverPort();
}

void MoodyIssuer::setMood(Mood mood)
{
    m_mood = mood;
    if (mood == Mood::Refusing)
        m_server.close();
    else if (!m_server.isListening())
        m_server.listen(QHostAddress(QHostAddress::LocalHost), quint16(m_port));
}

void MoodyIssuer::rotate(bool keepOld)
{
    if (!keepOld)
        m_keys.clear();
    m_keys.append(keys::SigningKey::generate(u"key-%1"_s.arg(++m_made), 0, u"ES256"_s).value());
}

QByteArray MoodyIssuer::setOf(const QString &member, const QJsonValue &value) const
{
    QJsonArray all;
    for (const keys::SigningKey &key : m_keys) {
        QJsonObject jwk = key.publicJwk();
        if (!member.isEmpty())
            jwk.insert(member, value);
        all.append(jwk);
    }
    return base::writeJson(QJsonObject{{u"keys"_s, all}});
}

QByteArray MoodyIssuer::head(const QByteArray &status, qsizetype length, const QByteArray &more) const
{
    const QDateTime date = QDateTime::currentDateTimeUtc().addSecs(m_aheadSeconds);
    return "HTTP/1.1 " + status
        + "\r\nDate: " + QLocale::c().toString(date, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1()
        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
        + QByteArray::number(length) + "\r\n" + more + "\r\n";
}

void MoodyIssuer::answer(QTcpSocket *socket)
{
    ++m_fetches;
    const auto say = [&](const QByteArray &status, const QByteArray &body, const QByteArray &more = {}) {
        socket->write(head(status, body.size(), more) + body);
        socket->disconnectFromHost();
    };
    const QByteArray good = setOf();
    switch (m_mood) {
    case Mood::Good:
        return say("200 OK", good);
    case Mood::Refusing:
        return socket->abort();
    case Mood::Hanging:
        return;
    case Mood::Dripping: {
        auto *timer = new QTimer(socket);
        auto rest = std::make_shared<QByteArray>(head("200 OK", good.size()) + good);
        timer->callOnTimeout(socket, [socket, rest] {
            socket->write(rest->left(1));
            rest->remove(0, 1);
        });
        return timer->start(100);
    }
    case Mood::Leaving:
        socket->write(head("200 OK", good.size()) + good.left(good.size() / 2));
        return socket->disconnectFromHost();
    case Mood::Failing:
        return say("500 Internal Server Error", "<html>sorry</html>");
    case Mood::Redirecting:
        m_mood = Mood::Good; // Whoever follows finds the good set.
        say("302 Found", {}, "Location: " + address().toUtf8() + "/oauth2/jwks\r\n");
        QTimer::singleShot(0, &m_server, [this] { m_mood = Mood::Redirecting; });
        return;
    case Mood::NoHttp:
        socket->write(QByteArray("\x16\x03\x01\x02\x00\x01garbage\n", 14));
        return socket->disconnectFromHost();
    case Mood::Html:
        return say("200 OK", "<html><body>Welcome!</body></html>");
    case Mood::NoSet:
        return say("200 OK", R"({"keys":{"kty":"RSA"}})");
    case Mood::EmptySet:
        return say("200 OK", R"({"keys":[]})");
    case Mood::Huge:
        return say("200 OK", R"({"pad":")" + QByteArray(10 * 1024 * 1024, 'x') + R"(","keys":[]})");
    case Mood::Endless: {
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"keys\":[");
        auto *timer = new QTimer(socket);
        timer->callOnTimeout(socket, [socket] {
            if (socket->bytesToWrite() < 1024 * 1024)
                socket->write(QByteArray(64 * 1024, ' '));
        });
        return timer->start(1);
    }
    case Mood::Zipped:
        return say("200 OK", qCompress(good).sliced(4), "Content-Encoding: deflate\r\n");
    case Mood::PrivateKeys:
        return say("200 OK", setOf(u"d"_s, u"AQ"_s));
    case Mood::WeakKeys:
        return say("200 OK", setOf(u"x"_s, u"AQ"_s));
    }
}

QJsonObject MoodyIssuer::claims(const QString &resource) const
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    return {{u"iss"_s, address()},    {u"aud"_s, resource}, {u"sub"_s, u"user_1"_s},
            {u"exp"_s, now + 300},    {u"iat"_s, now},      {u"scope"_s, u"openid email"_s},
            {u"email"_s, u"m@x.yz"_s}};
}

QByteArray MoodyIssuer::token(const QString &resource) const
{
    return sign(claims(resource));
}

QByteArray MoodyIssuer::sign(const QJsonObject &claims) const
{
    const keys::SigningKey &key = m_keys.last();
    return key.sign({{u"alg"_s, u"ES256"_s}, {u"kid"_s, key.keyId()}}, base::writeJson(claims));
}
