// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settingsfile.h"
#include "support/unit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse::host;
using namespace Qt::StringLiterals;

class TestSettingsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEverySetting();
    void keepsOnlyWhatDiffersFromTheDefaults();
    void holdsTheDefaultsWhereThereIsNoFile();
    void saysWhatIsWrongInAFile_data();
    void saysWhatIsWrongInAFile();
    void saysThatItCannotBeWritten();

private:
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
};

void TestSettingsFile::keepsEverySetting()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/er/settings.json"_s);
    Settings settings;
    settings.host = u"127.0.0.2"_s;
    settings.port = 3001;
    settings.subdomain = u"acme"_s;
    settings.sandboxPort = 4500;
    settings.resource = u"https://gate.example/mcp"_s;
    settings.audiences = {u"a"_s, u"b"_s};
    settings.scopes = {u"openid"_s};
    settings.requiredScopes = {u"documents:read"_s};
    settings.verifyJwt = false;
    settings.authorization = false;
    settings.toleranceSeconds = 3;
    settings.tokenLifetime = 20;
    settings.maxSessions = 21;
    settings.maxStreams = 22;
    settings.maxTasks = 23;
    settings.maxRequests = 24;
    settings.replayMiB = 25;
    settings.sessionIdleMinutes = 26;
    settings.maxConnections = 27;
    settings.maxBodyKiB = 28;
    settings.answerSeconds = 29;
    settings.autoSignIn = u"ada@example.com"_s;
    settings.peopleFile = u"/tmp/people.json"_s;
    QVERIFY(writeSettingsFile(path, settings));
    const auto read = readSettingsFile(path);
    QVERIFY2(read, qPrintable(read ? QString() : read.error()));
    QCOMPARE(*read, settings);
}

void TestSettingsFile::keepsOnlyWhatDiffersFromTheDefaults()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    Settings settings;
    settings.port = 3001;
    QVERIFY(writeSettingsFile(path, settings));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().simplified(), "{ \"port\": 3001 }"_ba);
}

void TestSettingsFile::holdsTheDefaultsWhereThereIsNoFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    QCOMPARE(readSettingsFileIfThere(path).value_or(Settings{u"x"_s}), Settings());
    QVERIFY(!readSettingsFile(path)); // One that was named must be there.
}

void TestSettingsFile::saysWhatIsWrongInAFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("no JSON") << "port = 3000"_ba << u"cannot be used"_s;
    QTest::newRow("a typing error") << R"({"prot":3001})"_ba << u"“prot” is no setting"_s;
    QTest::newRow("a number as text") << R"({"port":"3001"})"_ba << u"“port” has a value of the wrong type"_s;
    QTest::newRow("half a port") << R"({"port":3000.5})"_ba << u"“port” has a value of the wrong type"_s;
    QTest::newRow("a list with a number") << R"({"scopes":[1]})"_ba << u"“scopes”"_s;
    QTest::newRow("a port out of range") << R"({"port":70000})"_ba << u"from 0 to 65535"_s;
    QTest::newRow("a member twice") << R"({"port":1,"port":2})"_ba << u"cannot be used"_s;
}

void TestSettingsFile::saysWhatIsWrongInAFile()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    write(path, text);
    const auto read = readSettingsFileIfThere(path);
    QVERIFY(!read);
    QVERIFY2(read.error().contains(said) && read.error().contains(path), qPrintable(read.error()));
}

void TestSettingsFile::saysThatItCannotBeWritten()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"file"_s), {});
    const auto written = writeSettingsFile(folder.filePath(u"file/settings.json"_s), Settings());
    QVERIFY(!written);
    QVERIFY(written.error().contains(u"cannot be written"_s));
}

GATEHOUSE_TEST(TestSettingsFile)
#include "tst_settingsfile.moc"
