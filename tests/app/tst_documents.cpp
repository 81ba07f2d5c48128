// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/documentsdialog.h"
#include "app/theme.h"
#include "base/clock.h"
#include "base/random.h"
#include "support/asked.h"
#include "support/openwindow.h"
#include "support/unit.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// The window's table of documents, over a real database.
class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Look::apply(Appearance::Light, 100); }
    void init();
    void showsOneOrganizationAfterTheOther();
    void addsChangesAndDeletes();
    void putsBackWhatWasDeleted();
    void keepsWhatIsBeingEdited();
    void findsWords();
    void takesNoDocumentForEditedThatIsOnlyShown_data();
    void takesNoDocumentForEditedThatIsOnlyShown();
    void savesOnlyWhatWasEdited();
    void showsNothingOfTheOrganizationBefore();
    void listsNewOrganizationsOnceOneWasTyped();
    void showsMoreThanOnePage();
    void saysWhatIsMissing();
    void saysNoMoreThatNoneAreThereOnceTheyAre();
    void showsForeignTextAsText();
    void opensFromTheMenuAndFollowsWhatCallersDo();

private:
    template <typename T> T *child(const QString &name) { return m_dialog->findChild<T *>(name); }
    QString make(const QString &organization, const QString &title, const QString &text = {})
    {
        const auto made = test::asked<store::Document>(
            [&](const auto &answer) { m_store->of(organization)->create(title, text, answer); });
        return made ? made->id : QString();
    }
    QStringList titles()
    {
        QStringList all;
        auto *list = child<QTableWidget>(u"documentList"_s);
        for (int row = 0; row < list->rowCount(); ++row)
            all.append(list->item(row, 0)->text());
        return all;
    }
    void open()
    {
        m_dialog->setStore(m_store);
        m_dialog->show();
        m_dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    [[nodiscard]] bool waitForTitles(const QStringList &wanted)
    {
        return waitFor([&] { return titles() == wanted; });
    }
    void choose(const QString &title)
    {
        QVERIFY(waitFor([&] { return titles().contains(title); }));
        auto *list = child<QTableWidget>(u"documentList"_s);
        list->selectRow(int(titles().indexOf(title)));
        QVERIFY(waitFor([&] { return child<QLineEdit>(u"documentTitle"_s)->text() == title; }));
    }
    void click(const QString &name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
    QString message() { return child<QLabel>(u"documentMessage"_s)->text(); }

    QTemporaryDir m_folder;
    int m_files = 0;
    std::shared_ptr<store::Documents> m_store;
    std::unique_ptr<DocumentsDialog> m_dialog;
    qint64 m_now = 1'800'000'000'000;
};

void TestDocuments::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_dialog = std::make_unique<DocumentsDialog>();
    m_store = std::make_shared<store::Documents>(
        *store::addressFrom(m_folder.filePath(u"%1.sqlite"_s.arg(++m_files))), [this] { return ++m_now; },
        base::systemRandom());
}

void TestDocuments::showsOneOrganizationAfterTheOther()
{
    QVERIFY(!make(u"org_acme"_s, u"Plan"_s, u"Ship it."_s).isEmpty());
    QVERIFY(!make(u"org_globex"_s, u"Report"_s).isEmpty());
    open();
    QVERIFY(waitForTitles({u"Plan"_s}));
    auto *organizations = child<QComboBox>(u"organization"_s);
    QCOMPARE(organizations->count(), 2);
    choose(u"Plan"_s);
    QCOMPARE(child<QPlainTextEdit>(u"documentText"_s)->toPlainText(), u"Ship it."_s);
    organizations->setCurrentText(u"org_globex"_s);
    QVERIFY(waitForTitles({u"Report"_s}));
    QVERIFY(waitFor([&] { return child<QLineEdit>(u"documentTitle"_s)->text() == u"Report"_s; }));
    QVERIFY(child<QPlainTextEdit>(u"documentText"_s)->toPlainText().isEmpty());
}

void TestDocuments::addsChangesAndDeletes()
{
    open();
    QVERIFY(waitFor([&] { return message().contains(u"Type the id"_s); }));
    child<QComboBox>(u"organization"_s)->setEditText(u"org_new"_s);
    QVERIFY(waitFor([&] { return message().contains(u"no document yet"_s); }));
    click(u"newDocument"_s);
    QVERIFY(!child<QPushButton>(u"saveDocument"_s)->isEnabled());
    QTest::keyClicks(child<QLineEdit>(u"documentTitle"_s), u"First"_s);
    child<QPlainTextEdit>(u"documentText"_s)->setPlainText(u"text"_s);
    click(u"saveDocument"_s);
    QVERIFY(waitForTitles({u"First"_s}));
    QCOMPARE(child<QComboBox>(u"organization"_s)->currentText(), u"org_new"_s);
    QVERIFY(waitFor([&] { return child<QPushButton>(u"deleteDocument"_s)->isEnabled(); }));
    child<QLineEdit>(u"documentTitle"_s)->setText(u"Second"_s);
    QTest::keyClick(m_dialog.get(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(waitForTitles({u"Second"_s}));
    QVERIFY(waitFor([&] { return child<QPushButton>(u"deleteDocument"_s)->isEnabled(); }));
    click(u"deleteDocument"_s);
    QVERIFY(waitForTitles({}));
    QVERIFY(child<QLineEdit>(u"documentTitle"_s)->text().isEmpty());
}

void TestDocuments::putsBackWhatWasDeleted()
{
    const QString id = make(u"org_acme"_s, u"Plan"_s, u"Ship it."_s);
    open();
    choose(u"Plan"_s);
    click(u"deleteDocument"_s);
    QVERIFY(waitForTitles({}));
    QVERIFY(waitFor([&] { return child<QPushButton>(u"undoDelete"_s)->isVisible(); }));
    click(u"undoDelete"_s);
    QVERIFY(waitForTitles({u"Plan"_s}));
    const auto back = test::asked<store::Document>(
        [&](const auto &answer) { m_store->of(u"org_acme"_s)->get(id, answer); });
    QCOMPARE(back->text, u"Ship it."_s);
    QVERIFY(waitFor([&] { return !child<QPushButton>(u"undoDelete"_s)->isVisible(); }));
}

void TestDocuments::keepsWhatIsBeingEdited()
{
    (void)make(u"org_acme"_s, u"Plan"_s, u"Ship it."_s);
    open();
    choose(u"Plan"_s);
    child<QLineEdit>(u"documentTitle"_s)->setText(u"Draft"_s);
    for (const auto &name : {u"documentList"_s, u"organization"_s, u"searchDocuments"_s, u"newDocument"_s})
        QVERIFY2(!child<QWidget>(name)->isEnabled(), qPrintable(name));
    (void)make(u"org_acme"_s, u"Other"_s);
    m_dialog->documentsChanged(u"org_acme"_s);
    QVERIFY(waitForTitles({u"Other"_s, u"Plan"_s}));
    m_dialog->close();
    QVERIFY2(!m_dialog->mayBeLeft(), "and says so");
    m_dialog->documentsChanged(u"org_acme"_s); // A busy server makes nobody say it twice.
    QVERIFY(m_dialog->isVisible() && message().contains(u"not saved"_s));
    QCOMPARE(child<QLineEdit>(u"documentTitle"_s)->text(), u"Draft"_s);
    QVERIFY2(m_dialog->mayBeLeft(), "the second time it may");
    click(u"putBackDocument"_s);
    QCOMPARE(child<QLineEdit>(u"documentTitle"_s)->text(), u"Plan"_s);
    QVERIFY(m_dialog->mayBeLeft());
}

void TestDocuments::takesNoDocumentForEditedThatIsOnlyShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("line ends of Windows") << u"a\r\nb"_s;
    QTest::newRow("a space that does not break") << u"a\u00A0b"_s;
    QTest::newRow("a line separator") << u"a\u2028b"_s;
}

void TestDocuments::takesNoDocumentForEditedThatIsOnlyShown()
{
    QFETCH(const QString, text);
    const QString id = make(u"org_acme"_s, u"Plan"_s, text);
    open();
    choose(u"Plan"_s);
    QVERIFY(child<QTableWidget>(u"documentList"_s)->isEnabled() && m_dialog->mayBeLeft());
    child<QLineEdit>(u"documentTitle"_s)->setText(u"Other"_s);
    click(u"saveDocument"_s);
    QVERIFY(waitForTitles({u"Other"_s}));
    const auto stored = test::asked<store::Document>(
        [&](const auto &answer) { m_store->of(u"org_acme"_s)->get(id, answer); });
    QCOMPARE(stored->text, text);
}

void TestDocuments::savesOnlyWhatWasEdited()
{
    const QString id = make(u"org_acme"_s, u"Plan"_s, u"one"_s);
    open();
    choose(u"Plan"_s);
    child<QLineEdit>(u"documentTitle"_s)->setText(u"Other"_s);
    QVERIFY(test::asked<store::Document>([&](const auto &answer) {
        m_store->of(u"org_acme"_s)->update(id, {{}, u"two"_s}, answer);
    }));
    click(u"saveDocument"_s);
    QVERIFY2(child<QLineEdit>(u"documentTitle"_s)->isReadOnly(), "what is typed now would be lost");
    QVERIFY(waitForTitles({u"Other"_s}));
    const auto stored = test::asked<store::Document>(
        [&](const auto &answer) { m_store->of(u"org_acme"_s)->get(id, answer); });
    QCOMPARE(stored->text, u"two"_s);
    QVERIFY(waitFor([&] { return !child<QLineEdit>(u"documentTitle"_s)->isReadOnly(); }));
}

void TestDocuments::showsNothingOfTheOrganizationBefore()
{
    (void)make(u"org_a"_s, u"Secret of A"_s);
    (void)make(u"org_a"_s, u"Another of A"_s);
    (void)make(u"org_b"_s, u"Of B"_s);
    open();
    choose(u"Another of A"_s);
    child<QTableWidget>(u"documentList"_s)->selectRow(1); // It is on its way …
    child<QComboBox>(u"organization"_s)->setCurrentText(u"org_b"_s); // … when another one is chosen.
    QVERIFY(waitForTitles({u"Of B"_s}));
    QVERIFY(waitFor([&] { return child<QLineEdit>(u"documentTitle"_s)->text() == u"Of B"_s; }));
    (void)make(u"org_b"_s, u"More of B"_s); // Behind all answers.
    m_dialog->documentsChanged(u"org_b"_s);
    QVERIFY(waitForTitles({u"More of B"_s, u"Of B"_s}));
    QCOMPARE(child<QLineEdit>(u"documentTitle"_s)->text(), u"Of B"_s);
}

void TestDocuments::findsWords()
{
    (void)make(u"org_acme"_s, u"Plan"_s, u"Ship it."_s);
    (void)make(u"org_acme"_s, u"Report"_s, u"Shipped."_s);
    (void)make(u"org_acme"_s, u"Menu"_s, u"Soup."_s);
    open();
    QVERIFY(waitFor([&] { return titles().size() == 3; }));
    QTest::keyClicks(child<QLineEdit>(u"searchDocuments"_s), u"ship"_s);
    QVERIFY(waitForTitles({u"Report"_s, u"Plan"_s}));
    child<QLineEdit>(u"searchDocuments"_s)->setText(u"--"_s);
    QVERIFY(waitFor([&] { return message().contains(u"no word"_s); }));
    child<QLineEdit>(u"searchDocuments"_s)->clear();
    QVERIFY(waitFor([&] { return titles().size() == 3; }));
}

void TestDocuments::listsNewOrganizationsOnceOneWasTyped()
{
    open();
    auto *organizations = child<QComboBox>(u"organization"_s);
    QTest::keyClicks(organizations->lineEdit(), u"org_typed"_s);
    QTest::keyClick(organizations->lineEdit(), Qt::Key_Return);
    QVERIFY(waitFor([&] { return message().contains(u"no document yet"_s); }));
    QVERIFY(!make(u"org_other"_s, u"Report"_s).isEmpty());
    m_dialog->documentsChanged(u"org_other"_s);
    QVERIFY(waitFor([&] { return organizations->findText(u"org_other"_s) >= 0; }));
    QCOMPARE(organizations->currentText(), u"org_typed"_s);
}

void TestDocuments::showsMoreThanOnePage()
{
    for (int i = 0; i < store::DocumentLimits::page + 1; ++i)
        (void)make(u"org_acme"_s, QString::number(i));
    open();
    QVERIFY(waitFor([&] { return titles().size() == store::DocumentLimits::page; }));
    QVERIFY(child<QPushButton>(u"moreDocuments"_s)->isVisible());
    click(u"moreDocuments"_s);
    QVERIFY(waitFor([&] { return titles().size() == store::DocumentLimits::page + 1; }));
    QVERIFY(!child<QPushButton>(u"moreDocuments"_s)->isVisible());
}

void TestDocuments::saysWhatIsMissing()
{
    m_store.reset();
    open();
    QVERIFY(message().contains(u"server is stopped"_s));
    QVERIFY(!child<QPushButton>(u"newDocument"_s)->isEnabled());
    m_store = std::make_shared<store::Documents>(*store::addressFrom(u"/proc/none/x.sqlite"_s),
                                                 base::systemClock(), base::systemRandom());
    m_dialog->setStore(m_store);
    QVERIFY(waitFor([&] { return message().contains(u"cannot be opened"_s); }));
}

void TestDocuments::saysNoMoreThatNoneAreThereOnceTheyAre()
{
    QVERIFY(!make(u"org_acme"_s, u"Plan"_s).isEmpty());
    const auto good = std::exchange(m_store, nullptr);
    open();
    QVERIFY(message().contains(u"server is stopped"_s));
    m_dialog->setStore(good);
    QVERIFY(waitForTitles({u"Plan"_s}));
    QCOMPARE(message(), QString());
    const auto bad = std::make_shared<store::Documents>(*store::addressFrom(u"/proc/none/x.sqlite"_s),
                                                        base::systemClock(), base::systemRandom());
    m_dialog->setStore(bad);
    QVERIFY(waitFor([&] { return message().contains(u"cannot be opened"_s); }));
    m_dialog->setStore(good);
    QVERIFY(waitFor([&] { return message().isEmpty(); }));
    QVERIFY(waitForTitles({u"Plan"_s}));
}

void TestDocuments::showsForeignTextAsText()
{
    const QString odd = u"<b>bold</b>\u202Eevil"_s;
    (void)make(u"org_acme"_s, odd);
    open();
    choose(odd);
    click(u"deleteDocument"_s);
    QVERIFY(waitFor([&] { return message().contains(u"<b>bold</b>"_s); }));
    QVERIFY(!message().contains(QChar(0x202E)));
}

void TestDocuments::opensFromTheMenuAndFollowsWhatCallersDo()
{
    host::Settings settings;
    settings.documents = m_folder.filePath(u"window.sqlite"_s);
    OpenWindow open(settings);
    QVERIFY(open.waitForServer());
    open.window()->findChild<QAction *>(u"actionDocuments"_s)->trigger();
    auto *dialog = open.window()->findChild<DocumentsDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    const auto rows = [&] { return dialog->findChild<QTableWidget *>(u"documentList"_s)->rowCount(); };
    const auto store = open.running().documents.lock();
    QVERIFY(store);
    const QString acme = u"org_01J0000000000000000000ACME"_s; // Of the sandbox, which has documents to be.
    auto *organizations = dialog->findChild<QComboBox *>(u"organization"_s);
    QVERIFY(waitFor([&] { return organizations->currentText() == acme; }));
    QVERIFY(test::asked<store::Document>(
        [&](const auto &answer) { store->of(acme)->create(u"From a call"_s, {}, answer); }));
    QVERIFY2(waitFor([&] { return rows() == 1; }), "without a word of the user's");
}

GATEHOUSE_TEST(TestDocuments)
#include "tst_documents.moc"
