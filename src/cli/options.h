// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "host/settings.h"

#include <QCommandLineParser>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::cli {

/// Parses a subcommand's arguments. Prints help or the fault itself; the value is the exit code to end with,
/// if any.
[[nodiscard]] std::optional<int> parse(QCommandLineParser &parser, const QStringList &arguments,
                                       qsizetype positionals = 0);

/// Prints what is wrong with the command line; the exit code for that.
[[nodiscard]] int usageError(const QString &text);

/// A whole number option within bounds; its default if it is not given. The error is a sentence that names
/// the option.
[[nodiscard]] base::Expected<int, QString> numberOf(const QCommandLineParser &parser, const QString &name,
                                                    int least, int most);

// Nothing that is printed here is obeyed by a terminal: a line is one line, without control and format
// characters, and in JSON those are escaped.
void printLine(const QString &line); ///< To stdout, at once.
void printLines(const QStringList &lines); ///< The same, in one piece.
/// To stdout: a text that is somebody else's, as it is. On a terminal only what nothing there obeys.
void printText(const QString &text);
void printJson(const QJsonValue &json); ///< To stdout, as one line for programs.
void printJsonText(const QByteArray &json); ///< The same, its numbers and order as they are written.
void printJsonLines(const QByteArray &lines); ///< The same, written and escaped already, each with its end.
void printError(const QString &line); ///< To stderr, after "gatehouse: ".
void printErrorText(const QString &text); ///< The same, of a text whose line ends are its own.
void printError(const QJsonObject &json); ///< To stderr, as one line for programs.

/// A secret that an option or word gives; "-" reads it from standard input, so that it stands in no process
/// list. The error is a sentence.
[[nodiscard]] base::Expected<QByteArray, QString> secretFrom(const QString &word);
/// An issuer that an option names: an address as it was written, byte for byte, or a name as everywhere.
[[nodiscard]] base::Expected<QString, QString> issuerFrom(const QString &word);
/// Asks the person at the terminal; false where there is none, or for anything but a yes.
[[nodiscard]] bool confirm(const QString &question);

/// The options that set what the server does, for `serve` and for the window.
void addServerOptions(QCommandLineParser &parser);

/// Defaults, settings file (--config, else the usual one), environment, command line, in this order. The
/// error is a sentence that names the file, option or variable.
[[nodiscard]] base::Expected<host::Configuration, QString>
configurationFrom(const QCommandLineParser &parser, const QHash<QString, QString> &environment);
/// The settings file that the options name.
[[nodiscard]] QString settingsFileFrom(const QCommandLineParser &parser);

/// "--record FILE", for those who serve.
void addRecordOption(QCommandLineParser &parser);
/// The session file that it names, by its whole name: SQLite reads others its own way. Empty where it is not
/// given; the error is a sentence.
[[nodiscard]] base::Expected<QString, QString> recordFileFrom(const QCommandLineParser &parser);

/// The words of "a b  c".
[[nodiscard]] QStringList words(const QString &text);

} // namespace gatehouse::cli
