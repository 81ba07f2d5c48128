// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"
#include "inspector/foreigntext.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::inspector {

/// What a row can say of an exchange, and see RowWords.
enum class RowWord { Time, Client, Call, Status, Result, Verdict, User, Took };
[[nodiscard]] QString wordOf(const exchange::Exchange &exchange, RowWord word);

/// All of it, in the words that the window and `serve` share. Everything that a peer chose is free of control
/// characters.
struct RowWords
{
    QString time; ///< "14:03:07.123", local
    QString client; ///< "claude-code 2.1"; "–" if it does not say
    QString call; ///< "tools/call get-profile", else "GET /mcp"
    QString status; ///< "200"; "…" while running
    QString result; ///< "OK", "RPC -32602", "Tool error", "–"
    QString verdict; ///< "Valid", "Expired 4 s", "–"
    QString user; ///< e-mail, else sub; "–"
    QString took; ///< "0.4 ms"
};
[[nodiscard]] RowWords wordsOf(const exchange::Exchange &exchange);

/// "0.4 ms"
[[nodiscard]] QString tookWords(qint64 us);

/// How long something runs so far, in tenths of a second and from ten seconds on in seconds.
[[nodiscard]] QString sinceWords(qint64 ms);

/// How far an exchange is that goes on, in one sentence for people.
[[nodiscard]] QString runningWords(const exchange::Exchange &exchange);

/// Why it was refused, in one sentence for people; empty where it was not.
[[nodiscard]] QString whyRefused(const exchange::Exchange &exchange);

/// One exchange as `serve --json` prints it.
[[nodiscard]] QByteArray jsonOf(const exchange::Exchange &exchange);

} // namespace gatehouse::inspector
