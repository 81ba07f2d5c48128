// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/documents.h"
#include "support/asked.h"
#include "support/postgresserver.h"
#include "support/unit.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::asked;

/// What was acknowledged is there, whatever happens then.
class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingWhenItIsKilled();
    void losesNothingWhenItsServerIsStoppedUnderLoad();
};

namespace {

/// The ids of all documents of the organization.
QSet<QString> idsIn(store::Documents &documents)
{
    QSet<QString> ids;
    QString cursor;
    do {
        const auto page = asked<store::DocumentPage>(
            [&](const auto &answer) { documents.of(u"org_1"_s)->list(cursor, answer); });
        if (!page)
            return {};
        for (const store::Document &one : page->documents)
            ids.insert(one.id);
        cursor = page->next;
    } while (!cursor.isEmpty());
    return ids;
}

} // namespace

void TestCrash::losesNothingWhenItIsKilled()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"documents.sqlite"_s);
    QRandomGenerator random(7);
    QSet<QString> acknowledged;
    for (int i = 0; i < 50; ++i) {
        QProcess writer;
        writer.start(QStringLiteral(GATEHOUSE_STORE_WRITER), {file});
        const int enough = random.bounded(1, 30);
        for (int lines = 0; lines < enough;) {
            QVERIFY(writer.canReadLine() || writer.waitForReadyRead(20'000));
            while (writer.canReadLine()) {
                acknowledged.insert(QString::fromUtf8(writer.readLine()).trimmed());
                ++lines;
            }
        }
        writer.kill();
        QVERIFY(writer.waitForFinished());
        const QStringList rest = QString::fromUtf8(writer.readAll()).split(u'\n');
        for (const QString &line : rest.first(rest.size() - 1)) // Half a line was not said.
            acknowledged.insert(line);
    }
    store::Documents documents(*store::addressFrom(file), base::systemClock(), base::systemRandom());
    const QSet<QString> there = idsIn(documents);
    QVERIFY2(acknowledged.size() > 100, "or little was tried");
    QVERIFY2((acknowledged - there).isEmpty(), qPrintable(QString::number((acknowledged - there).size())));
    const auto whole = [&file] {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"whole"_s);
        other.setDatabaseName(file);
        if (!other.open())
            return QString();
        QSqlQuery query(other);
        query.exec(u"PRAGMA integrity_check"_s);
        return query.next() ? query.value(0).toString() : QString();
    }();
    QSqlDatabase::removeDatabase(u"whole"_s);
    QCOMPARE(whole, u"ok"_s);
}

void TestCrash::losesNothingWhenItsServerIsStoppedUnderLoad()
{
    test::PostgresServer server;
    QVERIFY2(server.isThere(), "PostgreSQL is missing: scripts/install-packages test");
    QVERIFY(server.start());
    store::Documents documents(*store::addressFrom(server.address(u"load"_s)), base::systemClock(),
                               base::systemRandom());
    std::mutex mutex;
    QSet<QString> acknowledged;
    QHash<QString, int> sentences;
    std::atomic<bool> isOver = false;
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) {
        callers.emplace_back([&] {
            while (!isOver) {
                const auto made = asked<store::Document>(
                    [&](const auto &answer) { documents.of(u"org_1"_s)->create(u"n"_s, u"x"_s, answer); });
                const std::lock_guard lock(mutex);
                if (made)
                    acknowledged.insert(made->id);
                else
                    ++sentences[sentenceOf(made.error())];
            }
        });
    }
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return acknowledged.size();
    };
    for (const QString &mode : {u"fast"_s, u"immediate"_s}) {
        const qsizetype before = count();
        QTRY_VERIFY_WITH_TIMEOUT(count() > before + 50, 20'000);
        server.stop(mode);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const std::lock_guard lock(mutex);
                return !sentences.isEmpty();
            }(),
            20'000);
        QVERIFY(server.start());
        const qsizetype after = count();
        QTRY_VERIFY_WITH_TIMEOUT(count() > after + 50, 20'000);
    }
    isOver = true;
    for (std::thread &caller : callers)
        caller.join();
    QVERIFY2((acknowledged - idsIn(documents)).isEmpty(), "what was acknowledged is there");
    for (auto one = sentences.begin(); one != sentences.end(); ++one)
        QVERIFY2(one.key().startsWith(u"The database does not answer"_s)
                     || one.key().startsWith(u"The database went away before"_s),
                 qPrintable(one.key()));
}

GATEHOUSE_TEST(TestCrash)
#include "tst_crash.moc"
