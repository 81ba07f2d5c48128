// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace Gatehouse {

/// Who calls, as the verified token says; what it lacks is empty.
struct User
{
    QString id = {}; ///< `sub`
    QString email = {};
    bool emailVerified = false;
    QString name = {};
    QString firstName = {};
    QString lastName = {};
    QString picture = {};
    QString organizationId = {}; ///< `org_id`; empty when no organization was chosen.
    QStringList roles = {};
    QStringList permissions = {};
    QString clientId = {}; ///< The program that signed in.
    bool isVerified = false; ///< False with verifyJwt off, and without authorization.
};

/// One call of a tool, a resource or a prompt. A copy may be kept, and used from any thread, also when the
/// answer is long given or the client has left: then its functions do nothing.
class Call
{
public:
    QString name = {}; ///< Of the tool or prompt, or the address of the resource.
    /// Checked against Tool::input. Of a resource: the variables of its template.
    QJsonObject arguments = {};
    User user = {};
    QStringList scopes = {};
    QJsonObject claims = {}; ///< All of the token, as they came.
    QString client = {}; ///< "claude-code 2.1", as the calling program names itself.
    QJsonObject state = {}; ///< Of the Result whose questions were asked.

    /// What the person wrote into that form, or the client answered; nothing where it was declined or not
    /// asked.
    [[nodiscard]] std::optional<QJsonObject> answer(const QString &question) const;

    /// How far the work is, for a client that wants to know. Only what is more than before is told.
    void progress(double done, double total = 0, const QString &message = {}) const;
    /// For the client's log (MCP "Logging").
    void log(const QString &text) const;
    /// Nobody waits for the answer any more.
    [[nodiscard]] bool isCancelled() const;
    /// Calls `then` once, on the server's thread, when nobody waits any more; soon if that is so already.
    /// Where the server is gone, it is called before this returns.
    void whenCancelled(std::function<void()> then) const;

private:
    friend struct CallMaker;
    struct Line;
    std::shared_ptr<const Line> m_line;
};

} // namespace Gatehouse
