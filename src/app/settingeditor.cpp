// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingeditor.h"

#include "app/icons.h"
#include "app/specialeditors.h"
#include "app/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QCoreApplication>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <QTextCharFormat>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using host::Setting;
using host::Settings;

namespace {

QStringList wordsOf(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

/// One entry a line, without empty ones.
QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines;
}

/// Paints a part of a line edit's text; an empty part paints none. A line edit has no formats of its own but
/// those of an input method.
void underline(QLineEdit *edit, qsizetype from, qsizetype length)
{
    QList<QInputMethodEvent::Attribute> attributes;
    if (length > 0) {
        QTextCharFormat format;
        QColor ground = Look::theme().bad;
        ground.setAlpha(60);
        format.setBackground(ground);
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Look::theme().bad);
        attributes.append(
            {QInputMethodEvent::TextFormat, int(from) - edit->cursorPosition(), int(length), format});
    }
    QInputMethodEvent event({}, attributes);
    QApplication::sendEvent(edit, &event);
}

void setFaulty(QWidget *field, const host::SettingsFault *fault)
{
    field->setAccessibleDescription(fault ? fault->text : QString());
    if (field->property("fault").toBool() == !!fault)
        return;
    field->setProperty("fault", !!fault);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

class NumberEditor : public SettingEditor
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::NumberEditor)

public:
    NumberEditor(const Setting &setting, int Settings::*member, QWidget *parent)
        : SettingEditor(parent)
        , m_member(member)
        , m_number(new QSpinBox(this))
    {
        static const std::pair<QLatin1StringView, QString> units[]
            = {{"S"_L1, tr(" s")}, {"MIN"_L1, tr(" min")}, {"KIB"_L1, u" KiB"_s}, {"MIB"_L1, u" MiB"_s}};
        for (const auto &[unit, suffix] : units) {
            if (setting.unit == unit)
                m_number->setSuffix(suffix);
        }
        m_number->setRange(setting.lowest, setting.highest);
        m_number->setMinimumWidth(fontMetrics().horizontalAdvance(u"1000000 KiB"_s) + 48); // All the same.
        WheelGuard::guard(m_number);
        setField(m_number, setting);
        column()->addWidget(m_number, 0, Qt::AlignLeft);
        connect(m_number, &QSpinBox::valueChanged, this, &SettingEditor::changed);
    }
    void show(const Settings &settings) override { m_number->setValue(settings.*m_member); }
    void writeTo(Settings &settings) const override { settings.*m_member = m_number->value(); }

private:
    int Settings::*m_member;
    QSpinBox *m_number;
};

class SwitchEditor : public SettingEditor
{
public:
    SwitchEditor(const Setting &setting, bool Settings::*member, QWidget *parent)
        : SettingEditor(parent)
        , m_member(member)
        , m_box(new QCheckBox(Setting::translated(setting.label), this))
    {
        setField(m_box, setting);
        column()->addWidget(m_box, 0, Qt::AlignLeft);
        connect(m_box, &QCheckBox::toggled, this, &SettingEditor::changed);
    }
    void show(const Settings &settings) override { m_box->setChecked(settings.*m_member); }
    void writeTo(Settings &settings) const override { settings.*m_member = m_box->isChecked(); }
    bool hasOwnLabel() const override { return true; }

private:
    bool Settings::*m_member;
    QCheckBox *m_box;
};

/// The name of a file, which can be chosen.
class FileEditor : public TextEditor
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::FileEditor)

public:
    FileEditor(const Setting &setting, QWidget *parent)
        : TextEditor(setting, parent)
    {
        auto *choose = new QPushButton(tr("Choose…"), this);
        choose->setObjectName(setting.field + u"Choose"_s);
        choose->setAutoDefault(false);
        column()->addWidget(choose, 0, Qt::AlignLeft);
        connect(choose, &QPushButton::clicked, this, [this, label = Setting::translated(setting.label)] {
            const QString file = QFileDialog::getOpenFileName(this, label, edit()->text());
            if (!file.isEmpty())
                edit()->setText(file);
        });
    }
};

/// Words in a line.
class WordsEditor : public SettingEditor
{
public:
    WordsEditor(const Setting &setting, QStringList Settings::*member, QWidget *parent)
        : SettingEditor(parent)
        , m_member(member)
        , m_edit(new QLineEdit(this))
    {
        m_edit->setPlaceholderText(Setting::translated(setting.usually));
        setField(m_edit, setting);
        column()->addWidget(m_edit);
        connect(m_edit, &QLineEdit::textChanged, this, &SettingEditor::changed);
    }
    void show(const Settings &settings) override { m_edit->setText((settings.*m_member).join(u' ')); }
    void writeTo(Settings &settings) const override { settings.*m_member = wordsOf(m_edit->text()); }
    void mark(const host::SettingsFault *fault) override { markFault(m_edit, fault); }

private:
    QStringList Settings::*m_member;
    QLineEdit *m_edit;
};

class LinesEditor : public SettingEditor
{
public:
    LinesEditor(const Setting &setting, QStringList Settings::*member, QWidget *parent)
        : SettingEditor(parent)
        , m_member(member)
        , m_edit(new QPlainTextEdit(this))
    {
        m_edit->setPlaceholderText(Setting::translated(setting.usually));
        m_edit->setTabChangesFocus(true);
        m_edit->document()->setDocumentMargin(6); // As a line edit has it.
        setField(m_edit, setting);
        column()->addWidget(m_edit);
        connect(m_edit, &QPlainTextEdit::textChanged, this, &SettingEditor::changed);
    }
    void show(const Settings &settings) override
    {
        m_edit->setPlainText((settings.*m_member).join(u'\n'));
        fit();
    }
    void fit() override
    {
        const int lines = 2 * m_edit->fontMetrics().lineSpacing();
        m_edit->setFixedHeight(lines + int(2 * m_edit->document()->documentMargin())
                               + 2 * m_edit->frameWidth());
    }
    void writeTo(Settings &settings) const override { settings.*m_member = linesOf(m_edit->toPlainText()); }

private:
    QStringList Settings::*m_member;
    QPlainTextEdit *m_edit;
};

/// A list to choose from; where the setting only suggests words, others can be added.
class ChoicesEditor : public SettingEditor
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::ChoicesEditor)

public:
    ChoicesEditor(const Setting &setting, QStringList Settings::*member, QWidget *parent)
        : SettingEditor(parent)
        , m_member(member)
        , m_known(setting.choices.isEmpty() ? setting.suggestions : setting.choices)
        , m_list(new QListWidget(this))
    {
        m_list->setProperty("choices", true);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // A page with room to spare is not for it.
        setField(m_list, setting);
        column()->addWidget(m_list);
        connect(m_list, &QListWidget::itemChanged, this, &SettingEditor::changed);
        if (setting.choices.isEmpty())
            addField(setting);
    }
    void show(const Settings &settings) override
    {
        m_list->clear();
        for (const QString &word : settings.*m_member)
            addItem(word, true);
        for (const QString &word : m_known) {
            if (!(settings.*m_member).contains(word))
                addItem(word, false);
        }
        if (m_new)
            m_new->clear();
        fit();
    }
    void fit() override
    {
        m_list->ensurePolished();
        const int row = std::max(m_list->sizeHintForRow(0), fontMetrics().height());
        m_list->setFixedHeight(row * std::min(m_list->count(), 12) + 2 * m_list->frameWidth() + 4);
    }
    void writeTo(Settings &settings) const override
    {
        QStringList &all = settings.*m_member;
        all.clear();
        for (int row = 0; row < m_list->count(); ++row) {
            if (m_list->item(row)->checkState() == Qt::Checked)
                all.append(m_list->item(row)->text());
        }
        // What is typed there is meant, whether it was added or not.
        const QStringList typed = m_new ? wordsOf(m_new->text()) : QStringList();
        for (const QString &word : typed) {
            if (!all.contains(word))
                all.append(word);
        }
    }
    void finish() override
    {
        if (m_new)
            add();
    }

private:
    void addField(const Setting &setting)
    {
        m_new = new QLineEdit(this);
        m_new->setObjectName(setting.field + u"New"_s);
        m_new->setPlaceholderText(tr("another one"));
        m_new->setAccessibleName(tr("%1: another one").arg(Setting::translated(setting.label)));
        auto *button = new QPushButton(icon(u"add"_s), tr("Add"), this);
        button->setObjectName(setting.field + u"Add"_s);
        button->setAutoDefault(false);
        button->setEnabled(false);
        auto *row = new QHBoxLayout;
        row->addWidget(m_new, 1);
        row->addWidget(button);
        column()->addLayout(row);
        connect(m_new, &QLineEdit::textChanged, this, [this, button](const QString &text) {
            button->setEnabled(!text.trimmed().isEmpty());
            Q_EMIT changed();
        });
        ReturnGuard::guard(m_new); // It adds what is being typed, and does not apply.
        connect(m_new, &QLineEdit::returnPressed, this, [this] { add(); });
        connect(button, &QPushButton::clicked, this, [this] { add(); });
    }
    void addItem(const QString &word, bool isOn)
    {
        auto *item = new QListWidgetItem(word);
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
        m_list->addItem(item);
    }
    void add()
    {
        for (const QString &word : wordsOf(m_new->text())) {
            const QList<QListWidgetItem *> known
                = m_list->findItems(word, Qt::MatchExactly | Qt::MatchCaseSensitive);
            if (known.isEmpty())
                addItem(word, true);
            else
                known.first()->setCheckState(Qt::Checked);
        }
        m_new->clear();
    }

    QStringList Settings::*m_member;
    QStringList m_known;
    QListWidget *m_list;
    QLineEdit *m_new = nullptr;
};

/// By the kind of the member, and by how it is written.
struct Maker
{
    const Setting &setting;
    QWidget *parent;

    SettingEditor *operator()(int Settings::*member) const
    {
        return new NumberEditor(setting, member, parent);
    }
    SettingEditor *operator()(bool Settings::*member) const
    {
        return new SwitchEditor(setting, member, parent);
    }
    SettingEditor *operator()(QString Settings::*) const
    {
        if (setting.unit == "FILE"_L1)
            return new FileEditor(setting, parent);
        return new TextEditor(setting, parent);
    }
    SettingEditor *operator()(QStringList Settings::*member) const
    {
        if (!setting.choices.isEmpty() || !setting.suggestions.isEmpty())
            return new ChoicesEditor(setting, member, parent);
        if (setting.notation == host::Notation::Lines)
            return new LinesEditor(setting, member, parent);
        return new WordsEditor(setting, member, parent);
    }
};

} // namespace

void markFault(QLineEdit *edit, const host::SettingsFault *fault)
{
    underline(edit, fault ? fault->from : 0, fault ? fault->length : 0);
    setFaulty(edit, fault);
}

bool WheelGuard::eventFilter(QObject *watched, QEvent *event)
{
    const auto *field = qobject_cast<QWidget *>(watched);
    if (event->type() != QEvent::Wheel || !field || field->hasFocus())
        return QObject::eventFilter(watched, event);
    event->ignore();
    return true;
}

void WheelGuard::guard(QWidget *field)
{
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(new WheelGuard(field));
}

bool ReturnGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return QObject::eventFilter(watched, event);
    if (auto *edit = qobject_cast<QLineEdit *>(watched))
        Q_EMIT edit->returnPressed();
    else if (auto *number = qobject_cast<QAbstractSpinBox *>(watched))
        number->interpretText();
    return true;
}

void ReturnGuard::guard(QWidget *field)
{
    field->installEventFilter(new ReturnGuard(field));
}

SettingEditor *SettingEditor::make(const Setting &setting, QWidget *parent)
{
    SettingEditor *special = specialEditorFor(setting, parent);
    return special ? special : std::visit(Maker{setting, parent}, setting.member);
}

SettingEditor::SettingEditor(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(6);
}

void SettingEditor::setField(QWidget *field, const Setting &setting)
{
    m_field = field;
    m_field->setObjectName(setting.field);
}

void SettingEditor::mark(const host::SettingsFault *fault)
{
    setFaulty(m_field, fault);
}

void SettingEditor::follow(const Settings &, const ServerState &) { }

TextEditor::TextEditor(const Setting &setting, QWidget *parent)
    : SettingEditor(parent)
    , m_setting(setting)
    , m_edit(new QLineEdit(this))
{
    m_edit->setPlaceholderText(Setting::translated(setting.usually));
    setField(m_edit, setting);
    column()->addWidget(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &SettingEditor::changed);
}

void TextEditor::show(const Settings &settings)
{
    m_edit->setText(m_setting.textOf(settings));
}

void TextEditor::writeTo(Settings &settings) const
{
    const auto *member = std::get_if<QString Settings::*>(&m_setting.member);
    if (!member)
        return;
    settings.**member = m_edit->text().trimmed();
    if ((settings.**member).isEmpty())
        settings.**member = Settings().**member; // What the placeholder says.
}

void TextEditor::mark(const host::SettingsFault *fault)
{
    markFault(m_edit, fault);
}

} // namespace gatehouse::app
