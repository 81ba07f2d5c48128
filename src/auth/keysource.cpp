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
// Of questions that wait; more are answered Unavailable. Anybody can ask for keys that nobody has.
constexpr size_t waitingForAKey = 32;
constexpr size_t waitingForASet = 1000;

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
        quint64 number;
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
    quint64 lastNumber = 0;

    [[nodiscard]] bool hasSet() const { return fetchedAt > 0 && clock() - fetchedAt < times.staleMs; }
    [[nodiscard]] KeyAnswer look(const QString &keyId, const QString &algorithm) const;
    [[nodiscard]] int pauseMs() const;
    void schedule();
    void wait(const KeyAnswer &known, Question question);
    void giveUp(quint64 number);
    void begin();
    void finish(const base::FetchResult &result);
    [[nodiscard]] QString readReply(const base::FetchResult &result);
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

/// From the beginning of the last fetch to that of the next one.
int KeySource::Private::pauseMs() const
{
    if (!wishes.empty())
        return times.pauseMs; // A person is not made to wait for what strangers asked.
    if (failures > 0)
        return std::min(times.longestRetryMs, times.pauseMs << std::min(failures - 1, 10));
    return std::min(times.longestPauseMs, times.pauseMs << std::min(vain, 10));
}

void KeySource::Private::schedule()
{
    if (fetching)
        return; // finish() schedules again.
    const int pause = pauseMs();
    const qint64 passed = beganAt == 0 ? pause : std::clamp<qint64>(clock() - beganAt, 0, pause);
    const int delay = int(pause - passed);
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

QString KeySource::Private::readReply(const base::FetchResult &result)
{
    if (!result)
        return KeySource::tr("The keys could not be fetched from %1: %2")
            .arg(url.toString(), result.error().text);
    if (result->status != 200)
        return KeySource::tr("The key address %1 answered HTTP %2.").arg(url.toString()).arg(result->status);
    auto given = keys::readJwkSet(result->body);
    if (!given)
        return KeySource::tr("The key address %1 gave no key set. %2").arg(url.toString(), given.error());
    // Replacing good keys by none would refuse everybody for an outage of the issuer.
    if (given->keys.empty()) {
        const QString all = KeySource::tr("The key address %1 gave a set without a key that can be used.")
                                .arg(url.toString());
        const bool isSilent = given->skipped.isEmpty();
        return isSilent ? all : all + u" (%1)"_s.arg(given->skipped.first().why);
    }
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
    report.issuerAheadSeconds = hasSet() ? issuerAheadSeconds : 0;
    for (const keys::Jwk &key : set.keys) {
        report.keyIds.append(key.keyId);
        report.keys.append(key.json);
    }
    for (const keys::JwkSet::Skipped &one : set.skipped)
        report.skipped.append(u"%1: %2"_s.arg(one.keyId, one.why));
    return report;
}

void KeySource::Private::finish(const base::FetchResult &result)
{
    const QPointer alive(q);
    fetching = false;
    const quint64 before = generation;
    fault = readReply(result);
    const bool worked = fault.isEmpty();
    vain = worked && generation == before && !asked.empty() ? vain + 1 : 0;
    const int failedBefore = std::exchange(failures, worked ? 0 : failures + 1);
    // Moved out first: an answered caller may ask again or destroy this.
    for (const Question &one : std::exchange(asked, {})) {
        const KeyAnswer answer = look(one.keyId, one.algorithm);
        // An old set cannot say that a key is unknown: it may have come since.
        one.done(worked || answer.state == KeyAnswer::State::Found ? answer : unavailable(answer));
        if (!alive)
            return;
    }
    for (const auto &done : std::exchange(wishes, {})) {
        done(report());
        if (!alive)
            return;
    }
    if (!next.empty() || !worked)
        schedule();
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
        if (!d->fetching && !base::isYoungerThan(d->freshMs, d->fetchedAt, d->clock()))
            d->schedule();
        return done(known);
    }
    const bool hasSet = known.state == KeyAnswer::State::Unknown;
    if (d->failures > 0 || d->asked.size() + d->next.size() >= (hasSet ? waitingForAKey : waitingForASet)) {
        d->schedule();
        return done(unavailable(known));
    }
    d->wait(known, {++d->lastNumber, keyId, algorithm, std::move(done)});
}

void KeySource::Private::wait(const KeyAnswer &known, Question question)
{
    if (known.state == KeyAnswer::State::Unknown)
        QTimer::singleShot(times.longestWaitMs, q, [this, number = question.number] { giveUp(number); });
    // Without any set the fetch under way will do: what it brings is newer than nothing.
    if (known.state == KeyAnswer::State::Unavailable && fetching)
        return asked.push_back(std::move(question));
    next.push_back(std::move(question));
    schedule();
}

void KeySource::Private::giveUp(quint64 number)
{
    for (std::vector<Question> *questions : {&asked, &next}) {
        const auto found = std::find_if(questions->begin(), questions->end(),
                                        [number](const Question &one) { return one.number == number; });
        if (found == questions->end())
            continue;
        const Question question = std::move(*found);
        questions->erase(found);
        KeyAnswer answer = unavailable(look(question.keyId, question.algorithm));
        answer.whyUnavailable
            = KeySource::tr("The key is not in the set at hand, and a newer one has not come yet.");
        return question.done(answer);
    }
}

void KeySource::refresh(std::function<void(KeyReport)> done)
{
    d->wishes.push_back(std::move(done));
    d->schedule();
}

KeyReport KeySource::report() const
{
    return d->report();
}

void KeySource::warm()
{
    if (d->beganAt == 0)
        d->schedule();
}

} // namespace gatehouse::auth
