// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionreader.h"
#include "records/sessionschema.h"
#include "support/exchanges.h"
#include "support/unit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::records;
using namespace Qt::StringLiterals;
using exchange::Exchange;
using store::Fault;

/// What passed, in a file and out of it again.
class TestSessionFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesBackEachByte();
    void keepsWhatIsUnderWayAndItsEnd();
    void sharesWhatManyHaveInCommon();
    void writesAllOrNothing();
    void tellsItsRuns();
    void isReadWhileItIsWritten();
    void makesNothingBesideWhatItReads();
    void noticesWhoWritesItMeanwhile();
    void endsWhatIsInterrupted();
    void isReadWhereNothingMayBeWritten_data();
    void isReadWhereNothingMayBeWritten();
    void writesAllOfABatchOrNothing();
    void readsNoMoreAtOnceThanFits();
    void readsInPages();
    void opensNothingElse_data();
    void opensNothingElse();
    void saysWhatIsDamaged();
    void readsNoNumberThatCannotBe_data();
    void readsNoNumberThatCannotBe();
    void savesACopyOfItself();
    void savesOverNothingThatIsInUse();
    void goesOnInACopy();
    void forgetsWhatIsOver();
    void letsTheOldestGo();
    void opensNothingThatIsForged_data();
    void opensNothingThatIsForged();
    void opensWhatItsOwnerAddedTo();
    void isOnlyItsOwners();

private:
    [[nodiscard]] QList<SessionRow> rows()
    {
        const auto reader = SessionReader::open(m_path);
        if (!reader)
            qFatal("%s", qPrintable(sentenceOf(reader.error())));
        return (*reader)->rowsBehind(0, 1000).value_or(SessionReader::Page()).rows;
    }
    static std::unique_ptr<SessionFile> begin(const QString &path)
    {
        auto file = SessionFile::open(path);
        if (!file || !(*file)->beginRun({}))
            qFatal("The file cannot be written.");
        return *std::move(file);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestSessionFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"one.gatehouse"_s);
}

void TestSessionFile::givesBackEachByte()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({full(1), Exchange{}}));
    const QList<SessionRow> read = rows();
    QCOMPARE(read.size(), 2);
    QVERIFY(read.first().exchange.verdict.jsonBytes > 0);
    QCOMPARE(read.first().exchange, counted(full(1), read.first().exchange.verdict.jsonBytes));
    QCOMPARE(read.last().exchange, counted({}, read.last().exchange.verdict.jsonBytes));
}

void TestSessionFile::keepsWhatIsUnderWayAndItsEnd()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({running(1), call(2)}));
    QCOMPARE(rows().first().exchange.outcome, exchange::Outcome::Running);
    QVERIFY(file->write({call(1), call(3)}));
    const QList<SessionRow> read = rows();
    QCOMPARE(read.size(), 3);
    QCOMPARE(read.first().exchange.id, 1u);
    QCOMPARE(read.first().exchange.outcome, exchange::Outcome::Ok);
    QVERIFY(file->beginRun({})); // Its ids begin anew.
    QVERIFY(file->write({call(1)}));
    QCOMPARE(rows().size(), 4);
}

void TestSessionFile::sharesWhatManyHaveInCommon()
{
    auto file = begin(m_path);
    Exchange one = full(1);
    one.requestHeaders.append({"X-Long", QByteArray(100'000, 'x')});
    for (quint64 id = 1; id <= 50; ++id) {
        one.id = id;
        QVERIFY(file->write({one}));
        if (id == 25)
            file = begin(m_path); // Also what another run wrote.
    }
    file.reset();
    const qint64 size = QFile(m_path).size();
    QVERIFY2(size < 400'000, qPrintable(QString::number(size)));
    QCOMPARE(rows().size(), 50);
    QCOMPARE(rows().last().exchange.requestHeaders, one.requestHeaders);
}

void TestSessionFile::writesAllOrNothing()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({running(1)}));
    // Held by somebody else, longer than one waits.
    store::Address address;
    address.file = m_path;
    auto other = store::Connection::open(address, sessionSchema());
    QVERIFY(other);
    QVERIFY((*other)->run(u"BEGIN IMMEDIATE"_s));
    const auto done = file->write({call(1), call(2)}, 5);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Fault::Kind::Busy);
    QCOMPARE(rows().size(), 1);
    QVERIFY((*other)->run(u"ROLLBACK"_s));
    QVERIFY(file->write({call(1), call(2)}, 5));
    QCOMPARE(rows().size(), 2);
    QCOMPARE(rows().first().exchange.outcome, exchange::Outcome::Ok);
    QCOMPARE((*SessionReader::open(m_path))->runs()->first().dropped, 5);
}

void TestSessionFile::tellsItsRuns()
{
    SessionRun run;
    run.startedMs = 1'800'000'000'000;
    run.program = u"Gatehouse 0.1.0"_s;
    run.resource = u"http://localhost:3000/mcp"_s;
    run.issuer = u"https://acme.authkit.app"_s;
    run.settings = R"({"verifyJwt":true})";
    run.keys = R"([{"kid":"1"}])";
    {
        const auto file = SessionFile::open(m_path);
        QVERIFY(file && (*file)->beginRun(run));
        QVERIFY((*file)->endRun(1'800'000'060'000));
        QVERIFY((*file)->beginRun(run)); // Cut off.
    }
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    run.id = 1;
    run.endedMs = 1'800'000'060'000;
    SessionRun cut = run;
    cut.id = 2;
    cut.endedMs = 0;
    QCOMPARE((*reader)->runs().value_or(QList<SessionRun>()), (QList<SessionRun>{run, cut}));
}

void TestSessionFile::isReadWhileItIsWritten()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({call(1)}));
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    using Span = std::pair<qint64, qint64>;
    QCOMPARE((*reader)->span().value_or(Span()), Span(1, 1));
    QVERIFY(file->write({call(2), call(3)}));
    QCOMPARE((*reader)->span().value_or(Span()), Span(1, 3));
    const auto behind = (*reader)->rowsBehind(1, 10);
    QVERIFY(behind);
    QCOMPARE(behind->rows.size(), 2);
}

void TestSessionFile::makesNothingBesideWhatItReads()
{
    QVERIFY(begin(m_path)->write({call(1)}));
    const auto names = [this] { return QDir(m_folder->path()).entryList(QDir::Files); };
    QCOMPARE(names(), QStringList{u"one.gatehouse"_s});
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    QVERIFY((*reader)->rowsBehind(0, 10));
    QCOMPARE(names(), QStringList{u"one.gatehouse"_s});
}

void TestSessionFile::noticesWhoWritesItMeanwhile()
{
    QVERIFY(begin(m_path)->write({call(1), call(2)}));
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    QCOMPARE((*reader)->rowsBehind(0, 1)->rows.size(), 1);
    // Nobody wrote it when it was opened. Somebody came and went, and somebody came and stays.
    QVERIFY(begin(m_path)->write({call(3)}));
    QCOMPARE((*reader)->rowsBehind(1, 10)->rows.size(), 2);
    const auto file = begin(m_path);
    QVERIFY(file->write({call(4)}));
    QCOMPARE((*reader)->rowsBehind(1, 10)->rows.size(), 3);
}

void TestSessionFile::endsWhatIsInterrupted()
{
    QVERIFY(begin(m_path)->write({call(1)}));
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    (*reader)->interrupt();
    const auto page = (*reader)->rowsBehind(0, 10);
    QVERIFY(!page);
    QCOMPARE(page.error().kind, Fault::Kind::Busy);
    const auto file = begin(m_path); // It would have to open it anew.
    QVERIFY(file->write({call(2)}));
    QVERIFY(!(*reader)->rowsBehind(0, 10));
}

void TestSessionFile::isReadWhereNothingMayBeWritten_data()
{
    QTest::addColumn<bool>("hasLog");
    QTest::newRow("nothing beside it") << false;
    QTest::newRow("an empty log beside it") << true;
}

void TestSessionFile::isReadWhereNothingMayBeWritten()
{
    QFETCH(const bool, hasLog);
    QVERIFY(begin(m_path)->write({call(1)}));
    QFile log(m_path + u"-wal"_s);
    QVERIFY(!hasLog
            || (log.open(QIODevice::WriteOnly) && log.setPermissions(QFile::ReadOwner | QFile::ReadGroup)));
    QFile(m_path).setPermissions(QFile::ReadOwner | QFile::ReadGroup);
    QFile(m_folder->path())
        .setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup);
    const QByteArray before = [this] {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }();
    // Root may write everywhere: it reads as somebody else, though of its group.
    constexpr uid_t nobody = 65534;
    const bool isRoot = geteuid() == 0;
    QVERIFY(!isRoot || seteuid(nobody) == 0);
    const bool mayWrite = QFile(m_path).open(QIODevice::ReadWrite);
    const auto reader = SessionReader::open(m_path);
    const qsizetype read
        = reader ? (*reader)->rowsBehind(0, 10).value_or(SessionReader::Page()).rows.size() : -1;
    QVERIFY(!isRoot || seteuid(0) == 0);
    QFile(m_folder->path()).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(!mayWrite);
    QCOMPARE(read, 1);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), before);
}

void TestSessionFile::writesAllOfABatchOrNothing()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({call(1)}));
    store::Address address;
    address.file = m_path;
    const auto other = store::Connection::open(address, sessionSchema());
    QVERIFY(other);
    QVERIFY((*other)->run(u"CREATE TRIGGER no BEFORE INSERT ON exchange WHEN NEW.id = 3 "
                          "BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
    Exchange begun = running(2);
    begun.requestHeaders.append(base::Header{"X-Once", "1"});
    QVERIFY(!file->write({begun, call(3), call(4)}));
    QVERIFY((*other)->run(u"DROP TRIGGER no"_s));
    QCOMPARE(rows().size(), 1);
    // What was numbered in the part that did not count is written anew.
    QVERIFY(file->write({begun, call(3), call(4)}));
    Exchange over = begun;
    over.outcome = exchange::Outcome::Ok;
    QVERIFY(file->write({over}));
    const QList<SessionRow> all = rows();
    QCOMPARE(all.size(), 4);
    QCOMPARE(all.at(1).exchange, counted(over, all.at(1).exchange.verdict.jsonBytes));
}

void TestSessionFile::readsNoMoreAtOnceThanFits()
{
    const auto file = begin(m_path);
    constexpr int count = 80;
    for (quint64 id = 1; id <= count; ++id) {
        Exchange large = call(id);
        large.responseBody = {QByteArray(1024 * 1024, 'x'), 1024 * 1024, false};
        QVERIFY(file->write({large}));
    }
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    qsizetype read = 0;
    qsizetype most = 0;
    for (qint64 last = 0;;) {
        const auto page = (*reader)->rowsBehind(last, 1000);
        QVERIFY(page);
        if (page->isEnd())
            break;
        read += page->rows.size();
        most = std::max(most, page->rows.size());
        last = page->last;
    }
    QCOMPARE(read, count);
    QVERIFY2(most < 40, qPrintable(QString::number(most)));
}

void TestSessionFile::readsInPages()
{
    const auto file = begin(m_path);
    QList<Exchange> batch;
    for (quint64 id = 1; id <= 25; ++id)
        batch.append(call(id));
    QVERIFY(file->write(batch));
    const auto reader = SessionReader::open(m_path);
    QVERIFY(reader);
    QList<quint64> ids;
    qint64 last = 0;
    for (;;) {
        const auto page = (*reader)->rowsBehind(last, 10);
        QVERIFY(page);
        if (page->isEnd())
            break;
        for (const SessionRow &row : page->rows)
            ids.append(row.exchange.id);
        last = page->last;
    }
    QCOMPARE(ids.size(), 25);
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
}

void TestSessionFile::opensNothingElse_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::newRow("an empty file") << ""_ba << Fault::Kind::NotOurs;
    QTest::newRow("a text") << QByteArray("no database, but long enough to be looked at ").repeated(100)
                            << Fault::Kind::Damaged;
    QTest::newRow("nothing") << QByteArray() << Fault::Kind::CannotOpen;
    const auto made = [](int applicationId, qsizetype versions) {
        QTemporaryDir folder;
        store::Address address;
        address.file = folder.filePath(u"made"_s);
        store::Schema schema;
        schema.applicationId = applicationId;
        store::Migration migration;
        migration.sqlite = {u"CREATE TABLE run (id INTEGER PRIMARY KEY) STRICT"_s};
        schema.migrations = {migration};
        schema.migrations += QList<store::Migration>(versions - 1);
        if (!store::Connection::open(address, schema))
            qFatal("It cannot be made.");
        QFile file(address.file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTest::newRow("a database of another program") << made(0x12345678, 1) << Fault::Kind::NotOurs;
    QTest::newRow("a session of a newer version") << made(sessionApplicationId, 2) << Fault::Kind::TooNew;
}

void TestSessionFile::opensNothingElse()
{
    QFETCH(const QByteArray, content);
    if (!content.isNull()) {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    const auto reader = SessionReader::open(m_path);
    QVERIFY(!reader);
    QTEST(reader.error().kind, "kind");
    QFile file(m_path);
    QCOMPARE(file.exists(), !content.isNull());
    if (file.open(QIODevice::ReadOnly))
        QCOMPARE(file.readAll(), content);
}

void TestSessionFile::saysWhatIsDamaged()
{
    QVERIFY(begin(m_path)->write({call(1), call(2)}));
    store::Address address;
    address.file = m_path;
    const auto breaks = [&](const QString &statement) {
        return bool((*store::Connection::open(address, sessionSchema()))->run(statement));
    };
    const auto why = [&] {
        const auto page = (*SessionReader::open(m_path))->rowsBehind(0, 10);
        return page && page->unreadable == 1 && page->last == 2 && page->rows.size() == 1 ? page->why
                                                                                          : u"none"_s;
    };
    QCOMPARE(why(), u"none"_s);
    // One row says nothing about the others.
    QVERIFY(breaks(u"UPDATE exchange SET outcome = 'splendid' WHERE serial = 1"_s));
    QCOMPARE(why(), u"outcome of row 1."_s);
    QVERIFY(breaks(u"UPDATE exchange SET outcome = 'ok', verdict = 4711 WHERE serial = 1"_s));
    QCOMPARE(why(), u"verdict of row 1."_s);
    QVERIFY(breaks(u"UPDATE exchange SET verdict = (SELECT min(id) FROM shared) WHERE serial = 1"_s));
    QCOMPARE(why(), u"verdict of row 1."_s); // Which are headers.
}

void TestSessionFile::readsNoNumberThatCannotBe_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("why");
    QTest::newRow("a status that would wrap") << u"status = 4294967496"_s << u"status of row 1."_s;
    QTest::newRow("an end before the beginning") << u"ended_us = -1"_s << u"ended_us of row 1."_s;
    QTest::newRow("a day that no text has")
        << u"received_ms = 9223372036854775807"_s << u"received_ms of row 1."_s;
    QTest::newRow("a body of no size") << u"request_size = -1"_s << u"request_size of row 1."_s;
    QTest::newRow("no id") << u"id = -1"_s << u"id of row 1."_s;
    QTest::newRow("nothing") << u"status = NULL"_s << u"status of row 1."_s;
}

void TestSessionFile::readsNoNumberThatCannotBe()
{
    QFETCH(const QString, statement);
    QVERIFY(begin(m_path)->write({call(1)}));
    {
        store::Address address;
        address.file = m_path;
        const auto forger = store::Connection::open(address, sessionSchema());
        QVERIFY(forger && (*forger)->run(u"UPDATE exchange SET "_s + statement));
    }
    const auto page = (*SessionReader::open(m_path))->rowsBehind(0, 10);
    QVERIFY(page);
    QVERIFY(page->rows.isEmpty());
    QTEST(page->why, "why");
}

void TestSessionFile::savesACopyOfItself()
{
    const QString copy = m_folder->filePath(u"copy.gatehouse"_s);
    const auto file = begin(m_path);
    QVERIFY(file->write({call(1), running(2)}));
    QVERIFY(file->saveTo(copy, 1'800'000'070'000));
    QVERIFY(file->write({call(2), call(3)}));
    const auto sizes = [&copy] {
        const auto reader = SessionReader::open(copy);
        return reader ? (*reader)->rowsBehind(0, 10)->rows.size() : -1;
    };
    QCOMPARE(sizes(), 2);
    QCOMPARE((*SessionReader::open(copy))->runs()->first().endedMs, 1'800'000'070'000);
    QCOMPARE((*SessionReader::open(m_path))->runs()->first().endedMs, 0);
    // In place of an older one, and nothing is left beside it.
    QVERIFY(file->saveTo(copy, 1'800'000'080'000));
    QCOMPARE(sizes(), 3);
    QCOMPARE(QDir(m_folder->path()).entryList({u"copy*"_s}), QStringList{u"copy.gatehouse"_s});
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY((QFile(copy).permissions() & others) == 0);
}

void TestSessionFile::savesOverNothingThatIsInUse()
{
    const QString used = m_folder->filePath(u"used.gatehouse"_s);
    const auto file = begin(m_path);
    QVERIFY(file->write({call(1)}));
    const auto other = begin(used);
    QVERIFY(other->write({call(7)}));
    for (const QString &path : {used, m_path, m_folder->filePath(u"./one.gatehouse"_s)}) {
        const auto saved = file->saveTo(path, 1);
        QVERIFY2(!saved, qPrintable(path));
        QCOMPARE(saved.error().kind, Fault::Kind::Busy);
    }
    QVERIFY(other->write({call(8)}));
    QCOMPARE((*SessionReader::open(used))->rowsBehind(0, 10)->rows.size(), 2);
    QVERIFY(!file->saveTo(m_folder->filePath(u"no/such/folder.gatehouse"_s), 1));
    QCOMPARE(rows().size(), 1);
}

void TestSessionFile::goesOnInACopy()
{
    const QString elsewhere = m_folder->filePath(u"elsewhere.gatehouse"_s);
    const auto file = begin(m_path);
    QVERIFY(file->write({call(1), running(2)}));
    QVERIFY(file->moveTo(elsewhere));
    QVERIFY(file->write({call(2), call(3)}));
    QCOMPARE(rows().size(), 2);
    m_path = elsewhere;
    const QList<SessionRow> all = rows();
    QCOMPARE(all.size(), 3); // What was under way has ended, and is there once.
    QCOMPARE(all.at(1).exchange.outcome, exchange::Outcome::Ok);
}

void TestSessionFile::forgetsWhatIsOver()
{
    const auto file = begin(m_path);
    Exchange secret = call(1);
    secret.requestBody = {"the launch is on tuesday", 24, false};
    secret.client = u"launch-client"_s;
    secret.requestHeaders.append(base::Header{"X-Launch", "launch-header"});
    QVERIFY(file->write({secret, running(2)}));
    QVERIFY(file->forget());
    QCOMPARE(rows().size(), 1);
    for (const QString &name : QDir(m_folder->path()).entryList(QDir::Files)) {
        QFile bytes(m_folder->filePath(name));
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        QVERIFY2(!bytes.readAll().contains("launch"), qPrintable(name));
    }
    QVERIFY(file->write({secret, call(2)}));
    QCOMPARE(rows().size(), 2);
    QCOMPARE(rows().last().exchange.requestHeaders, secret.requestHeaders);
}

void TestSessionFile::letsTheOldestGo()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({running(1)}));
    for (quint64 id = 2; id <= 201; ++id) {
        Exchange large = call(id);
        large.responseBody = {QByteArray(20'000, 'x'), 20'000, false};
        QVERIFY(file->write({large}));
    }
    constexpr qint64 most = 2'000'000;
    QVERIFY(file->keepWithin(most));
    const QList<SessionRow> left = rows();
    QVERIFY2(left.size() > 60 && left.size() < 100, qPrintable(QString::number(left.size())));
    QCOMPARE(left.first().exchange.id, 1u); // It goes on.
    QCOMPARE(left.last().exchange.id, 201u);
    QVERIFY(file->write({call(1), call(202)}));
    QCOMPARE(rows().size(), left.size() + 1);
}

void TestSessionFile::opensNothingThatIsForged_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("a view in place of a table") << QStringList{
        u"ALTER TABLE exchange RENAME TO kept"_s,
        u"CREATE VIEW exchange AS WITH RECURSIVE n(serial) AS (SELECT 1 UNION ALL SELECT serial "
        "FROM n) SELECT * FROM n JOIN kept USING (serial)"_s};
    QTest::newRow("a table of its own kind")
        << QStringList{u"DROP TABLE shared"_s, u"CREATE TABLE shared (id, digest, text)"_s};
    QTest::newRow("a trigger") << QStringList{
        u"CREATE TRIGGER more AFTER INSERT ON exchange BEGIN DELETE FROM exchange; END"_s};
    QTest::newRow("a table is missing") << QStringList{u"DROP TABLE run"_s};
}

void TestSessionFile::opensNothingThatIsForged()
{
    QFETCH(const QStringList, statements);
    QVERIFY(begin(m_path)->write({call(1)}));
    {
        store::Address address;
        address.file = m_path;
        const auto forger = store::Connection::open(address, sessionSchema());
        QVERIFY(forger && (*forger)->run(u"PRAGMA foreign_keys=OFF"_s));
        for (const QString &statement : statements)
            QVERIFY((*forger)->run(statement));
    }
    const auto reader = SessionReader::open(m_path);
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, Fault::Kind::Damaged);
    const auto writer = SessionFile::open(m_path);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Fault::Kind::Damaged);
}

void TestSessionFile::opensWhatItsOwnerAddedTo()
{
    QVERIFY(begin(m_path)->write({call(1)}));
    {
        store::Address address;
        address.file = m_path;
        const auto owner = store::Connection::open(address, sessionSchema());
        QVERIFY(owner
                && (*owner)->run(u"CREATE VIEW refused AS SELECT * FROM exchange WHERE status = 401"_s));
        QVERIFY((*owner)->run(u"CREATE INDEX by_client ON exchange (client)"_s));
    }
    QCOMPARE(rows().size(), 1);
}

void TestSessionFile::isOnlyItsOwners()
{
    const auto file = begin(m_path);
    QVERIFY(file->write({call(1)}));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &path : {m_path, QString(m_path + u"-wal"_s)})
        QVERIFY2((QFile(path).permissions() & others) == 0, qPrintable(path));
}

GATEHOUSE_TEST(TestSessionFile)
#include "tst_sessionfile.moc"
