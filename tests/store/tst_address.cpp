// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/address.h"
#include "support/unit.h"

#include <QDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAFileAndAServer_data();
    void readsAFileAndAServer();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void neverShowsThePassword();
};

void TestAddress::readsAFileAndAServer_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("a path") << u"/tmp/a b/docs.sqlite"_s << u"/tmp/a b/docs.sqlite"_s;
    QTest::newRow("a path from here")
        << u"docs.sqlite"_s << QDir::current().absoluteFilePath(u"docs.sqlite"_s);
    QTest::newRow("a server") << u"postgresql://ada@db.example:5433/acme"_s
                              << u"postgresql://ada@db.example:5433/acme"_s;
    QTest::newRow("the short scheme") << u"postgres://db/acme"_s << u"postgresql://db/acme"_s;
    QTest::newRow("the usual port") << u"postgresql://db:5432/acme"_s << u"postgresql://db/acme"_s;
    QTest::newRow("the usual socket") << u"postgresql:///acme"_s << u"postgresql:///acme"_s;
    QTest::newRow("a socket's folder")
        << u"postgresql:///acme?host=/run/pg&user=ada"_s << u"postgresql://ada@/acme?host=/run/pg"_s;
    QTest::newRow("IPv6") << u"postgresql://[::1]/acme"_s << u"postgresql://[::1]/acme"_s;
    QTest::newRow("encryption") << u"postgresql://db/acme?sslmode=verify-full"_s
                                << u"postgresql://db/acme?sslmode=verify-full"_s;
}

void TestAddress::readsAFileAndAServer()
{
    QFETCH(const QString, text);
    const auto address = store::addressFrom(text);
    QVERIFY2(address, qPrintable(address ? QString() : address.error()));
    QTEST(address->shown(), "shown");
    QCOMPARE(address->isFile(), !store::isServerAddress(text));
}

void TestAddress::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("nothing") << QString() << u"needs a file"_s;
    QTest::newRow("another database") << u"mysql://db/acme"_s << u"no address of a database"_s;
    QTest::newRow("a page") << u"https://example.com/acme"_s << u"no address of a database"_s;
    QTest::newRow("no database named") << u"postgresql://db"_s << u"names no database"_s;
    QTest::newRow("a path of two") << u"postgresql://db/a/b"_s << u"names no database"_s;
    QTest::newRow("a parameter that nobody knows")
        << u"postgresql://db/a?passfile=/etc/shadow"_s << u"\"passfile\""_s;
    QTest::newRow("a parameter that would begin another")
        << u"postgresql://db/a?application_name=x%3Bconnect_timeout%3D99"_s << u"\"application_name\""_s;
    QTest::newRow("options are ours")
        << u"postgresql://db/a?options=-c%20search_path%3Dx"_s << u"\"options\""_s;
    QTest::newRow("a port that is none") << u"postgresql://db:99999/a"_s << u"no address of a database"_s;
}

void TestAddress::saysWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, part);
    const auto address = store::addressFrom(text);
    QVERIFY(!address);
    QVERIFY2(address.error().contains(part), qPrintable(address.error()));
}

void TestAddress::neverShowsThePassword()
{
    const auto address = store::addressFrom(u"postgresql://ada:s3cr%40t@db/acme"_s);
    QVERIFY(address);
    QCOMPARE(address->password, u"s3cr@t"_s);
    QCOMPARE(address->shown(), u"postgresql://ada@db/acme"_s);
    const auto wrong = store::addressFrom(u"postgresql://ada:s3cret@db/acme?x=1"_s);
    QVERIFY(!wrong && !wrong.error().contains(u"s3cret"_s));
}

GATEHOUSE_TEST(TestAddress)
#include "tst_address.moc"
