// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
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
    void haveEachTextOfTheSources_data() { languages(); }
    void haveEachTextOfTheSources();
    void areFinishedAndFillTheSamePlaces_data() { languages(); }
    void areFinishedAndFillTheSamePlaces();

private:
    void languages() const
    {
        QTest::addColumn<QString>("file");
        const QDir folder(m_root + u"/translations"_s);
        for (const QString &name : folder.entryList({u"*.ts"_s}, QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    const QString m_root = QStringLiteral(GATEHOUSE_SOURCE_DIR);
};

void TestTranslations::haveEachTextOfTheSources()
{
    QFETCH(const QString, file);
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QFileInfo(file).fileName());
    QVERIFY(QFile::copy(file, copy));
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
    QFETCH(const QString, file);
    QFile opened(file);
    QVERIFY(opened.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&opened);
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
            QVERIFY2(!text.contains(u"amp;"_s), qPrintable(source + u" → "_s + text));
            QVERIFY2(source.contains(u"&&"_s) || source.count(u'&') == text.count(u'&'),
                     qPrintable(source + u" → "_s + text)); // A key for it.
            ++texts;
        }
    }
    QVERIFY(!xml.hasError());
    QVERIFY(texts > 300);
}

GATEHOUSE_TEST(TestTranslations)
#include "tst_translations.moc"
