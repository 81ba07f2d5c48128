// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fieldeditors.h"
#include "app/settingeditor.h"
#include "app/theme.h"
#include "base/displaytext.h"
#include "base/json.h"
#include "base/secretnames.h"
#include "inspector/words.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using client::FormField;

namespace {

using Kind = FormField::Kind;
using Faults = QList<schema::Schema::Fault>;

constexpr int longestTyped = 1'000'000;

QString choiceText(const FormField::Choice &choice)
{
    const QString text = choice.title.isEmpty() ? client::textOf(choice.value) : choice.title;
    return inspector::lineText(text.left(200));
}

/// A text or a number in a line.
class LineField : public FieldEditor
{
public:
    LineField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_line(new QLineEdit)
    {
        m_line->setMaxLength(longestTyped);
        if (!field.isRequired)
            m_line->setPlaceholderText(FieldEditor::tr("not given"));
        if (base::isSecretName(field.name.toUtf8(), base::Place::Elsewhere))
            m_line->setEchoMode(QLineEdit::Password);
        setEditor(m_line, objectName);
        setValue(field.usual);
        connect(m_line, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }
    QJsonValue value() const override
    {
        const QString text = m_line->text();
        if (text.isEmpty())
            return QJsonValue::Undefined;
        if (text == m_shown) // As it came, though a line shows it otherwise.
            return m_came;
        return client::valueOf(field().kind, text).value_or(QJsonValue(QJsonValue::Undefined));
    }
    QJsonValue asTyped() const override
    {
        const QJsonValue read = value();
        return read.isUndefined() && !m_line->text().isEmpty() ? QJsonValue(m_line->text()) : read;
    }
    void setValue(const QJsonValue &value) override
    {
        m_line->setText(inspector::escapedForDisplay(client::textOf(value)));
        m_line->setCursorPosition(0);
        m_shown = m_line->text();
        m_came = value;
    }
    void findFaults(const QString &where, bool isWhole, Faults &out) const override
    {
        const QString text = m_line->text();
        if (text.isEmpty() || text == m_shown)
            return FieldEditor::findFaults(where, isWhole, out);
        if (!client::valueOf(field().kind, text))
            out.append({where,
                        field().kind == Kind::Integer ? FieldEditor::tr("This has to be a whole number.")
                                                      : FieldEditor::tr("This has to be a number.")});
    }

private:
    QLineEdit *m_line;
    QString m_shown; ///< Of what came; what hides in it is made visible.
    QJsonValue m_came = QJsonValue::Undefined;
};

/// A text of several lines.
class TextField : public FieldEditor
{
public:
    TextField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_text(new QPlainTextEdit)
    {
        if (!field.isRequired)
            m_text->setPlaceholderText(FieldEditor::tr("not given"));
        m_text->setTabChangesFocus(true);
        m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 5 + 14);
        setEditor(m_text, objectName);
        setValue(field.usual);
        connect(m_text, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    }
    QJsonValue value() const override
    {
        const QString text = m_text->toPlainText();
        return text.isEmpty() ? QJsonValue(QJsonValue::Undefined)
            : text == m_shown ? m_came
                              : QJsonValue(text);
    }
    void setValue(const QJsonValue &value) override
    {
        m_text->setPlainText(base::escapedForDisplay(client::textOf(value), base::Space::Text));
        m_shown = m_text->toPlainText();
        m_came = value;
    }

private:
    QPlainTextEdit *m_text;
    QString m_shown; ///< Of what came; what hides in it is made visible.
    QJsonValue m_came = QJsonValue::Undefined;
};

/// What no field is for.
class JsonField : public FieldEditor
{
public:
    JsonField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_text(new QPlainTextEdit)
    {
        m_text->setPlaceholderText(field.isRequired ? FieldEditor::tr("JSON")
                                                    : FieldEditor::tr("not given, else JSON"));
        m_text->setTabChangesFocus(true);
        m_text->setFont(Look::fixedFont());
        m_text->setFixedHeight(QFontMetrics(Look::fixedFont()).lineSpacing() * 3 + 14);
        setEditor(m_text, objectName);
        setValue(field.usual);
        connect(m_text, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    }
    QJsonValue value() const override { return read().value_or(QJsonValue(QJsonValue::Undefined)); }
    QJsonValue asTyped() const override
    {
        const QString text = m_text->toPlainText();
        const QJsonValue read = value();
        return read.isUndefined() && !text.trimmed().isEmpty() ? QJsonValue(text) : read;
    }
    void setValue(const QJsonValue &value) override
    {
        m_text->setPlainText(value.isUndefined() ? QString() : QString::fromUtf8(base::writeJson(value)));
    }
    void findFaults(const QString &where, bool isWhole, Faults &out) const override
    {
        if (m_text->toPlainText().trimmed().isEmpty())
            return FieldEditor::findFaults(where, isWhole, out);
        if (const auto got = read(); !got)
            out.append({where, FieldEditor::tr("This has to be one JSON value: a text stands in quotes.")});
    }

private:
    [[nodiscard]] base::Expected<QJsonValue, QString> read() const
    {
        return client::valueOf(Kind::Json, m_text->toPlainText());
    }
    QPlainTextEdit *m_text;
};

/// True, false, or not given.
class FlagField : public FieldEditor
{
public:
    FlagField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_box(new QCheckBox)
    {
        m_box->setTristate(mayBeLeftOut());
        setEditor(m_box, objectName);
        setValue(field.usual);
        connect(m_box, &QCheckBox::stateChanged, this, [this] {
            say();
            Q_EMIT changed();
        });
    }
    QJsonValue value() const override
    {
        return m_box->checkState() == Qt::PartiallyChecked ? QJsonValue(QJsonValue::Undefined)
                                                           : QJsonValue(m_box->isChecked());
    }
    void setValue(const QJsonValue &value) override
    {
        m_box->setCheckState(value.isBool()       ? value.toBool() ? Qt::Checked : Qt::Unchecked
                                 : mayBeLeftOut() ? Qt::PartiallyChecked
                                                  : Qt::Unchecked);
        say();
    }

private:
    [[nodiscard]] bool mayBeLeftOut() const { return !field().isRequired && field().usual.isUndefined(); }
    void say()
    {
        m_box->setText(m_box->checkState() == Qt::PartiallyChecked ? FieldEditor::tr("not given")
                           : m_box->isChecked()                    ? u"true"_s
                                                                   : u"false"_s);
    }
    QCheckBox *m_box;
};

class ChoiceField : public FieldEditor
{
public:
    ChoiceField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_box(new QComboBox)
    {
        const bool isFixed = field.isRequired && field.choices.size() == 1;
        if (!isFixed)
            m_box->addItem(field.isRequired ? FieldEditor::tr("choose") : FieldEditor::tr("not given"), -1);
        for (qsizetype i = 0; i < field.choices.size(); ++i)
            m_box->addItem(choiceText(field.choices.at(i)), int(i));
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(10);
        WheelGuard::guard(m_box);
        setEditor(m_box, objectName);
        m_box->view()->setAccessibleName(shownName());
        setValue(field.usual);
        connect(m_box, &QComboBox::currentIndexChanged, this, &FieldEditor::changed);
    }
    QJsonValue value() const override
    {
        const int index = m_box->currentData().toInt();
        return index < 0 ? QJsonValue(QJsonValue::Undefined) : field().choices.at(index).value;
    }
    void setValue(const QJsonValue &value) override
    {
        int row = 0;
        for (int i = 0; i < m_box->count(); ++i) {
            const int index = m_box->itemData(i).toInt();
            if (index >= 0 && field().choices.at(index).value == value)
                row = i;
        }
        m_box->setCurrentIndex(row);
    }

private:
    QComboBox *m_box;
};

class ChoicesField : public FieldEditor
{
public:
    ChoicesField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_list(new QListWidget)
    {
        for (const FormField::Choice &choice : field.choices) {
            auto *item = new QListWidgetItem(choiceText(choice), m_list);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setCheckState(Qt::Unchecked);
        }
        m_list->setMaximumHeight(fontMetrics().height() * 8);
        m_list->setSpacing(3); // The theme's boxes are taller than a line.
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_list->setTextElideMode(Qt::ElideRight);
        setEditor(m_list, objectName);
        setValue(field.usual);
        connect(m_list, &QListWidget::itemChanged, this, &FieldEditor::changed);
    }
    QJsonValue value() const override
    {
        QJsonArray chosen;
        for (int i = 0; i < m_list->count(); ++i) {
            if (m_list->item(i)->checkState() == Qt::Checked)
                chosen.append(field().choices.at(i).value);
        }
        const bool isLeftOut = chosen.isEmpty() && field().usual.toArray().isEmpty();
        return isLeftOut ? QJsonValue(QJsonValue::Undefined) : QJsonValue(chosen);
    }
    void setValue(const QJsonValue &value) override
    {
        const QJsonArray all = value.toArray();
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setCheckState(all.contains(field().choices.at(i).value) ? Qt::Checked
                                                                                     : Qt::Unchecked);
    }

private:
    QListWidget *m_list;
};

} // namespace

FieldEditor *makeLineField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new LineField(field, objectName, parent);
}

FieldEditor *makeTextField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new TextField(field, objectName, parent);
}

FieldEditor *makeJsonField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new JsonField(field, objectName, parent);
}

FieldEditor *makeFlagField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new FlagField(field, objectName, parent);
}

FieldEditor *makeChoiceField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new ChoiceField(field, objectName, parent);
}

FieldEditor *makeChoicesField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new ChoicesField(field, objectName, parent);
}

} // namespace gatehouse::app
