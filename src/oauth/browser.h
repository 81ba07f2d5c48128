// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "oauth/failure.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>

namespace gatehouse::oauth {

/// Shows an address to the user; false where that could not be done.
using Opener = std::function<bool(const QUrl &)>;

/// Starts the system's program for addresses, without a shell. The window has a better one in
/// QDesktopServices.
[[nodiscard]] Opener systemOpener();
/// Starts a command with the address as its last argument, without a shell; an empty opener where it names no
/// program.
[[nodiscard]] Opener commandOpener(const QString &command);

/// Whether an address may be opened: https, or http to loopback. Everything else could run something (MCP
/// "Security Best Practices").
[[nodiscard]] bool mayOpen(const QUrl &url);

/// Signs in where no person is needed: follows at most ten redirects from the authorization address and reads
/// the answer off the Location that leads to the redirect address, which nobody listens on.
class RedirectWalk : public std::enable_shared_from_this<RedirectWalk>
{
public:
    /// The query of the redirect, or why there is none.
    using Done = std::function<void(base::Expected<QByteArray, Failure>)>;

    /// Where it may lead.
    struct Way
    {
        QString server; ///< As in mayAsk().
        QString resource; ///< A token for it is asked for.
        QString redirectUri;
        QByteArray state;
        QStringList
            origins; ///< Of the pages on it; empty: any. A hostile server could lead to another one's.
    };
    RedirectWalk(base::Fetcher *fetcher, Way way, Done done);
    void start(const QUrl &url);

private:
    void ask(const QUrl &url);
    void judge(const QUrl &url, const base::FetchResult &fetched);
    /// It was answered with something that is no redirect.
    void stopAtPage(const QUrl &url, int status);
    void fail(const Failure &why);

    base::Fetcher *m_fetcher;
    Way m_way;
    Done m_done;
    int m_hops = 0;
};

} // namespace gatehouse::oauth
