// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/personpage.h"

#include "base/headers.h"
#include "http/page.h"

using namespace Qt::StringLiterals;

namespace gatehouse::endpoint {

namespace {

QString entry(const QString &term, const QString &html)
{
    return u"<dt>"_s + term + u"</dt><dd>"_s + html + u"</dd>\n"_s;
}

QString code(const QString &text)
{
    return u"<code>"_s + text.toHtmlEscaped() + u"</code>"_s;
}

} // namespace

bool wantsPage(const http::Request &request)
{
    if (request.method != "GET" && request.method != "HEAD")
        return false;
    const QList<QByteArray> accepted = base::valuesOf(request.headers, "Accept");
    bool wantsHtml = false;
    for (const QByteArray &value : accepted) {
        const QList<QByteArray> types = value.split(',');
        for (const QByteArray &type : types) {
            const QByteArray name = type.split(';').first().trimmed().toLower();
            if (name == "text/event-stream")
                return false; // An MCP client, whatever else it takes.
            wantsHtml = wantsHtml || name == "text/html";
        }
    }
    return wantsHtml;
}

http::Response personPage(const auth::ResourceMetadata &server, bool asksForTokens)
{
    const QString address = server.resource;
    QString content
        = u"<h1>This is an MCP server</h1>\n<p>Programs talk to it, people do not: give its address to "
          "your MCP client.</p>\n<p>"_s
        + code(address) + u"</p>\n<dl>\n"_s;
    content += entry(u"Claude Code"_s, code(u"claude mcp add --transport http gatehouse "_s + address));
    content += entry(u"Other clients"_s, u"The address above, with the transport Streamable HTTP."_s);
    if (asksForTokens) {
        content += entry(u"Who may call"_s,
                         u"Whoever signs in with "_s + code(server.issuer)
                             + u"; your client opens its page by itself."_s);
        content += entry(u"For programs"_s, code(auth::resourceMetadataUrl(address)));
    } else {
        content += entry(u"Who may call"_s, u"Everybody: no token is asked for."_s);
    }
    return http::pageResponse(200, server.name, u"An MCP server"_s, content + u"</dl>"_s);
}

} // namespace gatehouse::endpoint
