// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/people.h"
#include "support/unit.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse::sandbox;
using namespace Qt::StringLiterals;

class TestPeople : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasThreeOfItsOwn();
    void readsAFile();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void namesAFileThatIsNotThere();
};

namespace {

const QByteArray good = R"({
  "organizations": [{"id": "org_1", "name": "One"}, {"id": "org_2", "name": "Two"}],
  "users": [
    {"id": "user_1", "email": "a@example.com", "email_verified": false, "first_name": "A", "last_name": "B",
     "picture": "https://example.com/a.png",
     "memberships": [{"organization": "org_2", "role": "owner", "permissions": ["x:read", "x:write"]}]},
    {"id": "user_2", "email": "b@example.com"}
  ]})";

} // namespace

void TestPeople::hasThreeOfItsOwn()
{
    const People people = defaultPeople();
    QCOMPARE(people.users.size(), 3);
    QVERIFY(people.userByEmail(u"Ada@Example.com"_s));
    QCOMPARE(people.userByEmail(u"ada@example.com"_s)->memberships.size(), 2);
    QVERIFY(!people.userByEmail(u"nora@example.com"_s)->emailVerified);
    QVERIFY(!people.userByEmail(u"eve@example.com"_s));
}

void TestPeople::readsAFile()
{
    const auto people = readPeople(good);
    QVERIFY2(people, people ? "" : qPrintable(people.error()));
    QCOMPARE(people->organizations.size(), 2);
    const User *user = people->userById(u"user_1"_s);
    QVERIFY(user);
    QCOMPARE(user->memberships.first().permissions, QStringList({u"x:read"_s, u"x:write"_s}));
    QVERIFY(!user->emailVerified);
    QVERIFY(people->userById(u"user_2"_s)->emailVerified); // As of most people.
}

void TestPeople::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("place");
    const auto changed = [](const QByteArray &before, const QByteArray &after) {
        return QByteArray(good).replace(before, after);
    };
    QTest::newRow("no JSON") << "{"_ba << u"Byte"_s;
    QTest::newRow("a list") << "[]"_ba << u"The file"_s;
    QTest::newRow("nobody") << R"({"users":[]})"_ba << u"users"_s;
    QTest::newRow("a member of another name")
        << changed("first_name", "firstname") << u"users[0].firstname"_s;
    QTest::newRow("an id without its prefix") << changed("\"user_1\"", "\"1\"") << u"users[0].id"_s;
    QTest::newRow("an id twice") << changed("\"user_2\"", "\"user_1\"") << u"users[1].id"_s;
    QTest::newRow("an e-mail that is none") << changed("b@example.com", "b") << u"users[1].email"_s;
    QTest::newRow("an e-mail twice") << changed("b@example.com", "A@example.com") << u"users[1].email"_s;
    QTest::newRow("verified as text") << changed("false", "\"no\"") << u"users[0].email_verified"_s;
    QTest::newRow("an unknown organization")
        << changed("\"organization\": \"org_2\"", "\"organization\": \"org_3\"")
        << u"users[0].memberships[0].organization"_s;
    QTest::newRow("no role") << changed("\"role\": \"owner\", ", "") << u"users[0].memberships[0].role"_s;
    QTest::newRow("a permission that is a number")
        << changed("\"x:read\"", "1") << u"users[0].memberships[0].permissions[0]"_s;
    QTest::newRow("a name with a line break") << changed("\"A\"", "\"A\\n\"") << u"users[0].first_name"_s;
}

void TestPeople::saysWhatIsWrongAndWhere()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, place);
    const auto people = readPeople(json);
    QVERIFY(!people);
    QVERIFY2(people.error().startsWith(place), qPrintable(people.error()));
}

void TestPeople::namesAFileThatIsNotThere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"nobody.json"_s);
    const auto people = readPeopleFile(path);
    QVERIFY(!people);
    QVERIFY(people.error().contains(path));
    QVERIFY(readPeopleFile({}));
}

GATEHOUSE_TEST(TestPeople)
#include "tst_people.moc"
