// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/told.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;

class TestTold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsForPeople_data();
    void readsWhatIsForPeople();
    void bounds();
};

void TestTold::readsWhatIsForPeople_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("params");
    QTest::addColumn<QByteArray>("json"); // Empty: it is for nobody.
    const QString progress = u"notifications/progress"_s;
    const QString log = u"notifications/message"_s;
    const QString task = u"notifications/tasks/status"_s;
    const auto row = [](const char *name, const QString &method, const char *params, const char *json) {
        QTest::newRow(name) << method << QByteArray(params) << QByteArray(json);
    };
    row("progress", progress, R"({"progress":3,"total":10,"message":"half"})",
        R"({"event":"progress","progress":3,"text":"half","total":10})");
    row("progress to nowhere", progress, R"({"progress":0.5})", R"({"event":"progress","progress":0.5})");
    row("progress of wrong types", progress, R"({"progress":"3","total":"x","message":4})",
        R"({"event":"progress","progress":0})");
    row("a log message", log, R"({"level":"warning","data":"hot"})",
        R"({"event":"log","level":"warning","text":"hot"})");
    row("a log message with its logger", log, R"({"level":"info","logger":"db","data":"up"})",
        R"({"event":"log","level":"info","text":"db: up"})");
    row("a log message of an object", log, R"({"level":"info","data":{"a":1}})",
        R"({"event":"log","level":"info","text":"{\"a\":1}"})");
    row("a log message of nothing", log, "{}", R"({"event":"log","level":"info"})");
    row("how far a task is", task, R"({"taskId":"1","status":"working","statusMessage":"2 of 3"})",
        R"({"event":"task","status":"working","text":"2 of 3"})");
    row("what changed", u"notifications/tools/list_changed"_s, "{}", "");
    row("what nobody knows", u"x"_s, R"({"message":"hello"})", "");
}

void TestTold::readsWhatIsForPeople()
{
    QFETCH(const QString, method);
    QFETCH(const QByteArray, params);
    QFETCH(const QByteArray, json);
    const auto told = readTold(method, base::readJsonObject(params).value());
    QCOMPARE(told ? base::writeJson(jsonOf(*told)) : QByteArray(), json);
}

void TestTold::bounds()
{
    const QString text(100'000, u'x');
    const auto told
        = readTold(u"notifications/message"_s, {{u"level"_s, text}, {u"logger"_s, text}, {u"data"_s, text}});
    QVERIFY(told);
    QCOMPARE(told->word.size(), 40);
    QCOMPARE(told->text.size(), 1000 + 2 + 40);
}

GATEHOUSE_TEST(TestTold)
#include "tst_told.moc"
