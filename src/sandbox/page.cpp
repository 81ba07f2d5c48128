// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/page.h"

#include "http/page.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

http::Response document(int status, const QString &title, const QString &content)
{
    return http::pageResponse(status, u"Gatehouse sandbox"_s, title, content);
}

QString radio(const User &user, const Organization *organization, const QString &role, bool isChecked)
{
    const QString name = user.firstName.isEmpty() && user.lastName.isEmpty()
        ? user.email
        : u"%1 %2"_s.arg(user.firstName, user.lastName).trimmed();
    const QString where = organization ? u"%1, %2"_s.arg(organization->name, role) : u"no organization"_s;
    // By concatenation: arg() would read a "%1" in a name as a place of its own.
    return u"<label><input type=\"radio\" name=\"identity\" required value=\""_s
        + identityOf(user.id, organization ? organization->id : QString()).toHtmlEscaped() + u'"'
        + (isChecked ? u" checked"_s : QString()) + u"><span>"_s + name.toHtmlEscaped() + u" · "_s
        + where.toHtmlEscaped() + u"<br><span class=\"faint\">"_s + user.email.toHtmlEscaped()
        + (user.emailVerified ? QString() : u" (not verified)"_s) + u"</span></span></label>\n"_s;
}

QString choices(const SignInPage &page, const People &people)
{
    QString out;
    bool isChecked = false;
    for (const User &user : people.users) {
        const bool isChosen = !isChecked && (page.chosenUserId.isEmpty() || page.chosenUserId == user.id);
        isChecked = isChecked || isChosen;
        if (user.memberships.isEmpty())
            out += radio(user, nullptr, {}, isChosen);
        for (qsizetype i = 0; i < user.memberships.size(); ++i) {
            const Membership &membership = user.memberships.at(i);
            out += radio(user, people.organization(membership.organizationId), membership.role,
                         isChosen && i == 0);
        }
    }
    return out;
}

QString row(const QString &term, const QString &value)
{
    return u"<dt>"_s + term + u"</dt><dd><code>"_s + value.toHtmlEscaped() + u"</code></dd>"_s;
}

} // namespace

http::Response signInPage(const SignInPage &page, const People &people)
{
    QString content = u"<h1>"_s + page.clientName.toHtmlEscaped() + u" asks for access</h1>\n"_s;
    content
        += u"<form method=\"post\" action=\"/oauth2/authorize\"><input type=\"hidden\" name=\"form_token\" value=\""_s
        + page.formToken.toHtmlEscaped() + u"\">\n<fieldset><legend>Who signs in?</legend>\n"_s
        + choices(page, people) + u"</fieldset>\n<dl>"_s + row(u"May use"_s, page.scopes.join(u' '));
    if (!page.resource.isEmpty())
        content += row(u"At"_s, page.resource);
    content += row(u"Goes back to"_s, page.redirectUri) + u"</dl>\n"_s;
    // Not required by the browser: whoever denies needs none.
    if (page.asksForSecret)
        content += (page.wasWrong ? u"<p role=\"alert\"><b>That is not the secret of this run.</b></p>\n"_s
                                  : QString())
            + u"<p><label class=\"field\">Secret of this run <input type=\"password\" name=\"sandbox_token\" "
              "autocomplete=\"off\" spellcheck=\"false\"></label></p>\n"
              "<p class=\"faint\">Gatehouse shows it where the sandbox was started.</p>\n"_s;
    // The first button of a form is the one that Return presses.
    content += u"<div class=\"buttons\"><button name=\"decision\" value=\"allow\">Allow</button>"
               "<button name=\"decision\" value=\"deny\">Deny</button></div></form>\n"
               "<p class=\"faint\">These people exist only on this computer."_s
        + (page.asksForSecret ? QString() : u" There is no password."_s) + u"</p>\n"_s;
    if (page.wasWrong)
        return document(403, u"Sign in to "_s + page.clientName, content);
    return document(200, u"Sign in to "_s + page.clientName, content);
}

http::Response errorPage(int status, const QString &error, const QString &description)
{
    return document(status, u"This sign-in cannot go on"_s,
                    u"<h1>This sign-in cannot go on</h1>\n<p>"_s + description.toHtmlEscaped()
                        + u"</p>\n<p class=\"faint\"><code>"_s + error.toHtmlEscaped() + u"</code></p>\n"_s);
}

QString identityOf(const QString &userId, const QString &organizationId)
{
    return organizationId.isEmpty() ? userId : userId + u'@' + organizationId;
}

PageIdentity findIdentity(const QString &identity, const People &people)
{
    const QString organizationId = identity.section(u'@', 1);
    const User *user = people.userById(identity.section(u'@', 0, 0));
    if (!user)
        return {};
    const bool fits = organizationId.isEmpty()
        ? user->memberships.isEmpty()
        : std::any_of(
            user->memberships.begin(), user->memberships.end(),
            [&organizationId](const Membership &one) { return one.organizationId == organizationId; });
    return fits ? PageIdentity{user, organizationId} : PageIdentity{};
}

} // namespace gatehouse::sandbox
