// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"
#include "support/unit.h"

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The window's program from outside; tests/app has what is inside.
class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAWindowThatEndsInPeace();
    void saysThatThereIsNoDisplay();
};

void TestWindow::opensAWindowThatEndsInPeace()
{
    const QTemporaryDir home;
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost, 0));
    const quint16 port = probe.serverPort();
    probe.close();
    Program window({u"--port"_s, QString::number(port), u"--sandbox-port"_s, u"0"_s},
                   {u"QT_QPA_PLATFORM=offscreen"_s, u"XDG_CONFIG_HOME="_s + home.path()});
    // Answered by the server behind the window.
    QTRY_COMPARE_WITH_TIMEOUT(
        exchangeRaw("127.0.0.1", port, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
            .status,
        401, 20'000);
    QCOMPARE(window.stop(), 0);
    QVERIFY(QFile::exists(home.filePath(u"gatehouse/window.ini"_s))); // Its state was kept.
}

void TestWindow::saysThatThereIsNoDisplay()
{
    Program window({u"--port"_s, u"0"_s}, {u"DISPLAY="_s, u"WAYLAND_DISPLAY="_s, u"QT_QPA_PLATFORM="_s});
    QCOMPARE(window.wait(), 2);
    QVERIFY2(window.errors().contains("use \"gatehouse serve\""), window.errors().constData());
}

GATEHOUSE_TEST(TestWindow)
#include "tst_window.moc"
