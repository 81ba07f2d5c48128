// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace gatehouse::host {

/// Something a user should know about what runs, as a value: sentenceOf() has the words, so that a window can
/// translate them and keep them up to date.
struct Notice
{
    enum class Kind {
        IssuerUnreachable, ///< The keys cannot be fetched: `detail` says why. Answers are 503 until they can
                           ///< be.
        IssuerStale, ///< The same while there are keys from before, since `keysFrom`: they are still used.
        IssuerReachable, ///< It is over.
        KeysFetched, ///< On somebody's wish: `count` usable keys at `keysFrom`; `detail` names all of them.
        SandboxPrivate, ///< It asks for the secret of its run.
        AutoSignIn, ///< The sandbox signs `detail` in for whoever asks.
        SandboxMoved, ///< The sandbox's port was taken; `port` is the one it has now.
        NoIpv6, ///< Only 127.0.0.1 is listened on.
        NotLoopback, ///< Other machines can reach the server on `detail`.
        VerifyJwtOff,
        AuthorizationOff,
        BehindProxy, ///< Requests to `detail` are passed on, while `published` is what clients are told.
        RuleWithoutTool, ///< A rule names the tool `detail`, which does not exist: it protects nothing.
        DocumentsFailing, ///< Their database cannot be used: `detail` says why. Tools answer with a sentence.
        DocumentsReachable, ///< It is over, or there is another one.
        ExchangesThinned, ///< Too much came at once: of `count` only the outline is shown.
        ExchangesDropped, ///< Whoever watches is too slow; `count` were not shown.
    };
    Kind kind = Kind::IssuerUnreachable;
    QString detail = {};
    int port = 0;
    qint64 count = 0;
    qint64 keysFrom = 0; ///< Milliseconds since 1970.
    QString published = {};

    bool operator==(const Notice &) const = default;
};

/// Why nothing runs.
struct StartError
{
    enum class Kind {
        BadSetting, ///< `field` and `detail` say which and why.
        PortInUse, ///< `port`, and `nextFree` unless it is 0.
        CannotListen, ///< `port`; `detail` holds the system's words.
        Stopped, ///< By somebody else, before that took effect.
    };
    Kind kind = Kind::BadSetting;
    QString field = {}; ///< The setting to change: "port", "sandboxPort", …
    int port = 0;
    int nextFree = 0;
    QString detail = {};
    bool operator==(const StartError &) const = default;
};

[[nodiscard]] QString sentenceOf(const Notice &notice);
[[nodiscard]] QString sentenceOf(const StartError &error);
/// The enum's name as machines read it: "issuer_unreachable".
[[nodiscard]] QString nameOf(Notice::Kind kind);

} // namespace gatehouse::host

Q_DECLARE_METATYPE(gatehouse::host::Notice)
