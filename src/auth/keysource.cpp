// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/keysource.h"

#include "base/fetch.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {
constexpr size_t maximumWaiting = 1000; ///< Of questions for unknown keys; more are answered Unavailable.
}

struct KeySource::Private
{
    struct Question
    {
        QString keyId;
        std::function<void(KeyAnswer)> done;
    };

    KeySource *q;
    QUrl url;
    base::Fetcher *fetcher;
    base::Clock clock;
    KeyTimes times;
    QTimer timer; ///< Begins the next fetch.

    QList<keys::Jwk> keys;
    qint64 fetchedAt = 0;
    qint64 beganAt = 0; ///< Of the last fetch; 0 before the first.
    bool fetching = false;
    int failures = 0; ///< Since the last success.
    std::vector<Question> asked; ///< Wait for the fetch under way.
    std::vector<Question> next; ///< Came after it began: wait for the one after.

    [[nodiscard]] bool hasSet() const { return fetchedAt > 0 && clock() - fetchedAt < times.staleMs; }
    [[nodiscard]] KeyAnswer look(const QString &keyId) const;
    void schedule(int leastDelayMs);
    void begin();
    void finish(const base::FetchResult &result);
    [[nodiscard]] QString take(const base::FetchResult &result);
};

KeyAnswer KeySource::Private::look(const QString &keyId) const
{
    if (!hasSet())
        return {};
    if (keyId.isEmpty()) {
        // A token without kid is only unambiguous where there is one key.
        if (keys.size() == 1)
            return {KeyAnswer::State::Found, keys.first(), fetchedAt};
        return {KeyAnswer::State::Unknown, {}, fetchedAt};
    }
    for (const keys::Jwk &key : keys) {
        if (key.keyId == keyId)
            return {KeyAnswer::State::Found, key, fetchedAt};
    }
    return {KeyAnswer::State::Unknown, {}, fetchedAt};
}

void KeySource::Private::schedule(int leastDelayMs)
{
    if (fetching)
        return; // finish() schedules again.
    const qint64 passed
        = beganAt == 0 ? times.pauseMs : std::clamp<qint64>(clock() - beganAt, 0, times.pauseMs);
    const int delay = std::max(leastDelayMs, int(times.pauseMs - passed));
    if (delay == 0)
        begin();
    else if (!timer.isActive() || timer.remainingTime() > delay)
        timer.start(delay);
}

void KeySource::Private::begin()
{
    timer.stop();
    fetching = true;
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
    const auto set = keys::readJwkSet(result->body);
    if (!set)
        return KeySource::tr("The key address %1 gave no key set. %2").arg(url.toString(), set.error());
    keys = set->keys;
    fetchedAt = clock();
    return {};
}

void KeySource::Private::finish(const base::FetchResult &result)
{
    const QPointer alive(q);
    fetching = false;
    const QString fault = take(result);
    const bool worked = fault.isEmpty();
    const int failedBefore = std::exchange(failures, worked ? 0 : failures + 1);
    // Moved out first: an answered caller may ask again or destroy this.
    for (const auto &[keyId, done] : std::exchange(asked, {})) {
        const KeyAnswer answer = look(keyId);
        // An old set cannot say that a key is unknown: it may have come since.
        done(worked || answer.state == KeyAnswer::State::Found
                 ? answer
                 : KeyAnswer{KeyAnswer::State::Unavailable, {}, answer.fetchedAt});
        if (!alive)
            return;
    }
    if (!next.empty())
        schedule(0);
    else if (!worked && !hasSet())
        schedule(std::min(times.longestRetryMs, times.pauseMs << std::min(failures - 1, 10)));
    if (worked && failedBefore > 0)
        Q_EMIT q->becameReachable();
    else if (!worked && failedBefore == 0)
        Q_EMIT q->becameUnreachable(fault);
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

KeyAnswer KeySource::peek(const QString &keyId) const
{
    return d->look(keyId);
}

void KeySource::find(const QString &keyId, std::function<void(KeyAnswer)> done)
{
    const KeyAnswer known = d->look(keyId);
    if (known.state == KeyAnswer::State::Found) {
        if (!d->fetching && d->clock() - d->fetchedAt >= d->times.freshMs)
            d->schedule(0);
        return done(known);
    }
    const bool isDown = known.state == KeyAnswer::State::Unavailable && d->failures > 0;
    if (isDown || d->next.size() >= maximumWaiting) {
        d->schedule(0);
        return done({KeyAnswer::State::Unavailable, {}, known.fetchedAt});
    }
    // Without any set the fetch under way will do: what it brings is newer than nothing.
    if (known.state == KeyAnswer::State::Unavailable && d->fetching)
        return d->asked.push_back({keyId, std::move(done)});
    d->next.push_back({keyId, std::move(done)});
    d->schedule(0);
}

void KeySource::warm()
{
    if (d->beganAt == 0)
        d->schedule(0);
}

} // namespace gatehouse::auth
