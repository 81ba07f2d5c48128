// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace gatehouse::store {

/// What an organization keeps. Times are milliseconds since 1970.
struct Document
{
    QString id = {}; ///< "doc_" and 26 of 0-9 A-Z.
    QString title = {};
    QString text = {}; ///< Empty in lists.
    qint64 createdAt = 0;
    qint64 updatedAt = 0;

    bool operator==(const Document &) const = default;
};

/// Some of a list, newest first.
struct DocumentPage
{
    QList<Document> documents = {};
    QString next = {}; ///< The cursor of what follows; empty at the end.
};

/// One that was found, with the words around.
struct DocumentHit
{
    Document document = {};
    QString excerpt = {};
};

struct DocumentHits
{
    QList<DocumentHit> hits = {}; ///< Newest first.
    bool hasMore = false;
};

struct OrganizationCount
{
    QString organization = {};
    qint64 documents = 0;
};

/// Beyond these nothing is stored.
struct DocumentLimits
{
    static constexpr qsizetype titleLength = 200; ///< Characters, as JSON Schema counts them …
    static constexpr qsizetype textLength = 100'000;
    static constexpr qsizetype queryLength = 500;
    static constexpr qsizetype queryWords = 16; ///< Further ones are not looked for.
    static constexpr qsizetype organizationLength = 255; ///< … and UTF-16 units.
    static constexpr int perOrganization = 10'000;
    static constexpr int page = 100;
    static constexpr int hits = 20;
};

} // namespace gatehouse::store
