// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

#include <chrono>
#include <future>
#include <memory>

namespace gatehouse::test {

/// Asks a database and waits for the answer, which comes from another thread: `how` is given what to be
/// answered with.
template <typename T, typename How>
[[nodiscard]] base::Expected<T, store::Fault> asked(const How &how, int milliseconds = 20'000)
{
    const auto promise = std::make_shared<std::promise<base::Expected<T, store::Fault>>>();
    std::future<base::Expected<T, store::Fault>> answer = promise->get_future();
    how([promise](const base::Expected<T, store::Fault> &given) { promise->set_value(given); });
    if (answer.wait_for(std::chrono::milliseconds(milliseconds)) != std::future_status::ready)
        return base::failure(store::Fault{store::Fault::Kind::Failed, QStringLiteral("nobody answered")});
    return answer.get();
}

/// Why there is none, for a test's message; QVERIFY2 reads it where there is one, too.
template <typename T> [[nodiscard]] QString why(const base::Expected<T, store::Fault> &made)
{
    return made ? QString() : store::sentenceOf(made.error()) + QLatin1Char(' ') + made.error().detail;
}

} // namespace gatehouse::test
