// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/browser.h"

#include "base/loopback.h"
#include "base/mask.h"
#include "oauth/callback.h"
#include "oauth/discovery.h"
#include "oauth/trust.h"
#include "oauth/words.h"
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
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && base::isLoopbackHost(url.host())));
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
        fail(Failure::Kind::Unreachable, u"%1: %2"_s.arg(shown(url), fetched.error().text));
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
    if (onlyField(query, "state") == m_way.state && (onlyField(query, "code") || onlyField(query, "error"))) {
        fail(Failure::Kind::SignIn,
             Words::tr("The answer was sent to %1, not to %2, the redirect address that was registered.")
                 .arg(shown(next), m_way.redirectUri));
    } else if (location.isEmpty() || !next.isValid() || !mayAsk(next, m_way.server)) {
        fail(Failure::Kind::SignIn,
             Words::tr("%1 redirects to an address that may not be followed.").arg(shown(url)));
    } else if (!m_way.origins.isEmpty() && !m_way.origins.contains(web::originOf(next))) {
        fail(Failure::Kind::SignIn,
             Words::tr(
                 "%1 redirects to another server, %2. A hostile server could borrow that one's sign-in in "
                 "this way.")
                 .arg(shown(url), web::originOf(next)),
             Words::tr("Sign in with a browser, or name the issuer if you trust it (--issuer)."));
    } else if (++m_hops >= maximumHops) {
        fail(Failure::Kind::SignIn, Words::tr("The sign-in needed more than ten redirects."));
    } else {
        ask(next);
    }
}

void RedirectWalk::stopAtPage(const QUrl &url, int status)
{
    // Where the client or its redirect is wrong, nobody is sent back (RFC 6749 §4.1.2.1): AuthKit leads to a
    // page of its own that names the error, others answer at once.
    const auto error
        = m_hops > 0 ? onlyField(url.query(QUrl::FullyEncoded).toLatin1(), "error") : std::nullopt;
    if (error) {
        fail(Failure::Kind::SignIn,
             Words::tr("%1 says: %2.").arg(shown(url), base::maskText(QString::fromUtf8(error->left(100)))),
             {}, reasonOf(*error));
        return;
    }
    const bool isPage = status == 200;
    const bool isUnknown = m_hops == 0 && (status == 400 || status == 401 || status == 404);
    fail(Failure::Kind::SignIn,
         isPage ? Words::tr("%1 shows a page that wants a person.").arg(shown(url))
                : Words::tr("%1 answered HTTP %2.").arg(shown(url)).arg(status),
         isPage ? Words::tr("Use --browser system, or have the authorization server sign in by itself.")
                : QString(),
         isUnknown ? Failure::Reason::ClientUnknown : Failure::Reason::Other);
}

void RedirectWalk::fail(Failure::Kind kind, const QString &text, const QString &remedy,
                        Failure::Reason reason)
{
    m_done(base::failure(Failure{kind, text, remedy, reason}));
}

} // namespace gatehouse::oauth
