// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "protocol/jsonrpc.h"
#include "support/unit.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Kind = protocol::Message::Kind;

class TestJsonRpc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void writesWhatItReads_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("request") << 0;
        QTest::newRow("notification") << 1;
        QTest::newRow("result") << 2;
        QTest::newRow("error") << 3;
    }
    void writesWhatItReads()
    {
        QFETCH(int, kind);
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo() << "seed" << seed;
        QRandomGenerator random(seed);
        for (int i = 0; i < 2000; ++i) {
            protocol::Message message;
            if (kind != 1)
                message.id = id(random);
            if (kind < 2) {
                message.kind = kind == 0 ? Kind::Request : Kind::Notification;
                message.method = u"m"_s + text(random);
                message.params = object(random, 0);
            } else {
                message.kind = Kind::Response;
                if (kind == 2)
                    message.result = object(random, 0);
                else
                    message.result = base::failure(
                        protocol::RpcError{random.bounded(-40000, 1000), text(random), object(random, 0)});
            }
            const QByteArray written = base::writeJson(protocol::toJson(message));
            QVERIFY(!written.contains('\n'));
            const auto json = base::readJson(written);
            QVERIFY(json);
            const auto again = protocol::readMessage(*json);
            QVERIFY2(again, written.constData());
            QVERIFY2(*again == message, written.constData());
        }
    }

    void refusesWhatIsNoMessage_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto with = [](const QByteArray &members) { return R"({"jsonrpc":"2.0",)" + members + "}"; };
        QTest::newRow("a number") << "1"_ba;
        QTest::newRow("null") << "null"_ba;
        QTest::newRow("an empty object") << "{}"_ba;
        QTest::newRow("no version") << R"({"id":1,"method":"ping"})"_ba;
        QTest::newRow("another version") << R"({"jsonrpc":"1.0","id":1,"method":"ping"})"_ba;
        QTest::newRow("version as a number") << R"({"jsonrpc":2.0,"id":1,"method":"ping"})"_ba;
        QTest::newRow("id null") << with(R"("id":null,"method":"ping")");
        QTest::newRow("id true") << with(R"("id":true,"method":"ping")");
        QTest::newRow("id with a fraction") << with(R"("id":1.5,"method":"ping")");
        QTest::newRow("id that is no exact integer") << with(R"("id":1e300,"method":"ping")");
        QTest::newRow("id as an object") << with(R"("id":{},"method":"ping")");
        QTest::newRow("no method") << with(R"("id":1)");
        QTest::newRow("method as a number") << with(R"("id":1,"method":1)");
        QTest::newRow("empty method") << with(R"("id":1,"method":"")");
        QTest::newRow("params as an array") << with(R"("id":1,"method":"ping","params":[])");
        QTest::newRow("params null") << with(R"("id":1,"method":"ping","params":null)");
        QTest::newRow("result and error") << with(R"("id":1,"result":{},"error":{"code":1,"message":""})");
        QTest::newRow("result without an id") << with(R"("result":{})");
        QTest::newRow("result as a text") << with(R"("id":1,"result":"x")");
        QTest::newRow("error without a code") << with(R"("id":1,"error":{"message":"x"})");
        QTest::newRow("error with a text as its code")
            << with(R"("id":1,"error":{"code":"1","message":"x"})");
        QTest::newRow("error without a message") << with(R"("id":1,"error":{"code":1})");
    }
    void refusesWhatIsNoMessage()
    {
        QFETCH(QByteArray, body);
        const auto message = protocol::readMessage(base::readJson(body).value());
        QVERIFY(!message);
        QCOMPARE(message.error().code, protocol::code::invalidRequest);
        QVERIFY(!message.error().message.isEmpty());
    }

private:
    static QString text(QRandomGenerator &random)
    {
        static const QStringList all{u""_s,  u"a"_s,          u"\"\\/"_s, u"\n\t\0x"_s,
                                     u"ü"_s, u"\U0001F600"_s, u"\u2028"_s};
        return all[random.bounded(int(all.size()))] + all[random.bounded(int(all.size()))];
    }
    static QJsonValue id(QRandomGenerator &random)
    {
        switch (random.bounded(4)) {
        case 0:
            return text(random);
        case 1:
            return 0;
        case 2:
            return -random.bounded(1'000'000);
        default:
            return qint64(9007199254740991);
        }
    }
    static QJsonValue value(QRandomGenerator &random, int depth)
    {
        switch (random.bounded(depth > 3 ? 6 : 8)) {
        case 0:
            return QJsonValue::Null;
        case 1:
            return random.bounded(2) == 0;
        case 2:
            return text(random);
        case 3:
            return random.bounded(1000) - 500;
        case 4:
            return random.bounded(1.0) * 1e9;
        case 5:
            return qint64(random.generate64() >> 1); // Whole numbers up to 2^63 stay exact.
        case 6: {
            QJsonArray array;
            for (int i = random.bounded(4); i > 0; --i)
                array.append(value(random, depth + 1));
            return array;
        }
        default:
            return object(random, depth + 1);
        }
    }
    static QJsonObject object(QRandomGenerator &random, int depth)
    {
        QJsonObject made;
        for (int i = random.bounded(4); i > 0; --i)
            made.insert(text(random), value(random, depth));
        return made;
    }
};

GATEHOUSE_TEST(TestJsonRpc)
#include "tst_jsonrpc.moc"
