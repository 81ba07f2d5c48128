// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/statesecrets.h"
#include "support/unit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestStateSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void areOneALine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<QByteArray>>("wanted");
        const QByteArray one(32, 'a');
        const QByteArray two = "V2/+=" + QByteArray(507, '~');
        QTest::newRow("one") << one << QList{one};
        QTest::newRow("as openssl writes it") << one + "\n" << QList{one};
        QTest::newRow("lines of Windows") << one + "\r\n" + two + "\r\n" << QList{one, two};
        QTest::newRow("with words about them") << "# new\n" + two + "\n\n  # old\n " + one + " \n"
                                               << QList{two, one};
        QTest::newRow("sixteen") << (one + '\n').repeated(16) << QList<QByteArray>(16, one);
    }
    void areOneALine()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QList<QByteArray>, wanted);
        const auto read = host::readStateSecrets(fileWith(text));
        QVERIFY2(read, qPrintable(read ? QString() : read.error()));
        QCOMPARE(*read, wanted);
    }

    void areRefusedWithoutBeingShown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("why");
        const QByteArray good(32, 'a');
        QTest::newRow("none") << QByteArray() << u"is empty"_s;
        QTest::newRow("only words") << QByteArray("# nothing\n\n") << u"is empty"_s;
        QTest::newRow("too short") << good + "\n" + QByteArray(31, 'q') << u"Line 2 of"_s;
        QTest::newRow("too long") << QByteArray(513, 'q') << u"Line 1 of"_s;
        QTest::newRow("with a space") << QByteArray(16, 'q') + ' ' + QByteArray(16, 'q') << u"Line 1 of"_s;
        QTest::newRow("bytes") << QByteArray(32, '\xff') << u"Line 1 of"_s;
        QTest::newRow("zeroes") << QByteArray(32, '\0') << u"Line 1 of"_s;
        QTest::newRow("seventeen") << (good + '\n').repeated(17) << u"more than 16"_s;
        QTest::newRow("a large file") << QByteArray(65 * 1024, '\n') << u"cannot be read"_s;
    }
    void areRefusedWithoutBeingShown()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, why);
        const QString path = fileWith(text);
        const auto read = host::readStateSecrets(path);
        QVERIFY(!read);
        QVERIFY2(read.error().contains(why), qPrintable(read.error()));
        QVERIFY(read.error().contains(path));
        QVERIFY2(!read.error().contains(u"qqqq"_s), "a secret");
    }

    void areNoneWithoutAFile()
    {
        const auto none = host::readStateSecrets({});
        QVERIFY(none && none->isEmpty());
        const auto missing = host::readStateSecrets(m_folder.filePath(u"missing"_s));
        QVERIFY(!missing && missing.error().contains(u"cannot be read"_s));
        QVERIFY2(!host::readStateSecrets(m_folder.path()), "a folder");
    }

private:
    QString fileWith(const QByteArray &text)
    {
        QFile file(m_folder.filePath(u"key"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("The test's folder cannot be written");
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

GATEHOUSE_TEST(TestStateSecrets)
#include "tst_statesecrets.moc"
