// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "support/wait.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

/// Good, bad and hostile peers in processes of their own, all at once and for a while:
/// GATEHOUSE_SOAK_SECONDS, else one minute. Each request is one row, and none is two.
class TestSoak : public QObject
{
    Q_OBJECT

public:
    /// QtTest would end the one that takes longer than five minutes.
    static void initMain()
    {
        qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number((secondsToSoak() + 300) * 1000));
    }
    static int secondsToSoak()
    {
        const int seconds = qEnvironmentVariableIntValue("GATEHOUSE_SOAK_SECONDS");
        return seconds > 0 ? seconds : 60;
    }

private Q_SLOTS:
    void recordsEachRequestOnce();
};

namespace {

constexpr int processes = 4;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Rows
{
    QHash<QByteArray, int> byClient;
    QSet<qint64> ids;
    qint64 all = 0;
    qint64 beforeHttp = 0;
};

/// Line by line: a long soak's output is large.
Rows rowsIn(const QString &path)
{
    Rows rows;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        if (line.value("event"_L1) != QJsonValue(u"exchange"_s))
            continue;
        ++rows.all;
        rows.ids.insert(line.value("id"_L1).toInteger());
        rows.beforeHttp += line.value("refusal"_L1) == QJsonValue(u"before_http"_s) ? 1 : 0;
        ++rows.byClient[line.value("client"_L1).toString().toUtf8()];
    }
    return rows;
}

} // namespace

void TestSoak::recordsEachRequestOnce()
{
    const int seconds = secondsToSoak();
    const QTemporaryDir folder;
    const QString out = folder.filePath(u"out"_s);
    const QString errors = folder.filePath(u"errors"_s);
    QProcess server;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, folder.path());
    server.setProcessEnvironment(environment);
    server.setStandardOutputFile(out);
    server.setStandardErrorFile(errors);
    const QString program = qEnvironmentVariable("GATEHOUSE");
    server.start(program,
                 {u"serve"_s, u"--json"_s, u"--port"_s, u"0"_s, u"--sandbox-port"_s, u"0"_s,
                  u"--max-sessions"_s, u"100"_s});
    QTRY_VERIFY_WITH_TIMEOUT(contentOf(out).contains('\n'), 20'000);
    const QJsonObject listening = QJsonDocument::fromJson(contentOf(out).split('\n').first()).object();
    const QString mcp = listening.value("mcp"_L1).toString();
    const auto token = [&](const QString &resource) {
        QProcess mint;
        mint.start(program,
                   {u"token"_s, u"--issuer"_s, listening.value("issuer"_L1).toString(), u"--resource"_s,
                    resource, u"--ttl"_s, u"86400"_s});
        (void)mint.waitForFinished(20'000);
        return QString::fromUtf8(mint.readAllStandardOutput().trimmed());
    };
    const QString good = token(mcp);
    const QString wrong = token(mcp + u'/');
    QVERIFY(good.count(u'.') == 2 && wrong.count(u'.') == 2);
    const auto descriptors = [&server] {
        return QDir(u"/proc/%1/fd"_s.arg(server.processId())).entryList(QDir::System | QDir::Files).size();
    };
    const qsizetype descriptorsBefore = descriptors();

    std::vector<std::unique_ptr<QProcess>> peers;
    for (int i = 0; i < processes; ++i) {
        auto &peer = peers.emplace_back(std::make_unique<QProcess>());
        peer->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        peer->start(
            QCoreApplication::applicationDirPath() + u"/traffic"_s,
            {u"soak-%1"_s.arg(i), QString::number(QUrl(mcp).port()), QString::number(seconds), good, wrong});
    }
    QHash<QByteArray, int> expected; // By client; negative: up to so many.
    qint64 hostile = 0;
    for (int i = 0; i < processes; ++i) {
        QVERIFY(gatehouse::waitFor([&] { return peers[size_t(i)]->state() == QProcess::NotRunning; },
                                   seconds * 1000 + 60'000));
        const QJsonObject told = QJsonDocument::fromJson(peers[size_t(i)]->readAllStandardOutput()).object();
        QCOMPARE(told.value("wrong"_L1).toArray(), QJsonArray());
        const QJsonArray rows = told.value("rows"_L1).toArray();
        QVERIFY2(rows.size() > seconds, "each has done something");
        for (qsizetype n = 0; n < rows.size(); ++n)
            expected.insert("soak-" + QByteArray::number(i) + ' ' + QByteArray::number(n), rows[n].toInt());
        hostile += told.value("hostile"_L1).toInteger();
    }
    QTRY_VERIFY_WITH_TIMEOUT(descriptors() <= descriptorsBefore + 1, 10'000);
    server.terminate();
    QVERIFY(server.waitForFinished(30'000));
    const QByteArray said = contentOf(errors);
    QVERIFY2(server.exitStatus() == QProcess::NormalExit && server.exitCode() == 0, said.constData());
    QVERIFY2(!said.contains("Sanitizer") && !said.contains("runtime error"), said.constData());

    const Rows rows = rowsIn(out);
    QCOMPARE(rows.ids.size(), rows.all);
    QCOMPARE(rows.beforeHttp, hostile);
    for (auto one = expected.begin(); one != expected.end(); ++one) {
        const int found = rows.byClient.value(one.key());
        const bool isRight = *one >= 0 ? found == *one : found <= -*one;
        const QByteArray text
            = one.key() + ": " + QByteArray::number(found) + " rows and not " + QByteArray::number(*one);
        QVERIFY2(isRight, text.constData());
    }
    qInfo("%lld rows of %lld requests that were to be one, and %lld refused before, in %d s", rows.all,
          qint64(expected.size()), hostile, seconds);
}

GATEHOUSE_TEST(TestSoak)
#include "tst_soak.moc"
