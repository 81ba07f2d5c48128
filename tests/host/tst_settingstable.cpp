// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settingsfile.h"
#include "host/settingstable.h"
#include "support/changedsetting.h"
#include "support/unit.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::host;
using namespace Qt::StringLiterals;

class TestSettingsTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasEachSettingOnce();
    void keepsEachSettingInItsFile_data();
    void keepsEachSettingInItsFile();
    void keepsWhatTheUserChanged_data();
    void keepsWhatTheUserChanged();
    void keepsWhatTheUserDecidedThoughItIsInEffect_data() { rows(); }
    void keepsWhatTheUserDecidedThoughItIsInEffect();
    void refusesNumbersBeyondTheirBounds();
    void standsInTheReadme();

private:
    static void rows()
    {
        QTest::addColumn<QString>("field");
        for (const Setting &setting : settingsTable())
            QTest::newRow(qPrintable(setting.field)) << setting.field;
    }
};

void TestSettingsTable::hasEachSettingOnce()
{
    QSet<QString> fields;
    QSet<QString> options;
    for (const Setting &setting : settingsTable()) {
        QVERIFY2(!fields.contains(setting.field) && !options.contains(setting.option),
                 qPrintable(setting.field));
        fields.insert(setting.field);
        options.insert(setting.option);
        QCOMPARE(findSetting(setting.field), &setting);
        QVERIFY2(*setting.help != '\0' && *setting.label != '\0' && !setting.defaultText().isEmpty(),
                 qPrintable(setting.field));
        // An option of another kind than its member would be taken and ignored.
        const QList<qsizetype> kinds = setting.notation == Notation::Number ? QList<qsizetype>{0}
            : setting.notation == Notation::Text                            ? QList<qsizetype>{2}
            : setting.notation == Notation::Words || setting.notation == Notation::Lines
            ? QList<qsizetype>{3}
            : QList<qsizetype>{1};
        QVERIFY2(kinds.contains(qsizetype(setting.member.index())), qPrintable(setting.field));
        // Two rows may name one member by mistake: what one changes, no other has.
        Settings settings;
        changeSetting(setting, settings);
        for (const Setting &other : settingsTable())
            QCOMPARE(other.isSame(settings, Settings()), other.field != setting.field);
    }
    QVERIFY(!findSetting(u"nothing"_s));
}

void TestSettingsTable::keepsEachSettingInItsFile_data()
{
    rows();
}

void TestSettingsTable::keepsEachSettingInItsFile()
{
    QFETCH(QString, field);
    const Setting &setting = *findSetting(field);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    Settings settings;
    changeSetting(setting, settings);
    QVERIFY(validate(settings).isEmpty());
    QVERIFY(writeSettingsFile(path, settings));
    const auto read = readSettingsFile(path);
    QVERIFY2(read, qPrintable(read ? QString() : read.error()));
    QCOMPARE(*read == settings, setting.isKept);
}

void TestSettingsTable::keepsWhatTheUserChanged_data()
{
    rows();
}

void TestSettingsTable::keepsWhatTheUserChanged()
{
    QFETCH(QString, field);
    const Setting &setting = *findSetting(field);
    Configuration configuration;
    changeSetting(setting, configuration.settings);
    configuration.overrides.insert(field, u"--"_s + setting.option);
    // Something else was changed: what the command line said stays out of the file.
    Settings wanted = configuration.settings;
    (field == "replayMiB"_L1 ? wanted.maxTasks : wanted.replayMiB) = 7;
    configuration.adopt(wanted);
    QVERIFY(configuration.settings == wanted);
    QVERIFY(setting.isSame(configuration.kept, Settings()) && configuration.overrides.contains(field));
    // Itself was changed: now it is the user's.
    setting.copy(Settings(), wanted);
    configuration.adopt(wanted);
    QVERIFY(configuration.kept == wanted && configuration.overrides.isEmpty());
}

/// The command line says what is delivered, and something else is kept: whoever puts it back means the file.
void TestSettingsTable::keepsWhatTheUserDecidedThoughItIsInEffect()
{
    QFETCH(QString, field);
    const Setting &setting = *findSetting(field);
    Configuration configuration;
    changeSetting(setting, configuration.kept);
    configuration.overrides.insert(field, u"--"_s + setting.option);
    configuration.adopt(configuration.settings, {field});
    QVERIFY(setting.isSame(configuration.kept, Settings()) && configuration.overrides.isEmpty());
}

void TestSettingsTable::refusesNumbersBeyondTheirBounds()
{
    for (const Setting &setting : settingsTable()) {
        const auto *const place = std::get_if<int Settings::*>(&setting.member);
        if (!place)
            continue;
        for (const int value : {setting.lowest - 1, setting.highest + 1}) {
            Settings settings;
            settings.**place = value;
            const QList<SettingsFault> faults = validate(settings);
            QVERIFY2(!faults.isEmpty() && faults.first().field == setting.field, qPrintable(setting.field));
        }
    }
}

/// The table of options in README.md is this one; GATEHOUSE_WRITE_DOCS=1 writes it.
void TestSettingsTable::standsInTheReadme()
{
    const auto cell = [](QString text) { return text.replace(u'|', u"\\|"_s); };
    QString table = u"\n| option | meaning | default |\n|---|---|---|\n"_s;
    for (const Topic topic : topics) {
        for (const Setting &setting : settingsTable()) {
            if (setting.topic != topic)
                continue;
            QString meaning = QString::fromUtf8(setting.help);
            meaning[0] = meaning[0].toUpper();
            if (!setting.choices.isEmpty())
                meaning += u": "_s + setting.choices.join(u", "_s);
            if (setting.notation == Notation::Number)
                meaning += u" (%1 to %2)"_s.arg(setting.lowest).arg(setting.highest);
            if (setting.notation == Notation::Lines)
                meaning += u"; may be repeated"_s;
            const QString variable = setting.variable.isEmpty() ? QString()
                : !setting.isBase                               ? u"`%1`, else "_s.arg(setting.variable)
                                  : u"`%1` + `/mcp`, else "_s.arg(setting.variable);
            table += u"| `%1` | %2 | %3 |\n"_s.arg(
                cell(u"--"_s + setting.option + (setting.unit.isEmpty() ? QString() : u' ' + setting.unit)),
                cell(meaning), variable + setting.defaultText());
        }
    }
    const QString path = QStringLiteral(GATEHOUSE_SOURCE_DIR "/README.md");
    QFile file(path);
    const bool isToWrite = qEnvironmentVariableIsSet("GATEHOUSE_WRITE_DOCS");
    QVERIFY(file.open(isToWrite ? QIODevice::ReadWrite : QIODevice::ReadOnly));
    const QString readme = QString::fromUtf8(file.readAll());
    const QString begin = u"<!-- settings -->\n"_s;
    const qsizetype from = readme.indexOf(begin) + begin.size();
    const qsizetype to = readme.indexOf(u"\n<!-- /settings -->"_s);
    QVERIFY(from > begin.size() && to >= from);
    if (isToWrite) {
        file.resize(0);
        QVERIFY(file.write((readme.first(from) + table + readme.sliced(to)).toUtf8()) > 0);
        return;
    }
    QCOMPARE(readme.sliced(from, to - from), table);
}

GATEHOUSE_TEST(TestSettingsTable)
#include "tst_settingstable.moc"
