// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/content.h"
#include "support/unit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using client::Blob;

class TestCliContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesUnderANameOfItsOwn_data();
    void savesUnderANameOfItsOwn();
    void writesOverNothing();
    void saysWhereItCannotSave();
    void savesNothingWhereNobodyAsked();
};

void TestCliContent::savesUnderANameOfItsOwn_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("mimeType");
    QTest::addColumn<QString>("file");
    QTest::newRow("an image") << QString() << u"image/png"_s << u"content.png"_s;
    QTest::newRow("nothing known") << QString() << QString() << u"content.bin"_s;
    QTest::newRow("a file") << u"notes.txt"_s << u"text/plain"_s << u"notes.txt"_s;
    QTest::newRow("a type that nobody knows") << u"data.xyz"_s << u"x/y"_s << u"data.xyz"_s;
    QTest::newRow("the type goes before the name") << u"page.exe"_s << u"image/png"_s << u"page.png"_s;
    QTest::newRow("a folder above") << u"../../etc/passwd"_s << QString() << u"_.._etc_passwd"_s;
    QTest::newRow("a hidden file") << u".bashrc"_s << QString() << u"bashrc.bin"_s;
    QTest::newRow("only dots") << u".."_s << QString() << u"content.bin"_s;
    QTest::newRow("spaces and letters of all kinds")
        << u"a b;ü$(x).txt"_s << u"text/plain"_s << u"a_b____x_.txt"_s;
    QTest::newRow("a line end") << u"a\nb"_s << QString() << u"a_b.bin"_s;
    QTest::newRow("a type with a path in it") << u"a"_s << u"../../x"_s << u"a.bin"_s;
}

void TestCliContent::savesUnderANameOfItsOwn()
{
    QFETCH(const QString, name);
    QFETCH(const QString, mimeType);
    QFETCH(const QString, file);
    QTemporaryDir folder;
    const QString inner = folder.filePath(u"deep/er"_s); // Made where it is missing.
    const auto save = cli::blobSaver(inner);
    QVERIFY(save);
    const QString said = (*save)(Blob{QByteArray("a\0b", 3), mimeType, name});
    QCOMPARE(QDir(inner).entryList(QDir::Files | QDir::Hidden), QStringList{file});
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    QCOMPARE(said, u"saved as "_s + QDir(inner).filePath(file));
    QFile saved(QDir(inner).filePath(file));
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), QByteArray("a\0b", 3));
}

void TestCliContent::writesOverNothing()
{
    QTemporaryDir folder;
    const auto save = cli::blobSaver(folder.path());
    QVERIFY(save);
    for (int i = 0; i < 3; ++i)
        (void)(*save)(Blob{QByteArray::number(i), u"image/png"_s, {}});
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files, QDir::Name),
             QStringList({u"content-1.png"_s, u"content-2.png"_s, u"content.png"_s}));
    QFile first(folder.filePath(u"content.png"_s));
    QVERIFY(first.open(QIODevice::ReadOnly));
    QCOMPARE(first.readAll(), "0"_ba);
}

void TestCliContent::saysWhereItCannotSave()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto none = cli::blobSaver(folder.filePath(u"file/folder"_s));
    QVERIFY(!none);
    QVERIFY(none.error().startsWith(u"--save: "_s));
    const QString gone = folder.filePath(u"gone"_s);
    const auto save = cli::blobSaver(gone);
    QVERIFY(save);
    QVERIFY(QDir(gone).removeRecursively());
    QVERIFY((*save)(Blob{"x", {}, {}}).startsWith(u"could not be saved: "_s));
}

void TestCliContent::savesNothingWhereNobodyAsked()
{
    const auto save = cli::blobSaver({});
    QVERIFY(save);
    QVERIFY(!*save);
}

GATEHOUSE_TEST(TestCliContent)
#include "tst_content.moc"
