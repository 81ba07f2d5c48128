// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "store/address.h"
#include "store/database.h"
#include "store/document.h"
#include "store/documentchange.h"
#include "store/fault.h"

#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::store {

class OrganizationDocuments;

/// What documents tell of themselves, on their database's thread.
struct DocumentsWatch
{
    std::function<void(const DocumentChange &)> changed = {};
    /// Changes of other programs may have been missed.
    std::function<void()> missed = {};
    /// See DatabaseWatch.
    std::function<void(const std::optional<Fault> &)> state = {};
};

/// The documents of all organizations, in one database. From any thread.
class Documents
{
public:
    Documents(const Address &address, base::Clock clock, base::Random random, DocumentsWatch watch = {},
              DatabaseLimits limits = {});
    ~Documents();
    Q_DISABLE_COPY_MOVE(Documents)

    /// The only way to them: there is none to those of all organizations, and none where there is no
    /// organization (nullopt).
    [[nodiscard]] std::optional<OrganizationDocuments> of(const QString &organization);
    /// Who has how many, by name; for whoever administers this server, and never for a caller.
    void organizations(const Database::Answer<QList<OrganizationCount>> &answer);

private:
    friend class OrganizationDocuments;
    void tell(const DocumentChange &change) const;
    /// The time, but each another one: newest first is an order then.
    [[nodiscard]] qint64 stamp();

    const base::Clock m_clock;
    const base::Random m_random;
    const DocumentsWatch m_watch;
    std::atomic<qint64> m_lastStamp = 0;
    Database m_database;
};

/// The documents of one organization; whatever another one has does not exist. A value for the moment: not
/// to be kept longer than the documents are. Answers as Database does; where a title or text cannot be
/// stored, from within.
class OrganizationDocuments
{
public:
    using IsWanted = Database::IsWanted;
    template <typename T> using Answer = Database::Answer<T>;

    /// The newest, from a page's cursor on. A cursor that is none is Unfit.
    void list(const QString &cursor, const Answer<DocumentPage> &answer, const IsWanted &isWanted = {}) const;
    void get(const QString &id, const Answer<Document> &answer, const IsWanted &isWanted = {}) const;
    /// Answers with it as it is stored.
    void create(const QString &title, const QString &text, const Answer<Document> &answer,
                const IsWanted &isWanted = {}) const;
    struct Edit
    {
        std::optional<QString> title = {};
        std::optional<QString> text = {};
    };
    void update(const QString &id, const Edit &edit, const Answer<Document> &answer,
                const IsWanted &isWanted = {}) const;
    /// Answers with what was deleted.
    void remove(const QString &id, const Answer<Document> &answer, const IsWanted &isWanted = {}) const;
    /// Puts back what remove() answered with, as it was.
    void restore(const Document &document, const Answer<Document> &answer) const;
    /// Those that have all of the query's words, each as the beginning of one, in title or text.
    void search(const QString &query, const Answer<DocumentHits> &answer,
                const IsWanted &isWanted = {}) const;
    /// Ids that begin with that, else of those that search() finds; a hundred and one at most.
    void complete(const QString &typed, const Answer<QStringList> &answer,
                  const IsWanted &isWanted = {}) const;

private:
    friend class Documents;
    OrganizationDocuments(Documents &documents, QString organization)
        : m_documents(documents)
        , m_organization(std::move(organization))
    { }
    [[nodiscard]] Database::Job<Document> telling(DocumentChange::Kind kind,
                                                  const Database::Job<Document> &job) const;
    [[nodiscard]] Answer<Document> telling(DocumentChange::Kind kind, const Answer<Document> &answer) const;

    Documents &m_documents;
    const QString m_organization;
};

} // namespace gatehouse::store
