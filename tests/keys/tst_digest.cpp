// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/digest.h"
#include "support/unit.h"

#include <QCryptographicHash>
#include <QTest>

using namespace gatehouse;

class TestDigest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThatOfFips180();
    void agreesWithQt();
};

void TestDigest::isThatOfFips180()
{
    QCOMPARE(keys::sha256("abc").toHex(),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(keys::sha256({}).toHex(),
             QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestDigest::agreesWithQt()
{
    QByteArray bytes;
    for (int i = 0; i < 300; ++i) {
        QCOMPARE(keys::sha256(bytes), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
        bytes += char(i * 31);
    }
}

GATEHOUSE_TEST(TestDigest)
#include "tst_digest.moc"
