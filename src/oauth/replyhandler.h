// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "http/message.h"
#include "oauth/callback.h"
#include "oauth/failure.h"
#include "oauth/redirect.h"

#include <QAbstractOAuthReplyHandler>
#include <QUrl>

#include <memory>
#include <optional>

namespace gatehouse::http {
class HttpServer;
}

namespace gatehouse::oauth {

/// Receives the answer to a sign-in on a loopback listener of our own: exact path, GET only, one answer only,
/// values decoded once, and nothing handed on before state and issuer are judged (RFC 8252 §7.3, §8.10). Of
/// QtNetworkAuth only this interface is used: its flow class of 6.4 crashes when it is cancelled, and bends
/// parameters.
class ReplyHandler : public QAbstractOAuthReplyHandler
{
    Q_OBJECT

public:
    explicit ReplyHandler(QObject *parent = nullptr);
    ~ReplyHandler() override;

    static constexpr quint16 usualPort = 33418;

    /// Listens on loopback, on the usual port or, where that is taken, on a free one. The answer is the port.
    [[nodiscard]] base::Expected<quint16, QString> listen(quint16 port = usualPort);
    /// On the port that was taken before, for which the client is registered; false where it is taken by now.
    [[nodiscard]] bool listenAgain();
    /// On exactly that port: false where it is taken.
    [[nodiscard]] bool listenThere(quint16 port) { return listenOn(port).has_value(); }
    [[nodiscard]] bool isListening() const { return m_listening; }
    void stopListening();
    /// "http://127.0.0.1:33418/callback/…": a literal address, since AuthKit takes plain http for no other.
    [[nodiscard]] QString callback() const override;
    /// Where answers are awaited from now on: each issuer that this program registers with has a path of its
    /// own, so that a client that was registered with one is of no use at another (RFC 9700 §4.4.2.2).
    void awaitAnswersOf(const QString &issuer);
    /// For a client that the user registered: under the one path that can be told beforehand, "/callback".
    void awaitAnswersOfGivenClient();

    /// At an address of the user's choice. With a door that has it, answers come through that, and the
    /// listener only leads to the sign-in.
    void awaitAnswersAt(const Redirect &redirect, const std::optional<CallbackDoor> &door);

    /// Leads whoever opens the returned link to `address`, once. The link is what a browser's command line,
    /// which other users of the machine can read, and a terminal may show: it does not hold the state, and
    /// `secret`, its last segment, is worth nothing after its use.
    [[nodiscard]] QUrl offer(const QUrl &address, const QByteArray &secret);

    /// Opens the way for one answer.
    void expect(const Expectation &expectation);
    /// Judges an answer that came by another way than the listener; false where it was foreign and is
    /// ignored.
    bool acceptAnswer(QByteArrayView query);
    /// The answer that was taken as it may be shown, one parameter per line; empty before that.
    [[nodiscard]] QString shownAnswer() const { return m_shownAnswer; }
    /// The code of the answer that was taken; empty before that. Given once.
    [[nodiscard]] QByteArray takeCode();

public Q_SLOTS:
    /// Nothing comes this way: the token requests are Authorization's.
    void networkReplyFinished(QNetworkReply *reply) override;

Q_SIGNALS:
    /// The answer to the sign-in is here and judged; without a failure there is a code.
    void answered(const std::optional<gatehouse::oauth::Failure> &failure);
    /// The link was opened once more after its use, by the user or by whoever read it off this machine. Once
    /// for each link.
    void openedAgain();

private:
    /// To a request at the listener.
    [[nodiscard]] http::Response answer(const http::Request &request);
    /// To one where answers are awaited, at the listener or at the door.
    [[nodiscard]] http::Response answerHere(const http::Request &request);
    [[nodiscard]] http::Response start(const http::Request &request);

    [[nodiscard]] base::Expected<quint16, QString> listenOn(quint16 port);

    std::unique_ptr<http::HttpServer> m_server;

    bool m_listening = false;
    quint16 m_port = usualPort;
    QString m_path = QStringLiteral("/callback");
    std::optional<Redirect> m_chosen; ///< By the user.
    std::optional<CallbackDoor> m_door; ///< That has it.
    std::optional<Expectation> m_expectation; ///< While an answer is awaited.
    QByteArray m_startPath; ///< Of the link; empty where none is offered.
    QUrl m_offered; ///< Until it was taken.
    bool m_isTold = false; ///< That it was opened again.
    QByteArray m_code;
    QString m_shownAnswer;
};

} // namespace gatehouse::oauth
