// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/documents.h"
#include "store/words.h"
#include "support/asked.h"
#include "support/postgresserver.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <map>
#include <mutex>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using store::DocumentChange;
using test::asked;

namespace {

const QString acme = u"org_acme"_s;
const QString globex = u"org_globex"_s;

} // namespace

class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void createsFindsChangesAndDeletes_data() { rows(); }
    void createsFindsChangesAndDeletes();
    void listsTheNewestFirstByPages_data() { rows(); }
    void listsTheNewestFirstByPages();
    void isBlindForOtherOrganizations_data() { rows(); }
    void isBlindForOtherOrganizations();
    void findsWordsAsTheyBegin_data() { rows(); }
    void findsWordsAsTheyBegin();
    void takesWhateverLooksLikeSqlAsText_data() { rows(); }
    void takesWhateverLooksLikeSqlAsText();
    void saysWhatCannotBeStored_data() { rows(); }
    void saysWhatCannotBeStored();
    void tellsOfChangesOnce_data() { rows(); }
    void tellsOfChangesOnce();
    void doesWhatAListInMemoryDoes_data() { rows(); }
    void doesWhatAListInMemoryDoes();
    void losesNothingWhereTwoProgramsWriteAtOnce_data() { rows(); }
    void losesNothingWhereTwoProgramsWriteAtOnce();
    void tellsOtherProgramsOnTheSameServer();

private:
    static void rows()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("SQLite") << false;
        QTest::newRow("PostgreSQL") << true;
    }
    /// An empty one for the row that is run.
    std::unique_ptr<store::Documents> make(store::DocumentsWatch watch = {})
    {
        const bool isServer
            = *static_cast<bool *>(QTest::qData("isServer", QMetaType::fromType<bool>().id()));
        ++m_databases;
        m_address = isServer ? m_server.address(u"documents%1"_s.arg(m_databases))
                             : m_folder.filePath(u"%1.sqlite"_s.arg(m_databases));
        return makeAt(m_address, std::move(watch));
    }
    std::unique_ptr<store::Documents> makeAt(const QString &address, store::DocumentsWatch watch = {})
    {
        return std::make_unique<store::Documents>(
            *store::addressFrom(address), [this] { return ++m_now; }, base::systemRandom(), std::move(watch));
    }
    static base::Expected<store::Document, store::Fault> create(store::Documents &documents,
                                                                const QString &organization,
                                                                const QString &title,
                                                                const QString &text = {})
    {
        return asked<store::Document>(
            [&](const auto &answer) { documents.of(organization)->create(title, text, answer); });
    }
    static base::Expected<store::Document, store::Fault> get(store::Documents &documents,
                                                             const QString &organization, const QString &id)
    {
        return asked<store::Document>(
            [&](const auto &answer) { documents.of(organization)->get(id, answer); });
    }
    static base::Expected<store::Document, store::Fault>
    update(store::Documents &documents, const QString &organization, const QString &id,
           const store::OrganizationDocuments::Edit &edit)
    {
        return asked<store::Document>(
            [&](const auto &answer) { documents.of(organization)->update(id, edit, answer); });
    }
    static base::Expected<store::Document, store::Fault>
    remove(store::Documents &documents, const QString &organization, const QString &id)
    {
        return asked<store::Document>(
            [&](const auto &answer) { documents.of(organization)->remove(id, answer); });
    }
    static QStringList titles(const QList<store::Document> &documents)
    {
        QStringList all;
        for (const store::Document &one : documents)
            all.append(one.title);
        return all;
    }
    /// The titles of all pages.
    static QStringList listed(store::Documents &documents, const QString &organization)
    {
        QStringList all;
        QString cursor;
        do {
            const auto page = asked<store::DocumentPage>(
                [&](const auto &answer) { documents.of(organization)->list(cursor, answer); });
            if (!page)
                return {u"failed: "_s + sentenceOf(page.error()) + page.error().detail};
            all += titles(page->documents);
            cursor = page->next;
        } while (!cursor.isEmpty());
        return all;
    }
    static QStringList found(store::Documents &documents, const QString &organization, const QString &query)
    {
        const auto hits = asked<store::DocumentHits>(
            [&](const auto &answer) { documents.of(organization)->search(query, answer); });
        if (!hits)
            return {u"failed: "_s + sentenceOf(hits.error()) + hits.error().detail};
        QStringList all;
        for (const store::DocumentHit &hit : hits->hits)
            all.append(hit.document.title);
        return all;
    }
    static QStringList completed(store::Documents &documents, const QString &organization,
                                 const QString &typed)
    {
        return asked<QStringList>(
                   [&](const auto &answer) { documents.of(organization)->complete(typed, answer); })
            .value_or(QStringList{u"failed"_s});
    }

    test::PostgresServer m_server;
    QTemporaryDir m_folder;
    QString m_address;
    int m_databases = 0;
    std::atomic<qint64> m_now = 1'000'000;
};

void TestDocuments::initTestCase()
{
    QVERIFY2(m_server.isThere(), "PostgreSQL is missing: scripts/install-packages test");
    QVERIFY(m_server.start());
}

void TestDocuments::createsFindsChangesAndDeletes()
{
    const auto documents = make();
    const auto made = create(*documents, acme, u"Plan"_s, u"Ship it."_s);
    QVERIFY2(made, qPrintable(test::why(made)));
    QVERIFY2(QRegularExpression(u"\\Adoc_[0-9A-HJKMNP-TV-Z]{26}\\z"_s).match(made->id).hasMatch(),
             qPrintable(made->id));
    QCOMPARE(get(*documents, acme, made->id), made);
    const auto changed = update(*documents, acme, made->id, {.title = {}, .text = u"Ship it today."_s});
    QVERIFY(changed);
    QCOMPARE(changed->title, u"Plan"_s);
    QCOMPARE(changed->createdAt, made->createdAt);
    QVERIFY(changed->updatedAt > made->updatedAt);
    QCOMPARE(get(*documents, acme, made->id), changed);
    QCOMPARE(remove(*documents, acme, made->id), changed);
    QCOMPARE(get(*documents, acme, made->id).error().kind, store::Fault::Kind::NotFound);
    QCOMPARE(remove(*documents, acme, made->id).error().kind, store::Fault::Kind::NotFound);
    QCOMPARE(update(*documents, acme, made->id, {u"x"_s, {}}).error().kind, store::Fault::Kind::NotFound);
    QCOMPARE(found(*documents, acme, u"ship"_s), QStringList());
    const auto back
        = asked<store::Document>([&](const auto &answer) { documents->of(acme)->restore(*changed, answer); });
    QCOMPARE(back, changed);
    QCOMPARE(get(*documents, acme, made->id), changed);
    QCOMPARE(found(*documents, acme, u"ship"_s), QStringList{u"Plan"_s});
}

void TestDocuments::listsTheNewestFirstByPages()
{
    const auto documents = make();
    QStringList wanted;
    for (int i = 0; i < 2 * store::DocumentLimits::page + 1; ++i) {
        QVERIFY(create(*documents, acme, QString::number(i)));
        wanted.prepend(QString::number(i));
    }
    QCOMPARE(listed(*documents, acme), wanted);
    const auto first
        = asked<store::DocumentPage>([&](const auto &answer) { documents->of(acme)->list({}, answer); });
    QCOMPARE(first->documents.size(), store::DocumentLimits::page);
    QVERIFY2(create(*documents, acme, u"new"_s), "what comes meanwhile does not move the pages");
    const auto second = asked<store::DocumentPage>(
        [&](const auto &answer) { documents->of(acme)->list(first->next, answer); });
    QCOMPARE(titles(second->documents), wanted.mid(store::DocumentLimits::page, store::DocumentLimits::page));
    for (const QString &wrong : {u"x"_s, u"%%%"_s, u"MQ"_s}) {
        const auto page = asked<store::DocumentPage>(
            [&](const auto &answer) { documents->of(acme)->list(wrong, answer); });
        QCOMPARE(page.error().kind, store::Fault::Kind::Unfit);
    }
}

void TestDocuments::isBlindForOtherOrganizations()
{
    const auto documents = make();
    const auto ours = create(*documents, acme, u"Ours"_s, u"secret"_s);
    QVERIFY(ours);
    QCOMPARE(listed(*documents, globex), QStringList());
    QCOMPARE(found(*documents, globex, u"secret"_s), QStringList());
    QCOMPARE(completed(*documents, globex, ours->id.left(8)), QStringList());
    QCOMPARE(get(*documents, globex, ours->id).error().kind, store::Fault::Kind::NotFound);
    QCOMPARE(update(*documents, globex, ours->id, {u"x"_s, u"x"_s}).error().kind,
             store::Fault::Kind::NotFound);
    QCOMPARE(remove(*documents, globex, ours->id).error().kind, store::Fault::Kind::NotFound);
    QCOMPARE(get(*documents, acme, ours->id), ours);
    // SQLite obeys a byte order mark where a text is bound.
    for (const QString &nobody :
         {QString(), QString(300, u'x'), u"a\0b"_s, QChar(0xFEFF) + acme, QChar(0xFFFE) + acme})
        QVERIFY(!documents->of(nobody));
    QCOMPARE(get(*documents, acme, QChar(0xFEFF) + ours->id).error().kind, store::Fault::Kind::NotFound);
    for (const QString &near :
         {u"org_acm"_s, u"org_acme "_s, u"ORG_ACME"_s, u"org_acme%"_s, u"%"_s, u"org_acm_"_s})
        QCOMPARE(listed(*documents, near), QStringList());
    QVERIFY(create(*documents, globex, u"Theirs"_s));
    const auto counts = asked<QList<store::OrganizationCount>>(
        [&](const auto &answer) { documents->organizations(answer); });
    QCOMPARE(counts->size(), 2);
    QCOMPARE(counts->first().organization, acme);
    QCOMPARE(counts->first().documents, 1);
}

void TestDocuments::findsWordsAsTheyBegin()
{
    const auto documents = make();
    QVERIFY(create(*documents, acme, u"Crème brûlée"_s, u"Sugar, eggs and cream."_s));
    QVERIFY(create(*documents, acme, u"Omelette"_s, u"Eggs and butter; 東京都 style."_s));
    QCOMPARE(found(*documents, acme, u"egg"_s), QStringList({u"Omelette"_s, u"Crème brûlée"_s}));
    QCOMPARE(found(*documents, acme, u"CREME"_s), QStringList({u"Crème brûlée"_s}));
    QCOMPARE(found(*documents, acme, u"eggs but"_s), QStringList({u"Omelette"_s}));
    QCOMPARE(found(*documents, acme, u"eggs sugar butter"_s), QStringList());
    QCOMPARE(found(*documents, acme, u"gg"_s), QStringList());
    QCOMPARE(found(*documents, acme, u"京都"_s), QStringList({u"Omelette"_s}));
    const auto nothing = asked<store::DocumentHits>(
        [&](const auto &answer) { documents->of(acme)->search(u" *-\"' "_s, answer); });
    QCOMPARE(nothing.error().kind, store::Fault::Kind::Unfit);
    const auto hits = asked<store::DocumentHits>(
        [&](const auto &answer) { documents->of(acme)->search(u"sugar"_s, answer); });
    QCOMPARE(hits->hits.value(0).excerpt, u"Sugar, eggs and cream."_s);
    const QString id = hits->hits.value(0).document.id;
    QCOMPARE(completed(*documents, acme, id.left(15)), QStringList(id));
    QCOMPARE(completed(*documents, acme, u"crem"_s), QStringList(id));
    QCOMPARE(completed(*documents, acme, QString()).size(), 2);
    QVERIFY(update(*documents, acme, id, {{}, u"Only salt."_s}));
    QCOMPARE(found(*documents, acme, u"sugar"_s), QStringList());
    QCOMPARE(found(*documents, acme, u"salt"_s), QStringList({u"Crème brûlée"_s}));
}

void TestDocuments::takesWhateverLooksLikeSqlAsText()
{
    const auto documents = make();
    const QStringList texts{u"'; DROP TABLE gatehouse_document; --"_s,
                            u"\\'; DROP TABLE gatehouse_document; --"_s,
                            u"\" OR 1=1 --"_s,
                            u"?, $1, :name, %s, {0}"_s,
                            u"'' \\ \\\\ \n \t /* */"_s,
                            u"E'\\047' U&'\\0027' $$x$$"_s,
                            u"NEAR(a b) AND OR NOT * ^ : words"_s,
                            u"\u202E\u200B\uFEFF𝒳"_s};
    for (const QString &text : texts) {
        const QString organization = u"org_"_s + text;
        const auto made = create(*documents, organization, text, text);
        QVERIFY2(made, qPrintable(test::why(made)));
        QCOMPARE(made->text, text);
        QCOMPARE(get(*documents, organization, made->id), made);
        QCOMPARE(get(*documents, organization, text).error().kind, store::Fault::Kind::NotFound);
        QCOMPARE(get(*documents, text, made->id).error().kind, store::Fault::Kind::NotFound);
        QCOMPARE(listed(*documents, organization), QStringList(text));
        if (store::wordsOf(text).isEmpty())
            continue;
        QCOMPARE(completed(*documents, organization, text), QStringList(made->id));
        QCOMPARE(found(*documents, organization, text), QStringList(text));
    }
}

void TestDocuments::saysWhatCannotBeStored()
{
    const auto documents = make();
    const auto faultOf = [&](const QString &title, const QString &text) {
        const auto made = create(*documents, acme, title, text);
        return made ? QString() : sentenceOf(made.error());
    };
    const QString pair = u"😀"_s;
    QCOMPARE(faultOf(QString(200, u'x'), pair.repeated(100'000)), QString());
    QCOMPARE(faultOf(QString(201, u'x'), {}), u"The title has more than 200 characters."_s);
    QCOMPARE(faultOf(u"x"_s, QString(100'001, u'x')), u"The text has more than 100000 characters."_s);
    QCOMPARE(faultOf(u" \n"_s, {}), u"A document needs a title."_s);
    QVERIFY(faultOf(u"a\0b"_s, {}).contains(u"U+0000"_s));
    QVERIFY(faultOf(u"a"_s, u"a\0b"_s).contains(u"U+0000"_s));
    QVERIFY(faultOf(u"a"_s, QString(QChar(0xD800))).contains(u"half a character"_s));
    for (const QString &changed : {QString(QChar(0xFEFF)), u"\uFEFFabc"_s, u"a\uFFFFb"_s, u"\uFFFEab"_s})
        QVERIFY(!faultOf(changed, {}).isEmpty() && !faultOf(u"a"_s, changed).isEmpty());
    QCOMPARE(get(*documents, acme, create(*documents, acme, u"a\uFEFFb"_s)->id)->title, u"a\uFEFFb"_s);
    QCOMPARE(listed(*documents, acme).size(), 2);
}

void TestDocuments::tellsOfChangesOnce()
{
    std::mutex mutex;
    QList<DocumentChange> changes;
    store::DocumentsWatch watch;
    watch.changed = [&](const DocumentChange &change) {
        const std::lock_guard lock(mutex);
        changes.append(change);
    };
    const auto documents = make(watch);
    const auto made = create(*documents, acme, u"a"_s);
    QVERIFY(made && update(*documents, acme, made->id, {u"b"_s, {}}) && remove(*documents, acme, made->id));
    QVERIFY(!remove(*documents, acme, made->id) && !update(*documents, globex, made->id, {u"b"_s, {}}));
    const QList<DocumentChange> wanted{{DocumentChange::Kind::Created, acme, made->id},
                                       {DocumentChange::Kind::Updated, acme, made->id},
                                       {DocumentChange::Kind::Deleted, acme, made->id}};
    QVERIFY(get(*documents, acme, made->id).error().kind
            == store::Fault::Kind::NotFound); // Behind all of it.
    const std::lock_guard lock(mutex);
    QCOMPARE(changes, wanted);
}

void TestDocuments::doesWhatAListInMemoryDoes()
{
    const auto documents = make();
    QRandomGenerator random(20261129);
    std::map<QString, QMap<QString, store::Document>> model; // By organization and id.
    const QStringList organizations{acme, globex, u"org_'"_s};
    const QStringList words{u"alpha"_s, u"beta"_s, u"gamma"_s, u"alphabet"_s, u"b'c"_s, u"Zürich"_s};
    const auto pick
        = [&random](const QStringList &from) { return from.at(random.bounded(int(from.size()))); };
    QStringList ids;
    for (int i = 0; i < 400; ++i) {
        const QString organization = pick(organizations);
        auto &own = model[organization];
        const QString id = ids.isEmpty() ? u"doc_none"_s : pick(ids);
        const QString title = pick(words) + u' ' + pick(words);
        switch (random.bounded(5)) {
        case 0:
        case 1: {
            const auto made = create(*documents, organization, title, pick(words));
            QVERIFY(made);
            own.insert(made->id, *made);
            ids.append(made->id);
            break;
        }
        case 2: {
            const auto changed = update(*documents, organization, id, {title, {}});
            QCOMPARE(changed.has_value(), own.contains(id));
            if (changed)
                own.insert(id, *changed);
            break;
        }
        case 3:
            QCOMPARE(remove(*documents, organization, id).has_value(), own.remove(id) > 0);
            break;
        default: {
            const QString word = pick({u"alpha"_s, u"alphabet"_s, u"zur"_s, u"c"_s});
            QStringList wanted;
            for (const store::Document &one : std::as_const(own)) {
                if ((u' ' + one.title + u' ' + one.text)
                        .normalized(QString::NormalizationForm_KD)
                        .remove(QChar(0x308))
                        .replace(u'\'', u' ')
                        .contains(u' ' + word, Qt::CaseInsensitive))
                    wanted.append(one.title);
            }
            QStringList hits = found(*documents, organization, word);
            QCOMPARE(hits.size(), std::min(wanted.size(), qsizetype(store::DocumentLimits::hits)));
            break;
        }
        }
    }
    for (const QString &organization : organizations) {
        QStringList wanted;
        for (const store::Document &one : std::as_const(model[organization])) {
            QCOMPARE(get(*documents, organization, one.id), one);
            wanted.append(one.title);
        }
        QStringList all = listed(*documents, organization);
        all.sort();
        wanted.sort();
        QCOMPARE(all, wanted);
    }
}

void TestDocuments::losesNothingWhereTwoProgramsWriteAtOnce()
{
    const auto here = make();
    const auto there = makeAt(m_address);
    const auto id = create(*here, acme, u"0"_s)->id;
    using Edit = store::OrganizationDocuments::Edit;
    for (int round = 1; round <= 100; ++round) {
        const QString number = QString::number(round);
        const auto first = std::make_shared<std::promise<bool>>();
        there->of(acme)->update(id, Edit{std::nullopt, number},
                                [first](const auto &changed) { first->set_value(changed.has_value()); });
        QVERIFY(asked<store::Document>([&](const auto &answer) {
            here->of(acme)->update(id, Edit{number, std::nullopt}, answer);
        }));
        QVERIFY(first->get_future().get());
        const auto now = asked<store::Document>([&](const auto &answer) { here->of(acme)->get(id, answer); });
        QCOMPARE(now->title + u'/' + now->text, number + u'/' + number);
    }
    for (int round = 0; round < 50; ++round) { // One of two deletes it, and the other one does not say so.
        const auto one = create(*here, acme, u"one"_s)->id;
        const auto first = std::make_shared<std::promise<bool>>();
        there->of(acme)->remove(one, [first](const auto &gone) { first->set_value(gone.has_value()); });
        const bool isGone = asked<store::Document>([&](const auto &answer) {
                                here->of(acme)->remove(one, answer);
                            }).has_value();
        QVERIFY(isGone != first->get_future().get());
    }
}

void TestDocuments::tellsOtherProgramsOnTheSameServer()
{
    const QString address = m_server.address(u"shared"_s);
    std::mutex mutex;
    QList<DocumentChange> changes;
    store::DocumentsWatch watch;
    watch.changed = [&](const DocumentChange &change) {
        const std::lock_guard lock(mutex);
        changes.append(change);
    };
    const auto here = makeAt(address);
    const auto there = makeAt(address, watch);
    QCOMPARE(listed(*there, acme), QStringList()); // It listens from now on.
    const auto made = create(*here, acme, u"a"_s);
    QVERIFY(made && remove(*here, acme, made->id));
    m_server.query(u"shared"_s, u"SELECT pg_notify('gatehouse_documents', 'nonsense')"_s);
    const QList<DocumentChange> wanted{{DocumentChange::Kind::Created, acme, made->id},
                                       {DocumentChange::Kind::Deleted, acme, made->id}};
    QVERIFY(waitFor([&] {
        const std::lock_guard lock(mutex);
        return changes == wanted;
    }));
}

GATEHOUSE_TEST(TestDocuments)
#include "tst_documents.moc"
