// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fault.h"
#include "support/unit.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace gatehouse::http;
using namespace Qt::StringLiterals;

class TestFault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAStatusWordsAndANameOfItsOwn();
    void isInTheDocumentation();

private:
    static QList<EdgeFault> all()
    {
        QList<EdgeFault> out;
        for (int i = int(EdgeFault::None) + 1; i <= int(EdgeFault::TooMuchUnfinished); ++i)
            out.append(EdgeFault(i));
        return out;
    }
};

void TestFault::hasAStatusWordsAndANameOfItsOwn()
{
    QSet<QByteArray> names;
    for (const EdgeFault fault : all()) {
        QVERIFY(statusOf(fault) >= 400 && statusOf(fault) < 600);
        QVERIFY(describe(fault).endsWith('.'));
        QVERIFY2(!describe(fault).contains('"'), "it is written into JSON as it stands");
        names.insert(faultName(fault));
    }
    QCOMPARE(names.size(), all().size());
    QVERIFY(!names.contains(QByteArray()));
    QCOMPARE(statusOf(EdgeFault::None), 0);
    QVERIFY(describe(EdgeFault::None).isEmpty() && faultName(EdgeFault::None).isEmpty());
}

void TestFault::isInTheDocumentation()
{
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/docs/edge.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const EdgeFault fault : all()) {
        if (fault == EdgeFault::AnswerTooSlow)
            continue; // No request is refused by it: it has its row already.
        const QString name = u"`%1`"_s.arg(QString::fromLatin1(faultName(fault)));
        const auto row = std::find_if(lines.begin(), lines.end(), [&](const QString &line) {
            return line.startsWith(u"| `"_s) && line.contains(name);
        });
        QVERIFY2(row != lines.end(), qPrintable(name));
        QVERIFY2(row->trimmed().endsWith(u"| %1 |"_s.arg(statusOf(fault))), qPrintable(*row));
    }
}

GATEHOUSE_TEST(TestFault)
#include "tst_fault.moc"
