// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"

#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// The German words are whole: each text of the sources has one, with the places that it fills in.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haveEachTextOfTheSources();
    void areFinishedAndFillTheSamePlaces();

private:
    const QString m_root = QStringLiteral(GATEHOUSE_SOURCE_DIR);
    const QString m_file = m_root + u"/translations/gatehouse_de.ts"_s;
};

void TestTranslations::haveEachTextOfTheSources()
{
    const QTemporaryDir folder;
    const QString copy = folder.filePath(u"gatehouse_de.ts"_s);
    QVERIFY(QFile::copy(m_file, copy));
    QProcess update;
    update.setWorkingDirectory(m_root);
    update.setProcessChannelMode(QProcess::MergedChannels);
    update.start(QLibraryInfo::path(QLibraryInfo::BinariesPath) + u"/lupdate"_s,
                 {u"-I"_s, u"src"_s, u"src"_s, u"ui"_s, u"-ts"_s, copy});
    QVERIFY2(update.waitForFinished(60'000), qPrintable(update.errorString()));
    const QByteArray said = update.readAll();
    QVERIFY2(said.contains("(0 new and"), said.constData());
    QVERIFY2(!said.contains("Kept") && !said.contains("Removed"), said.constData());
    QVERIFY2(!said.contains("context"), said.constData()); // "tr() cannot be called without context"
}

void TestTranslations::areFinishedAndFillTheSamePlaces()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int texts = 0;
    const auto places = [](const QString &text) {
        static const QRegularExpression place(u"%(?:\\d|n)"_s);
        QSet<QString> found;
        auto match = place.globalMatch(text);
        while (match.hasNext())
            found.insert(match.next().captured());
        return found;
    };
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == u"source") {
            source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            QVERIFY2(!xml.attributes().hasAttribute(u"type"_s), qPrintable(source));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            QVERIFY2(!text.trimmed().isEmpty() || source.trimmed().isEmpty(), qPrintable(source));
            QVERIFY2(places(text) == places(source), qPrintable(source + u" → "_s + text));
            ++texts;
        }
    }
    QVERIFY(!xml.hasError());
    QVERIFY(texts > 300);
}

GATEHOUSE_TEST(TestTranslations)
#include "tst_translations.moc"
