// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/localtime.h"
#include "support/unit.h"

#include <QDateTime>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestLocalTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatTheSystemSays_data();
    void isWhatTheSystemSays();
    void cleanup() { m_hadZone ? qputenv("TZ", m_zone) : qunsetenv("TZ"); }

private:
    const bool m_hadZone = qEnvironmentVariableIsSet("TZ");
    const QByteArray m_zone = qgetenv("TZ");
};

void TestLocalTime::isWhatTheSystemSays_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone :
         {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"})
        QTest::addRow("%s", zone) << QByteArray(zone);
}

void TestLocalTime::isWhatTheSystemSays()
{
    QFETCH(const QByteArray, zone);
    qputenv("TZ", zone);
    const int offset = QDateTime::fromMSecsSinceEpoch(1'790'000'000'123).offsetFromUtc();
    QVERIFY2((offset == 0) == (zone == "UTC"), "This system has no such zones: install tzdata.");
    // Two years, past each change of summer time, by steps that fall into all quarters of the hour.
    constexpr qint64 first = 1'790'000'000'123;
    for (qint64 ms = first; ms < first + Q_INT64_C(2) * 365 * 24 * 3'600'000; ms += 7 * 61 * 1000 + 13)
        QCOMPARE(inspector::localTimeOf(ms), QDateTime::fromMSecsSinceEpoch(ms).time());
    QCOMPARE(inspector::localTimeOf(-1), QDateTime::fromMSecsSinceEpoch(-1).time());
}

GATEHOUSE_TEST(TestLocalTime)
#include "tst_localtime.moc"
