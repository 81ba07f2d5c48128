// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/replyhandler.h"

#include "base/headers.h"
#include "http/httpserver.h"
#include "http/originrule.h"
#include "oauth/trace.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QNetworkReply>
#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

const QString &styleSheet()
{
    static const QString css = uR"css(
:root{color-scheme:light dark;--back:#f3f4f6;--card:#fff;--text:#16181d;--faint:#5b6270;--line:#d8dce3;--good:#177a43;--bad:#b3261e;--on:#fff}
@media(prefers-color-scheme:dark){:root{--back:#101216;--card:#1a1d23;--text:#eceef2;--faint:#9aa2b1;--line:#333944;--good:#5fd08f;--bad:#ff8a80;--on:#101216}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.75rem}
h1{display:flex;gap:.7rem;align-items:center;font-size:1.3rem;line-height:1.3;margin:.2rem 0 .8rem}
h1 span{flex:none;display:grid;place-items:center;width:2rem;height:2rem;border-radius:50%;background:var(--bad);color:var(--on);font-size:1.1rem}
h1 span.good{background:var(--good)}
p{margin:.4rem 0;overflow-wrap:anywhere}
.mark{color:var(--faint);font-size:.875rem;font-weight:600;letter-spacing:.04em;text-transform:uppercase}
)css"_s;
    return css;
}

const QByteArray &contentPolicy()
{
    static const QByteArray policy = "default-src 'none'; style-src 'sha256-"
        + QCryptographicHash::hash(styleSheet().toUtf8(), QCryptographicHash::Sha256).toBase64()
        + "'; base-uri 'none'; frame-ancestors 'none'";
    return policy;
}

/// Nothing of the request is written into the page.
http::Response page(int status, const QByteArray &title, const QByteArray &text, bool isGood = false)
{
    http::Response response;
    response.status = status;
    response.headers = {{"Content-Type"_ba, "text/html; charset=utf-8"_ba},
                        {"Cache-Control"_ba, "no-store"_ba},
                        {"Referrer-Policy"_ba, "no-referrer"_ba},
                        {"X-Content-Type-Options"_ba, "nosniff"_ba},
                        {"Content-Security-Policy"_ba, contentPolicy()}};
    const QByteArray sign = isGood ? "<span class=\"good\" aria-hidden=\"true\">✓</span>"_ba
                                   : "<span aria-hidden=\"true\">!</span>"_ba;
    response.body
        = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width, initial-scale=1\"><title>"
        + title + "</title><style>" + styleSheet().toUtf8()
        + "</style></head><body><main><p class=\"mark\">Gatehouse</p>\n<h1>" + sign + title + "</h1>\n<p>"
        + text + "</p></main></body></html>\n";
    return response;
}

/// A page that redirects here may leave an Origin; the state is what protects this place.
bool isByOwnName(const http::Request &request)
{
    const auto judged = http::OriginRule().judge(request.headers);
    return judged == http::OriginRule::Answer::Allowed || judged == http::OriginRule::Answer::ForeignOrigin;
}

} // namespace

ReplyHandler::ReplyHandler(QObject *parent)
    : QAbstractOAuthReplyHandler(parent)
{ }

ReplyHandler::~ReplyHandler()
{
    if (m_door)
        m_door->close();
}

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
    m_server = std::make_unique<http::HttpServer>(http::wholeRequests(
        [this](const http::Request &request, const http::Respond &respond) { respond(answer(request)); }));
    http::EdgeLimits limits;
    limits.bodyBytes = 4 * 1024;
    m_server->setLimits(limits);
    const auto taken = m_server->listen(QHostAddress(QHostAddress::LocalHost), port);
    m_listening = taken.has_value();
    if (!taken)
        return base::failure(u"port %1: %2"_s.arg(port).arg(taken.error().detail));
    m_port = *taken;
    if (m_door)
        m_door->open([guard = QPointer(this)](const http::Request &request) {
            return guard ? guard->answerHere(request) : http::Response{410, {}, {}};
        });
    return m_port;
}

void ReplyHandler::stopListening()
{
    m_expectation.reset();
    m_startPath.clear();
    m_offered.clear();
    m_listening = false;
    if (m_door)
        m_door->close();
    if (m_server)
        m_server->close();
}

QString ReplyHandler::callback() const
{
    return m_chosen ? m_chosen->uri : u"http://127.0.0.1:%1"_s.arg(m_port) + m_path;
}

void ReplyHandler::awaitAnswersAt(const Redirect &redirect, const std::optional<CallbackDoor> &door)
{
    m_chosen = redirect;
    m_door = door;
    m_path = QString::fromLatin1(redirect.path);
}

void ReplyHandler::awaitAnswersOf(const QString &issuer)
{
    m_chosen.reset();
    m_door.reset();
    // 128 bits: nobody finds an issuer whose path is another's.
    const QByteArray digest = QCryptographicHash::hash(issuer.toUtf8(), QCryptographicHash::Sha256).first(16);
    m_path = u"/callback/"_s
        + QString::fromLatin1(
                 digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

void ReplyHandler::awaitAnswersOfGivenClient()
{
    m_chosen.reset();
    m_door.reset();
    m_path = u"/callback"_s;
}

QUrl ReplyHandler::offer(const QUrl &address, const QByteArray &secret)
{
    m_offered = address;
    m_isTold = false;
    m_startPath = "/start/" + secret;
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port) + QString::fromLatin1(m_startPath));
}

http::Response ReplyHandler::start(const http::Request &request)
{
    // A page elsewhere may make the browser ask, but shall not use the link up.
    const QByteArray site = base::onlyValueOf(request.headers, "Sec-Fetch-Site").value_or("none");
    const bool isOwn = site == "none" || site == "same-origin";
    if (m_offered.isEmpty() && isOwn && !std::exchange(m_isTold, true))
        Q_EMIT openedAgain();
    if (m_offered.isEmpty() || !isOwn)
        return page(410, "This link is used up",
                    "It leads to the sign-in once. If it was not you who opened it before, cancel the "
                    "sign-in in Gatehouse: somebody else on this machine may have taken it.");
    http::Response response = page(302, "To the sign-in", "The browser goes on by itself.");
    response.headers.append({"Location"_ba, m_offered.toEncoded()});
    m_offered.clear();
    return response;
}

void ReplyHandler::expect(const Expectation &expectation)
{
    m_expectation = expectation;
    m_code.clear();
    m_shownAnswer.clear();
}

http::Response ReplyHandler::answer(const http::Request &request)
{
    if (!isByOwnName(request))
        return page(403, "Not here", "This address only answers to its own name.");
    if (!m_startPath.isEmpty() && request.path == m_startPath && request.method == "GET")
        return start(request);
    if (m_door || request.path != m_path.toLatin1())
        return page(404, "Nothing here",
                    "Gatehouse waits here for the end of a sign-in and serves nothing else.");
    return answerHere(request);
}

http::Response ReplyHandler::answerHere(const http::Request &request)
{
    if (!isByOwnName(request))
        return page(403, "Not here", "This address only answers to its own name.");
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
        this, [this, query = request.query] { acceptAnswer(query); }, Qt::QueuedConnection);
    if (!read)
        return page(200, "Not signed in",
                    "The sign-in did not succeed. Gatehouse shows the reason. You can close this page.");
    return page(200, "Signed in", "You can close this page and go back to Gatehouse.", true);
}

bool ReplyHandler::acceptAnswer(QByteArrayView query)
{
    if (!m_expectation)
        return false;
    const auto read = readCallback(query, *m_expectation);
    if (!read && read.error().foreign)
        return false;
    m_expectation.reset();
    m_shownAnswer = u"GET "_s + callback() + u'\n' + parametersText(query);
    if (!read) {
        Q_EMIT answered(read.error().failure);
    } else {
        m_code = *read;
        Q_EMIT answered(std::nullopt);
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
