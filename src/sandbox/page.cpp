// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/page.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

const QString &styleSheet()
{
    static const QString css = uR"css(
:root{color-scheme:light dark;--back:#f3f4f6;--card:#fff;--text:#16181d;--faint:#5b6270;--line:#d8dce3;--accent:#4f46e5;--on:#fff}
@media(prefers-color-scheme:dark){:root{--back:#101216;--card:#1a1d23;--text:#eceef2;--faint:#9aa2b1;--line:#333944;--accent:#8b85ff;--on:#101216}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.75rem}
h1{font-size:1.3rem;line-height:1.3;margin:.2rem 0 1rem;overflow-wrap:anywhere}
p{margin:.4rem 0;overflow-wrap:anywhere}
.mark,.faint{color:var(--faint);font-size:.875rem}
.mark{font-weight:600;letter-spacing:.04em;text-transform:uppercase}
fieldset{border:0;margin:1rem 0;padding:0}
legend{font-weight:600;padding:0;margin-bottom:.4rem}
label{display:flex;gap:.7rem;align-items:center;border:1px solid var(--line);border-radius:10px;padding:.6rem .8rem;margin:.4rem 0;cursor:pointer}
label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
label span{min-width:0;overflow-wrap:anywhere}
input{accent-color:var(--accent);flex:none}
input[type=password]{flex:1;min-width:0;font:inherit;padding:.4rem .6rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit}
code{font:.85em ui-monospace,monospace;overflow-wrap:anywhere}
dl{margin:1rem 0;font-size:.875rem}dt{color:var(--faint)}dd{margin:0 0 .5rem;overflow-wrap:anywhere}
.buttons{display:flex;flex-direction:row-reverse;gap:.7rem;margin-top:1.2rem}
button{flex:1;font:inherit;font-weight:600;padding:.65rem;border-radius:10px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
button[value=allow]{background:var(--accent);border-color:var(--accent);color:var(--on)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
)css"_s;
    return css;
}

/// Only this style sheet, no script, nothing from elsewhere. No form-action: browsers apply it to the
/// redirect that follows the form as well, and would stop the way back to the client without a word.
QByteArray contentPolicy()
{
    static const QByteArray policy = "default-src 'none'; style-src 'sha256-"
        + QCryptographicHash::hash(styleSheet().toUtf8(), QCryptographicHash::Sha256).toBase64()
        + "'; base-uri 'none'; frame-ancestors 'none'";
    return policy;
}

http::Response document(int status, const QString &title, const QString &content)
{
    http::Response response;
    response.status = status;
    // same-origin and not no-referrer: with that one a browser sends "Origin: null" with the form.
    response.headers = {{"Content-Type"_ba, "text/html; charset=utf-8"_ba},
                        {"Content-Security-Policy"_ba, contentPolicy()},
                        {"X-Frame-Options"_ba, "DENY"_ba},
                        {"X-Content-Type-Options"_ba, "nosniff"_ba},
                        {"Referrer-Policy"_ba, "same-origin"_ba},
                        {"Cache-Control"_ba, "no-store"_ba}};
    const QString head = u"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"_s
        + title.toHtmlEscaped() + u"</title><style>"_s;
    response.body
        = (head + styleSheet() + u"</style></head><body><main><p class=\"mark\">Gatehouse sandbox</p>\n"_s
           + content + u"</main></body></html>\n"_s)
              .toUtf8();
    return response;
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
