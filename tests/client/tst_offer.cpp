// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "client/offer.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace Qt::StringLiterals;

/// How a client answers at which nobody sits.
class TestOffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatItCanAnswer_data();
    void offersWhatItCanAnswer();
    void answersWhereNobodySits_data();
    void answersWhereNobodySits();
    void tellsWhatItWasAsked();

private:
    static QJsonObject read(QByteArray text) { return base::readJsonObject(text.replace('\'', '"')).value(); }
    static FixedAnswer fixed(bool accepts, const QByteArray &content)
    {
        FixedAnswer answer{accepts, {}, {}};
        if (!content.isEmpty())
            answer.content = read(content);
        return answer;
    }
};

void TestOffer::offersWhatItCanAnswer_data()
{
    QTest::addColumn<bool>("accepts");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("capabilities");
    QTest::newRow("accept") << true << QByteArray() << QStringList{u"elicitation"_s, u"roots"_s};
    QTest::newRow("something") << true << "{'a':1}"_ba
                               << QStringList{u"elicitation"_s, u"roots"_s, u"sampling"_s};
    QTest::newRow("decline") << false << QByteArray() << QStringList{u"elicitation"_s};
}

void TestOffer::offersWhatItCanAnswer()
{
    QFETCH(const bool, accepts);
    QFETCH(const QByteArray, content);
    QFETCH(const QStringList, capabilities);
    const ClientOffer offer = offerOf(fixed(accepts, content));
    QCOMPARE(offer.capabilities.keys(), capabilities);
    for (const auto &[method, capability] :
         {std::pair(u"elicitation/create"_s, u"elicitation"_s), std::pair(u"roots/list"_s, u"roots"_s),
          std::pair(u"sampling/createMessage"_s, u"sampling"_s)}) {
        bool isAnswered = false;
        offer.answer(method, {}, [&isAnswered](const auto &reply) { isAnswered = reply.has_value(); });
        QCOMPARE(isAnswered, capabilities.contains(capability));
    }
}

void TestOffer::answersWhereNobodySits_data()
{
    QTest::addColumn<bool>("accepts");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("params");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("said");
    const QString elicit = u"elicitation/create"_s;
    const QString sample = u"sampling/createMessage"_s;
    const QByteArray form
        = "{'message':'?','requestedSchema':{'properties':{'s':{'type':'string','default':'a'}}}}";
    const QByteArray hard = "{'message':'?','requestedSchema':{'properties':{'s':{}},'required':['s']}}";
    QTest::newRow("accept") << true << QByteArray() << elicit << form
                            << "{'action':'accept','content':{'s':'a'}}"_ba
                            << u"Accepted with {\"s\":\"a\"}"_s;
    QTest::newRow("accept what has no default")
        << true << QByteArray() << elicit << hard << "{'action':'decline'}"_ba
        << u"Declined: The field \"s\" has to be filled in."_s;
    QTest::newRow("accept with something")
        << true << "{'s':'b'}"_ba << elicit << hard << "{'action':'accept','content':{'s':'b'}}"_ba
        << u"Accepted with {\"s\":\"b\"}"_s;
    QTest::newRow("accept to open an address")
        << true << QByteArray() << elicit << "{'mode':'url','url':'https://a'}"_ba
        << "{'action':'decline'}"_ba << u"Declined: it wants an address to be opened."_s;
    QTest::newRow("decline") << false << QByteArray() << elicit << form << "{'action':'decline'}"_ba
                             << u"Declined."_s;
    QTest::newRow("in place of a model")
        << true << "{'s':'b'}"_ba << sample << "{}"_ba
        << "{'role':'assistant','content':{'type':'text','text':'{\\'s\\':\\'b\\'}'},'model':'gatehouse','stopReason':'endTurn'}"_ba
               .replace("\\'", "\\\"")
        << QString();
    QTest::newRow("a model's own result")
        << true << "{'role':'assistant','content':{'type':'text','text':'x'},'model':'m'}"_ba << sample
        << "{}"_ba
        << "{'role':'assistant','content':{'type':'text','text':'x'},'model':'m'}"_ba << QString();
    QTest::newRow("roots") << true << QByteArray() << u"roots/list"_s << "{}"_ba
                           << "{'roots':[]}"_ba << u"None."_s;
}

void TestOffer::answersWhereNobodySits()
{
    QFETCH(const bool, accepts);
    QFETCH(const QByteArray, content);
    QFETCH(const QString, method);
    QFETCH(const QByteArray, params);
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, said);
    FixedAnswer how = fixed(accepts, content);
    QString heard;
    how.said = [&heard](const Answered &answered) { heard = answered.answer; };
    QJsonObject given;
    offerOf(how).answer(method, read(params),
                        [&given](const auto &reply) { given = reply.value_or(QJsonObject()); });
    QCOMPARE(given, read(answer));
    QVERIFY(!heard.isEmpty());
    if (!said.isEmpty())
        QCOMPARE(heard, said);
}

void TestOffer::tellsWhatItWasAsked()
{
    FixedAnswer how = fixed(true, "{'s':'b'}");
    QList<QJsonObject> heard;
    how.said = [&heard](const Answered &answered) { heard.append(jsonOf(answered)); };
    const ClientOffer offer = offerOf(how);
    const auto nobody = [](const auto &) {};
    offer.answer(u"elicitation/create"_s, {{u"message"_s, u"Who?"_s}}, nobody);
    offer.answer(
        u"sampling/createMessage"_s,
        read("{'systemPrompt':'Be kind.','messages':[{'role':'user','content':{'type':'text','text':'Hi'}},"
             "{'role':'user','content':[{'type':'image'},{'type':'text','text':'What is it?'}]}]}"),
        nobody);
    QCOMPARE(heard.value(0).value("question"_L1).toString(), u"Who?"_s);
    QCOMPARE(heard.value(1).value("question"_L1).toString(),
             u"system: Be kind.\nuser: Hi\nuser: [image]\nWhat is it?"_s);
    QCOMPARE(heard.value(1).value("event"_L1).toString(), u"question"_s);
    QCOMPARE(heard.value(1).value("method"_L1).toString(), u"sampling/createMessage"_s);
}

GATEHOUSE_TEST(TestOffer)
#include "tst_offer.moc"
