// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/challenge.h"

#include "auth/explanation.h"
#include "auth/resourcemetadata.h"

#include <QByteArrayList>

namespace gatehouse::auth {

namespace {

/// A quoted-string of RFC 9110 §5.6.4 that needs no escape: what could end it is left out.
QByteArray quoted(const QString &text)
{
    QByteArray safe;
    for (const QChar c : text) {
        if (c.unicode() >= 0x20 && c.unicode() < 0x7f && c != u'"' && c != u'\\')
            safe += char(c.unicode());
    }
    return '"' + safe + '"';
}

} // namespace

QByteArray challengeFor(const Verdict &verdict, const Policy &policy)
{
    const Explanation words = explain(verdict);
    QByteArrayList parts;
    if (!words.error.isEmpty()) {
        parts.append("error=" + quoted(words.error));
        parts.append("error_description=" + quoted(words.wire));
    }
    const QStringList scopes
        = verdict.reason == Reason::MissingScope ? verdict.neededScopes : policy.needs.scopes;
    if (!scopes.isEmpty())
        parts.append("scope=" + quoted(scopes.join(u' ')));
    parts.append("resource_metadata=" + quoted(resourceMetadataUrl(policy.resource)));
    return "Bearer " + parts.join(", ");
}

} // namespace gatehouse::auth
