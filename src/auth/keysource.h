// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "keys/jwk.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace gatehouse::base {
class Fetcher;
}

namespace gatehouse::auth {

/// What asking for a key gave.
struct KeyAnswer
{
    enum class State {
        Unavailable, ///< No set could be had, or none that is newer than the question.
        Unknown, ///< A set that was fetched after the question has no such key.
        Found, ///< Here it is.
    };
    State state = State::Unavailable;
    keys::Jwk key = {}; ///< With Found.
    qint64 fetchedAt = 0; ///< Milliseconds since 1970; 0 with no set at hand.
    QString whySkipped = {}; ///< With Unknown: the set has a key of that name that cannot be used; English.
    QString whyUnavailable = {}; ///< With Unavailable: what the last fetch ran into; one sentence.
    quint64 generation = 0; ///< Another number once the set's keys change; 0 with no set at hand.
    int issuerAheadSeconds = 0; ///< How far the issuer's clock was ahead of ours when it gave the set.
};

/// What fetching the set on somebody's wish gave.
struct KeyReport
{
    QString fault = {}; ///< One sentence; empty after a success.
    qint64 fetchedAt = 0; ///< Of the set in use; milliseconds since 1970, 0 without one.
    QStringList keyIds = {}; ///< Of the keys that can be used.
    QList<QJsonObject> keys = {}; ///< The same keys as they came: public members only.
    QStringList skipped = {}; ///< Key id and reason of the others, in English.
    int issuerAheadSeconds = 0; ///< As in KeyAnswer.
};

struct KeyTimes
{
    int pauseMs = 1000; ///< Least time between the beginnings of two fetches, doubled each time that an
    int longestPauseMs = 2000; ///< unknown kid was asked for in vain, up to this.
    qint64 freshMs = 5 * 60 * 1000; ///< After this a set is fetched again in the background, unless …
    qint64 leastFreshMs = 60 * 1000; ///< … its Cache-Control says max-age (RFC 9111 §5.2.2.1), which counts
    qint64 mostFreshMs = 60 * 60 * 1000; ///< … within these bounds.
    qint64 staleMs = 24LL * 60 * 60 * 1000; ///< After this it is used no more, even if the issuer is away.
    int longestRetryMs = 15'000; ///< Between two tries while the issuer fails, whoever asks meanwhile.
    int longestWaitMs
        = 3000; ///< Of a question for an unknown kid, where there is a set; then it is Unavailable.
};

/// The issuer's signing keys (RFC 7517 §5). Fetched once and kept. A question for an unknown kid waits for a
/// fetch that began after it: the pause between fetches delays it and never refuses it, or a rotation within
/// the pause would refuse valid tokens; where that takes long, or many wait already, it is Unavailable. An
/// old set stays in use while the issuer is unreachable or gives no key that can be used. A key that is not
/// in it, or any without a set, is then Unavailable at once, and fetching goes on in the background. One
/// thread.
class KeySource : public QObject
{
    Q_OBJECT

public:
    KeySource(QUrl jwksUrl, base::Fetcher *fetcher, base::Clock clock, KeyTimes times = {},
              QObject *parent = nullptr);
    ~KeySource() override;

    /// Answers exactly once; at once when the key is in the set already. The algorithm chooses among several
    /// keys of that name.
    void find(const QString &keyId, const QString &algorithm, std::function<void(KeyAnswer)> done);
    /// What find() would answer without a fetch; Unknown means only that the kept set lacks it.
    [[nodiscard]] KeyAnswer peek(const QString &keyId, const QString &algorithm) const;
    /// Begins the first fetch: makes the first call as fast as the later ones.
    void warm();
    /// Fetches the set as soon as the pause allows, whatever its age. Answers exactly once, unless this goes
    /// first.
    void refresh(std::function<void(KeyReport)> done);
    /// How the last fetch went; without a fault before the first.
    [[nodiscard]] KeyReport report() const;

Q_SIGNALS:
    /// The first failure after a success or the start. `why` is one sentence; `keysFrom` says when the keys
    /// still in use were fetched, in milliseconds since 1970, and is 0 where there are none.
    void becameUnreachable(const QString &why, qint64 keysFrom);
    /// The first success after a failure.
    void becameReachable();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::auth
