// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace gatehouse::base {

/// For ThreadSanitizer, which cannot see the order that Qt's event queue makes where Qt was built without it:
/// what one thread did before handedOver() comes before what another does after takenOver() with the same
/// address. In other builds they do nothing.
inline void handedOver([[maybe_unused]] const void *token)
{
#ifdef __SANITIZE_THREAD__
    __tsan_release(const_cast<void *>(token));
#endif
}
inline void takenOver([[maybe_unused]] const void *token)
{
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(const_cast<void *>(token));
#endif
}

} // namespace gatehouse::base
