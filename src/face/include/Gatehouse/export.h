// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What a program that links the library may call; all else in it is hidden.
#define GATEHOUSE_EXPORT __attribute__((visibility("default")))
