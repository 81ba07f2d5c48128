// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64url.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestBase64Url : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsWhatItWrites()
    {
        QByteArray bytes;
        for (int i = 0; i < 300; ++i) {
            QCOMPARE(base::fromBase64Url(base::toBase64Url(bytes)), std::optional(bytes));
            bytes.append(char(i * 37));
        }
    }

    void refusesWhatRfc7515DoesNotAllow_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("padding") << "QQ=="_ba;
        QTest::addRow("one lone character") << "A"_ba;
        QTest::addRow("stray bits in the last character") << "QR"_ba;
        QTest::addRow("the other alphabet's plus") << "+A"_ba;
        QTest::addRow("the other alphabet's slash") << "/A"_ba;
        QTest::addRow("white space") << "QUJD QUJD"_ba;
        QTest::addRow("a line end") << "QUJD\n"_ba;
        QTest::addRow("a NUL") << QByteArray("QUJD\0", 5);
        QTest::addRow("a question mark") << "QU?D"_ba;
    }

    void refusesWhatRfc7515DoesNotAllow()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(base::fromBase64Url(text), std::nullopt);
    }
};

GATEHOUSE_TEST(TestBase64Url)
#include "tst_base64url.moc"
