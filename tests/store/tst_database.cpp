// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "support/asked.h"
#include "support/postgresserver.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <future>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using store::Connection;
using store::Fault;
using test::asked;

namespace {

store::Schema schema()
{
    const QString table = u"CREATE TABLE thing (name %1 NOT NULL UNIQUE)"_s;
    return {0x54657374, u"test_schema"_s, {{{table.arg(u"TEXT"_s)}, {table.arg(u"text"_s)}}}};
}

base::Expected<qint64, Fault> insert(store::Database &database, const QString &name)
{
    return asked<qint64>([&](const auto &answer) {
        database.write<qint64>(
            [name](Connection &connection) -> base::Expected<qint64, Fault> {
                const auto done = connection.run(u"INSERT INTO thing VALUES (?)"_s, {name});
                if (!done)
                    return base::failure(done.error());
                return done->affected;
            },
            answer);
    });
}

base::Expected<qint64, Fault> countIn(Connection &connection)
{
    const auto rows = connection.run(u"SELECT count(*) FROM thing"_s);
    if (!rows)
        return base::failure(rows.error());
    return rows->rows.value(0).value(0).toLongLong();
}

base::Expected<qint64, Fault> count(store::Database &database)
{
    return asked<qint64>([&](const auto &answer) { database.read<qint64>(countIn, answer); });
}

/// Somebody else at the same file, by Qt's own hand.
void executeIn(const QString &file, const QStringList &statements)
{
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(file);
        QVERIFY(other.open());
        QSqlQuery query(other);
        for (const QString &statement : statements)
            QVERIFY(query.exec(statement));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void keepsItsFileForItsOwner();
    void leavesWhatItCannotUse_data();
    void leavesWhatItCannotUse();
    void saysThatSomebodyElseHoldsIt();
    void beginsAnewWhereItsFileWasTakenAway();
    void takesItsDocumentsAlongWhereItsFileIsMoved();
    void leavesABackupAloneThatIsPutInItsPlace();
    void refusesWhatWouldWaitTooLong();
    void givesUpAServerThatHangs();
    void leavesItsConnectionToNoProgramThatIsStarted();
    void isNotWellAgainWhereItCanOnlyBeRead();
    void doesNotDoWhatNobodyWants();
    void answersEverybodyBeforeItGoes();
    void undoesWhatFailedHalfWay();
    void goesOnWhenItsServerWasRestarted();
    void saysThatItsServerIsGoneAndWhenItIsBack();
    void listensAgainAfterARestart();
    void doesAnewWhatDidNotCount();
    void isMadeByOneOfManyAtOnce();

private:
    [[nodiscard]] QString server() { return m_server.address(u"d%1"_s.arg(m_number)); }
    test::PostgresServer m_server;
    QTemporaryDir m_folder;
    QString m_file; ///< Of each test's own.
    int m_number = 0;
};

void TestDatabase::initTestCase()
{
    QVERIFY2(m_server.isThere(), "PostgreSQL is missing: scripts/install-packages test");
    QVERIFY(m_server.start());
}

void TestDatabase::init()
{
    m_file = m_folder.filePath(u"%1/things.sqlite"_s.arg(++m_number));
}

void TestDatabase::keepsItsFileForItsOwner()
{
    store::Database database(*store::addressFrom(m_file), schema());
    QCOMPARE(insert(database, u"a"_s), 1);
    const auto rights = QFile::permissions(m_file) & ~(QFile::ReadUser | QFile::WriteUser);
    QCOMPARE(rights, QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(QFile::permissions(m_file + u"-wal"_s) & (QFile::ReadOther | QFile::ReadGroup),
             QFile::Permissions());
}

void TestDatabase::leavesWhatItCannotUse_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::newRow("a folder") << u"folder"_s << Fault::Kind::CannotOpen;
    QTest::newRow("a device") << u"device"_s << Fault::Kind::CannotOpen;
    QTest::newRow("a text") << u"text"_s << Fault::Kind::Damaged;
    QTest::newRow("of another program") << u"foreign"_s << Fault::Kind::NotOurs;
    QTest::newRow("of another program that has no table") << u"empty"_s << Fault::Kind::NotOurs;
    QTest::newRow("of a newer version") << u"newer"_s << Fault::Kind::TooNew;
    QTest::newRow("overwritten in the middle") << u"spoiled"_s << Fault::Kind::Damaged;
}

void TestDatabase::leavesWhatItCannotUse()
{
    QFETCH(const QString, what);
    QDir().mkpath(QFileInfo(m_file).path());
    if (what == "folder"_L1) {
        QDir().mkpath(m_file);
    } else if (what == "device"_L1) {
        m_file = u"/dev/null"_s;
    } else if (what == "text"_L1) {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
    } else if (what == "foreign"_L1) {
        executeIn(m_file, {u"CREATE TABLE theirs (x)"_s});
    } else if (what == "empty"_L1) {
        executeIn(m_file, {u"PRAGMA application_id=7"_s});
    } else if (what == "newer"_L1) {
        executeIn(m_file,
                  {u"PRAGMA application_id=%1"_s.arg(schema().applicationId), u"PRAGMA user_version=99"_s});
    } else {
        {
            store::Database database(*store::addressFrom(m_file), schema());
            for (int i = 0; i < 300; ++i)
                QVERIFY(insert(database, QString::number(i)));
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096));
        file.write(QByteArray(int(file.size()) - 4096, '\x5a'));
    }
    const QByteArray before = contentOf(m_file);
    store::Database database(*store::addressFrom(m_file), schema());
    const auto read = count(database);
    QVERIFY(!read);
    QTEST(read.error().kind, "kind");
    QVERIFY(!insert(database, u"x"_s));
    QVERIFY(contentOf(m_file) == before);
}

void TestDatabase::saysThatSomebodyElseHoldsIt()
{
    store::Database database(*store::addressFrom(m_file), schema());
    QCOMPARE(insert(database, u"a"_s), 1);
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
        other.setDatabaseName(m_file);
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
        QCOMPARE(insert(database, u"b"_s).error().kind, Fault::Kind::Busy);
        QCOMPARE(count(database), 1);
        QVERIFY(query.exec(u"ROLLBACK"_s));
    }
    QSqlDatabase::removeDatabase(u"holder"_s);
    QCOMPARE(insert(database, u"b"_s), 1);
}

void TestDatabase::beginsAnewWhereItsFileWasTakenAway()
{
    store::Database database(*store::addressFrom(m_file), schema());
    QCOMPARE(insert(database, u"a"_s), 1);
    for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(m_file + end);
    QCOMPARE(insert(database, u"b"_s), 1);
    QVERIFY2(QFile::exists(m_file), "what is acknowledged is in a file that can be found");
    QCOMPARE(count(database), 1);
}

void TestDatabase::takesItsDocumentsAlongWhereItsFileIsMoved()
{
    const QString moved = m_file + u".moved"_s;
    {
        store::Database database(*store::addressFrom(m_file), schema());
        for (int i = 0; i < 20; ++i)
            QCOMPARE(insert(database, QString::number(i)), 1);
        QVERIFY(QFile::rename(m_file, moved)); // Its log stays where it is.
        QCOMPARE(count(database), 0);
        QCOMPARE(insert(database, u"new"_s), 1);
        QCOMPARE(count(database), 1);
    }
    store::Database old(*store::addressFrom(moved), schema());
    QCOMPARE(count(old), 20);
    store::Database now(*store::addressFrom(m_file), schema());
    QCOMPARE(count(now), 1);
}

void TestDatabase::leavesABackupAloneThatIsPutInItsPlace()
{
    const QString backup = m_file + u".backup"_s;
    {
        store::Database database(*store::addressFrom(backup), schema());
        for (int i = 0; i < 300; ++i)
            QCOMPARE(insert(database, u"backup "_s + QString::number(i)), 1);
    }
    QTest::qWait(2); // Files made in one millisecond are told apart by nothing.
    store::Database database(*store::addressFrom(m_file), schema());
    for (int i = 0; i < 40; ++i)
        QCOMPARE(insert(database, QString::number(i)), 1);
    QVERIFY(std::rename(qPrintable(backup), qPrintable(m_file)) == 0); // As mv does.
    QCOMPARE(count(database), 300);
    QCOMPARE(insert(database, u"more"_s), 1);
    const auto whole = asked<qint64>([&](const auto &answer) {
        database.read<qint64>(
            [](Connection &connection) -> base::Expected<qint64, Fault> {
                const auto rows = connection.run(u"PRAGMA integrity_check"_s);
                return rows && rows->rows.value(0).value(0) == u"ok"_s ? 1 : 0;
            },
            answer);
    });
    QCOMPARE(whole, 1);
}

void TestDatabase::givesUpAServerThatHangs()
{
    if (::geteuid() != 0)
        QSKIP("Only root may stop a process of another user.");
    store::DatabaseLimits limits;
    limits.longestJobMs = 300;
    const QString address = server();
    auto database = std::make_unique<store::Database>(*store::addressFrom(address), schema(),
                                                      store::DatabaseWatch(), limits);
    const auto backend = [&] {
        return asked<qint64>([&](const auto &answer) {
            database->read<qint64>(
                [](Connection &connection) -> base::Expected<qint64, Fault> {
                    const auto rows = connection.run(u"SELECT pg_backend_pid()"_s);
                    return rows ? rows->rows.value(0).value(0).toLongLong() : 0;
                },
                answer);
        });
    };
    const qint64 first = backend().value_or(0);
    QVERIFY(first > 0);
    ::kill(pid_t(first), SIGSTOP);
    QCOMPARE(insert(*database, u"a"_s), 1); // By another one, since nothing of the first try counts.
    const qint64 second = backend().value_or(0);
    QVERIFY(second > 0 && second != first);
    ::kill(pid_t(second), SIGSTOP);
    std::atomic<int> answers = 0;
    database->read<qint64>(countIn, [&](const auto &) { ++answers; });
    QElapsedTimer leaving;
    leaving.start();
    database.reset(); // Nor does it hang where it goes.
    QCOMPARE(answers, 1);
    for (const qint64 pid : {first, second})
        ::kill(pid_t(pid), SIGCONT);
}

void TestDatabase::leavesItsConnectionToNoProgramThatIsStarted()
{
    const auto inherited = [] { // Sockets only: who has one may speak to the server as we do.
        QSet<int> open;
        for (const QString &entry :
             QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)) {
            struct stat what = {};
            const int fd = entry.toInt();
            if (::fstat(fd, &what) == 0 && S_ISSOCK(what.st_mode) && !(::fcntl(fd, F_GETFD) & FD_CLOEXEC))
                open.insert(fd);
        }
        return open;
    };
    const QSet<int> before = inherited();
    store::Database database(*store::addressFrom(server()), schema());
    QCOMPARE(insert(database, u"a"_s), 1);
    QCOMPARE(inherited(), before);
}

void TestDatabase::isNotWellAgainWhereItCanOnlyBeRead()
{
    const QString address = server();
    {
        store::Database database(*store::addressFrom(address), schema());
        QCOMPARE(insert(database, u"a"_s), 1);
    }
    const QString name = u"d%1"_s.arg(m_number);
    m_server.query(name, u"ALTER DATABASE %1 SET default_transaction_read_only = on"_s.arg(name));
    std::mutex mutex;
    QList<bool> states;
    store::DatabaseWatch watch;
    watch.channel = u"test_things"_s;
    watch.state = [&](const std::optional<Fault> &fault) {
        const std::lock_guard lock(mutex);
        states.append(!fault);
    };
    store::Database database(*store::addressFrom(address), schema(), watch);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(insert(database, u"b"_s).error().kind, Fault::Kind::ReadOnly);
        QCOMPARE(count(database), 1);
    }
    m_server.query(u"postgres"_s, u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(name));
    QCOMPARE(insert(database, u"b"_s), 1); // It is opened anew.
    const std::lock_guard lock(mutex);
    QCOMPARE(states, (QList<bool>{false, true}));
}

void TestDatabase::refusesWhatWouldWaitTooLong()
{
    store::DatabaseLimits limits;
    limits.waitingJobs = 3;
    limits.patienceMs = 200;
    store::Database database(*store::addressFrom(m_file), schema(), {}, limits);
    QCOMPARE(count(database), 0); // It is open.
    std::promise<void> isIn;
    std::promise<void> mayGo;
    database.read<int>(
        [&](Connection &) -> base::Expected<int, Fault> {
            isIn.set_value();
            mayGo.get_future().wait();
            return 1;
        },
        [](const auto &) {});
    isIn.get_future().wait();
    std::atomic<int> busy = 0;
    std::atomic<int> answers = 0;
    const auto answer = [&](const base::Expected<qint64, Fault> &given) {
        ++answers;
        if (!given && given.error().kind == Fault::Kind::Busy)
            ++busy;
    };
    for (int i = 0; i < 5; ++i)
        database.read<qint64>(countIn, answer);
    QCOMPARE(answers, 2); // At once: three may wait.
    QElapsedTimer waited;
    waited.start();
    QVERIFY(waitFor([&] { return waited.elapsed() > 2 * limits.patienceMs; }));
    mayGo.set_value();
    QVERIFY(waitFor([&] { return answers == 5; }));
    QCOMPARE(busy, 5);
}

void TestDatabase::doesNotDoWhatNobodyWants()
{
    store::Database database(*store::addressFrom(m_file), schema());
    std::atomic<bool> isDone = false;
    database.write<int>(
        [&](Connection &) -> base::Expected<int, Fault> {
            isDone = true;
            return 1;
        },
        [&](const auto &) { isDone = true; }, [] { return false; });
    QCOMPARE(count(database), 0);
    QVERIFY(!isDone);
}

void TestDatabase::answersEverybodyBeforeItGoes()
{
    std::atomic<int> answers = 0;
    {
        store::Database database(*store::addressFrom(m_file), schema());
        for (int i = 0; i < 100; ++i)
            database.read<qint64>(countIn, [&](const auto &) { ++answers; });
    }
    QCOMPARE(answers, 100);
}

void TestDatabase::undoesWhatFailedHalfWay()
{
    store::Database database(*store::addressFrom(m_file), schema());
    const auto failed = asked<qint64>([&](const auto &answer) {
        database.write<qint64>(
            [](Connection &connection) -> base::Expected<qint64, Fault> {
                [[maybe_unused]] const auto first = connection.run(u"INSERT INTO thing VALUES ('a')"_s);
                const auto again = connection.run(u"INSERT INTO thing VALUES ('a')"_s);
                if (!again)
                    return base::failure(again.error());
                return 2;
            },
            answer);
    });
    QCOMPARE(failed.error().kind, Fault::Kind::Failed);
    QCOMPARE(count(database), 0);
}

void TestDatabase::goesOnWhenItsServerWasRestarted()
{
    store::Database database(*store::addressFrom(server()), schema());
    QCOMPARE(insert(database, u"a"_s), 1);
    for (const QString &mode : {u"fast"_s, u"immediate"_s}) {
        m_server.stop(mode);
        QVERIFY(m_server.start());
        QCOMPARE(insert(database, mode), 1); // Nobody notices.
    }
    QCOMPARE(count(database), 3);
}

void TestDatabase::saysThatItsServerIsGoneAndWhenItIsBack()
{
    std::mutex mutex;
    QList<bool> states;
    store::DatabaseWatch watch;
    watch.state = [&](const std::optional<Fault> &fault) {
        const std::lock_guard lock(mutex);
        states.append(!fault);
    };
    store::DatabaseLimits limits;
    limits.probeMs = 100;
    store::Database database(*store::addressFrom(server()), schema(), watch, limits);
    QCOMPARE(insert(database, u"a"_s), 1);
    m_server.stop();
    QCOMPARE(insert(database, u"b"_s).error().kind, Fault::Kind::Unreachable);
    QCOMPARE(count(database).error().kind, Fault::Kind::Unreachable);
    QVERIFY(m_server.start());
    QVERIFY(waitFor(
        [&] {
            const std::lock_guard lock(mutex);
            return states == QList<bool>({false, true});
        },
        20'000));
    QCOMPARE(count(database), 1);
}

void TestDatabase::listensAgainAfterARestart()
{
    std::mutex mutex;
    QStringList told;
    std::atomic<int> missed = 0;
    store::DatabaseWatch watch;
    watch.channel = u"test_things"_s;
    watch.told = [&](const QString &payload) {
        const std::lock_guard lock(mutex);
        told.append(payload);
    };
    watch.missed = [&] { ++missed; };
    store::DatabaseLimits limits;
    limits.probeMs = 100;
    const QString address = server();
    store::Database database(*store::addressFrom(address), schema(), watch, limits);
    QCOMPARE(count(database), 0);
    const auto isTold = [&](const QString &payload) {
        m_server.query(u"d%1"_s.arg(m_number), u"SELECT pg_notify('test_things', '%1')"_s.arg(payload));
        return waitFor([&] {
            const std::lock_guard lock(mutex);
            return told.contains(payload);
        });
    };
    QVERIFY(isTold(u"one"_s));
    QCOMPARE(missed, 0);
    m_server.stop();
    QVERIFY(m_server.start());
    QVERIFY(waitFor([&] { return missed == 1; }, 20'000)); // Though nobody called.
    QVERIFY(isTold(u"two"_s));
}

void TestDatabase::doesAnewWhatDidNotCount()
{
    store::Database database(*store::addressFrom(server()), schema());
    std::atomic<int> times = 0;
    const auto done = asked<qint64>([&](const auto &answer) {
        database.write<qint64>(
            [&](Connection &connection) -> base::Expected<qint64, Fault> {
                if (const auto first = connection.run(u"INSERT INTO thing VALUES ('a')"_s); !first)
                    return base::failure(first.error());
                if (++times == 1) {
                    const auto killed = connection.run(u"SELECT pg_terminate_backend(pg_backend_pid())"_s);
                    if (!killed)
                        return base::failure(killed.error());
                }
                return 1;
            },
            answer);
    });
    QVERIFY2(done, qPrintable(test::why(done)));
    QCOMPARE(times, 2);
    QCOMPARE(count(database), 1);
}

void TestDatabase::isMadeByOneOfManyAtOnce()
{
    for (const QString &address : {m_file, server()}) {
        std::vector<std::unique_ptr<store::Database>> all;
        for (int i = 0; i < 8; ++i)
            all.push_back(std::make_unique<store::Database>(*store::addressFrom(address), schema()));
        for (int i = 0; i < 8; ++i) {
            const auto done = insert(*all[size_t(i)], QString::number(i));
            QVERIFY2(done, qPrintable(test::why(done)));
        }
        QCOMPARE(count(*all[0]), 8);
    }
}

GATEHOUSE_TEST(TestDatabase)
#include "tst_database.moc"
