// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/documents.h"

#include "base/base64url.h"
#include "base/ulid.h"
#include "store/documentschema.h"
#include "store/words.h"

#include <QCryptographicHash>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

template <typename T> using Made = base::Expected<T, Fault>;
using Rows = Connection::Rows;

const QString channel = u"gatehouse_documents"_s;
constexpr int completions = 101; // One more than a client is given, so that it is told of more.

tl::unexpected<Fault> unfit(const QString &why)
{
    return base::failure(Fault{Fault::Kind::Unfit, why});
}

/// As JSON Schema counts them.
qsizetype charactersIn(const QString &text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

std::optional<Fault> faultIn(const QString &text, const QString &what, qsizetype most)
{
    if (charactersIn(text) > most)
        return Fault{Fault::Kind::Unfit, u"The %1 has more than %2 characters."_s.arg(what).arg(most)};
    if (!isStorable(text))
        return Fault{Fault::Kind::Unfit,
                     u"The %1 holds U+0000, U+FFFE, U+FFFF or half a character, or begins with U+FEFF, which "
                     u"cannot be "
                     "stored."_s.arg(what)};
    return std::nullopt;
}

std::optional<Fault> faultInTitle(const QString &title)
{
    if (title.trimmed().isEmpty())
        return Fault{Fault::Kind::Unfit, u"A document needs a title."_s};
    return faultIn(title, u"title"_s, DocumentLimits::titleLength);
}

std::optional<Fault> faultInText(const QString &text)
{
    return faultIn(text, u"text"_s, DocumentLimits::textLength);
}

Document documentIn(const QVariantList &row)
{
    return {row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
            row.value(3).toLongLong(), row.value(4).toLongLong()};
}

Made<Document> only(const Made<Rows> &found)
{
    if (!found)
        return base::failure(found.error());
    if (found->rows.isEmpty())
        return base::failure(Fault{Fault::Kind::NotFound});
    return documentIn(found->rows.first());
}

const QString oneDocument = u"SELECT id, title, text, created_ms, updated_ms FROM gatehouse_document "
                            "WHERE organization = ? AND id = ?"_s;

Made<Document> findIn(Connection &connection, const QString &organization, const QString &id)
{
    return only(connection.run(oneDocument, {organization, id}));
}

/// Until the end of the transaction nobody else changes it: what another program wrote meanwhile would be
/// overwritten with what was read here. A file has one writer at a time anyway.
Made<Document> findToChange(Connection &connection, const QString &organization, const QString &id)
{
    return only(connection.run(connection.isServer() ? oneDocument + u" FOR UPDATE"_s : oneDocument,
                               {organization, id}));
}

/// Where a page begins: behind that time and id. No number that counts for all: it would say how many
/// documents others make.
struct Place
{
    qint64 updatedAt = 0;
    QString id = {};
};

QString cursorOf(const Document &last)
{
    return QString::fromLatin1(
        base::toBase64Url(QByteArray::number(last.updatedAt) + ' ' + last.id.toUtf8()));
}

std::optional<Place> placeOf(const QString &cursor)
{
    const QList<QByteArray> parts = base::fromBase64Url(cursor.toUtf8()).value_or(QByteArray()).split(' ');
    bool isTime = false;
    const Place place{parts.value(0).toLongLong(&isTime), QString::fromUtf8(parts.value(1))};
    return parts.size() == 2 && isTime && !place.id.isEmpty() ? std::optional(place) : std::nullopt;
}

Made<DocumentPage> pageIn(Connection &connection, const QString &organization,
                          const std::optional<Place> &from)
{
    const QString start = u"SELECT id, title, '', created_ms, updated_ms FROM gatehouse_document "
                          "WHERE organization = ?"_s;
    const QString end = u" ORDER BY updated_ms DESC, id DESC LIMIT %1"_s.arg(DocumentLimits::page + 1);
    const auto found = from ? connection.run(start + u" AND (updated_ms, id) < (?, ?)"_s + end,
                                             {organization, from->updatedAt, from->id})
                            : connection.run(start + end, {organization});
    if (!found)
        return base::failure(found.error());
    DocumentPage page;
    for (const QVariantList &row : found->rows) {
        if (page.documents.size() == DocumentLimits::page) {
            page.next = cursorOf(page.documents.last());
            break;
        }
        page.documents.append(documentIn(row));
    }
    return page;
}

/// A word that only the documents of one organization have: the index is one for all, and whoever looks for a
/// word shall neither wait for what others wrote nor learn from the time that they did. A text that has it on
/// purpose gains nothing: the organization is compared as well.
QString wordOf(const QString &organization)
{
    const QByteArray digest = QCryptographicHash::hash(organization.toUtf8(), QCryptographicHash::Sha256);
    return u"O"_s + QString::fromLatin1(digest.toHex().first(32));
}

QString indexed(const QString &organization, const Document &document)
{
    return (QStringList{wordOf(organization)} + wordsOf(document.title + u' ' + document.text)).join(u' ');
}

/// All of these words, each as the beginning of one. They hold letters and digits only.
QString queryOf(const QString &organization, const QStringList &words, bool isServer)
{
    const QString whole = isServer ? u"'%1'"_s : u"\"%1\""_s;
    const QString each = whole + (isServer ? u":*"_s : u"*"_s);
    QStringList parts{whole.arg(wordOf(organization))};
    for (const QString &word : words) // Hardly a text has no word that begins with some one letter.
        parts.append((word.size() > 1 ? each : whole).arg(word));
    return parts.join(isServer ? u" & "_s : u" "_s);
}

/// The newest that have these words, without their texts, which would be carried along while they are put in
/// order.
Made<QList<Document>> found(Connection &connection, const QString &organization, const QStringList &words,
                            int most)
{
    const QString statement = connection.isServer()
        ? u"SELECT id, title, '', created_ms, updated_ms FROM gatehouse_document "
          "WHERE organization = ? AND words @@ CAST(? AS tsquery) "
          "ORDER BY updated_ms DESC, id DESC LIMIT %1"_s
        : u"SELECT d.id, d.title, '', d.created_ms, d.updated_ms FROM gatehouse_document d "
          "JOIN gatehouse_document_words w ON w.rowid = d.number "
          "WHERE d.organization = ? AND gatehouse_document_words MATCH ? "
          "ORDER BY d.updated_ms DESC, d.id DESC LIMIT %1"_s;
    const auto rows = connection.run(statement.arg(most),
                                     {organization, queryOf(organization, words, connection.isServer())});
    if (!rows)
        return base::failure(rows.error());
    QList<Document> documents;
    for (const QVariantList &row : rows->rows)
        documents.append(documentIn(row));
    return documents;
}

Made<DocumentHits> hitsIn(Connection &connection, const QString &organization, const QStringList &words)
{
    const auto documents = found(connection, organization, words, DocumentLimits::hits + 1);
    if (!documents)
        return base::failure(documents.error());
    DocumentHits hits;
    hits.hasMore = documents->size() > DocumentLimits::hits;
    for (const Document &one : documents->mid(0, DocumentLimits::hits)) {
        const auto whole = findIn(connection, organization, one.id);
        if (!whole && whole.error().kind != Fault::Kind::NotFound) // Somebody may have deleted it meanwhile.
            return base::failure(whole.error());
        if (whole)
            hits.hits.append({*whole, excerptOf(whole->text, words)});
    }
    return hits;
}

Made<Document> insertInto(Connection &connection, const QString &organization, const Document &made)
{
    const auto count
        = connection.run(u"SELECT count(*) FROM gatehouse_document WHERE organization = ?"_s, {organization});
    if (!count)
        return base::failure(count.error());
    if (count->rows.value(0).value(0).toInt() >= DocumentLimits::perOrganization)
        return base::failure(Fault{Fault::Kind::TooMany,
                                   u"Your organization has %1 documents, and may not have more."_s.arg(
                                       DocumentLimits::perOrganization)});
    const QString words = indexed(organization, made);
    const QVariantList values{made.id, organization, made.title, made.text, made.createdAt, made.updatedAt};
    const QString start
        = u"INSERT INTO gatehouse_document "
          "(id, organization, title, text, created_ms, updated_ms%1) VALUES (?, ?, ?, ?, ?, ?%2)"_s;
    const auto inserted = connection.isServer()
        ? connection.run(start.arg(u", words"_s, u", array_to_tsvector(string_to_array(?, ' '))"_s),
                         values + QVariantList{words})
        : connection.run(start.arg(QString(), QString()), values);
    if (!inserted)
        return base::failure(inserted.error());
    if (!connection.isServer()) {
        const auto indexed
            = connection.run(u"INSERT INTO gatehouse_document_words (rowid, words) "
                             "SELECT number, ? FROM gatehouse_document WHERE organization = ? AND id = ?"_s,
                             {words, organization, made.id});
        if (!indexed)
            return base::failure(indexed.error());
    }
    return made;
}

Made<Document> updateIn(Connection &connection, const QString &organization, const Document &changed)
{
    const QString words = indexed(organization, changed);
    const QVariantList values{changed.title, changed.text, changed.updatedAt};
    const QVariantList where{organization, changed.id};
    const QString statement = u"UPDATE gatehouse_document SET title = ?, text = ?, updated_ms = ?%1 "
                              "WHERE organization = ? AND id = ?"_s;
    const auto updated = connection.isServer()
        ? connection.run(statement.arg(u", words = array_to_tsvector(string_to_array(?, ' '))"_s),
                         values + QVariantList{words} + where)
        : connection.run(statement.arg(QString()), values + where);
    if (!updated)
        return base::failure(updated.error());
    if (!connection.isServer()) {
        const auto indexed
            = connection.run(u"UPDATE gatehouse_document_words SET words = ? WHERE rowid = "
                             "(SELECT number FROM gatehouse_document WHERE organization = ? AND id = ?)"_s,
                             QVariantList{words} + where);
        if (!indexed)
            return base::failure(indexed.error());
    }
    return changed;
}

Made<Document> removeFrom(Connection &connection, const QString &organization, const QString &id)
{
    const auto gone = findToChange(connection, organization, id);
    if (!gone)
        return gone;
    if (!connection.isServer()) {
        const auto unindexed
            = connection.run(u"DELETE FROM gatehouse_document_words WHERE rowid = "
                             "(SELECT number FROM gatehouse_document WHERE organization = ? AND id = ?)"_s,
                             {organization, id});
        if (!unindexed)
            return base::failure(unindexed.error());
    }
    const auto removed = connection.run(u"DELETE FROM gatehouse_document WHERE organization = ? AND id = ?"_s,
                                        {organization, id});
    if (!removed)
        return base::failure(removed.error());
    return gone;
}

DatabaseWatch watchOf(const DocumentsWatch &watch)
{
    DatabaseWatch made{{}, {}, watch.missed, watch.state};
    if (watch.changed) {
        made.channel = channel;
        made.told = [changed = watch.changed](const QString &payload) {
            if (const auto change = documentChangeIn(payload))
                changed(*change);
        };
    }
    return made;
}

} // namespace

Documents::Documents(const Address &address, base::Clock clock, base::Random random, DocumentsWatch watch,
                     DatabaseLimits limits)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
    , m_watch(std::move(watch))
    , m_database(address, documentSchema(), watchOf(m_watch), limits)
{ }

Documents::~Documents() = default;

std::optional<OrganizationDocuments> Documents::of(const QString &organization)
{
    // What no issuer would sign is nobody's.
    if (organization.isEmpty() || organization.size() > DocumentLimits::organizationLength
        || !isStorable(organization))
        return std::nullopt;
    return OrganizationDocuments(*this, organization);
}

void Documents::organizations(const Database::Answer<QList<OrganizationCount>> &answer)
{
    m_database.read<QList<OrganizationCount>>(
        [](Connection &connection) -> Made<QList<OrganizationCount>> {
            const auto rows = connection.run(u"SELECT organization, count(*) FROM gatehouse_document "
                                             "GROUP BY organization ORDER BY organization LIMIT 1000"_s);
            if (!rows)
                return base::failure(rows.error());
            QList<OrganizationCount> counts;
            for (const QVariantList &row : rows->rows)
                counts.append({row.value(0).toString(), row.value(1).toLongLong()});
            return counts;
        },
        answer);
}

qint64 Documents::stamp()
{
    const qint64 now = m_clock();
    qint64 last = m_lastStamp;
    while (!m_lastStamp.compare_exchange_weak(last, std::max(now, last + 1))) { }
    return std::max(now, last + 1);
}

void Documents::tell(const DocumentChange &change) const
{
    if (m_watch.changed)
        m_watch.changed(change);
}

/// Other programs on the same server are told when it counts, and only then.
Database::Job<Document> OrganizationDocuments::telling(DocumentChange::Kind kind,
                                                       const Database::Job<Document> &job) const
{
    return [kind, job, organization = m_organization](Connection &connection) -> Made<Document> {
        auto made = job(connection);
        if (!made || !connection.isServer())
            return made;
        const auto told = connection.run(u"SELECT CAST(pg_notify(?, ?) AS text)"_s,
                                         {channel, payloadOf({kind, organization, made->id})});
        return told ? made : base::failure(told.error());
    };
}

Database::Answer<Document> OrganizationDocuments::telling(DocumentChange::Kind kind,
                                                          const Answer<Document> &answer) const
{
    return
        [kind, answer, organization = m_organization, &documents = m_documents](const Made<Document> &made) {
            answer(made);
            if (made)
                documents.tell({kind, organization, made->id});
        };
}

void OrganizationDocuments::list(const QString &cursor, const Answer<DocumentPage> &answer,
                                 const IsWanted &isWanted) const
{
    const auto place = placeOf(cursor);
    if (!cursor.isEmpty() && !place)
        return answer(unfit(u"The cursor is not one of this list."_s));
    m_documents.m_database.read<DocumentPage>(
        [place, organization = m_organization](Connection &connection) {
            return pageIn(connection, organization, place);
        },
        answer, isWanted);
}

void OrganizationDocuments::get(const QString &id, const Answer<Document> &answer,
                                const IsWanted &isWanted) const
{
    if (!isStorable(id))
        return answer(base::failure(Fault{Fault::Kind::NotFound}));
    m_documents.m_database.read<Document>(
        [id, organization = m_organization](Connection &connection) {
            return findIn(connection, organization, id);
        },
        answer, isWanted);
}

void OrganizationDocuments::create(const QString &title, const QString &text, const Answer<Document> &answer,
                                   const IsWanted &isWanted) const
{
    if (const auto fault = faultInTitle(title))
        return answer(base::failure(*fault));
    if (const auto fault = faultInText(text))
        return answer(base::failure(*fault));
    const qint64 now = m_documents.stamp();
    const Document made{u"doc_"_s + base::ulid(now, m_documents.m_random), title, text, now, now};
    const auto kind = DocumentChange::Kind::Created;
    m_documents.m_database.write<Document>(
        telling(kind,
                [made, organization = m_organization](Connection &connection) {
                    return insertInto(connection, organization, made);
                }),
        telling(kind, answer), isWanted);
}

void OrganizationDocuments::update(const QString &id, const Edit &edit, const Answer<Document> &answer,
                                   const IsWanted &isWanted) const
{
    if (!isStorable(id))
        return answer(base::failure(Fault{Fault::Kind::NotFound}));
    if (!edit.title && !edit.text)
        return answer(unfit(u"There is nothing to change: give a title, a text, or both."_s));
    if (const auto fault = edit.title ? faultInTitle(*edit.title) : std::nullopt)
        return answer(base::failure(*fault));
    if (const auto fault = edit.text ? faultInText(*edit.text) : std::nullopt)
        return answer(base::failure(*fault));
    const auto kind = DocumentChange::Kind::Updated;
    m_documents.m_database.write<Document>(
        telling(kind,
                [id, edit, now = m_documents.stamp(),
                 organization = m_organization](Connection &connection) -> Made<Document> {
                    auto changed = findToChange(connection, organization, id);
                    if (!changed)
                        return changed;
                    changed->title = edit.title.value_or(changed->title);
                    changed->text = edit.text.value_or(changed->text);
                    changed->updatedAt
                        = std::max(now, changed->updatedAt); // The clock may have been set back.
                    return updateIn(connection, organization, *changed);
                }),
        telling(kind, answer), isWanted);
}

void OrganizationDocuments::remove(const QString &id, const Answer<Document> &answer,
                                   const IsWanted &isWanted) const
{
    if (!isStorable(id))
        return answer(base::failure(Fault{Fault::Kind::NotFound}));
    const auto kind = DocumentChange::Kind::Deleted;
    m_documents.m_database.write<Document>(
        telling(kind,
                [id, organization = m_organization](Connection &connection) {
                    return removeFrom(connection, organization, id);
                }),
        telling(kind, answer), isWanted);
}

void OrganizationDocuments::restore(const Document &document, const Answer<Document> &answer) const
{
    const auto kind = DocumentChange::Kind::Created;
    m_documents.m_database.write<Document>(
        telling(kind,
                [document, organization = m_organization](Connection &connection) {
                    return insertInto(connection, organization, document);
                }),
        telling(kind, answer));
}

void OrganizationDocuments::search(const QString &query, const Answer<DocumentHits> &answer,
                                   const IsWanted &isWanted) const
{
    if (const auto fault = faultIn(query, u"query"_s, DocumentLimits::queryLength))
        return answer(base::failure(*fault));
    const QStringList words = wordsOf(query).mid(0, DocumentLimits::queryWords);
    if (words.isEmpty())
        return answer(unfit(u"The query has no word in it: letters or digits are looked for."_s));
    m_documents.m_database.read<DocumentHits>(
        [words, organization = m_organization](Connection &connection) {
            return hitsIn(connection, organization, words);
        },
        answer, isWanted);
}

void OrganizationDocuments::complete(const QString &typed, const Answer<QStringList> &answer,
                                     const IsWanted &isWanted) const
{
    if (charactersIn(typed) > DocumentLimits::queryLength || !isStorable(typed))
        return answer(QStringList());
    m_documents.m_database.read<QStringList>(
        [typed, organization = m_organization](Connection &connection) -> Made<QStringList> {
            QStringList ids;
            const auto rows = connection.run(u"SELECT id FROM gatehouse_document WHERE organization = ? AND "
                                             u"substr(id, 1, CAST(? AS integer)) = ? "
                                             "ORDER BY updated_ms DESC, id DESC LIMIT %1"_s.arg(completions),
                                             {organization, qint64(typed.size()), typed});
            if (!rows)
                return base::failure(rows.error());
            for (const QVariantList &row : rows->rows)
                ids.append(row.value(0).toString());
            const QStringList words = wordsOf(typed);
            if (!ids.isEmpty() || words.isEmpty())
                return ids;
            const auto documents = found(connection, organization, words, completions);
            if (!documents)
                return base::failure(documents.error());
            for (const Document &one : *documents)
                ids.append(one.id);
            return ids;
        },
        answer, isWanted);
}

} // namespace gatehouse::store
