// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingspages.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/wrappinglabel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

SettingsPage::SettingsPage(const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_column(new QVBoxLayout(this))
    , m_head(new QHBoxLayout)
{
    setObjectName(name);
    setProperty("page", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *label = new Label(title, this);
    label->setProperty("strong", true);
    m_head->addWidget(label);
    m_head->addStretch();
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(14);
    m_column->addLayout(m_head);
}

int SettingsPage::searchIn(const QList<QWidget *> &titles, const QString &word)
{
    int found = 0;
    for (QWidget *title : titles) {
        const bool isFound
            = !word.isEmpty() && title->property("text").toString().contains(word, Qt::CaseInsensitive);
        markFound(title, isFound);
        found += isFound ? 1 : 0;
    }
    return found;
}

QGridLayout *SettingsPage::addForm()
{
    auto *form = new QGridLayout; // QFormLayout makes rows too low whose text is wrapped.
    form->setColumnStretch(1, 1);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(14);
    m_column->addLayout(form);
    m_column->addStretch();
    return form;
}

QPushButton *SettingsPage::addHeadButton(const QString &name, const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setFlat(true);
    button->setProperty("link", true);
    button->setAutoDefault(false);
    m_head->addWidget(button);
    return button;
}

TopicPage::TopicPage(host::Topic topic, QWidget *parent)
    : SettingsPage(u"page%1"_s.arg(int(topic)), host::titleOf(topic), parent)
    , m_putBack(addHeadButton(u"putBack%1"_s.arg(int(topic)), tr("Put this page back")))
{
    m_putBack->setToolTip(tr("As delivered; counts with Apply"));
    QGridLayout *form = addForm();
    for (const host::Setting &setting : host::settingsTable()) {
        if (setting.topic != topic || !setting.isKept)
            continue;
        auto *row = new SettingRow(setting, form, this);
        connect(row->editor(), &SettingEditor::changed, this, &TopicPage::changed);
        m_rows.append(row);
    }
    connect(m_putBack, &QPushButton::clicked, this, &TopicPage::defaultsWanted);
}

int TopicPage::search(const QString &word)
{
    return int(
        std::count_if(m_rows.begin(), m_rows.end(), [&word](SettingRow *row) { return row->search(word); }));
}

void TopicPage::setDiffers(bool differs)
{
    m_putBack->setEnabled(differs);
}

AppearancePage::AppearancePage(QWidget *parent)
    : SettingsPage(u"pageAppearance"_s, tr("Appearance"), parent)
    , m_appearance(new QButtonGroup(this))
    , m_size(new QSpinBox(this))
    , m_language(new QComboBox(this))
{
    QGridLayout *form = addForm();
    auto *choices = new QVBoxLayout;
    const std::tuple<QString, QString, Appearance> all[]
        = {{u"looksAsTheDesktop"_s, tr("As the desktop"), Appearance::AsTheDesktop},
           {u"looksLight"_s, tr("Light"), Appearance::Light},
           {u"looksDark"_s, tr("Dark"), Appearance::Dark}};
    for (const auto &[name, text, appearance] : all) {
        auto *choice = new QRadioButton(text, this);
        choice->setObjectName(name);
        m_appearance->addButton(choice, int(appearance));
        choices->addWidget(choice, 0, Qt::AlignLeft);
        m_titles.append(choice);
    }
    auto *look = new WrappingLabel(tr("Colours"), this);
    addRow(form, look, choices);
    m_size->setObjectName(u"textPercent"_s);
    m_size->setRange(80, 200);
    m_size->setSingleStep(10);
    m_size->setSuffix(tr(" %"));
    m_size->setKeyboardTracking(false); // "15" is on its way to "150".
    WheelGuard::guard(m_size);
    ReturnGuard::guard(m_size);
    auto *sizes = new WrappingLabel(tr("Text size"), this);
    sizes->setBuddy(m_size);
    m_size->setAccessibleName(sizes->text());
    auto *column = new QVBoxLayout;
    column->addWidget(m_size, 0, Qt::AlignLeft);
    auto *note = new Label(tr("Colours and text size count at once."), this);
    note->setProperty("quiet", true);
    column->addWidget(note);
    addRow(form, sizes, column);
    addLanguages(form);
    m_titles += {look, sizes};
    connect(m_appearance, &QButtonGroup::idClicked, this, &AppearancePage::tell);
    connect(m_size, &QSpinBox::valueChanged, this, &AppearancePage::tell);
}

void AppearancePage::show(Appearance appearance, int textPercent)
{
    m_isFilling = true;
    m_appearance->button(int(appearance))->setChecked(true);
    m_size->setValue(textPercent);
    m_isFilling = false;
}

/// The words are made when the window is: another language needs another start.
void AppearancePage::addLanguages(QGridLayout *form)
{
    m_language->setObjectName(u"language"_s);
    m_language->addItem(tr("As the system"), QString());
    QStringList codes{u"en"_s};
    const QStringList files = QDir(u":/i18n"_s).entryList({u"gatehouse_*.qm"_s});
    for (const QString &file : files)
        codes.append(file.section(u'_', 1).section(u'.', 0, 0));
    codes.sort();
    for (const QString &code : codes) {
        // Else it is called "American English", over words that are not.
        const QString name = code == "en"_L1 ? u"English"_s : QLocale(code).nativeLanguageName();
        m_language->addItem(name.left(1).toUpper() + name.mid(1), code);
    }
    WheelGuard::guard(m_language);
    auto *label = new WrappingLabel(tr("Language"), this);
    label->setBuddy(m_language);
    m_language->setAccessibleName(label->text());
    m_language->view()->setAccessibleName(label->text());
    auto *column = new QVBoxLayout;
    column->addWidget(m_language, 0, Qt::AlignLeft);
    auto *note = new Label(tr("The language counts from the next start on."), this);
    note->setProperty("quiet", true);
    note->setWordWrap(true);
    column->addWidget(note);
    addRow(form, label, column);
    m_titles.append(label);
    connect(m_language, &QComboBox::activated, this,
            [this] { Q_EMIT languageWanted(m_language->currentData().toString()); });
}

void AppearancePage::showLanguage(const QString &code)
{
    m_language->setCurrentIndex(std::max(0, m_language->findData(code)));
}

void AppearancePage::tell()
{
    if (!m_isFilling)
        Q_EMIT lookWanted(Appearance(m_appearance->checkedId()), m_size->value());
}

int AppearancePage::search(const QString &word)
{
    return searchIn(m_titles, word);
}

AdvancedPage::AdvancedPage(const QString &file, QWidget *parent)
    : SettingsPage(u"pageAdvanced"_s, tr("Advanced"), parent)
{
    QGridLayout *form = addForm();
    auto *path = new QLineEdit(file, this);
    path->setObjectName(u"settingsFile"_s);
    path->setReadOnly(true);
    path->setCursorPosition(0);
    auto *label = new WrappingLabel(tr("Settings are kept in"), this);
    label->setBuddy(path);
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy"), this);
    copy->setObjectName(u"copySettingsFile"_s);
    auto *folder = new QPushButton(tr("Open its folder"), this);
    folder->setObjectName(u"openSettingsFolder"_s);
    auto *all = new QPushButton(tr("Put everything back"), this);
    all->setObjectName(u"putEverythingBack"_s);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {copy, folder}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *where = new QVBoxLayout;
    where->addWidget(path);
    where->addLayout(buttons);
    addRow(form, label, where);
    all->setAutoDefault(false);
    auto *back = new QVBoxLayout;
    back->addWidget(all, 0, Qt::AlignLeft);
    auto *note = new Label(tr("All settings as delivered, the sandbox instead of an environment among them; "
                              "counts with Apply."),
                           this);
    note->setProperty("quiet", true);
    note->setWordWrap(true);
    back->addWidget(note);
    addRow(form, nullptr, back);
    m_titles = {label, all};
    connect(copy, &QPushButton::clicked, this, [file] { QApplication::clipboard()->setText(file); });
    connect(folder, &QPushButton::clicked, this,
            [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath())); });
    connect(all, &QPushButton::clicked, this, &AdvancedPage::defaultsWanted);
}

int AdvancedPage::search(const QString &word)
{
    return searchIn(m_titles, word);
}

} // namespace gatehouse::app
