// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "web/form.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace gatehouse::tools {

/// Why WorkOS's Management API did not do what it was asked.
struct ApiFault
{
    enum class Kind {
        Unreachable, ///< Nobody answered in time, or not over https.
        KeyRefused, ///< 401
        Forbidden, ///< 403: the key is right, and may not do that.
        NotFound, ///< 404
        Refused, ///< 400, 409, 422: `message` says why.
        TooMany, ///< 429: again in `retryAfter` seconds.
        Failed, ///< 5xx, or an answer that is none.
    };
    Kind kind = Kind::Failed;
    QString message = {}; ///< WorkOS's own words, masked and bounded.
    int retryAfter = 0; ///< Seconds; 0 where it does not say.

    bool operator==(const ApiFault &) const = default;
};
/// In one English sentence, as a caller may read it.
[[nodiscard]] QString sentenceOf(const ApiFault &fault);

/// Where the API is, and what opens it. An API key can do anything in its environment.
struct ApiAccess
{
    QString address = QStringLiteral("https://api.workos.com");
    QByteArray key = {};

    bool operator==(const ApiAccess &) const = default;
};

/// WorkOS's Management API: bounded in time and size, one try each. Lives on the thread of its fetcher, which
/// outlives it. Answers come once, from the event loop; not after they were cancelled, and not where the
/// fetcher goes first.
class WorkOsApi
{
public:
    using Answer = std::function<void(const base::Expected<QJsonObject, ApiFault> &)>;
    using ListAnswer = std::function<void(const base::Expected<QList<QJsonObject>, ApiFault> &)>;

    WorkOsApi(base::Fetcher *fetcher, ApiAccess access);

    /// `path` are the parts between slashes, as they are meant. An answer without a body is an empty object.
    base::CancelFetch get(const QStringList &path, Answer answer) const;
    base::CancelFetch post(const QStringList &path, const QJsonObject &body, Answer answer) const;
    base::CancelFetch remove(const QStringList &path, Answer answer) const;
    /// The `data` of all pages, but of no more than `most`: one more is there where the list goes on.
    base::CancelFetch list(const QStringList &path, const web::Form &query, qsizetype most,
                           const ListAnswer &answer) const;

private:
    base::CancelFetch send(const QByteArray &method, const QStringList &path, const web::Form &query,
                           const QByteArray &body, const Answer &answer) const;

    base::Fetcher *m_fetcher;
    ApiAccess m_access;
};

} // namespace gatehouse::tools
