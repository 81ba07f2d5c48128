// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "sandbox/people.h"

#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

/// What the sign-in page shows and sends back.
struct SignInPage
{
    QString formToken; ///< Of this one form: what a foreign page cannot know.
    QString clientName;
    QString redirectUri;
    QString resource;
    QStringList scopes;
    QString chosenUserId; ///< Selected beforehand; empty: the first.
    bool asksForSecret = false; ///< Of this run.
    bool wasWrong = false; ///< The secret that was given a moment ago.
};

/// The page where a person says who signs in, and whether. It sends form_token, identity, decision (allow
/// or deny) and, where it asks for it, sandbox_token to /oauth2/authorize: a name that is masked in every
/// record. Everything that came from outside is
/// escaped; no script, nothing from elsewhere, no frame.
[[nodiscard]] http::Response signInPage(const SignInPage &page, const People &people);

/// A page that says what went wrong where there is no client to send the browser back to.
[[nodiscard]] http::Response errorPage(int status, const QString &error, const QString &description);

/// The value of `identity` for a user in an organization, and the other way round.
[[nodiscard]] QString identityOf(const QString &userId, const QString &organizationId);
struct PageIdentity
{
    const User *user = nullptr; ///< Null if there is no such user or the user is not in that organization.
    QString organizationId;
};
[[nodiscard]] PageIdentity findIdentity(const QString &identity, const People &people);

} // namespace gatehouse::sandbox
