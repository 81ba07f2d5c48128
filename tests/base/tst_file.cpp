// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "support/unit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void readsARegularFile();
    void followsALinkToOne();
    void keepsItsBound();
    void opensNothingElse_data();
    void opensNothingElse();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QTemporaryDir m_folder;
};

void TestFile::readsARegularFile()
{
    write(u"a"_s, "text");
    QCOMPARE(base::readFile(at(u"a"_s), 4).value_or("none"), "text"_ba);
    write(u"empty"_s, {});
    const auto empty = base::readFile(at(u"empty"_s), 4);
    QVERIFY(empty);
    QVERIFY(empty->isEmpty());
}

void TestFile::followsALinkToOne()
{
    write(u"b"_s, "text");
    QVERIFY(QFile::link(at(u"b"_s), at(u"link"_s)));
    QCOMPARE(base::readFile(at(u"link"_s), 4).value_or("none"), "text"_ba);
}

void TestFile::keepsItsBound()
{
    write(u"c"_s, "text!");
    const auto read = base::readFile(at(u"c"_s), 4);
    QVERIFY(!read);
    QCOMPARE(read.error(), u"it is larger than 4 bytes."_s);
}

void TestFile::opensNothingElse_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("said");
    const QString other = u"no regular file"_s;
    QTest::newRow("nothing there") << at(u"none"_s) << u"No such file or directory."_s;
    QTest::newRow("a folder") << m_folder.path() << other;
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(QFile::encodeName(at(u"fifo"_s)).constData(), 0600), 0);
    QTest::newRow("a FIFO that nobody writes to") << at(u"fifo"_s) << other;
    QTest::newRow("a device without an end") << u"/dev/zero"_s << other;
    QVERIFY(QFile::link(at(u"fifo"_s), at(u"fifolink"_s)));
    QTest::newRow("a link to a FIFO") << at(u"fifolink"_s) << other;
#endif
}

void TestFile::opensNothingElse()
{
    QFETCH(QString, path);
    QFETCH(QString, said);
    const auto read = base::readFile(path, 100);
    QVERIFY(!read);
    QVERIFY2(read.error().contains(said), qPrintable(read.error()));
}

GATEHOUSE_TEST(TestFile)
#include "tst_file.moc"
