// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/sink.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// Writes down what it is told.
class Notes : public exchange::Sink
{
public:
    Notes(QString name, QStringList *all)
        : m_name(std::move(name))
        , m_all(all)
    { }
    void began(const exchange::Exchange &one) override { note(u"began"_s, one.id); }
    void streams(const exchange::Exchange &one) override { note(u"streams"_s, one.id); }
    void ended(const exchange::Exchange &one) override { note(u"ended"_s, one.id); }

private:
    void note(const QString &what, quint64 id) { m_all->append(u"%1 %2 %3"_s.arg(m_name, what).arg(id)); }

    QString m_name;
    QStringList *m_all;
};

class TestSinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachInTheirOrder();
    void isQuietWithNone();
    void canUseAsMuchOfABodyAsOneOfThem();
};

void TestSinks::tellsEachInTheirOrder()
{
    QStringList heard;
    Notes a(u"a"_s, &heard);
    Notes b(u"b"_s, &heard);
    exchange::Sinks sinks;
    sinks.add(&a);
    sinks.add(&b);
    exchange::Exchange one;
    one.id = 7;
    sinks.began(one);
    sinks.streams(one);
    sinks.ended(one);
    QCOMPARE(heard,
             QStringList({u"a began 7"_s, u"b began 7"_s, u"a streams 7"_s, u"b streams 7"_s, u"a ended 7"_s,
                          u"b ended 7"_s}));
}

void TestSinks::isQuietWithNone()
{
    exchange::Sinks sinks;
    sinks.began({});
    sinks.ended({});
}

void TestSinks::canUseAsMuchOfABodyAsOneOfThem()
{
    class Hungry : public Notes
    {
    public:
        using Notes::Notes;
        [[nodiscard]] qsizetype bodyBudget() const override { return 77; }
    };
    QStringList heard;
    Notes a(u"a"_s, &heard);
    Hungry b(u"b"_s, &heard);
    exchange::Sinks sinks;
    QCOMPARE(sinks.bodyBudget(), 0);
    sinks.add(&a);
    QCOMPARE(sinks.bodyBudget(), 0);
    sinks.add(&b);
    QCOMPARE(sinks.bodyBudget(), 77);
}

GATEHOUSE_TEST(TestSinks)
#include "tst_sinks.moc"
