// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// Foreign text is text in every place where it can stand: Qt shows tool tips, labels and messages as rich
/// text where they look like it, and opens the pictures that it names. There is one way around each; this
/// finds all others.
class TestForeignText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasOneWayIntoTheWindow_data();
    void hasOneWayIntoTheWindow();
    void isPlainInEachLabelOfAForm();
    void findsWhatItIsToFind_data();
    void findsWhatItIsToFind();

private:
    /// What of the text is no way that is allowed, a line each.
    static QStringList findings(const QString &path, const QString &text);
    static QString textOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    const QDir m_source{QStringLiteral(GATEHOUSE_SOURCE_DIR "/src")};
};

QStringList TestForeignText::findings(const QString &path, const QString &text)
{
    struct Rule
    {
        QRegularExpression pattern;
        QString instead;
        QStringList exceptIn = {};
    };
    // An argument is ours where it is a tr() text without anything put into it.
    static const Rule rules[] = {
        {QRegularExpression(
             u"setToolTip\\((?!(\\w+, )?((\\w|->| == |\\(\\))+ \\? QString\\(\\) : )?(tr\\(\"[^\"]*\"\\)\\)|inspector::toolTipText\\())"_s),
         u"inspector::toolTipText()"_s},
        {QRegularExpression(u"ToolTipRole(?!:|\\))"_s), u"a case that returns inspector::toolTipText()"_s},
        {QRegularExpression(u"QToolTip::|setWhatsThis\\("_s),
         u"setToolTip() with inspector::toolTipText()"_s},
        {QRegularExpression(u"new QLabel\\(|: public QLabel\\b"_s), u"app::Label"_s, {u"app/label.h"_s}},
        {QRegularExpression(u"AutoText|RichText|MarkdownText|setMarkdown\\("_s), u"Qt::PlainText"_s},
        {QRegularExpression(
             u"setHtml\\(|insertHtml\\(|new QTextBrowser\\(|new QTextEdit\\(|setTextInteractionFlags"_s),
         u"app::HtmlView"_s,
         {u"app/details.cpp"_s}}, // All of whose pieces escape.
        {QRegularExpression(u"QMessageBox::(?!about\\()|new QMessageBox|QMessageBox \\w"_s),
         u"app::Banners"_s},
        {QRegularExpression(u"showMessage\\((?!inspector::lineText\\()"_s), u"inspector::lineText()"_s},
        {QRegularExpression(u"QErrorMessage|QProgressDialog|QSplashScreen|QWizard"_s), u"app::Label"_s},
    };
    QStringList found;
    for (const Rule &rule : rules) {
        if (rule.exceptIn.contains(path))
            continue;
        auto matches = rule.pattern.globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const auto line = QStringView(text).first(match.capturedStart()).count(u'\n') + 1;
            found += u"%1:%2: %3 … use %4"_s.arg(path).arg(line).arg(match.captured(), rule.instead);
        }
    }
    return found;
}

void TestForeignText::hasOneWayIntoTheWindow_data()
{
    QTest::addColumn<QString>("path");
    for (const auto &room : {u"app"_s, u"inspector"_s}) {
        QDirIterator sources(m_source.filePath(room), {u"*.h"_s, u"*.cpp"_s}, QDir::Files);
        while (sources.hasNext()) {
            const QString path = m_source.relativeFilePath(sources.next());
            QTest::newRow(qPrintable(path)) << path;
        }
    }
}

void TestForeignText::hasOneWayIntoTheWindow()
{
    QFETCH(QString, path);
    const QStringList found = findings(path, textOf(m_source.filePath(path)));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestForeignText::isPlainInEachLabelOfAForm()
{
    QDirIterator forms(m_source.filePath(u"../ui"_s), {u"*.ui"_s}, QDir::Files);
    int labels = 0;
    while (forms.hasNext()) {
        QFile file(forms.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString label;
        bool isPlain = true;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == "widget"_L1) {
                QVERIFY2(isPlain, qPrintable(label));
                label = xml.attributes().value("class"_L1) == "QLabel"_L1
                    ? xml.attributes().value("name"_L1).toString()
                    : QString();
                labels += label.isEmpty() ? 0 : 1;
                isPlain = label.isEmpty();
            } else if (xml.name() == "enum"_L1 && xml.readElementText() == "Qt::PlainText"_L1) {
                isPlain = true;
            }
        }
        QVERIFY2(isPlain, qPrintable(label));
    }
    QVERIFY(labels > 0);
}

void TestForeignText::findsWhatItIsToFind_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isFound");
    for (const auto &code :
         {u"item->setToolTip(text);"_s, u"item->setToolTip(1, name);"_s,
          u"x->setToolTip(tr(\"From %1\").arg(peer));"_s, u"setData(0, Qt::ToolTipRole, text);"_s,
          u"auto *label = new QLabel(text, this);"_s, u"class Mine : public QLabel"_s,
          u"label->setTextFormat(Qt::AutoText);"_s, u"view->setHtml(text);"_s,
          u"QMessageBox::warning(this, title, text);"_s, u"QMessageBox box(this);"_s,
          u"QToolTip::showText(at, text);"_s, u"statusBar()->showMessage(text, 5000);"_s})
        QTest::newRow(qPrintable(code)) << code << true;
    for (const auto &code :
         {u"item->setToolTip(inspector::toolTipText(text));"_s,
          u"item->setToolTip(4, inspector::toolTipText(a));"_s, u"close->setToolTip(tr(\"Close\"));"_s,
          u"case Qt::ToolTipRole:"_s, u"new Label(text, this);"_s,
          u"x->setToolTip(has ? QString() : tr(\"No request.\"));"_s,
          u"statusBar()->showMessage(inspector::lineText(text), 5000);"_s})
        QTest::newRow(qPrintable(code)) << code << false;
}

void TestForeignText::findsWhatItIsToFind()
{
    QFETCH(QString, code);
    QFETCH(bool, isFound);
    QCOMPARE(!findings(u"app/any.cpp"_s, code).isEmpty(), isFound);
}

GATEHOUSE_TEST(TestForeignText)
#include "tst_foreigntext.moc"
