// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/methodtable.h"
#include "protocol/revision.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::protocol;
using namespace Qt::StringLiterals;

class TestRevision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfWhichEraARequestIs_data();
    void tellsOfWhichEraARequestIs();
    void asksAModernRequestForWhatItMustSay_data();
    void asksAModernRequestForWhatItMustSay();
    void readsABodyOnce();

private:
    static Message message(const QString &method, const QJsonObject &meta = {})
    {
        Message message;
        message.id = 1;
        message.method = method;
        if (!meta.isEmpty())
            message.params.insert(u"_meta"_s, meta);
        message.meta = readMeta(message.params);
        return message;
    }
    static QJsonObject modernMeta()
    {
        return {{meta::protocolVersion, QString(modernRevision)}, {meta::clientCapabilities, QJsonObject()}};
    }
};

void TestRevision::tellsOfWhichEraARequestIs_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("hasMeta");
    QTest::addColumn<QString>("header"); // Empty: none.
    QTest::addColumn<bool>("isModern");
    QTest::newRow("it says so itself") << u"tools/list"_s << true << QString() << true;
    QTest::newRow("it says so itself, and the header says another")
        << u"tools/list"_s << true << u"2025-11-25"_s << true;
    QTest::newRow("initialize is of the old one") << u"initialize"_s << false << u"2026-07-28"_s << false;
    QTest::newRow("initialize that says otherwise itself") << u"initialize"_s << true << QString() << true;
    QTest::newRow("nothing said, a method of both") << u"tools/list"_s << false << QString() << false;
    QTest::newRow("nothing said, a method of the new one")
        << u"server/discover"_s << false << QString() << true;
    QTest::newRow("nothing said, no method") << u"x/y"_s << false << QString() << false;
    QTest::newRow("the header names the new one") << u"tools/list"_s << false << u"2026-07-28"_s << true;
    QTest::newRow("the header names one to come") << u"tools/list"_s << false << u"2027-01-01"_s << true;
    QTest::newRow("the header names an old one") << u"tools/list"_s << false << u"2025-03-26"_s << false;
    QTest::newRow("the header names an old one that is none")
        << u"tools/list"_s << false << u"2024-01-01"_s << false;
    QTest::newRow("the header names no date") << u"tools/list"_s << false << u"DRAFT"_s << true;
    QTest::newRow("a method of the new one under an old header")
        << u"server/discover"_s << false << u"2025-11-25"_s << false;
}

void TestRevision::tellsOfWhichEraARequestIs()
{
    QFETCH(QString, method);
    QFETCH(bool, hasMeta);
    QFETCH(QString, header);
    MirroredHeaders headers;
    if (!header.isEmpty())
        headers.protocolVersion = header.toUtf8();
    const Era era = eraOf(headers, message(method, hasMeta ? modernMeta() : QJsonObject()));
    QTEST(era == Era::Modern, "isModern");
}

void TestRevision::asksAModernRequestForWhatItMustSay_data()
{
    QTest::addColumn<MirroredHeaders>("headers");
    QTest::addColumn<QJsonObject>("meta");
    QTest::addColumn<int>("code"); // 0: nothing is wrong.
    const QByteArray modern = "2026-07-28"_ba;
    const MirroredHeaders good{modern, "tools/call"_ba, "a"_ba};
    QTest::newRow("all of it") << good << modernMeta() << 0;
    QTest::newRow("no version header")
        << MirroredHeaders{{}, "tools/call"_ba, "a"_ba} << modernMeta() << code::headerMismatch;
    QTest::newRow("another version in the header")
        << MirroredHeaders{"2025-11-25"_ba, "tools/call"_ba, "a"_ba} << modernMeta() << code::headerMismatch;
    QTest::newRow("no version in _meta")
        << good << QJsonObject{{meta::clientCapabilities, QJsonObject()}} << code::invalidParams;
    QTest::newRow("no capabilities") << good << QJsonObject{{meta::protocolVersion, QString(modernRevision)}}
                                     << code::invalidParams;
    QTest::newRow("a version to come")
        << MirroredHeaders{"2027-01-01"_ba, "tools/call"_ba, "a"_ba}
        << QJsonObject{{meta::protocolVersion, u"2027-01-01"_s}, {meta::clientCapabilities, QJsonObject()}}
        << code::unsupportedVersion;
    QTest::newRow("no method header")
        << MirroredHeaders{modern, {}, "a"_ba} << modernMeta() << code::headerMismatch;
    QTest::newRow("another method in the header")
        << MirroredHeaders{modern, "tools/list"_ba, "a"_ba} << modernMeta() << code::headerMismatch;
    QTest::newRow("no name header") << MirroredHeaders{modern, "tools/call"_ba, {}} << modernMeta()
                                    << code::headerMismatch;
    QTest::newRow("an empty name header")
        << MirroredHeaders{modern, "tools/call"_ba, ""_ba} << modernMeta() << code::headerMismatch;
    QTest::newRow("the name in Base64")
        << MirroredHeaders{modern, "tools/call"_ba, "=?base64?YQ==?="_ba} << modernMeta() << 0;
    QTest::newRow("the name in Base64 without its padding")
        << MirroredHeaders{modern, "tools/call"_ba, "=?base64?YQ?="_ba} << modernMeta()
        << code::headerMismatch;
}

void TestRevision::asksAModernRequestForWhatItMustSay()
{
    QFETCH(MirroredHeaders, headers);
    QFETCH(QJsonObject, meta);
    Message call = message(u"tools/call"_s, meta);
    call.params.insert(u"name"_s, u"a"_s);
    const auto fault = judgeModern(headers, call);
    QTEST(fault ? fault->code : 0, "code");
}

void TestRevision::readsABodyOnce()
{
    const QJsonObject ping = requestMessage(1, u"ping"_s, {});
    QVERIFY(Body().messages().isEmpty() && !Body().isBatch());
    QVERIFY(Body(ping).messages().size() == 1 && Body(ping).messages().first());
    QVERIFY(Body(7).messages().size() == 1 && !Body(7).messages().first());
    const Body batch(QJsonArray{ping, 7, ping});
    QVERIFY(batch.isBatch() && !batch.isTooLong() && batch.messages().size() == 3 && !batch.messages()[1]);
    QJsonArray many;
    for (int i = 0; i <= Body::maximumBatch; ++i)
        many.append(ping);
    QVERIFY(Body(many).isTooLong());
    QCOMPARE(Body(many).messages().size(), Body::maximumBatch);
    many.removeLast();
    QVERIFY(!Body(many).isTooLong());
    QVERIFY(Body(QJsonArray()).isBatch() && Body(QJsonArray()).messages().isEmpty());
}

GATEHOUSE_TEST(TestRevision)
#include "tst_revision.moc"
