// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString textOf(const QString &path)
{
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// What the documents say of the sources is so.
class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nameTestsThatThereAre_data();
    void nameTestsThatThereAre();
};

void TestDocuments::nameTestsThatThereAre_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("functions");
    // `room/unit`, and behind it the functions that are meant, where some are; "…" stands for more of a kind.
    static const QRegularExpression mention(u"`([a-z]+)/([a-z]+)`((?: [a-z]+[A-Z]\\w*…?,?)*)"_s);
    const QString text = textOf(u"docs/security.md"_s);
    int rows = 0;
    for (auto each = mention.globalMatch(text); each.hasNext();) {
        const auto match = each.next();
        if (match.captured(1) == u"room"_s)
            continue;
        const QString prefix = match.captured(1) == u"fuzz"_s ? u"fuzz_"_s : u"tst_"_s;
        QStringList functions = match.captured(3).split(u' ', Qt::SkipEmptyParts);
        functions.replaceInStrings(QRegularExpression(u"[,…]"_s), QString());
        QTest::addRow("%s/%s %d", qPrintable(match.captured(1)), qPrintable(match.captured(2)), ++rows)
            << u"tests/%1/%2%3.cpp"_s.arg(match.captured(1), prefix, match.captured(2)) << functions;
    }
    QVERIFY(rows > 40);
}

void TestDocuments::nameTestsThatThereAre()
{
    QFETCH(QString, file);
    QFETCH(QStringList, functions);
    const QString text = textOf(file);
    QVERIFY2(!text.isEmpty(), qPrintable(file));
    for (const QString &function : functions)
        QVERIFY2(text.contains(QRegularExpression(u"void [A-Za-z:]*"_s + function)), qPrintable(function));
}

GATEHOUSE_TEST(TestDocuments)
#include "tst_documents.moc"
