// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/notice.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("gatehouse::host::Notice", text);
}

const char *textOf(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::IssuerUnreachable:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "%1 Calls are answered with 503 until the keys are there.");
    case Notice::Kind::IssuerStale:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "%1 Its keys from %2 are still used, for a day at most; new keys cannot be "
                                 "learned.");
    case Notice::Kind::IssuerReachable:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "The issuer answers again, and its keys are there.");
    case Notice::Kind::KeysFetched:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice", "Fetched at %1; keys that can be used: %2. %3");
    case Notice::Kind::SandboxPrivate:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "The sandbox is private: its sign-in page and its tokens ask for the secret "
                                 "of this run.");
    case Notice::Kind::AutoSignIn:
        return QT_TRANSLATE_NOOP(
            "gatehouse::host::Notice",
            "The sandbox signs %1 in by itself: every program and every web page of this "
            "computer gets tokens without asking anybody.");
    case Notice::Kind::SandboxMoved:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "The sandbox's port is in use, so it listens on port %1.");
    case Notice::Kind::NoIpv6:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "There is no IPv6 loopback here: only 127.0.0.1 is listened on.");
    case Notice::Kind::NotLoopback:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "The server listens on %1: other machines can reach it.");
    case Notice::Kind::VerifyJwtOff:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "verifyJwt is off: signatures are not checked. For development only.");
    case Notice::Kind::AuthorizationOff:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "Authorization is off: everybody on this machine may call every tool.");
    case Notice::Kind::BehindProxy:
        return QT_TRANSLATE_NOOP(
            "gatehouse::host::Notice",
            "A proxy takes requests at %1 and passes them on, but clients are told %2, and tokens must name "
            "that. If the first is the public address, set it as the resource.");
    case Notice::Kind::RuleWithoutTool:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "A rule names the tool “%1”, which does not exist: it protects nothing.");
    case Notice::Kind::DocumentsFailing:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice", "Documents cannot be used. %1.");
    case Notice::Kind::DocumentsReachable:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice", "Documents can be used again.");
    case Notice::Kind::ExchangesThinned:
        return QT_TRANSLATE_NOOP(
            "gatehouse::host::Notice",
            "Of %1 requests only the outline is shown, without headers, bodies and claims: "
            "too much came at once.");
    case Notice::Kind::ExchangesDropped:
        return QT_TRANSLATE_NOOP("gatehouse::host::Notice",
                                 "%1 requests were answered but are not shown: they came too fast.");
    }
    return "";
}

} // namespace

QString sentenceOf(const Notice &notice)
{
    const QString text = words(textOf(notice.kind));
    switch (notice.kind) {
    case Notice::Kind::IssuerUnreachable:
    case Notice::Kind::NotLoopback:
    case Notice::Kind::AutoSignIn:
    case Notice::Kind::RuleWithoutTool:
    case Notice::Kind::DocumentsFailing:
        return text.arg(notice.detail);
    case Notice::Kind::BehindProxy:
        return text.arg(notice.detail, notice.published);
    case Notice::Kind::IssuerStale:
        return text.arg(notice.detail,
                        QDateTime::fromMSecsSinceEpoch(notice.keysFrom).toString(u"HH:mm:ss"_s));
    case Notice::Kind::KeysFetched:
        return text.arg(QDateTime::fromMSecsSinceEpoch(notice.keysFrom).toString(u"HH:mm:ss"_s),
                        QString::number(notice.count), notice.detail.left(500));
    case Notice::Kind::SandboxMoved:
        return text.arg(notice.port);
    case Notice::Kind::ExchangesThinned:
    case Notice::Kind::ExchangesDropped:
        return text.arg(notice.count);
    case Notice::Kind::IssuerReachable:
    case Notice::Kind::DocumentsReachable:
    case Notice::Kind::SandboxPrivate:
    case Notice::Kind::NoIpv6:
    case Notice::Kind::VerifyJwtOff:
    case Notice::Kind::AuthorizationOff:
        return text;
    }
    return text;
}

QString sentenceOf(const StartError &error)
{
    switch (error.kind) {
    case StartError::Kind::BadSetting:
        return error.detail;
    case StartError::Kind::PortInUse:
        if (error.nextFree == 0)
            return words(QT_TRANSLATE_NOOP("gatehouse::host::Notice", "Port %1 is in use.")).arg(error.port);
        return words(QT_TRANSLATE_NOOP("gatehouse::host::Notice", "Port %1 is in use. Port %2 is free."))
            .arg(QString::number(error.port), QString::number(error.nextFree));
    case StartError::Kind::CannotListen:
        return words(QT_TRANSLATE_NOOP("gatehouse::host::Notice", "Port %1 cannot be listened on: %2."))
            .arg(QString::number(error.port), error.detail);
    case StartError::Kind::Stopped:
        return words(
            QT_TRANSLATE_NOOP("gatehouse::host::Notice", "The server was stopped before that took effect."));
    }
    return {};
}

QString nameOf(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::IssuerUnreachable:
        return u"issuer_unreachable"_s;
    case Notice::Kind::IssuerStale:
        return u"issuer_stale"_s;
    case Notice::Kind::IssuerReachable:
        return u"issuer_reachable"_s;
    case Notice::Kind::KeysFetched:
        return u"keys_fetched"_s;
    case Notice::Kind::SandboxPrivate:
        return u"sandbox_private"_s;
    case Notice::Kind::AutoSignIn:
        return u"auto_sign_in"_s;
    case Notice::Kind::SandboxMoved:
        return u"sandbox_moved"_s;
    case Notice::Kind::NoIpv6:
        return u"no_ipv6"_s;
    case Notice::Kind::NotLoopback:
        return u"not_loopback"_s;
    case Notice::Kind::VerifyJwtOff:
        return u"verify_jwt_off"_s;
    case Notice::Kind::AuthorizationOff:
        return u"authorization_off"_s;
    case Notice::Kind::BehindProxy:
        return u"behind_proxy"_s;
    case Notice::Kind::RuleWithoutTool:
        return u"rule_without_tool"_s;
    case Notice::Kind::DocumentsFailing:
        return u"documents_failing"_s;
    case Notice::Kind::DocumentsReachable:
        return u"documents_reachable"_s;
    case Notice::Kind::ExchangesThinned:
        return u"exchanges_thinned"_s;
    case Notice::Kind::ExchangesDropped:
        return u"exchanges_dropped"_s;
    }
    return {};
}

} // namespace gatehouse::host
