// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/report.h"
#include "support/terminal.h"
#include "support/unit.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

struct Sent
{
    QByteArray query = {};
    base::Headers headers = {};
    QByteArray body = {};
};

} // namespace

Q_DECLARE_METATYPE(Sent)

class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsNothingWhenItIsPasted_data();
    void runsNothingWhenItIsPasted();
};

void TestReport::runsNothingWhenItIsPasted_data()
{
    QTest::addColumn<QList<QByteArray>>("shell");
    QTest::addColumn<bool>("isBracketed");
    QTest::addColumn<Sent>("sent");
    const QByteArray filler(5000, 'a');
    const std::pair<const char *, Sent> rows[] = {
        {"a plain call", {"a=[1-40]&b={c,d}", {{"X-A", "b"}}, "{\"a\":1}"}},
        {"an interrupt", {{}, {}, "x\x03\ntouch PWNED\n"}},
        {"quotes and lines", {{}, {}, "x'\ntouch PWNED\n'"}},
        {"an end of input", {{}, {}, "x\x04touch PWNED\n"}},
        {"the end of a paste", {{}, {}, "\x1b[201~\ntouch PWNED\n"}},
        {"substitutions", {"$(touch PWNED)", {{"X-A", "`touch PWNED`"}}, "$(touch PWNED)`touch PWNED`\n"}},
        {"backslashes before quotes", {{}, {{"X-A", "\\';touch PWNED;#"}}, "\\';touch PWNED;\\'\x01"}},
        {"a backslash at an end", {{}, {{"X-A", "a\\"}, {"X-B", ";touch PWNED;#"}}, {}}},
        {"the line killed", {{}, {}, "\x15touch PWNED\r"}},
        {"history", {{}, {{"X-A", "!touch PWNED"}}, "!touch PWNED\n"}},
        {"a header longer than a terminal's line", {{}, {{"X-A", filler}, {"X-B", ";touch PWNED;#"}}, {}}},
        {"a query longer than a terminal's line", {filler, {{"X-B", ";touch PWNED;#"}}, {}}},
        {"bytes longer than a terminal's line",
         {{}, {{"X-A", "\xff" + filler}, {"X-B", ";touch PWNED;#"}}, "\xff" + filler + "\n;touch PWNED;#"}}};
    const QList<QList<QByteArray>> shells{{"bash", "--noprofile", "--norc", "-i"},
                                          {"bash", "--noprofile", "--norc", "--noediting", "-i"},
                                          {"dash", "-i"},
                                          {"zsh", "-f", "-i"},
                                          {"fish", "--no-config", "-c"}};
    for (const QList<QByteArray> &shell : shells) {
        for (const bool isBracketed : {false, true}) {
            if (isBracketed && shell.first() == "fish")
                continue; // It is not at a terminal here: its reader takes lines of any length.
            for (const auto &[name, sent] : rows)
                QTest::addRow("%s%s: %s", shell.value(shell.size() == 5 ? 3 : 0).constData(),
                              isBracketed ? ", bracketed" : "", name)
                    << shell << isBracketed << sent;
        }
    }
}

void TestReport::runsNothingWhenItIsPasted()
{
#ifdef Q_OS_UNIX
    QFETCH(QList<QByteArray>, shell);
    QFETCH(bool, isBracketed);
    QFETCH(Sent, sent);
    if (QStandardPaths::findExecutable(QString::fromLatin1(shell.first())).isEmpty())
        QSKIP("There is no such shell here");
    const QTemporaryDir folder;
    QFile curl(folder.filePath(u"curl"_s)); // Which writes down what it is called with.
    QVERIFY(curl.open(QIODevice::WriteOnly));
    curl.write("#!/bin/sh\nprintf '%s\\0' \"$@\" > words.part && mv words.part words\n");
    curl.close();
    QVERIFY(curl.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    exchange::Exchange call;
    call.method = "POST";
    call.path = "/mcp";
    call.query = sent.query;
    call.requestHeaders = sent.headers;
    call.requestBody.shown = sent.body;
    call.requestBody.size = sent.body.size();

    QByteArray line = inspector::curlOf(call, u"http://localhost:3000/mcp"_s).toUtf8();
    const QString words = folder.filePath(u"words"_s);
    const auto isDone = [&words] { return QFile::exists(words); };
    // Without line editing nothing knows bracketed paste: what comes of it is no call.
    const bool knowsBrackets = shell.size() == 4 || shell.first() == "zsh" || !isBracketed;
    QByteArray said;
    if (shell.first() == "fish") {
        QProcess process;
        process.setWorkingDirectory(folder.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, folder.path() + u':' + environment.value(u"PATH"_s));
        environment.insert(u"HOME"_s, folder.path());
        process.setProcessEnvironment(environment);
        process.start(u"fish"_s, {u"--no-config"_s, u"-c"_s, QString::fromUtf8(line)});
        QVERIFY(process.waitForFinished());
        said = process.readAllStandardError();
    } else {
        test::Terminal terminal(shell, folder.path().toLocal8Bit());
        QVERIFY(terminal.waitForPrompt());
        if (isBracketed)
            line = "\x1b[200~" + line + "\x1b[201~";
        (void)terminal.paste(line + '\n', isDone, knowsBrackets ? 10'000 : 500);
        said = terminal.said;
    }
    QVERIFY2(!QFile::exists(folder.filePath(u"PWNED"_s)), "what was pasted ran");
    // fish does not know $'…', and runs nothing at all then.
    QVERIFY2(isDone() || !knowsBrackets || (shell.first() == "fish" && line.contains("$'")),
             said.right(2000).constData());
    if (!isDone() || (shell.first() == "dash" && line.contains("$'")))
        return; // dash takes it for another word.
    QFile file(words);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> given = file.readAll().split('\0');
    QVERIFY(given.contains("http://localhost:3000/mcp" + (sent.query.isEmpty() ? ""_ba : '?' + sent.query)));
    for (const auto &[name, value] : std::as_const(sent.headers))
        QVERIFY2(given.contains(name + ": " + value), name.constData());
    QVERIFY(sent.body.isEmpty() || given.contains(sent.body));
#else
    QSKIP("There are no terminals of this kind here");
#endif
}

GATEHOUSE_TEST(TestReport)
#include "tst_report.moc"
