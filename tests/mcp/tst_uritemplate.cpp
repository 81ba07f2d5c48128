// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/uritemplate.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Values = QHash<QString, QString>;

class TestUriTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsAddressesThatFit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("uri");
        QTest::addColumn<Values>("values");
        QTest::newRow("one in the middle")
            << u"test://template/{id}/data"_s << u"test://template/123/data"_s << Values{{u"id"_s, u"123"_s}};
        QTest::newRow("at the end") << u"doc://{id}"_s << u"doc://7"_s << Values{{u"id"_s, u"7"_s}};
        QTest::newRow("two") << u"a://{x}/{y}"_s << u"a://1/2"_s
                             << Values{{u"x"_s, u"1"_s}, {u"y"_s, u"2"_s}};
        QTest::newRow("escapes are resolved")
            << u"a://{x}"_s << u"a://caf%C3%A9%2Fbar"_s << Values{{u"x"_s, u"café/bar"_s}};
        QTest::newRow("what is no escape")
            << u"a://{x}"_s << u"a://100%zz%4"_s << Values{{u"x"_s, u"100%zz%4"_s}};
        QTest::newRow("reserved goes over slashes")
            << u"file:///{+path}"_s << u"file:///a/b?c#d"_s << Values{{u"path"_s, u"a/b?c#d"_s}};
        QTest::newRow("the last text is the one at the end")
            << u"a://{+x}.txt"_s << u"a://b.txt.txt"_s << Values{{u"x"_s, u"b.txt"_s}};
        QTest::newRow("no variable") << u"a://b"_s << u"a://b"_s << Values{};
    }
    void readsAddressesThatFit()
    {
        QFETCH(QString, text);
        QFETCH(QString, uri);
        const auto made = mcp::UriTemplate::read(text);
        QVERIFY(made);
        const auto values = made->match(uri);
        QVERIFY(values);
        QTEST(*values, "values");
    }

    void refusesAddressesThatDoNot_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("uri");
        QTest::newRow("another start") << u"a://{x}"_s << u"b://1"_s;
        QTest::newRow("another end") << u"a://{x}/data"_s << u"a://1/date"_s;
        QTest::newRow("empty value") << u"a://{x}/data"_s << u"a:///data"_s;
        QTest::newRow("slash in a plain value") << u"a://{x}"_s << u"a://1/2"_s;
        QTest::newRow("query in a plain value") << u"a://{x}"_s << u"a://1?2"_s;
        QTest::newRow("more behind the end") << u"a://b"_s << u"a://bc"_s;
        QTest::newRow("nothing") << u"a://{x}"_s << QString();
        QTest::newRow("texts that overlap") << u"a://{x}aba"_s << u"a://aba"_s;
    }
    void refusesAddressesThatDoNot()
    {
        QFETCH(QString, text);
        QFETCH(QString, uri);
        QVERIFY(!mcp::UriTemplate::read(text)->match(uri));
    }

    void refusesTemplatesItCannotMatch_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text : {u"a{"_s, u"a}"_s, u"a{}"_s, u"a{x"_s, u"a{{x}}"_s, u"a{x}{y}"_s,
                                 u"a{x}/{x}"_s, u"a{?q}"_s, u"a{#q}"_s, u"a{x,y}"_s, u"a{x*}"_s, u"a{x:3}"_s})
            QTest::newRow(qPrintable(text)) << text;
    }
    void refusesTemplatesItCannotMatch()
    {
        QFETCH(QString, text);
        QVERIFY(!mcp::UriTemplate::read(text));
    }

    void matchesLongAddressesInOnePass()
    {
        // With a way back this would take years.
        QString text = u"a://"_s;
        for (int i = 0; i < 50; ++i)
            text += u"{+v%1}/"_s.arg(i);
        const auto made = mcp::UriTemplate::read(text);
        QVERIFY(made);
        QVERIFY(!made->match(u"a://"_s + QString(500'000, u'/') + u'x'));
    }
};

GATEHOUSE_TEST(TestUriTemplate)
#include "tst_uritemplate.moc"
