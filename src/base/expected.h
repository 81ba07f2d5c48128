// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace gatehouse::base {

/// An answer that can fail: a value, or an error that says why. g++ 12 has no std::expected.
template <typename T, typename E> using Expected = tl::expected<T, E>;

/// Wraps an error so that it can be returned where an Expected is wanted.
template <typename E> [[nodiscard]] auto failure(E &&error)
{
    return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}

} // namespace gatehouse::base
