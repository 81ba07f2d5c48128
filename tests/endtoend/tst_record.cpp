// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;

/// What passes is kept in a file, and comes out of it again for other programs.
class TestRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"one.gatehouse"_s);
    }
    void givesBackWhatItPrinted();
    void keepsWhatPassedWhenItIsKilled();
    void putsOneRunBehindTheOther();
    void writesAnArchive();
    void writesNothingIntoTheFileThatItReads();
    void saysWhatItCannotRead_data();
    void saysWhatItCannotRead();
    void servesWhereItCannotRecord();

private:
    [[nodiscard]] QStringList serve() const
    {
        return {u"serve"_s, u"--port"_s, u"0"_s, u"--json"_s, u"--record"_s, m_path};
    }
    static int ask(int port, const QByteArray &path)
    {
        return exchangeRaw("127.0.0.1", port,
                           "POST " + path + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port)
                               + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            .status;
    }
    /// What `export` says, by its exit code and its output.
    [[nodiscard]] std::pair<int, QByteArray> exported(const QStringList &options = {}) const
    {
        Program program(QStringList{u"export"_s, m_path} + options);
        const int code = program.wait();
        return {code, program.everything()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestRecord::givesBackWhatItPrinted()
{
    QByteArray printed;
    {
        Program program(serve());
        const int port = program.jsonLine().value("port"_L1).toInt();
        QCOMPARE(ask(port, "/mcp"), 401);
        QCOMPARE(ask(port, "/nothing"), 404);
        for (int i = 0; i < 2; ++i)
            printed += program.line() + '\n';
        QCOMPARE(program.stop(), 0);
    }
    const auto [code, lines] = exported({u"--filter"_s, u"-is:sandbox"_s});
    QCOMPARE(code, 0);
    QCOMPARE(lines, printed);
    QCOMPARE(exported({u"--filter"_s, u"http:404"_s}).second.count('\n'), 1);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"one.gatehouse"_s}); // And no log.
}

void TestRecord::keepsWhatPassedWhenItIsKilled()
{
    Program program(serve());
    const int port = program.jsonLine().value("port"_L1).toInt();
    QCOMPARE(ask(port, "/mcp"), 401);
    // It writes by itself, a moment later.
    QVERIFY(gatehouse::waitFor([this] { return exported().second.contains("no_token"); }, 20'000));
    ::kill(pid_t(program.pid()), SIGKILL);
    QVERIFY(gatehouse::waitFor([&program] { return !program.isRunning(); }, 10'000));
    const auto [code, lines] = exported();
    QCOMPARE(code, 0);
    QVERIFY2(lines.contains("no_token"), lines.constData());
}

void TestRecord::putsOneRunBehindTheOther()
{
    for (int i = 0; i < 2; ++i) {
        Program program(serve());
        QCOMPARE(ask(program.jsonLine().value("port"_L1).toInt(), "/mcp"), 401);
        QCOMPARE(program.stop(), 0);
    }
    QCOMPARE(exported({u"--filter"_s, u"auth:no_token"_s}).second.count('\n'), 2);
}

void TestRecord::writesAnArchive()
{
    QString resource;
    {
        Program program(serve());
        const QJsonObject line = program.jsonLine();
        resource = line.value("mcp"_L1).toString();
        QCOMPARE(ask(line.value("port"_L1).toInt(), "/mcp"), 401);
        QCOMPARE(program.stop(), 0);
    }
    const QString archive = m_folder->filePath(u"one.har"_s);
    QCOMPARE(exported({u"--har"_s, u"--filter"_s, u"auth:no_token"_s, u"--output"_s, archive}).first, 0);
    QFile file(archive);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject log = QJsonDocument::fromJson(file.readAll()).object().value("log"_L1).toObject();
    const QJsonArray entries = log.value("entries"_L1).toArray();
    QCOMPARE(entries.size(), 1);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY((QFile(archive).permissions() & others) == 0);
    const QJsonObject request = entries.first().toObject().value("request"_L1).toObject();
    QCOMPARE(request.value("url"_L1).toString(), resource);
    QCOMPARE(request.value("postData"_L1).toObject().value("text"_L1).toString(), u"{}"_s);
}

void TestRecord::writesNothingIntoTheFileThatItReads()
{
    {
        Program program(serve());
        QCOMPARE(ask(program.jsonLine().value("port"_L1).toInt(), "/mcp"), 401);
        QCOMPARE(program.stop(), 0);
    }
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const auto [code, said] = exported({u"--output"_s, m_folder->path() + u"/./one.gatehouse"_s});
    QCOMPARE(code, 1);
    QVERIFY2(said.contains("the session file itself"), said.constData());
    file.seek(0);
    QCOMPARE(file.readAll(), before);
}

void TestRecord::saysWhatItCannotRead_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no file") << QStringList{} << QByteArray() << 2 << "cannot be opened"_ba;
    QTest::newRow("a text") << QStringList{} << QByteArray("a text of some length ").repeated(100) << 2
                            << "is no session file"_ba;
    QTest::newRow("an empty one") << QStringList{} << ""_ba << 2 << "is no session file"_ba;
    QTest::newRow("a filter that is none")
        << QStringList{u"--filter"_s, u"dur:long"_s} << ""_ba << 1 << "wants a time"_ba;
    QTest::newRow("a filter that nobody will finish")
        << QStringList{u"--filter"_s, u"user:"_s} << ""_ba << 1 << "is not finished"_ba;
    QTest::newRow("two formats") << QStringList{u"--har"_s, u"--ndjson"_s} << ""_ba << 1 << "one of"_ba;
}

void TestRecord::saysWhatItCannotRead()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, words);
    QFile file(m_path);
    if (!content.isNull()) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
    }
    const auto [code, said] = exported(options);
    QTEST(code, "code");
    QVERIFY2(said.contains(words), said.constData());
    QCOMPARE(file.exists(), !content.isNull());
}

void TestRecord::servesWhereItCannotRecord()
{
    m_path = m_folder->path(); // A folder.
    Program program(serve());
    int port = 0;
    bool isSaid = false;
    for (int i = 0; i < 2; ++i) {
        const QJsonObject line = program.jsonLine();
        port = std::max(port, line.value("port"_L1).toInt());
        isSaid = isSaid || line.value("kind"_L1).toString() == "record"_L1;
    }
    QVERIFY(isSaid);
    QCOMPARE(ask(port, "/mcp"), 401);
    QCOMPARE(program.stop(), 0);
}

GATEHOUSE_TEST(TestRecord)
#include "tst_record.moc"
