// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/keysource.h"

#include "base/caching.h"
#include "base/fetch.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <climits>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {
constexpr size_t maximumWaiting = 1000; ///< Of questions for unknown keys; more are answered Unavailable.

/// The same, where it cannot be told whether the key is unknown.
KeyAnswer unavailable(KeyAnswer answer)
{
    answer.state = KeyAnswer::State::Unavailable;
    return answer;
}
} // namespace

struct KeySource::Private
{
    struct Question
    {
        QString keyId;
        QString algorithm;
        std::function<void(KeyAnswer)> done;
    };

    KeySource *q;
    QUrl url;
    base::Fetcher *fetcher;
    base::Clock clock;
    KeyTimes times;
    QTimer timer; ///< Begins the next fetch.

    keys::JwkSet set;
    quint64 generation = 0;
    int issuerAheadSeconds = 0;
    qint64 fetchedAt = 0;
    qint64 freshMs = 0; ///< Of this set.
    qint64 beganAt = 0; ///< Of the last fetch; 0 before the first.
    bool fetching = false;
    int failures = 0; ///< Since the last success.
    QString fault; ///< Of the last fetch; empty after a success.
    int vain = 0; ///< Fetches in a row that were asked for and brought nothing new.
    std::vector<Question> asked; ///< Wait for the fetch under way.
    std::vector<Question> next; ///< Came after it began: wait for the one after.
    std::vector<std::function<void(KeyReport)>> wishes;

    [[nodiscard]] bool hasSet() const { return fetchedAt > 0 && clock() - fetchedAt < times.staleMs; }
    [[nodiscard]] KeyAnswer look(const QString &keyId, const QString &algorithm) const;
    void schedule(int leastDelayMs);
    void begin();
    void finish(const base::FetchResult &result);
    [[nodiscard]] QString take(const base::FetchResult &result);
    [[nodiscard]] KeyReport report() const;
};

KeyAnswer KeySource::Private::look(const QString &keyId, const QString &algorithm) const
{
    KeyAnswer answer;
    answer.whyUnavailable = fault;
    if (!hasSet())
        return answer;
    answer.state = KeyAnswer::State::Unknown;
    answer.fetchedAt = fetchedAt;
    answer.generation = generation;
    answer.issuerAheadSeconds = issuerAheadSeconds;
    if (const keys::Jwk *key = set.find(keyId, algorithm)) {
        answer.state = KeyAnswer::State::Found;
        answer.key = *key;
    } else {
        answer.whySkipped = set.whySkipped(keyId);
    }
    return answer;
}

void KeySource::Private::schedule(int leastDelayMs)
{
    if (fetching)
        return; // finish() schedules again.
    const int pause = std::min(times.longestPauseMs, times.pauseMs << std::min(vain, 10));
    const qint64 passed = beganAt == 0 ? pause : std::clamp<qint64>(clock() - beganAt, 0, pause);
    const int delay = std::max(leastDelayMs, int(pause - passed));
    if (delay == 0)
        begin();
    else if (!timer.isActive() || timer.remainingTime() > delay)
        timer.start(delay);
}

void KeySource::Private::begin()
{
    timer.stop();
    fetching = true;
    if (clock() - beganAt > 2 * times.longestPauseMs)
        vain = 0; // Whoever asked in vain has gone.
    beganAt = clock();
    asked = std::exchange(next, {});
    base::FetchRequest request;
    request.url = url;
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    fetcher->fetch(request, [this, alive = QPointer(q)](const base::FetchResult &result) {
        if (alive)
            finish(result);
    });
}

QString KeySource::Private::take(const base::FetchResult &result)
{
    if (!result)
        return KeySource::tr("The keys could not be fetched from %1: %2")
            .arg(url.toString(), result.error().text);
    if (result->status != 200)
        return KeySource::tr("The key address %1 answered HTTP %2.").arg(url.toString()).arg(result->status);
    auto given = keys::readJwkSet(result->body);
    if (!given)
        return KeySource::tr("The key address %1 gave no key set. %2").arg(url.toString(), given.error());
    const bool isSame = std::equal(set.keys.begin(), set.keys.end(), given->keys.begin(), given->keys.end(),
                                   [](const keys::Jwk &a, const keys::Jwk &b) { return a.json == b.json; });
    generation += isSame && generation > 0 ? 0 : 1;
    set = std::move(*given);
    fetchedAt = clock();
    const auto seconds = base::maxAgeOf(result->header("cache-control"));
    freshMs = seconds ? std::clamp(*seconds * 1000, times.leastFreshMs, times.mostFreshMs) : times.freshMs;
    const QDateTime date = base::httpDate(result->header("date"));
    // The header has whole seconds and is as old as the answer's way here: one off is none.
    const qint64 ahead = date.isValid() ? date.toMSecsSinceEpoch() - fetchedAt : 0;
    issuerAheadSeconds = int(std::clamp<qint64>(ahead / 1000, INT_MIN, INT_MAX));
    return {};
}

KeyReport KeySource::Private::report() const
{
    KeyReport report;
    report.fault = fault;
    report.fetchedAt = hasSet() ? fetchedAt : 0;
    for (const keys::Jwk &key : set.keys)
        report.keyIds.append(key.keyId);
    for (const keys::JwkSet::Skipped &one : set.skipped)
        report.skipped.append(u"%1: %2"_s.arg(one.keyId, one.why));
    return report;
}

void KeySource::Private::finish(const base::FetchResult &result)
{
    const QPointer alive(q);
    fetching = false;
    const quint64 before = generation;
    fault = take(result);
    const bool worked = fault.isEmpty();
    vain = worked && generation == before && !asked.empty() ? vain + 1 : 0;
    const int failedBefore = std::exchange(failures, worked ? 0 : failures + 1);
    // Moved out first: an answered caller may ask again or destroy this.
    for (const auto &[keyId, algorithm, done] : std::exchange(asked, {})) {
        const KeyAnswer answer = look(keyId, algorithm);
        // An old set cannot say that a key is unknown: it may have come since.
        done(worked || answer.state == KeyAnswer::State::Found ? answer : unavailable(answer));
        if (!alive)
            return;
    }
    for (const auto &done : std::exchange(wishes, {})) {
        done(report());
        if (!alive)
            return;
    }
    if (!next.empty())
        schedule(0);
    else if (!worked)
        schedule(std::min(times.longestRetryMs, times.pauseMs << std::min(failures - 1, 10)));
    if (worked && failedBefore > 0)
        Q_EMIT q->becameReachable();
    else if (!worked && failedBefore == 0)
        Q_EMIT q->becameUnreachable(fault, hasSet() ? fetchedAt : 0);
}

KeySource::KeySource(QUrl jwksUrl, base::Fetcher *fetcher, base::Clock clock, KeyTimes times, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->url = std::move(jwksUrl);
    d->fetcher = fetcher;
    d->clock = std::move(clock);
    d->times = times;
    d->timer.setSingleShot(true);
    connect(&d->timer, &QTimer::timeout, this, [this] { d->begin(); });
}

KeySource::~KeySource() = default;

KeyAnswer KeySource::peek(const QString &keyId, const QString &algorithm) const
{
    return d->look(keyId, algorithm);
}

void KeySource::find(const QString &keyId, const QString &algorithm, std::function<void(KeyAnswer)> done)
{
    const KeyAnswer known = d->look(keyId, algorithm);
    if (known.state == KeyAnswer::State::Found) {
        if (!d->fetching && d->clock() - d->fetchedAt >= d->freshMs)
            d->schedule(0);
        return done(known);
    }
    if (d->failures > 0 || d->next.size() >= maximumWaiting) {
        d->schedule(0);
        return done(unavailable(known));
    }
    // Without any set the fetch under way will do: what it brings is newer than nothing.
    if (known.state == KeyAnswer::State::Unavailable && d->fetching)
        return d->asked.push_back({keyId, algorithm, std::move(done)});
    d->next.push_back({keyId, algorithm, std::move(done)});
    d->schedule(0);
}

void KeySource::refresh(std::function<void(KeyReport)> done)
{
    d->wishes.push_back(std::move(done));
    d->schedule(0);
}

void KeySource::warm()
{
    if (d->beganAt == 0)
        d->schedule(0);
}

} // namespace gatehouse::auth
