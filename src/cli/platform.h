// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace gatehouse::cli {

/// Files made from here on are readable for the user alone. Does nothing where the system has no such mask.
void restrictNewFiles();

/// Whether a person can be asked: standard input and standard error are a terminal.
[[nodiscard]] bool hasTerminal();
/// Whether a person reads what is printed on standard output.
[[nodiscard]] bool outputIsTerminal();
/// What the person types, up to the end of the line. Ctrl+C ends the program meanwhile, whatever
/// base::onStopSignal() was told: the event loop does not run here.
[[nodiscard]] QByteArray lineFromTerminal();

/// Hands over each line that the person types while the event loop runs, without its end, until the returned
/// object goes; null where no person can be asked. Nothing is read while the program is in the background.
[[nodiscard]] std::unique_ptr<QObject> onLineFromTerminal(std::function<void(const QString &line)> take);

} // namespace gatehouse::cli
