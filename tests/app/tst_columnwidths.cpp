// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/columnwidths.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;

/// Columns of a table that share a room.
class TestColumnWidths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesWhatThereIs_data()
    {
        QTest::addColumn<QList<ColumnWish>>("wishes");
        QTest::addColumn<int>("room");
        QTest::addColumn<QList<int>>("widths");
        const QList<ColumnWish> three{{100, 40}, {200, 40}, {30, 30}};
        QTest::newRow("room for all") << three << 330 << QList<int>{100, 200, 30};
        QTest::newRow("room for more goes to all") << three << 340 << QList<int>{104, 203, 33};
        QTest::newRow("the widest gives first") << three << 300 << QList<int>{100, 170, 30};
        QTest::newRow("then the wide ones alike") << three << 190 << QList<int>{80, 80, 30};
        QTest::newRow("no pixel is left over") << three << 191 << QList<int>{81, 80, 30};
        QTest::newRow("none below its least") << three << 50 << QList<int>{40, 40, 30};
        QTest::newRow("no room at all") << three << -20 << QList<int>{40, 40, 30};
        QTest::newRow("one wants less than its least")
            << QList<ColumnWish>{{10, 50}, {90, 20}} << 120 << QList<int>{50, 70};
        QTest::newRow("none") << QList<ColumnWish>{} << 100 << QList<int>{};
    }

    void sharesWhatThereIs()
    {
        QFETCH(const QList<ColumnWish>, wishes);
        QFETCH(const int, room);
        QTEST(sharedWidths(wishes, room), "widths");
    }
};

GATEHOUSE_TEST(TestColumnWidths)
#include "tst_columnwidths.moc"
