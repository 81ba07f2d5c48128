// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/terminal.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gatehouse;

/// scripts/with-log, through which everything long of scripts/run and scripts/test goes.
class TestScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheFaultAndWhereAllOfItStands();
    void saysOfWhatWentWellOnlyHowLongItTook();
    void endsOnCtrlCWhateverWasBegun();

private:
    static QString withLog() { return QStringLiteral(GATEHOUSE_SOURCE_DIR "/scripts/with-log"); }

    struct Run
    {
        int status = -1;
        QByteArray said;
    };
    [[nodiscard]] Run run(const QString &script)
    {
        QProcess process;
        process.start(withLog(), {log(), u"Trying"_s, u"sh"_s, u"-c"_s, script});
        if (!process.waitForFinished())
            return {};
        return {process.exitCode(), process.readAllStandardOutput() + process.readAllStandardError()};
    }
    [[nodiscard]] QString log() const { return m_folder.filePath(u"logs/of this.log"_s); }

    QTemporaryDir m_folder;
};

void TestScripts::showsTheFaultAndWhereAllOfItStands()
{
    const Run failed = run(u"echo '[1/3] Building one.cpp'; echo 'one.cpp:3: no such thing'; exit 3"_s);
    QCOMPARE(failed.status, 3);
    QVERIFY2(failed.said.contains("one.cpp:3: no such thing"), failed.said.constData());
    QVERIFY2(!failed.said.contains("[1/3]"), failed.said.constData());
    QVERIFY2(failed.said.contains(log().toUtf8()), failed.said.constData());
    QFile all(log());
    QVERIFY(all.open(QIODevice::ReadOnly));
    QVERIFY(all.readAll().startsWith("[1/3] Building one.cpp"));
}

void TestScripts::saysOfWhatWentWellOnlyHowLongItTook()
{
    const Run done = run(u"seq 1000"_s);
    QCOMPARE(done.status, 0);
    QCOMPARE(done.said.count('\n'), 2);
    QVERIFY2(done.said.contains("Trying: done in "), done.said.constData());
}

void TestScripts::endsOnCtrlCWhateverWasBegun()
{
#ifdef Q_OS_UNIX
    // As cmake does, which leaves its ninja running where it alone is ended.
    const QString child = m_folder.filePath(u"child"_s);
    test::Terminal terminal({"bash", "--norc", "--noprofile", "-i"}, m_folder.path().toLocal8Bit());
    QVERIFY(terminal.waitForPrompt());
    const QString line
        = u"'%1' '%2' Trying sh -c 'sleep 60 & echo $! >child.new; mv child.new child; wait'\n"_s.arg(
            withLog(), log());
    QVERIFY2(terminal.paste(line.toUtf8(), [&child] { return QFile::exists(child); }),
             terminal.said.constData());
    QFile file(child);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto id = pid_t(file.readAll().trimmed().toInt());
    QVERIFY(id > 0 && ::kill(id, 0) == 0);
    const bool isEnded = terminal.paste("\x03", [id] { return ::kill(id, 0) != 0; });
    ::kill(id, SIGKILL);
    QVERIFY2(isEnded, terminal.said.constData());
    QVERIFY2(terminal.paste({}, [&terminal] { return terminal.said.contains("Trying: stopped."); }),
             terminal.said.constData());
#else
    QSKIP("There are no terminals of this kind here");
#endif
}

GATEHOUSE_TEST(TestScripts)
#include "tst_scripts.moc"
