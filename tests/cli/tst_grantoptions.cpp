// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/grantoptions.h"
#include "support/unit.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestGrantOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsHowTokensAreComeBy_data();
    void readsHowTokensAreComeBy();
    void namesTheOptionsThatAreWrong_data();
    void namesTheOptionsThatAreWrong();

private:
    QTemporaryDir m_folder;
};

void TestGrantOptions::readsHowTokensAreComeBy_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("grant");
    const auto row = [](const char *name, const QStringList &words, oauth::Grant grant) {
        QTest::newRow(name) << words << int(grant);
    };
    row("nothing said", {}, oauth::Grant::Code);
    row("a person here", {u"--grant"_s, u"code"_s}, oauth::Grant::Code);
    row("a person anywhere", {u"--grant"_s, u"device"_s}, oauth::Grant::Device);
    row("a program", {u"--grant"_s, u"client_credentials"_s}, oauth::Grant::ClientCredentials);
}

void TestGrantOptions::readsHowTokensAreComeBy()
{
    QFETCH(const QStringList, words);
    QFETCH(const int, grant);
    QCommandLineParser parser;
    cli::addGrantOptions(parser);
    QVERIFY(parser.parse(QStringList(u"gatehouse"_s) + words));
    oauth::FlowSettings settings;
    settings.clientId = u"c"_s;
    settings.clientSecret = u"s"_s;
    const auto read = cli::readGrant(parser, settings);
    QVERIFY2(read, read ? "" : qPrintable(read.error()));
    QCOMPARE(int(settings.grant), grant);
    QVERIFY(!settings.dpopKey);
}

void TestGrantOptions::namesTheOptionsThatAreWrong_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QStringList>("named"); // In the sentence.
    const auto row = [](const char *name, const QStringList &words, const QString &client,
                        const QStringList &named) { QTest::newRow(name) << words << client << named; };
    const QString nowhere = m_folder.filePath(u"nowhere"_s);
    row("a grant that nobody knows", {u"--grant"_s, u"password"_s}, {}, {u"--grant"_s});
    row("a key that is not there", {u"--client-key"_s, nowhere}, u"c"_s, {u"--client-key"_s});
    row("an assertion that is not there", {u"--assertion"_s, nowhere}, {}, {u"--assertion"_s});
    row("an ID token that is not there", {u"--id-token"_s, nowhere}, {}, {u"--id-token"_s});
    row("an endpoint that anybody could listen to", {u"--idp-token-endpoint"_s, u"http://idp.example/"_s}, {},
        {u"--idp-token-endpoint"_s});
    row("an endpoint that is not asked", {u"--idp-token-endpoint"_s, u"https://idp.example/"_s}, {},
        {u"--id-token"_s, u"--idp-token-endpoint"_s, u"--grant"_s});
    row("a program that shows nothing", {u"--grant"_s, u"client_credentials"_s}, u"c"_s,
        {u"--grant"_s, u"--client-id"_s, u"--client-secret"_s, u"--client-key"_s});
    row("no assertion", {u"--grant"_s, u"jwt-bearer"_s}, {}, {u"--grant"_s, u"--assertion"_s});
    row("an enterprise without an ID token", {u"--grant"_s, u"enterprise"_s}, u"c"_s,
        {u"--grant"_s, u"--client-id"_s, u"--id-token"_s, u"--idp-token-endpoint"_s});
}

/// One sentence, which names exactly what to look at.
void TestGrantOptions::namesTheOptionsThatAreWrong()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, client);
    QFETCH(const QStringList, named);
    QCommandLineParser parser;
    cli::addGrantOptions(parser);
    QVERIFY(parser.parse(QStringList(u"gatehouse"_s) + words));
    oauth::FlowSettings settings;
    settings.clientId = client;
    const auto read = cli::readGrant(parser, settings);
    QVERIFY(!read);
    const QString sentence = read.error();
    static const QRegularExpression option(u"--[a-z-]+"_s);
    QStringList found;
    for (const auto &match : option.globalMatch(sentence))
        found.append(match.captured());
    QCOMPARE(found, named);
    QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
}

GATEHOUSE_TEST(TestGrantOptions)
#include "tst_grantoptions.moc"
