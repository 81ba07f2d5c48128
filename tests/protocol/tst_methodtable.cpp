// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/methodtable.h"
#include "support/unit.h"

#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

/// What clients send, by the schema of each revision (ClientRequest and ClientNotification).
const QStringList legacyRequests{u"initialize"_s,
                                 u"ping"_s,
                                 u"logging/setLevel"_s,
                                 u"completion/complete"_s,
                                 u"prompts/get"_s,
                                 u"prompts/list"_s,
                                 u"resources/list"_s,
                                 u"resources/templates/list"_s,
                                 u"resources/read"_s,
                                 u"resources/subscribe"_s,
                                 u"resources/unsubscribe"_s,
                                 u"tools/call"_s,
                                 u"tools/list"_s};
const QStringList modernRequests{u"server/discover"_s,
                                 u"subscriptions/listen"_s,
                                 u"completion/complete"_s,
                                 u"prompts/get"_s,
                                 u"prompts/list"_s,
                                 u"resources/list"_s,
                                 u"resources/templates/list"_s,
                                 u"resources/read"_s,
                                 u"tools/call"_s,
                                 u"tools/list"_s,
                                 u"tasks/get"_s,
                                 u"tasks/update"_s,
                                 u"tasks/cancel"_s};
} // namespace

class TestMethodTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasEveryMethodOfTheProtocol();
    void namesEachOnce();
    void namesTheMemberOfATargetOnlyWhereThereIsOne();
};

void TestMethodTable::hasEveryMethodOfTheProtocol()
{
    QStringList legacy;
    QStringList modern;
    for (const protocol::Method &method : protocol::allMethods()) {
        QVERIFY2(method.isLegacy || method.isModern, method.name.data());
        QCOMPARE(protocol::findMethod(method.name), &method);
        if (method.kind == protocol::Message::Kind::Notification)
            continue;
        if (method.isLegacy)
            legacy.append(method.name);
        if (method.isModern)
            modern.append(method.name);
    }
    const auto sorted = [](QStringList list) {
        list.sort();
        return list;
    };
    QCOMPARE(sorted(legacy), sorted(legacyRequests));
    QCOMPARE(sorted(modern), sorted(modernRequests));
    QVERIFY(!protocol::findMethod(u"tools/Call"_s));
    QVERIFY(!protocol::findMethod(QString()));
}

void TestMethodTable::namesEachOnce()
{
    QSet<int> ids;
    for (const protocol::Method &method : protocol::allMethods()) {
        QVERIFY2(!ids.contains(int(method.id)), method.name.data());
        ids.insert(int(method.id));
        QCOMPARE(protocol::nameOf(method.id), QString(method.name));
        QCOMPARE(method.isIn(protocol::Era::Modern), method.isModern);
        QCOMPARE(method.isIn(protocol::Era::Legacy), method.isLegacy);
    }
}

void TestMethodTable::namesTheMemberOfATargetOnlyWhereThereIsOne()
{
    using protocol::Target;
    for (const protocol::Method &method : protocol::allMethods()) {
        const bool hasOne = method.target == Target::Tool || method.target == Target::Prompt
            || method.target == Target::Resource || method.target == Target::Task;
        QCOMPARE(method.targetMember().has_value(), hasOne);
        QVERIFY(!hasOne || !method.targetMember()->isEmpty());
    }
}

GATEHOUSE_TEST(TestMethodTable)
#include "tst_methodtable.moc"
