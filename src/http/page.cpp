// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/page.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

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

} // namespace

Response pageResponse(int status, const QString &mark, const QString &title, const QString &content)
{
    Response response;
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
    response.body = (head + styleSheet() + u"</style></head><body><main><p class=\"mark\">"_s
                     + mark.toHtmlEscaped() + u"</p>\n"_s + content + u"</main></body></html>\n"_s)
                        .toUtf8();
    return response;
}

} // namespace gatehouse::http
