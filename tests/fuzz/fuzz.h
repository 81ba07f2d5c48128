// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

/// A reader of hostile bytes under test. Each target defines these two; the driver, or libFuzzer where the
/// compiler has it, does the rest.
namespace fuzz {

/// Gives the bytes to the reader and checks what it made of them.
void tryInput(const QByteArray &input);

/// Inputs to begin with: good ones, so that spoiling them reaches deep.
[[nodiscard]] QByteArrayList seeds();

/// Ends the program with the words, the input and how to repeat it, unless the condition holds.
void require(bool condition, const char *what);

} // namespace fuzz
