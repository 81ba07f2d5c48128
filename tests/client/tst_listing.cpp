// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/listing.h"
#include "support/unit.h"

#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;
using protocol::MethodId;

class TestListing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsEachKindByItsOwnMember_data();
    void knowsEachKindByItsOwnMember();
    void endsAfterSoManyPages();
    void endsAfterSoManyEntries();
};

void TestListing::knowsEachKindByItsOwnMember_data()
{
    QTest::addColumn<MethodId>("list");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("remark");
    QTest::newRow("tools") << MethodId::ListTools << u"tools"_s << u"name"_s << u"a tool without a name"_s;
    QTest::newRow("prompts") << MethodId::ListPrompts << u"prompts"_s << u"name"_s
                             << u"a prompt without a name"_s;
    QTest::newRow("resources") << MethodId::ListResources << u"resources"_s << u"uri"_s
                               << u"a resource without a uri"_s;
    QTest::newRow("resource templates") << MethodId::ListTemplates << u"resourceTemplates"_s
                                        << u"uriTemplate"_s << u"a resource template without a uriTemplate"_s;
}

void TestListing::knowsEachKindByItsOwnMember()
{
    QFETCH(const MethodId, list);
    QFETCH(const QString, member);
    QFETCH(const QString, key);
    QFETCH(const QString, remark);
    Pages pages(list);
    QVERIFY(pages.isFirst());
    QVERIFY(!pages.isPage({{u"others"_s, QJsonArray()}}));
    QVERIFY(!pages.isPage({{member, QJsonObject()}}));
    const QJsonObject good{{key, u"a"_s}, {u"more"_s, 1}};
    const QJsonObject page{{member, QJsonArray{good, QJsonObject{{u"more"_s, 2}}, 7}}};
    QVERIFY(pages.isPage(page));
    QVERIFY(!pages.take(page));
    QVERIFY(!pages.isFirst());
    QCOMPARE(pages.listing().entries, QList<QJsonObject>{good});
    QVERIFY2(pages.listing().remark.contains(remark), qPrintable(pages.listing().remark));
}

void TestListing::endsAfterSoManyPages()
{
    Pages pages(MethodId::ListPrompts);
    int taken = 1;
    const auto page = [&taken] {
        const QString name = QString::number(taken);
        return QJsonObject{{u"prompts"_s, QJsonArray{QJsonObject{{u"name"_s, name}}}},
                           {u"nextCursor"_s, name}};
    };
    while (taken < 1000 && pages.take(page()))
        ++taken;
    QCOMPARE(taken, Pages::maximumPages);
    QCOMPARE(pages.listing().entries.size(), Pages::maximumPages);
    QVERIFY(pages.listing().remark.contains(u"more than 100 pages"_s));
}

void TestListing::endsAfterSoManyEntries()
{
    QJsonArray entries;
    for (qsizetype i = 0; i <= Pages::maximumEntries; ++i)
        entries.append(QJsonObject{{u"uri"_s, u"x:%1"_s.arg(i)}});
    Pages pages(MethodId::ListResources);
    QVERIFY(!pages.take({{u"resources"_s, entries}, {u"nextCursor"_s, u"2"_s}}));
    QCOMPARE(pages.listing().entries.size(), Pages::maximumEntries);
    QVERIFY(pages.listing().remark.contains(u"more than 10,000 resources"_s));
}

GATEHOUSE_TEST(TestListing)
#include "tst_listing.moc"
