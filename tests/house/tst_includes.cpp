// SPDX-License-Identifier: GPL-3.0-or-later
#include "house/includerules.h"
#include "support/unit.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace gatehouse::house;
using namespace Qt::StringLiterals;

class TestIncludes : public QObject
{
    Q_OBJECT

    static constexpr auto spdx = "// SPDX-License-Identifier: GPL-3.0-or-later\n"_L1;
    const QDir m_source{QStringLiteral(GATEHOUSE_SOURCE_DIR "/src")};

    static QString textOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    struct RoomAsItIs
    {
        int files = 0;
        int lines = 0;
        QStringList used; ///< Other rooms, in the order of the table.
    };
    RoomAsItIs readRoom(const QString &room) const
    {
        RoomAsItIs found;
        QString all;
        QDirIterator sources(m_source.filePath(room), {u"*.h"_s, u"*.cpp"_s}, QDir::Files);
        while (sources.hasNext()) {
            all += textOf(sources.next());
            ++found.files;
        }
        found.lines = int(all.count(u'\n'));
        for (const auto &other : rooms()) {
            if (other != room && all.contains(u"#include \"%1/"_s.arg(other)))
                found.used.append(other);
        }
        return found;
    }

private Q_SLOTS:
    void everyRoomKeepsToTheTable_data()
    {
        QTest::addColumn<QString>("room");
        for (const auto &room : rooms())
            QTest::addRow("%s", qPrintable(room)) << room;
    }

    void everyRoomKeepsToTheTable()
    {
        QFETCH(QString, room);
        QStringList found;
        int files = 0;
        QDirIterator sources(m_source.filePath(room), {u"*.h"_s, u"*.cpp"_s, u"*.mm"_s}, QDir::Files,
                             QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            const auto path = sources.next();
            found << findings(m_source.relativeFilePath(path), textOf(path));
            ++files;
        }
        QVERIFY2(files > 0, "no source file was found");
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void everyFolderIsARoom()
    {
        auto folders = m_source.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        auto expected = rooms();
        folders.sort();
        expected.sort();
        QCOMPARE(folders, expected);
    }

    void everyRoomLinksWhatItIncludes_data() { everyRoomKeepsToTheTable_data(); }

    void everyRoomLinksWhatItIncludes()
    {
        QFETCH(QString, room);
        const auto text = textOf(m_source.filePath(room + "/CMakeLists.txt"_L1));
        QVERIFY(!text.isEmpty());
        static const QRegularExpression edges(u"\\bROOMS((?:\\s+[a-z]+)+)"_s);
        const auto linked = edges.match(text).captured(1).simplified().split(u' ', Qt::SkipEmptyParts);
        QCOMPARE(linked, readRoom(room).used);
    }

    /// Each room may include those that stand before it, so that no way leads back.
    void noArrowLeadsUpward()
    {
        const auto order = rooms();
        for (const auto &room : order) {
            for (const auto &other : allowedRooms(room)) {
                QVERIFY2(order.indexOf(other) >= 0 && order.indexOf(other) < order.indexOf(room),
                         qPrintable(u"%1 includes %2, which stands behind it"_s.arg(room, other)));
            }
        }
    }

    /// Prints the structure as it is, and finds a permission that nobody uses any more.
    void everyArrowIsUsed()
    {
        int arrows = 0;
        for (const auto &room : rooms()) {
            const auto [files, lines, used] = readRoom(room);
            arrows += int(used.size());
            qInfo("%-9s %3d files, %5d lines: %s", qPrintable(room), files, lines,
                  qPrintable(used.join(u' ')));
            const bool isGeneral = room == "host"_L1 || room == "cli"_L1 || room == "app"_L1; // "all above"
            for (const auto &other : isGeneral ? QStringList() : allowedRooms(room))
                QVERIFY2(used.contains(other),
                         qPrintable(u"%1 may include %2 and does not"_s.arg(room, other)));
        }
        qInfo("%d rooms, %d arrows, none upward", int(rooms().size()), arrows);
    }

    // That this test can fail.
    void findsWhatIsForbidden_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("named");

        QTest::addRow("a room above")
            << u"keys/jwk.cpp"_s << u"#include \"http/message.h\""_s << u"keys may not include http"_s;
        QTest::addRow("indented") << u"http/message.h"_s << u"  #  include \"sandbox/people.h\""_s
                                  << u"http may not include sandbox"_s;
        QTest::addRow("no room in the name")
            << u"base/json.cpp"_s << u"#include \"json.h\""_s << u"room/file.h"_s;
        QTest::addRow("network in keys") << u"keys/jwk.h"_s << u"#include <QTcpSocket>"_s << u"QtNetwork"_s;
        QTest::addRow("network in base")
            << u"base/fetch.h"_s << u"#include <QNetworkReply>"_s << u"QtNetwork"_s;
        QTest::addRow("network with its folder")
            << u"keys/jwk.h"_s << u"#include <QtNetwork/QTcpSocket>"_s << u"QtNetwork"_s;
        QTest::addRow("network by its file")
            << u"keys/jwk.h"_s << u"#include <qtcpsocket.h>"_s << u"QtNetwork"_s;
        QTest::addRow("HTTP server elsewhere")
            << u"http/httpserver.h"_s << u"#include <QHttpServer>"_s << u"QtHttpServer"_s;
        QTest::addRow("OpenSSL in http")
            << u"http/message.cpp"_s << u"#include <openssl/evp.h>"_s << u"OpenSSL"_s;
        QTest::addRow("a room that is none") << u"misc/x.h"_s << QString() << u"no room"_s;
        QTest::addRow("a name that says nothing") << u"http/httputils.h"_s << QString() << u"says nothing"_s;
    }

    void findsWhatIsForbidden()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(QString, named);
        const auto found = findings(path, spdx + "#pragma once\n\n"_L1 + line + u'\n');
        QCOMPARE(found.size(), 1);
        QVERIFY2(found.first().contains(named), qPrintable(found.first()));
    }

    void findsAMissingLicenceLine()
    {
        const auto found = findings(u"base/json.h"_s, u"#pragma once\n"_s);
        QCOMPARE(found.size(), 1);
        QVERIFY(found.first().contains("SPDX"_L1));
    }

    void letsThroughWhatIsAllowed()
    {
        const auto text = spdx
            + "#include \"http/message.h\"\n#include \"base/json.h\"\n"
              "#include <QHttpServer>\n#include <QTcpServer>\n#include <QString>\n#include <vector>\n"_L1;
        QCOMPARE(findings(u"http/httpserver.cpp"_s, text), QStringList());
        QCOMPARE(findings(u"keys/jwk.cpp"_s, spdx + "#include <openssl/evp.h>\n"_L1), QStringList());
        QCOMPARE(findings(u"main.cpp"_s, spdx + "#include \"cli/commands.h\"\n"_L1), QStringList());
    }
};

GATEHOUSE_TEST(TestIncludes)
#include "tst_includes.moc"
