// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::inspector {

/// The two documents in which an issuer describes itself, as objects; empty where there is none.
struct IssuerDocuments
{
    QJsonObject authorizationServer = {}; ///< RFC 8414
    QJsonObject openId = {}; ///< OpenID Connect Discovery 1.0 §3

    bool operator==(const IssuerDocuments &) const = default;
};

/// A field of them.
struct DocumentRow
{
    enum class From { Both, AuthorizationServer, OpenId, Differing };
    QString field = {};
    QString value = {}; ///< A list of texts in one line, anything else as JSON.
    From from = From::Both;
    QString other = {}; ///< With Differing: what the OpenID document says.
    bool isChanged = false; ///< Since an earlier reading.
    QString before = {}; ///< Its value then; empty: it was absent.
    bool isGone = false; ///< It was there then.

    bool operator==(const DocumentRow &) const = default;
};
/// Both as one: addresses first, the rest by name; `before` is an earlier reading, or nothing. At most 500.
[[nodiscard]] QList<DocumentRow> documentRowsOf(const IssuerDocuments &now, const IssuerDocuments &before);
/// "both", "OAuth document", …
[[nodiscard]] QString wordOf(DocumentRow::From from);

/// A field of what a server says of itself (RFC 9728), and what there is to say about that.
struct ResourceRow
{
    QString field = {};
    QString value = {};
    Tone tone = Tone::Muted; ///< Good, Bad, or Muted where nothing is checked.
    QString words = {};

    bool operator==(const ResourceRow &) const = default;
};
/// What it is compared with.
struct ResourceFacts
{
    QString address = {}; ///< That clients are told.
    QString issuer = {}; ///< That is configured; empty: nobody is asked for a token.
    QString issuerSays = {}; ///< What its document calls itself; empty: it could not be read.
    QStringList needed = {}; ///< Scopes without which something cannot be used.
};
[[nodiscard]] QList<ResourceRow> resourceRowsOf(const QJsonObject &document, const ResourceFacts &facts);

} // namespace gatehouse::inspector
