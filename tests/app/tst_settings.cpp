// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsdialog.h"
#include "app/settingspages.h"
#include "app/workosdesk.h"
#include "base/secretstore.h"
#include "host/settingstable.h"
#include "support/changedsetting.h"
#include "support/unit.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QSet>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTcpServer>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using host::Setting;
using host::Settings;
using host::settingsTable;

/// The dialog by itself: what it shows is the table, and what it says is what was set.
class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_dialog.reset(); }

    void showsEachSetting_data();
    void showsEachSetting();
    void takesEachSetting_data();
    void takesEachSetting();
    void leavesWhatItDoesNotShow();
    void putsAPageBack();
    void putsEverythingBack();
    void putsBackWhatTheCommandLineHides_data();
    void putsBackWhatTheCommandLineHides();
    void followsWhatOthersChange();
    void findsASetting_data();
    void findsASetting();
    void takesTheFramesAwayWithTheSearch();
    void goesFromTheSearchToTheField();
    void saysOnWhichPageSomethingIsWrong();
    void saysWhatSetAValueForThisStart();
    void remarksOnWhatShouldBeThoughtOfTwice();
    void switchesNoCheckOffByOneClick_data();
    void switchesNoCheckOffByOneClick();
    void changesTheLookAtOnce();
    void offersTheLanguagesThatThereAre();
    void walksFromTheSearchOverThePagesToTheFoot();
    void appliesNothingByReturnInAFieldThatHasItsOwnUseForIt_data();
    void appliesNothingByReturnInAFieldThatHasItsOwnUseForIt();
    void leavesOnceWhatWasTypedLastIsApplied();
    void countsWhatIsWrongInOneWay();
    void saysOfAPortWhatIsSoNow();
    void takesAnEmptyTextForWhatThePlaceholderSays();
    void growsWithTheText();
    void speaksGerman();
    void cutsNoPageWhereTheTextIsLarge_data();
    void cutsNoPageWhereTheTextIsLarge();

private:
    static void keptSettings()
    {
        QTest::addColumn<QString>("field");
        for (const Setting &setting : settingsTable()) {
            if (setting.isKept)
                QTest::newRow(qPrintable(setting.field)) << setting.field;
        }
    }
    template <typename T = QWidget> T *child(const QString &name) const
    {
        return m_dialog->findChild<T *>(name);
    }
    void show(const Settings &settings)
    {
        host::Configuration configuration;
        configuration.settings = configuration.kept = settings;
        m_dialog->show(configuration, {settings.port, u"http://localhost:3000/mcp"_s});
    }
    QString foot() const { return child<QLabel>(u"footNote"_s)->text(); }
    bool canApply() const { return child<QPushButton>(u"apply"_s)->isEnabled(); }
    /// As a person would, with whatever the field is.
    void set(const Setting &setting, const Settings &wanted) const;
    /// What is said of a page beside its name.
    QString marksOf(host::Topic topic) const
    {
        return child<QListWidget>(u"pages"_s)->item(int(topic))->data(Qt::AccessibleTextRole).toString();
    }

    base::MemorySecretStore m_secrets;
    host::Host m_host;
    WorkOsDesk m_workOs{&m_secrets, &m_host};
    std::unique_ptr<SettingsDialog> m_dialog;
};

void TestSettings::initTestCase()
{
    Look::apply(Appearance::Light, 100);
    m_dialog = std::make_unique<SettingsDialog>(u"/nowhere/settings.json"_s, &m_workOs);
    show({});
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestSettings::init()
{
    child<QLineEdit>(u"search"_s)->clear();
    child<QListWidget>(u"pages"_s)->setCurrentRow(0);
    show({});
}

void TestSettings::set(const Setting &setting, const Settings &wanted) const
{
    auto *field = child(setting.field);
    QVERIFY(field);
    const QString text = setting.textOf(wanted);
    if (auto *number = qobject_cast<QSpinBox *>(field)) {
        number->setValue(text.toInt());
    } else if (auto *box = qobject_cast<QCheckBox *>(field)) {
        box->click();
    } else if (auto *edit = qobject_cast<QLineEdit *>(field)) {
        edit->setFocus();
        edit->clear();
        QTest::keyClicks(edit, text);
    } else if (auto *lines = qobject_cast<QPlainTextEdit *>(field)) {
        lines->setPlainText(text);
    } else if (auto *list = qobject_cast<QListWidget *>(field)) {
        const QStringList words = text.split(u' ');
        for (int row = 0; row < list->count(); ++row)
            list->item(row)->setCheckState(words.contains(list->item(row)->text()) ? Qt::Checked
                                                                                   : Qt::Unchecked);
        if (auto *another = child<QLineEdit>(setting.field + u"New"_s))
            QTest::keyClicks(another, words.first());
    }
}

void TestSettings::showsEachSetting_data()
{
    keptSettings();
}

void TestSettings::showsEachSetting()
{
    QFETCH(const QString, field);
    const Setting &setting = *host::findSetting(field);
    Settings changed;
    changeSetting(setting, changed);
    show(changed);
    QVERIFY(m_dialog->settings() == changed);
    QCOMPARE(foot(), QString());
    m_dialog->goTo(field);
    QVERIFY(child(field)->isVisible());
    QCOMPARE(child<QListWidget>(u"pages"_s)->currentRow(), int(setting.topic));
    // What names it is what a screen reader says of it.
    const auto labels = m_dialog->findChildren<QLabel *>();
    const bool isNamed = qobject_cast<QCheckBox *>(child(field))
        || std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel *label) { return label->buddy() == child(field); });
    QVERIFY(isNamed);
}

void TestSettings::takesEachSetting_data()
{
    keptSettings();
}

void TestSettings::takesEachSetting()
{
    QFETCH(const QString, field);
    const Setting &setting = *host::findSetting(field);
    Settings wanted;
    changeSetting(setting, wanted);
    set(setting, wanted);
    QVERIFY2(m_dialog->settings() == wanted, qPrintable(setting.textOf(m_dialog->settings())));
    QVERIFY(foot().startsWith(u"Changed and not applied: 1."_s));
    QVERIFY(canApply());
    QCOMPARE(marksOf(setting.topic), host::titleOf(setting.topic) + u", changed"_s);
    child<QPushButton>(u"discard"_s)->click();
    QVERIFY(m_dialog->settings() == Settings());
    QVERIFY(!canApply());
}

void TestSettings::leavesWhatItDoesNotShow()
{
    Settings settings;
    settings.failures = {u"token-expired"_s}; // Of this run, from the command line.
    show(settings);
    child<QSpinBox>(u"maxTasks"_s)->setValue(7);
    QCOMPARE(m_dialog->settings().failures, settings.failures);
}

void TestSettings::putsAPageBack()
{
    Settings settings;
    settings.maxTasks = 7;
    settings.maxSessions = 8;
    settings.port = 4000;
    show(settings);
    auto *back = child<QPushButton>(u"putBack%1"_s.arg(int(host::Topic::Limits)));
    QVERIFY(back->isEnabled());
    QVERIFY(!child<QPushButton>(u"putBack%1"_s.arg(int(host::Topic::Access)))->isEnabled());
    back->click();
    Settings wanted;
    wanted.port = 4000; // That is on another page.
    QVERIFY(m_dialog->settings() == wanted);
    QVERIFY(canApply() && !back->isEnabled());
}

void TestSettings::putsEverythingBack()
{
    Settings settings;
    settings.subdomain = u"acme"_s;
    settings.port = 4000;
    show(settings);
    child<QPushButton>(u"putEverythingBack"_s)->click();
    QVERIFY(m_dialog->settings() == Settings());
    QVERIFY(foot().startsWith(u"Changed and not applied: 2."_s));
}

void TestSettings::putsBackWhatTheCommandLineHides_data()
{
    QTest::addColumn<QString>("button");
    QTest::newRow("its page") << u"putBack%1"_s.arg(int(host::Topic::Server));
    QTest::newRow("everything") << u"putEverythingBack"_s;
}

/// 4000 is kept, and this start was told the usual port.
void TestSettings::putsBackWhatTheCommandLineHides()
{
    QFETCH(const QString, button);
    host::Configuration configuration;
    configuration.kept.port = 4000;
    configuration.overrides.insert(u"port"_s, u"--port"_s);
    m_dialog->show(configuration, {});
    QVERIFY(!canApply());
    QVERIFY(child(button)->isEnabled());
    child<QPushButton>(button)->click();
    QVERIFY(foot().startsWith(u"Changed and not applied: 1."_s));
    QCOMPARE(marksOf(host::Topic::Server), u"Server, changed"_s);
    // Others may mean another port meanwhile: what was put back stays so.
    host::Configuration theirs = configuration;
    theirs.settings.port = 3001;
    m_dialog->follow(theirs, {});
    QCOMPARE(child<QSpinBox>(u"port"_s)->value(), Settings().port);
    QVERIFY(foot().startsWith(u"Changed and not applied: 1."_s));
    m_dialog->follow(configuration, {});
    child<QPushButton>(u"discard"_s)->click();
    QVERIFY(!canApply());
    // Whoever thinks again and types what is in effect means no file.
    child<QPushButton>(button)->click();
    child<QSpinBox>(u"port"_s)->setValue(5000);
    child<QSpinBox>(u"maxTasks"_s)->setValue(7);
    QSignalSpy appliedBefore(m_dialog.get(), &SettingsDialog::applyWanted);
    child<QPushButton>(u"apply"_s)->click();
    QVERIFY(appliedBefore.first().at(1).value<QSet<QString>>().contains(u"maxTasks"_s) == false);
    QVERIFY(!appliedBefore.first().at(1).value<QSet<QString>>().contains(u"port"_s));
    child<QPushButton>(u"discard"_s)->click();
    child<QPushButton>(button)->click();
    QSignalSpy applied(m_dialog.get(), &SettingsDialog::applyWanted);
    child<QPushButton>(u"apply"_s)->click();
    QCOMPARE(applied.size(), 1);
    configuration.adopt(applied.first().at(0).value<Settings>(),
                        applied.first().at(1).value<QSet<QString>>());
    QVERIFY(configuration.kept == Settings());
    m_dialog->applied(std::nullopt, configuration, {});
    QCOMPARE(foot(), u"Applied."_s);
    QVERIFY(!child(u"portOverride"_s)->isVisible());
    QVERIFY(!child(u"putBack%1"_s.arg(int(host::Topic::Server)))->isEnabled());
}

void TestSettings::followsWhatOthersChange()
{
    host::Configuration configuration;
    m_dialog->show(configuration, {3000, u"http://localhost:3000/mcp"_s});
    child<QSpinBox>(u"maxTasks"_s)->setValue(7); // Not applied.
    configuration.settings.port = 3001; // "Use port 3001", in the window behind it.
    configuration.settings.maxSessions = 77;
    m_dialog->follow(configuration, {3001, u"http://localhost:3001/mcp"_s});
    QCOMPARE(child<QSpinBox>(u"port"_s)->value(), 3001);
    QCOMPARE(child<QSpinBox>(u"maxSessions"_s)->value(), 77);
    QCOMPARE(child<QSpinBox>(u"maxTasks"_s)->value(), 7);
    QVERIFY2(foot().startsWith(u"Changed and not applied: 1."_s), qPrintable(foot()));
    QSignalSpy applied(m_dialog.get(), &SettingsDialog::applyWanted);
    child<QPushButton>(u"apply"_s)->click();
    host::Settings wanted = configuration.settings;
    wanted.maxTasks = 7;
    QVERIFY(applied.first().first().value<Settings>() == wanted); // It takes nothing back.
    // Others' changes meanwhile are no answer to it.
    configuration.settings.maxStreams = 55;
    m_dialog->follow(configuration, {3001, u"http://localhost:3001/mcp"_s});
    QCOMPARE(foot(), u"Applying …"_s);
    QVERIFY(!canApply());
    configuration.settings.maxTasks = 7;
    m_dialog->applied(std::nullopt, configuration, {3001, u"http://localhost:3001/mcp"_s});
    QCOMPARE(foot(), u"Applied."_s);
    QCOMPARE(child<QSpinBox>(u"maxStreams"_s)->value(), 55);
}

void TestSettings::findsASetting_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("field");
    QTest::newRow("by its name") << u"clock"_s << u"toleranceSeconds"_s;
    QTest::newRow("by its option") << u"--max-body"_s << u"maxBodyKiB"_s;
    QTest::newRow("by its variable") << u"MCP_URL"_s << u"resource"_s;
    QTest::newRow("by what files call it") << u"replaymib"_s << u"replayMiB"_s;
    QTest::newRow("by what is said of it") << u"come back"_s << u"replayMiB"_s;
    QTest::newRow("a switch") << u"verifyjwt"_s << u"verifyJwt"_s;
}

void TestSettings::findsASetting()
{
    QFETCH(const QString, word);
    QFETCH(const QString, field);
    const Setting &setting = *host::findSetting(field);
    QTest::keyClicks(child<QLineEdit>(u"search"_s), word);
    QCOMPARE(child<QListWidget>(u"pages"_s)->currentRow(), int(setting.topic));
    QVERIFY2(marksOf(setting.topic).contains(u"found: "_s), qPrintable(marksOf(setting.topic)));
    const auto all = m_dialog->findChildren<QWidget *>();
    QVERIFY(std::any_of(all.begin(), all.end(), [&](const QWidget *one) {
        const auto *label = qobject_cast<const QLabel *>(one);
        return one->property("found").toBool()
            && (one == child(field) || (label && label->buddy() == child(field)));
    }));
}

void TestSettings::takesTheFramesAwayWithTheSearch()
{
    auto *search = child<QLineEdit>(u"search"_s);
    QTest::keyClicks(search, u"dark"_s); // On a page that is not of the table.
    QCOMPARE(child<QStackedWidget>(u"stack"_s)->currentIndex(),
             int(std::size(host::topics)) + 1); // Behind WorkOS's.
    QVERIFY(child(u"looksDark"_s)->property("found").toBool());
    QCOMPARE(child<QLabel>(u"searchNote"_s)->text(), u"Found: 1, in frames."_s);
    search->clear();
    QVERIFY(!child(u"looksDark"_s)->property("found").toBool());
    QVERIFY(!child<QLabel>(u"searchNote"_s)->isVisible());
    search->setText(u"nothing at all"_s);
    QCOMPARE(child<QLabel>(u"searchNote"_s)->text(), u"Nothing is called that."_s);
    QCOMPARE(child<QStackedWidget>(u"stack"_s)->currentIndex(),
             int(std::size(host::topics)) + 1); // It stays.
}

void TestSettings::goesFromTheSearchToTheField()
{
    auto *search = child<QLineEdit>(u"search"_s);
    QVERIFY(search->hasFocus()); // Whoever opens it can type what is looked for.
    QTest::keyClicks(search, u"clock"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(child(u"toleranceSeconds"_s)->hasFocus());
    QVERIFY(m_dialog->isVisible());
    QTest::keyClick(m_dialog.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(search->hasFocus());
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(child(u"pages"_s)->hasFocus());
}

void TestSettings::saysOnWhichPageSomethingIsWrong()
{
    child<QLineEdit>(u"host"_s)->setText(u"localhost"_s);
    QVERIFY(!canApply());
    QCOMPARE(marksOf(host::Topic::Server), u"Server, wrong: 1, changed"_s);
    auto *go = child<QPushButton>(u"goToFault"_s);
    QCOMPARE(go->text(), u"Wrong: 1"_s);
    child<QListWidget>(u"pages"_s)->setCurrentRow(int(host::Topic::Limits));
    go->click();
    QVERIFY(child(u"host"_s)->isVisible() && child(u"host"_s)->hasFocus());
    QVERIFY(child(u"hostFault"_s)->isVisible());
    // An environment that was chosen and not named.
    child<QLineEdit>(u"host"_s)->setText(u"127.0.0.1"_s);
    child<QRadioButton>(u"ownMode"_s)->click();
    QVERIFY(!canApply());
    QVERIFY(!child<QLabel>(u"subdomainFault"_s)->text().isEmpty());
}

void TestSettings::saysWhatSetAValueForThisStart()
{
    host::Configuration configuration;
    configuration.settings.maxTasks = 7;
    configuration.overrides.insert(u"maxTasks"_s, u"--max-tasks"_s);
    m_dialog->show(configuration, {});
    m_dialog->goTo(u"maxTasks"_s);
    const auto *note = child<QLabel>(u"maxTasksOverride"_s);
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(u"--max-tasks"_s) && note->text().contains(u"(1000)"_s),
             qPrintable(note->text()));
    QVERIFY(!child(u"maxSessionsOverride"_s)->isVisible());
}

void TestSettings::remarksOnWhatShouldBeThoughtOfTwice()
{
    Settings settings;
    settings.host = u"0.0.0.0"_s;
    settings.scopes = {u"openid"_s};
    show(settings);
    for (const auto &field : {u"host"_s, u"scopes"_s}) {
        m_dialog->goTo(field);
        QVERIFY2(child(field + u"Remark"_s)->isVisible(), qPrintable(field));
    }
    show({});
    QVERIFY(child<QLabel>(u"scopesRemark"_s)->text().isEmpty());
}

void TestSettings::switchesNoCheckOffByOneClick_data()
{
    QTest::addColumn<QString>("field");
    QTest::newRow("signatures") << u"verifyJwt"_s;
    QTest::newRow("tokens at all") << u"authorization"_s;
}

void TestSettings::switchesNoCheckOffByOneClick()
{
    QFETCH(const QString, field);
    QSignalSpy applied(m_dialog.get(), &SettingsDialog::applyWanted);
    m_dialog->goTo(field);
    child<QCheckBox>(field)->click();
    QVERIFY(child(field + u"Remark"_s)->isVisible());
    QVERIFY(!child(field + u"Help"_s)->isVisible()); // The same words, once.
    auto *apply = child<QPushButton>(u"apply"_s);
    apply->click();
    QCOMPARE(applied.size(), 0);
    QCOMPARE(apply->text(), u"Apply without checks"_s);
    child<QSpinBox>(u"maxTasks"_s)->setValue(7); // Whoever goes on is asked anew.
    apply->click();
    QCOMPARE(applied.size(), 0);
    apply->click();
    QCOMPARE(applied.size(), 1);
}

void TestSettings::changesTheLookAtOnce()
{
    m_dialog->setLook(Appearance::Light, 120);
    QVERIFY(child<QRadioButton>(u"looksLight"_s)->isChecked());
    QCOMPARE(child<QSpinBox>(u"textPercent"_s)->value(), 120);
    QSignalSpy wanted(m_dialog.get(), &SettingsDialog::lookWanted);
    child<QRadioButton>(u"looksDark"_s)->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.last().at(0).value<Appearance>(), Appearance::Dark);
    QCOMPARE(wanted.last().at(1).toInt(), 120);
    child<QSpinBox>(u"textPercent"_s)->setValue(150);
    QCOMPARE(wanted.last().at(1).toInt(), 150);
    QVERIFY(!canApply());
}

void TestSettings::offersTheLanguagesThatThereAre()
{
    auto *language = child<QComboBox>(u"language"_s);
    QCOMPARE(language->currentData().toString(), QString());
    QVERIFY(language->findData(u"en"_s) > 0);
    QCOMPARE(language->itemText(language->findData(u"en"_s)), u"English"_s); // Of no country.
    m_dialog->setLanguage(u"en"_s);
    QCOMPARE(language->currentData().toString(), u"en"_s);
    m_dialog->setLanguage(u"tlh"_s); // Of a version that had it.
    QCOMPARE(language->currentData().toString(), QString());
    QSignalSpy wanted(m_dialog.get(), &SettingsDialog::languageWanted);
    language->setCurrentIndex(language->findData(u"en"_s));
    Q_EMIT language->activated(language->currentIndex());
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.last().at(0).toString(), u"en"_s);
    QVERIFY(!canApply());
}

/// By Tab, in the order in which it is read.
void TestSettings::walksFromTheSearchOverThePagesToTheFoot()
{
    child<QLineEdit>(u"host"_s)->setText(u"127.0.0.2"_s); // So that all of the foot can be used.
    child(u"search"_s)->setFocus();
    QStringList walked;
    do {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        walked.append(QApplication::focusWidget()->objectName());
    } while (walked.last() != u"search"_s && walked.size() < 30);
    QCOMPARE(walked,
             QStringList({u"pages"_s, u"putBack0"_s, u"host"_s, u"port"_s, u"resource"_s, u"copyResource"_s,
                          u"stateKeyFile"_s, u"stateKeyFileChoose"_s, u"discard"_s, u"apply"_s, u"close"_s,
                          u"search"_s}));
}

void TestSettings::appliesNothingByReturnInAFieldThatHasItsOwnUseForIt_data()
{
    QTest::addColumn<QString>("field");
    QTest::newRow("the search") << u"search"_s;
    QTest::newRow("one more scope") << u"scopesNew"_s;
    QTest::newRow("the size of text") << u"textPercent"_s;
}

void TestSettings::appliesNothingByReturnInAFieldThatHasItsOwnUseForIt()
{
    QFETCH(const QString, field);
    QSignalSpy applied(m_dialog.get(), &SettingsDialog::applyWanted);
    child<QSpinBox>(u"maxTasks"_s)->setValue(7);
    QVERIFY(canApply());
    child<QListWidget>(u"pages"_s)->setCurrentRow(field == "textPercent"_L1 ? 5 : int(host::Topic::Access));
    child(field)->setFocus();
    QTest::keyClicks(child(field), u"1"_s);
    QTest::keyClick(child(field), Qt::Key_Return);
    QTest::keyClick(child(field), Qt::Key_Enter);
    QCOMPARE(applied.size(), 0);
    QVERIFY(m_dialog->isVisible());
    child(u"maxTasks"_s)->setFocus(); // In others it does.
    m_dialog->goTo(u"maxTasks"_s);
    QTest::keyClick(child(u"maxTasks"_s), Qt::Key_Return);
    QCOMPARE(applied.size(), 1);
}

void TestSettings::leavesOnceWhatWasTypedLastIsApplied()
{
    m_dialog->goTo(u"scopes"_s);
    QTest::keyClicks(child<QLineEdit>(u"scopesNew"_s), u"files:read"_s);
    m_dialog->reject(); // Asks.
    QVERIFY(m_dialog->isVisible());
    QSignalSpy applied(m_dialog.get(), &SettingsDialog::applyWanted);
    child<QPushButton>(u"apply"_s)->click();
    QCOMPARE(applied.size(), 1);
    host::Configuration configuration;
    configuration.settings = configuration.kept = applied.first().first().value<Settings>();
    QVERIFY(configuration.settings.scopes.contains(u"files:read"_s));
    m_dialog->applied(std::nullopt, configuration, {});
    QVERIFY(!m_dialog->isVisible());
}

void TestSettings::countsWhatIsWrongInOneWay()
{
    child<QLineEdit>(u"requiredPermissions"_s)->setText(u"a\"b c\"d"_s); // Two words of one setting.
    child<QRadioButton>(u"ownMode"_s)->click(); // And an environment without a name.
    QCOMPARE(child<QPushButton>(u"goToFault"_s)->text(), u"Wrong: 2"_s);
    QVERIFY(marksOf(host::Topic::Access).contains(u"wrong: 1"_s));
    QTest::keyClicks(child<QLineEdit>(u"search"_s), u"e"_s);
    QVERIFY2(marksOf(host::Topic::AuthKit).contains(u"wrong: 1"_s),
             qPrintable(marksOf(host::Topic::AuthKit)));
    // Nobody is asked for a token, and everybody can reach it: what is off is what is wrong.
    Settings open;
    open.host = u"0.0.0.0"_s;
    open.authorization = false;
    show(open);
    QVERIFY(!child<QLabel>(u"authorizationFault"_s)->text().isEmpty());
    QVERIFY(child<QLabel>(u"verifyJwtFault"_s)->text().isEmpty());
}

void TestSettings::saysOfAPortWhatIsSoNow()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Settings settings;
    settings.port = other.serverPort();
    host::Configuration configuration;
    configuration.settings = configuration.kept = settings;
    const auto *state = child<QLabel>(u"portState"_s);
    m_dialog->show(configuration, {});
    QCOMPARE(state->text(), u"in use by another program"_s);
    other.close();
    m_dialog->show(configuration, {}); // Opened again.
    QCOMPARE(state->text(), u"free"_s);
    child<QLineEdit>(u"host"_s)->setText(u"192.0.2.1"_s); // For documentation: no machine has it.
    QTRY_COMPARE(state->text(), u"cannot be listened on here"_s);
    child<QLineEdit>(u"host"_s)->setText(u"10.0.0."_s);
    QTRY_VERIFY(state->text().isEmpty());
}

void TestSettings::takesAnEmptyTextForWhatThePlaceholderSays()
{
    child<QLineEdit>(u"host"_s)->clear();
    QVERIFY(m_dialog->settings() == Settings());
    QVERIFY(!child(u"goToFault"_s)->isVisible());
}

void TestSettings::growsWithTheText()
{
    m_dialog->goTo(u"toolRules"_s);
    auto *lines = child<QPlainTextEdit>(u"toolRules"_s);
    const auto usual = qScopeGuard([] { Look::apply(Appearance::Light, 100); });
    Look::apply(Appearance::Light, 200);
    m_dialog->setLook(Appearance::Light, 200);
    QTRY_VERIFY2(lines->height() >= 2 * lines->fontMetrics().lineSpacing(),
                 qPrintable(QString::number(lines->height())));
}

/// Each text that has another form in German is in German.
void TestSettings::speaksGerman()
{
    QSet<QString> english;
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/translations/gatehouse_de.ts"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    const auto plain = [](QString text) { return text.remove(u'&'); };
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == u"source")
            source = xml.readElementText();
        else if (xml.isStartElement() && xml.name() == u"translation"
                 && xml.readElementText(QXmlStreamReader::IncludeChildElements) != source)
            english.insert(plain(source));
    }
    QTranslator words;
    QVERIFY(words.load(u"gatehouse_de"_s, QCoreApplication::applicationDirPath() + u"/../translations"_s));
    QCoreApplication::installTranslator(&words);
    SettingsDialog dialog(u"/nowhere/settings.json"_s, &m_workOs);
    host::Configuration configuration;
    configuration.settings.subdomain = u"acme"_s;
    configuration.overrides.insert(u"port"_s, u"--port"_s);
    dialog.show(configuration, {3000, u"http://localhost:3000/mcp"_s});
    QStringList left;
    for (const QWidget *widget : dialog.findChildren<QWidget *>()) {
        for (const char *property : {"text", "placeholderText", "suffix", "accessibleName", "toolTip"}) {
            const QString text = plain(widget->property(property).toString());
            if (english.contains(text))
                left.append(text);
        }
    }
    QCOMPARE(left.join(u'\n'), QString());
    QVERIFY(dialog.windowTitle() == u"Einstellungen"_s);
}

void TestSettings::cutsNoPageWhereTheTextIsLarge_data()
{
    QTest::addColumn<bool>("isGerman");
    QTest::addColumn<int>("scale");
    QTest::newRow("English at 200 %") << false << 200;
    QTest::newRow("German at 200 %") << true << 200;
    QTest::newRow("German at 150 %") << true << 150;
}

/// No page is wider than what is seen of it on a screen of 1024×700.
void TestSettings::cutsNoPageWhereTheTextIsLarge()
{
    QFETCH(const bool, isGerman);
    QFETCH(const int, scale);
    QTranslator words;
    QVERIFY(words.load(u"gatehouse_de"_s, QCoreApplication::applicationDirPath() + u"/../translations"_s));
    if (isGerman)
        QCoreApplication::installTranslator(&words);
    const auto usual = qScopeGuard([] { Look::apply(Appearance::Light, 100); });
    Look::apply(Appearance::Light, scale);
    WorkOsDesk desk(&m_secrets, &m_host);
    host::Running running;
    running.resource = u"https://mcp.a-rather-long-name.example.com/somewhere/mcp"_s;
    running.sandbox = true;
    running.sandboxApi = {u"http://127.0.0.1:1"_s, "sk_test_0123456789abcdef"};
    desk.setServer(&running); // Each button of its page is there.
    SettingsDialog dialog(u"/nowhere/settings.json"_s, &desk);
    host::Configuration configuration;
    configuration.settings.subdomain = u"acme"_s;
    configuration.overrides.insert(u"port"_s, u"--port"_s);
    dialog.setLook(Appearance::Light, scale);
    dialog.show(configuration, {3000, running.resource});
    dialog.resize(1000, 660);
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    auto *pages = dialog.findChild<QListWidget *>(u"pages"_s);
    auto *stack = dialog.findChild<QStackedWidget *>(u"stack"_s);
    QStringList cut;
    for (int row = 0; row < pages->count(); ++row) {
        pages->setCurrentRow(row);
        QCoreApplication::processEvents();
        const auto *area = qobject_cast<QScrollArea *>(stack->currentWidget());
        QVERIFY(area);
        if (area->widget()->width() > area->viewport()->width())
            cut.append(u"%1: %2 > %3"_s.arg(pages->item(row)->text())
                           .arg(area->widget()->width())
                           .arg(area->viewport()->width()));
    }
    QCOMPARE(cut.join(u'\n'), QString());
}

GATEHOUSE_TEST(TestSettings)
#include "tst_settings.moc"
