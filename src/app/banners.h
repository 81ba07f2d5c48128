// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/outages.h"
#include "host/host.h"
#include "inspector/tone.h"

#include <QHash>
#include <QList>
#include <QWidget>

#include <functional>
#include <optional>

class QFrame;
class QVBoxLayout;

namespace gatehouse::app {

/// What lasts and must be known, one line each above the view, with one button that does something about it.
class Banners : public QWidget
{
    Q_OBJECT

public:
    explicit Banners(QWidget *parent = nullptr);

    /// Null while nothing runs: then nothing is said.
    void setServer(const host::Running *running);
    void showNotice(const host::Notice &notice);
    /// A session that was cut off, and holds so many requests.
    void offerSession(const QString &path, qint64 requests);
    /// Why nothing is kept on disk now; empty: it is.
    void setRecordFault(const QString &why);
    /// A new start: what was unreachable may answer now.
    void forgetOutages();
    /// What was said and not taken back, or closed. Lives as long as this.
    [[nodiscard]] const Outages *outages() const { return &m_outages; }
    [[nodiscard]] bool isSandboxNoted() const { return m_isSandboxNoted; }
    void setSandboxNoted(bool isNoted);
    /// One line each, where there is little room.
    void setCompact(bool isCompact);
    void refresh();

Q_SIGNALS:
    void settingsWanted(const QString &field); ///< At that one.
    void outagesChanged();
    void keysWanted(); ///< The issuer is to be asked again, now.
    void verifyWanted(); ///< The token is to be checked again.
    void sessionWanted(const QString &path);
    void sessionNoted(const QString &path); ///< The user has seen, or opened it.

private:
    /// One line that is to be seen.
    struct Wanted
    {
        QString name;
        inspector::Tone tone = inspector::Tone::Warning;
        QString text;
        std::optional<host::Notice::Kind> kind; ///< Of a notice of the start.
        QString detail = {}; ///< Of a proxy.
    };
    [[nodiscard]] QList<Wanted> wanted() const;
    QString noteSession();
    [[nodiscard]] QFrame *make(const QString &name, inspector::Tone tone, const QString &text);
    void addButtons(QFrame *banner, const Wanted &what);
    void addCopy(QFrame *banner, const QString &secret);
    void addClose(QFrame *banner, std::function<void()> closed);

    QVBoxLayout *m_column;
    QHash<QString, QFrame *> m_shown; ///< By all that they say.
    host::Running m_running;
    QString m_session; ///< That was cut off.
    qint64 m_sessionRequests = 0;
    QString m_recordFault;
    bool m_isUp = false;
    bool m_isCompact = false;
    bool m_isSandboxNoted = false; ///< The user closed the banner.
    Outages m_outages;
    QStringList m_closedProxies; ///< The first of the others is shown; all are, once the address changes.
};

} // namespace gatehouse::app
