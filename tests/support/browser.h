// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/wait.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QWebSocket>

#include <memory>

namespace gatehouse {

/// Debian's Chromium without a window, steered through its DevTools protocol: opens addresses and presses
/// buttons as a person does. Reaches nothing but this machine.
class Browser
{
public:
    ~Browser()
    {
        m_socket.close();
        m_process.terminate();
        if (!m_process.waitForFinished(5000)) {
            m_process.kill();
            m_process.waitForFinished(5000);
        }
    }

    [[nodiscard]] static QString program()
    {
        return QStandardPaths::findExecutable(QStringLiteral("chromium"));
    }

    bool start()
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(
            program(),
            {QStringLiteral("--headless"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"),
             QStringLiteral("--disable-dev-shm-usage"), QStringLiteral("--no-first-run"),
             QStringLiteral("--disable-background-networking"), QStringLiteral("--disable-component-update"),
             QStringLiteral("--disable-sync"),
             QStringLiteral("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
             QStringLiteral("--remote-allow-origins=*"), QStringLiteral("--remote-debugging-port=0"),
             QStringLiteral("--user-data-dir=") + m_profile.path(), QStringLiteral("about:blank")});
        static const QRegularExpression line(QStringLiteral("DevTools listening on (ws://\\S+)"));
        QString said;
        const bool listens = gatehouse::waitFor(
            [&] {
                said += QString::fromUtf8(m_process.readAll());
                return line.match(said).hasMatch();
            },
            30'000);
        if (!listens) {
            qWarning("Chromium did not start: %s", qPrintable(said));
            return false;
        }
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString &text) {
            const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
            if (message.contains(QStringLiteral("id")))
                m_answers.insert(message.value(QStringLiteral("id")).toInt(), message);
        });
        m_socket.open(QUrl(line.match(said).captured(1)));
        return gatehouse::waitFor([this] { return m_socket.isValid(); }, 10'000);
    }

    /// Opens the address in a tab of its own; that tab is the one that press() and text() mean.
    bool open(const QUrl &url)
    {
        const QJsonObject made = ask(QStringLiteral("Target.createTarget"),
                                     {{QStringLiteral("url"), QString::fromLatin1(url.toEncoded())}});
        const QJsonObject attached
            = ask(QStringLiteral("Target.attachToTarget"),
                  {{QStringLiteral("targetId"), made.value(QStringLiteral("targetId"))},
                   {QStringLiteral("flatten"), true}});
        m_session = attached.value(QStringLiteral("sessionId")).toString();
        return !m_session.isEmpty();
    }

    /// Waits for the element and clicks it.
    bool press(const QString &selector)
    {
        const QString script
            = QStringLiteral(
                  "(()=>{const e=document.querySelector(%1);if(!e)return false;e.click();return true})()")
                  .arg(QString::fromUtf8(QJsonDocument(QJsonArray{selector}).toJson(QJsonDocument::Compact))
                           .mid(1)
                           .chopped(1));
        return gatehouse::waitFor([&] { return value(script).toBool(); }, 15'000);
    }

    [[nodiscard]] QString text() { return value(QStringLiteral("document.body.innerText")).toString(); }

private:
    QJsonValue value(const QString &script)
    {
        return ask(QStringLiteral("Runtime.evaluate"),
                   {{QStringLiteral("expression"), script}, {QStringLiteral("returnByValue"), true}})
            .value(QStringLiteral("result"))
            .toObject()
            .value(QStringLiteral("value"));
    }

    QJsonObject ask(const QString &method, const QJsonObject &parameters)
    {
        const int id = ++m_last;
        QJsonObject message{{QStringLiteral("id"), id},
                            {QStringLiteral("method"), method},
                            {QStringLiteral("params"), parameters}};
        if (!m_session.isEmpty() && !method.startsWith(QStringLiteral("Target.")))
            message.insert(QStringLiteral("sessionId"), m_session);
        m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
        if (!gatehouse::waitFor([&] { return m_answers.contains(id); }, 15'000))
            return {};
        return m_answers.take(id).value(QStringLiteral("result")).toObject();
    }

    QTemporaryDir m_profile;
    QProcess m_process;
    QWebSocket m_socket;
    QHash<int, QJsonObject> m_answers;
    QString m_session;
    int m_last = 0;
};

} // namespace gatehouse
