// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretstore.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void answersFromTheEventLoopAndForgetsWhatIsRemoved()
    {
        base::MemorySecretStore store;
        QVERIFY(!store.outlivesTheProgram());
        QStringList order;
        std::optional<QByteArray> first;
        std::optional<QByteArray> second = "something"_ba;
        store.write(u"key"_s, "secret"_ba,
                    [&](bool ok) { order.append(ok ? u"written"_s : u"not written"_s); });
        store.read(u"key"_s, [&](const std::optional<QByteArray> &secret) {
            first = secret;
            order.append(u"read"_s);
        });
        store.remove(u"key"_s, [&] { order.append(u"removed"_s); });
        store.read(u"key"_s, [&](const std::optional<QByteArray> &secret) {
            second = secret;
            order.append(u"read again"_s);
        });
        QVERIFY(order.isEmpty()); // Nothing within the calls.
        QTRY_COMPARE(order, (QStringList{u"written"_s, u"read"_s, u"removed"_s, u"read again"_s}));
        QCOMPARE(first, std::optional("secret"_ba));
        QCOMPARE(second, std::nullopt);
    }
};

GATEHOUSE_TEST(TestSecretStore)
#include "tst_secretstore.moc"
