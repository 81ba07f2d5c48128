// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/browser.h"

#include "base/mask.h"
#include "oauth/discovery.h"
#include "oauth/trust.h"
#include "web/form.h"
#include "web/origin.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr int maximumHops = 10;

QString shown(const QUrl &url)
{
    return base::maskText(QString::fromUtf8(url.toEncoded(QUrl::RemoveQuery)));
}

} // namespace

bool mayOpen(const QUrl &url)
{
    return web::isHttpsOrLoopback(url);
}

Opener systemOpener()
{
#if defined(Q_OS_WIN)
    return commandOpener(u"rundll32 url.dll,FileProtocolHandler"_s);
#elif defined(Q_OS_MACOS)
    return commandOpener(u"open"_s);
#else
    return commandOpener(u"xdg-open"_s);
#endif
}

Opener commandOpener(const QString &command)
{
    QStringList words = QProcess::splitCommand(command);
    if (words.isEmpty())
        return {};
    const QString program = words.takeFirst();
    return [program, words](const QUrl &url) {
        if (!mayOpen(url))
            return false;
        QProcess process;
        process.setProgram(program);
        process.setArguments(words + QStringList{QString::fromLatin1(url.toEncoded())});
        // What the browser prints is not ours to print: `call` has its result on stdout.
        process.setStandardOutputFile(QProcess::nullDevice());
        process.setStandardErrorFile(QProcess::nullDevice());
        return process.startDetached();
    };
}

RedirectWalk::RedirectWalk(base::Fetcher *fetcher, Way way, Done done)
    : m_fetcher(fetcher)
    , m_way(std::move(way))
    , m_done(std::move(done))
{ }

void RedirectWalk::start(const QUrl &url)
{
    ask(url);
}

void RedirectWalk::ask(const QUrl &url)
{
    base::FetchRequest request;
    request.url = url;
    request.timeoutMs = 15'000;
    request.headers = {{"Accept"_ba, "text/html"_ba}};
    m_fetcher->fetch(request, [self = shared_from_this(), url](const base::FetchResult &fetched) {
        self->judge(url, fetched);
    });
}

void RedirectWalk::judge(const QUrl &url, const base::FetchResult &fetched)
{
    if (!fetched) {
        fail(failureOf(FailureCode::PageAway, {shown(url), fetched.error().text}));
        return;
    }
    if (fetched->status < 300 || fetched->status > 399)
        return stopAtPage(url, fetched->status);
    // The Location is compared as it came: a URL class might spell it anew.
    const QByteArray location = fetched->header("location");
    const qsizetype mark = location.indexOf('?');
    const QByteArray query = mark < 0 ? QByteArray() : location.sliced(mark + 1).split('#').first();
    if (location.first(mark < 0 ? location.size() : mark) == m_way.redirectUri.toUtf8()) {
        m_done(query);
        return;
    }
    const QUrl next = url.resolved(QUrl(QString::fromUtf8(location), QUrl::StrictMode));
    if (web::onlyFormValue(query, "state") == m_way.state
        && (web::onlyFormValue(query, "code") || web::onlyFormValue(query, "error"))) {
        fail(failureOf(FailureCode::RedirectedElsewhere, {shown(next), m_way.redirectUri}));
    } else if (location.isEmpty() || !next.isValid() || !mayAsk(next, m_way.server)) {
        fail(failureOf(FailureCode::RedirectNotFollowed, {shown(url)}));
    } else if (!m_way.origins.isEmpty() && !m_way.origins.contains(web::originOf(next))) {
        fail(failureOf(FailureCode::RedirectBorrowed, {shown(url), web::originOf(next)}));
    } else if (++m_hops >= maximumHops) {
        fail(failureOf(FailureCode::TooManyRedirects));
    } else {
        ask(next);
    }
}

void RedirectWalk::stopAtPage(const QUrl &url, int status)
{
    // Where the client or its redirect is wrong, nobody is sent back (RFC 6749 §4.1.2.1): AuthKit leads to a
    // page of its own that names the error, others answer at once.
    const auto error
        = m_hops > 0 ? web::onlyFormValue(url.query(QUrl::FullyEncoded).toLatin1(), "error") : std::nullopt;
    if (error) {
        fail(failureOf(FailureCode::PageSaysError,
                       {shown(url), base::maskText(QString::fromUtf8(error->left(100)))}, *error,
                       m_way.resource));
        return;
    }
    const bool isUnknown = m_hops == 0 && (status == 400 || status == 401 || status == 404);
    const FailureCode code = status == 200 ? FailureCode::PageWantsPerson
        : isUnknown                        ? FailureCode::PageRefused
                                           : FailureCode::PageAnswered;
    fail(failureOf(code, {shown(url), QString::number(status)}));
}

void RedirectWalk::fail(const Failure &why)
{
    m_done(base::failure(why));
}

} // namespace gatehouse::oauth
