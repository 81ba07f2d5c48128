// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/traceparent.h"

#include <QTest>

using namespace gatehouse;

class TestTraceparent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheTrace_data();
    void namesTheTrace();
};

void TestTraceparent::namesTheTrace_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("trace");
    const QByteArray trace = "0af7651916cd43dd8448eb211c80319c";
    const QByteArray good = "00-" + trace + "-b7ad6b7169203331-01";
    const QByteArray none;
    QTest::newRow("as the specification has it") << good << trace;
    QTest::newRow("with more behind it, of a later version") << "cc" + good.sliced(2) + "-what" << trace;
    QTest::newRow("with more behind it, of this version") << good + "-what" << none;
    QTest::newRow("with more that is not set off") << "cc" + good.sliced(2) + "x" << none;
    QTest::newRow("of the version that is none") << "ff" + good.sliced(2) << none;
    QTest::newRow("in capitals") << good.toUpper() << none;
    QTest::newRow("a trace of zeros") << "00-" + QByteArray(32, '0') + "-b7ad6b7169203331-01" << none;
    QTest::newRow("a parent of zeros") << "00-" + trace + "-0000000000000000-01" << none;
    QTest::newRow("too short") << good.chopped(1) << none;
    QTest::newRow("with other marks") << QByteArray(good).replace('-', '_') << none;
    QTest::newRow("not hexadecimal") << QByteArray(good).replace('c', 'g') << none;
    QTest::newRow("nothing") << none << none;
}

void TestTraceparent::namesTheTrace()
{
    QFETCH(const QByteArray, header);
    QTEST(web::traceIdOf(header), "trace");
}

GATEHOUSE_TEST(TestTraceparent)
#include "tst_traceparent.moc"
