// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/schema.h"
#include "support/unit.h"
#include "tools/documentrig.h"
#include "tools/documenttools.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::DocumentRig;

class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void worksAsTheModelsPageSays();
    void asksForAnOrganization_data();
    void asksForAnOrganization();
    void asksForThePermissionWhereTheTokenHasSome_data();
    void asksForThePermissionWhereTheTokenHasSome();
    void saysWhatIsWrongWithTheArguments_data();
    void saysWhatIsWrongWithTheArguments();
    void fitsTheSchemasThatItVouchesFor();
    void isReadAndCompletedAsAResource();
    void listsItsDocumentsAsResources();
    void tellsWhoeverSubscribed();
    void answersWithASentenceWhereTheDatabaseFails();
    void saysWhenTheDatabaseFails();
    void goesWithWhatItOffered();

private:
    [[nodiscard]] static QJsonObject structured(const QJsonObject &result)
    {
        return result.value("structuredContent"_L1).toObject();
    }
    [[nodiscard]] static QString textOf(const QJsonObject &result)
    {
        return result.value("content"_L1)[0]["text"_L1].toString();
    }
    /// Makes one and says its id.
    QString made(const QString &title, const QString &text = {})
    {
        return structured(m_rig->call(m_ada, u"create-document"_s, {{u"title"_s, title}, {u"text"_s, text}}))
            .value("id"_L1)
            .toString();
    }

    QTemporaryDir m_folder;
    int m_files = 0;
    std::unique_ptr<DocumentRig> m_rig;
    const mcp::Caller m_ada = DocumentRig::caller(u"ada"_s, u"org_acme"_s);
    const mcp::Caller m_bob = DocumentRig::caller(u"bob"_s, u"org_globex"_s);
};

void TestDocuments::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_rig.reset();
    m_rig = std::make_unique<DocumentRig>(m_folder.filePath(u"%1.sqlite"_s.arg(++m_files)));
}

void TestDocuments::worksAsTheModelsPageSays()
{
    QCOMPARE(structured(m_rig->call(m_ada, u"get-documents"_s)),
             (QJsonObject{{u"documents"_s, QJsonArray()}}));
    const QString id = made(u"Plan"_s, u"Ship it."_s);
    QVERIFY(id.startsWith(u"doc_"_s));
    const QJsonObject listed
        = structured(m_rig->call(m_ada, u"get-documents"_s))["documents"_L1][0].toObject();
    QCOMPARE(listed.keys(), (QStringList{u"id"_s, u"title"_s, u"updatedAt"_s}));
    QCOMPARE(listed["id"_L1].toString(), id);
    const QJsonObject whole = structured(m_rig->call(m_ada, u"get-document"_s, {{u"id"_s, id}}));
    QCOMPARE(whole["text"_L1].toString(), u"Ship it."_s);
    QCOMPARE(whole["updatedAt"_L1], listed["updatedAt"_L1]);
    QVERIFY(QDateTime::fromString(whole["updatedAt"_L1].toString(), Qt::ISODateWithMs).isValid());
    QCOMPARE(
        structured(m_rig->call(m_ada, u"update-document"_s, {{u"id"_s, id}, {u"text"_s, u"Shipped."_s}})),
        (QJsonObject{{u"id"_s, id}}));
    const QJsonObject hits = structured(m_rig->call(m_ada, u"search-documents"_s, {{u"query"_s, u"ship"_s}}));
    QCOMPARE(hits["documents"_L1][0]["excerpt"_L1].toString(), u"Shipped."_s);
    QCOMPARE(hits["hasMore"_L1], QJsonValue(false));
    QCOMPARE(structured(m_rig->call(m_ada, u"delete-document"_s, {{u"id"_s, id}})),
             (QJsonObject{{u"id"_s, id}}));
    const QJsonObject gone = m_rig->call(m_ada, u"get-document"_s, {{u"id"_s, id}});
    QVERIFY(gone["isError"_L1].toBool());
    QCOMPARE(textOf(gone), u"There is no such document in your organization."_s);
}

void TestDocuments::asksForAnOrganization_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::newRow("list") << u"get-documents"_s << QJsonObject();
    QTest::newRow("get") << u"get-document"_s << QJsonObject{{u"id"_s, u"x"_s}};
    QTest::newRow("create") << u"create-document"_s << QJsonObject{{u"title"_s, u"x"_s}, {u"text"_s, u"x"_s}};
    QTest::newRow("update") << u"update-document"_s << QJsonObject{{u"id"_s, u"x"_s}, {u"text"_s, u"x"_s}};
    QTest::newRow("delete") << u"delete-document"_s << QJsonObject{{u"id"_s, u"x"_s}};
    QTest::newRow("search") << u"search-documents"_s << QJsonObject{{u"query"_s, u"x"_s}};
}

void TestDocuments::asksForAnOrganization()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    mcp::Caller nobody;
    nobody.organizationId = u"org_acme"_s; // And yet nobody is signed in.
    for (const mcp::Caller &caller : {DocumentRig::caller(u"nora"_s, {}), nobody}) {
        const QJsonObject result = m_rig->call(caller, tool, arguments);
        QVERIFY(result["isError"_L1].toBool());
        QCOMPARE(textOf(result), u"Organization context required"_s);
    }
    mcp::Caller unverified = m_ada;
    unverified.verified = false;
    QVERIFY(textOf(m_rig->call(unverified, tool, arguments)).contains(u"verifyJwt is off"_s));
    const mcp::Caller odd = DocumentRig::caller(u"nora"_s, QString(1000, u'o'));
    QVERIFY(textOf(m_rig->call(odd, tool, arguments)).contains(u"none that can have documents"_s));
}

void TestDocuments::asksForThePermissionWhereTheTokenHasSome_data()
{
    asksForAnOrganization_data();
}

void TestDocuments::asksForThePermissionWhereTheTokenHasSome()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    const bool writes = !tool.startsWith(u"get"_s) && !tool.startsWith(u"search"_s);
    const QString needed = writes ? u"documents:write"_s : u"documents:read"_s;
    const QString other = writes ? u"documents:read"_s : u"documents:write"_s;
    const auto answer = [&](const QStringList &permissions) {
        return textOf(
            m_rig->call(DocumentRig::caller(u"ada"_s, u"org_acme"_s, permissions), tool, arguments));
    };
    for (const QStringList &lacking : {QStringList(), QStringList{other}, QStringList{needed + u"x"_s}})
        QVERIFY2(answer(lacking).contains(u"needs the permission "_s + needed), qPrintable(answer(lacking)));
    QVERIFY(!answer({other, needed}).contains(u"permission"_s));
    QVERIFY(!textOf(m_rig->call(m_ada, tool, arguments)).contains(u"permission"_s));
}

void TestDocuments::saysWhatIsWrongWithTheArguments_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<QString>("part");
    const QString text = u"text"_s;
    QTest::newRow("no title") << u"create-document"_s << QJsonObject{{text, u"x"_s}} << u"title"_s;
    QTest::newRow("an empty title") << u"create-document"_s
                                    << QJsonObject{{u"title"_s, u" "_s}, {text, u"x"_s}}
                                    << u"needs a title"_s;
    QTest::newRow("a long title") << u"create-document"_s
                                  << QJsonObject{{u"title"_s, QString(201, u'x')}, {text, u"x"_s}}
                                  << u"title"_s;
    QTest::newRow("a long text") << u"create-document"_s
                                 << QJsonObject{{u"title"_s, u"x"_s}, {text, QString(100'001, u'x')}} << text;
    QTest::newRow("a number for a text")
        << u"create-document"_s << QJsonObject{{u"title"_s, u"x"_s}, {text, 7}} << text;
    QTest::newRow("U+0000") << u"create-document"_s << QJsonObject{{u"title"_s, u"a\0b"_s}, {text, u"x"_s}}
                            << u"U+0000"_s;
    QTest::newRow("another organization")
        << u"create-document"_s
        << QJsonObject{{u"title"_s, u"x"_s}, {text, u"x"_s}, {u"organization"_s, u"org_globex"_s}}
        << u"organization"_s;
    QTest::newRow("nothing to change")
        << u"update-document"_s << QJsonObject{{u"id"_s, u"x"_s}} << u"nothing to change"_s;
    QTest::newRow("no such document")
        << u"update-document"_s << QJsonObject{{u"id"_s, u"x"_s}, {text, u"x"_s}} << u"no such document"_s;
    QTest::newRow("nothing to look for")
        << u"search-documents"_s << QJsonObject{{u"query"_s, u"-"_s}} << u"no word"_s;
    QTest::newRow("a cursor that is none")
        << u"get-documents"_s << QJsonObject{{u"cursor"_s, u"x"_s}} << u"cursor"_s;
}

void TestDocuments::saysWhatIsWrongWithTheArguments()
{
    QFETCH(const QString, tool);
    QFETCH(const QJsonObject, arguments);
    QFETCH(const QString, part);
    const QJsonObject result = m_rig->call(m_ada, tool, arguments);
    QVERIFY(result["isError"_L1].toBool());
    QVERIFY2(textOf(result).contains(part), qPrintable(textOf(result)));
    QCOMPARE(structured(m_rig->call(m_ada, u"get-documents"_s))["documents"_L1].toArray().size(), 0);
}

void TestDocuments::fitsTheSchemasThatItVouchesFor()
{
    const QString odd = u"\"\\\u2028😀</script>"_s;
    const QString id = made(odd, odd);
    for (int i = 0; i < store::DocumentLimits::page; ++i)
        (void)made(u"more "_s + QString::number(i));
    const QHash<QString, QJsonObject> arguments{{u"get-documents"_s, {}},
                                                {u"get-document"_s, {{u"id"_s, id}}},
                                                {u"create-document"_s, {{u"title"_s, odd}, {u"text"_s, odd}}},
                                                {u"update-document"_s, {{u"id"_s, id}, {u"title"_s, odd}}},
                                                {u"search-documents"_s, {{u"query"_s, u"script"_s}}},
                                                {u"delete-document"_s, {{u"id"_s, id}}}};
    for (const mcp::Tool &tool : tools::documentTools({})) {
        const QJsonObject result = m_rig->call(m_ada, tool.name, arguments.value(tool.name));
        QVERIFY2(!result["isError"_L1].toBool(), qPrintable(tool.name + textOf(result)));
        const auto judged = schema::Schema::compile(*tool.outputSchema)->judge(structured(result));
        QVERIFY2(judged.verdict == schema::Schema::Verdict::Valid,
                 qPrintable(tool.name + judged.text(u"it"_s)));
        QCOMPARE(structured(result).isEmpty(), false);
        if (tool.name == u"get-documents"_s)
            QVERIFY(structured(result).contains(u"nextCursor"_s));
    }
}

void TestDocuments::isReadAndCompletedAsAResource()
{
    const QString id = made(u"Plan"_s, u"Ship it."_s);
    const QString uri = u"documents://"_s + id;
    const QJsonObject read
        = m_rig->ask(m_ada, u"resources/read"_s, {{u"uri"_s, uri}})["contents"_L1][0].toObject();
    QCOMPARE(read["text"_L1].toString(), u"Ship it."_s);
    QCOMPARE(read["uri"_L1].toString(), uri);
    // What another organization has and what nobody has is told by the same words.
    const auto refused = [&](const QString &which) {
        QJsonObject error
            = m_rig->ask(m_bob, u"resources/read"_s, {{u"uri"_s, which}})["error"_L1].toObject();
        error.remove(u"data"_s); // The address, as it was asked for.
        return error;
    };
    QVERIFY(!refused(uri).isEmpty());
    QCOMPARE(refused(uri), refused(u"documents://doc_none"_s));
    const auto completed = [&](const mcp::Caller &caller, const QString &typed) {
        return m_rig
            ->ask(caller, u"completion/complete"_s,
                  {{u"ref"_s, QJsonObject{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, u"documents://{id}"_s}}},
                   {u"argument"_s,
                    QJsonObject{{u"name"_s, u"id"_s}, {u"value"_s, typed}}}})["completion"_L1]["values"_L1]
            .toArray();
    };
    QCOMPARE(completed(m_ada, id.left(10)), QJsonArray{id});
    QCOMPARE(completed(m_ada, u"pla"_s), QJsonArray{id});
    QCOMPARE(completed(m_bob, id.left(10)), QJsonArray());
    QCOMPARE(completed(DocumentRig::caller(u"nora"_s, {}), id.left(10)), QJsonArray());
}

void TestDocuments::listsItsDocumentsAsResources()
{
    const int count = store::DocumentLimits::page + 5;
    for (int i = 0; i < count; ++i)
        (void)made(u"n%1"_s.arg(i));
    const auto names = [&](const mcp::Caller &caller) {
        QStringList all;
        QJsonObject params;
        do {
            const QJsonObject page = m_rig->ask(caller, u"resources/list"_s, params);
            const QJsonArray resources = page["resources"_L1].toArray();
            for (const QJsonValue &one : resources)
                all.append(one["name"_L1].toString());
            params = {{u"cursor"_s, page["nextCursor"_L1]}};
        } while (params["cursor"_L1].isString());
        return all;
    };
    QCOMPARE(names(m_ada).size(), count);
    QCOMPARE(names(m_ada).first(), u"n%1"_s.arg(count - 1));
    QCOMPARE(names(m_bob), QStringList());
    QCOMPARE(names(DocumentRig::caller(u"ada"_s, u"org_acme"_s, QStringList())), QStringList());
}

void TestDocuments::tellsWhoeverSubscribed()
{
    QCoreApplication::processEvents(); // That there is a template is told to all.
    const auto listen = [&](const mcp::Caller &caller, const QJsonObject &notifications) {
        return m_rig->send(caller, u"subscriptions/listen"_s, {{u"notifications"_s, notifications}});
    };
    const auto early
        = listen(DocumentRig::caller(u"grace"_s, u"org_acme"_s), {{u"resourcesListChanged"_s, true}});
    const QString id = made(u"Plan"_s);
    QVERIFY(waitFor([&] { return early->messages().size() > 1; })); // Of this one watches nobody is told.
    const auto watch = [&](const mcp::Caller &caller) {
        return listen(caller,
                      {{u"resourceSubscriptions"_s, QJsonArray{u"documents://"_s + id}},
                       {u"resourcesListChanged"_s, true}});
    };
    const auto grace = watch(DocumentRig::caller(u"grace"_s, u"org_acme"_s));
    const auto bob = watch(m_bob);
    (void)m_rig->call(m_ada, u"update-document"_s, {{u"id"_s, id}, {u"text"_s, u"x"_s}});
    (void)m_rig->call(m_ada, u"delete-document"_s, {{u"id"_s, id}});
    const auto methods = [](const auto &peer) {
        QStringList all;
        for (const QJsonObject &one : peer->messages().mid(1))
            all.append(one["method"_L1].toString().section(u'/', 1));
        return all;
    };
    QVERIFY(waitFor([&] { return methods(grace).count(u"resources/list_changed"_s) > 0; }));
    QCOMPARE(methods(grace).count(u"resources/updated"_s), 2);
    QCOMPARE(bob->messages().size(), 1);
}

void TestDocuments::answersWithASentenceWhereTheDatabaseFails()
{
    m_rig.reset();
    m_rig = std::make_unique<DocumentRig>(u"/proc/none/documents.sqlite"_s);
    const QJsonObject result = m_rig->call(m_ada, u"get-documents"_s);
    QVERIFY(result["isError"_L1].toBool());
    QCOMPARE(textOf(result), u"The database cannot be opened."_s);
    const QJsonObject read = m_rig->ask(m_ada, u"resources/read"_s, {{u"uri"_s, u"documents://x"_s}});
    QCOMPARE(read["error"_L1]["message"_L1].toString(), u"The database cannot be opened."_s);
    const QJsonObject list = m_rig->ask(m_ada, u"resources/list"_s, {});
    QCOMPARE(list["error"_L1]["message"_L1].toString(), u"The database cannot be opened."_s);
}

void TestDocuments::saysWhenTheDatabaseFails()
{
    std::optional<store::Fault> told;
    m_rig.reset();
    m_rig = std::make_unique<DocumentRig>(u"/proc/none/documents.sqlite"_s,
                                          [&](const std::optional<store::Fault> &fault) { told = fault; });
    QVERIFY(waitFor([&] { return told.has_value(); }));
    QCOMPARE(told->kind, store::Fault::Kind::CannotOpen);
}

void TestDocuments::goesWithWhatItOffered()
{
    const auto peer = m_rig->send(m_ada, u"tools/call"_s, {{u"name"_s, u"get-documents"_s}});
    m_rig->documents.reset();
    QVERIFY(waitFor([&] { return peer->ends > 0; }));
    QVERIFY(m_rig->features.tools().isEmpty() && m_rig->features.templates().isEmpty());
    const QJsonObject gone = m_rig->call(m_ada, u"get-documents"_s);
    QCOMPARE(gone["error"_L1]["message"_L1].toString(), u"There is no such tool."_s);
}

GATEHOUSE_TEST(TestDocuments)
#include "tst_documents.moc"
