// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/replyhandler.h"

#include "http/httpserver.h"
#include "http/originrule.h"

#include <QHostAddress>
#include <QNetworkReply>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

http::Response page(int status, const QByteArray &title, const QByteArray &text)
{
    http::Response response;
    response.status = status;
    response.headers = {{"Content-Type"_ba, "text/html; charset=utf-8"_ba},
                        {"Cache-Control"_ba, "no-store"_ba},
                        {"Referrer-Policy"_ba, "no-referrer"_ba},
                        {"X-Content-Type-Options"_ba, "nosniff"_ba},
                        {"Content-Security-Policy"_ba,
                         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"_ba}};
    // Nothing of the request is written into the page.
    response.body = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
        + "</title><style>body{font:16px sans-serif;max-width:36em;margin:4em auto;padding:0 "
          "1em;color-scheme:light dark}"
          "</style></head><body><h1>"
        + title + "</h1><p>" + text + "</p></body></html>";
    return response;
}

} // namespace

ReplyHandler::ReplyHandler(QObject *parent)
    : QAbstractOAuthReplyHandler(parent)
{ }

ReplyHandler::~ReplyHandler() = default;

base::Expected<quint16, QString> ReplyHandler::listen(quint16 port)
{
    const auto taken = listenOn(port);
    return taken ? taken : listenOn(0);
}

bool ReplyHandler::listenAgain()
{
    return listenOn(m_port).has_value();
}

base::Expected<quint16, QString> ReplyHandler::listenOn(quint16 port)
{
    m_server = std::make_unique<http::HttpServer>(
        [this](const http::Request &request, const http::Respond &respond) { respond(answer(request)); });
    m_server->setMaximumBodyBytes(4 * 1024);
    const auto taken = m_server->listen(QHostAddress(QHostAddress::LocalHost), port);
    m_listening = taken.has_value();
    if (!taken)
        return base::failure(u"port %1: %2"_s.arg(port).arg(taken.error().detail));
    m_port = *taken;
    return m_port;
}

void ReplyHandler::stopListening()
{
    m_expectation.reset();
    m_listening = false;
    if (m_server)
        m_server->close();
}

QString ReplyHandler::callback() const
{
    return u"http://127.0.0.1:%1/callback"_s.arg(m_port);
}

void ReplyHandler::expect(const Expectation &expectation)
{
    m_expectation = expectation;
    m_code.clear();
}

http::Response ReplyHandler::answer(const http::Request &request)
{
    const auto judged = http::OriginRule().judge(request.headers);
    // A page that redirects here may leave an Origin; the state is what protects this place.
    if (judged != http::OriginRule::Answer::Allowed && judged != http::OriginRule::Answer::ForeignOrigin)
        return page(403, "Not here", "This address only answers to its own name.");
    if (request.path != "/callback")
        return page(404, "Nothing here",
                    "Gatehouse waits here for the end of a sign-in and serves nothing else.");
    if (request.method != "GET") {
        http::Response response = page(405, "Not this way", "The end of a sign-in arrives with GET.");
        response.headers.append({"Allow"_ba, "GET"_ba});
        return response;
    }
    if (!m_expectation)
        return page(410, "Nothing awaited",
                    "No sign-in is waiting for an answer. It may have been finished or cancelled.");
    const auto read = readCallback(request.query, *m_expectation);
    const bool foreign = !read && read.error().foreign;
    if (foreign)
        return page(400, "Another sign-in",
                    "This answer does not belong to the sign-in that is under way, and was ignored.");
    // Queued, so that this answer is on its way before what follows closes the listener.
    QMetaObject::invokeMethod(
        this, [this, query = request.query] { take(query); }, Qt::QueuedConnection);
    if (!read)
        return page(200, "Not signed in",
                    "The sign-in did not succeed. Gatehouse shows the reason. You can close this page.");
    return page(200, "Signed in", "You can close this page and go back to Gatehouse.");
}

bool ReplyHandler::take(QByteArrayView query)
{
    if (!m_expectation)
        return false;
    const auto read = readCallback(query, *m_expectation);
    if (!read && read.error().foreign)
        return false;
    m_expectation.reset();
    if (!read) {
        Q_EMIT answered(read.error().failure);
    } else {
        m_code = *read;
        Q_EMIT answered(Failure{Failure::Kind::SignIn, {}, {}});
    }
    return true;
}

QByteArray ReplyHandler::takeCode()
{
    return std::exchange(m_code, {});
}

void ReplyHandler::networkReplyFinished(QNetworkReply *reply)
{
    reply->deleteLater();
}

} // namespace gatehouse::oauth
