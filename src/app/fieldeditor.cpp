// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fieldeditor.h"

#include "app/fieldeditors.h"
#include "app/label.h"
#include "inspector/words.h"

#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using client::FormField;
using Kind = FormField::Kind;

namespace {

constexpr qsizetype maximumText = 2000; ///< Of a schema's words.

} // namespace

QString shownText(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.left(maximumText).split(u'\n'))
        lines.append(inspector::escapedForDisplay(line));
    return lines.join(u'\n');
}

FieldEditor::FieldEditor(const FormField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(2);
    m_fault = new Label(this);
    m_fault->setProperty("fault", true);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_fault->hide();
    if (!field.about.isEmpty()) {
        auto *about = new Label(shownText(field.about), this);
        about->setProperty("quiet", true);
        about->setTextFormat(Qt::PlainText);
        about->setWordWrap(true);
        m_column->addWidget(about);
    }
    m_column->addWidget(m_fault);
}

void FieldEditor::setEditor(QWidget *editor, const QString &objectName)
{
    editor->setParent(this);
    m_column->insertWidget(0, editor);
    if (!objectName.isEmpty())
        setFocusTo(editor, objectName);
}

void FieldEditor::setFocusTo(QWidget *widget, const QString &objectName)
{
    m_focus = widget;
    if (objectName.isEmpty())
        return; // A part's, which has its own names.
    widget->setObjectName(objectName);
    widget->setAccessibleName(shownName());
    widget->setAccessibleDescription(shownText(m_field.about));
    m_fault->setObjectName(objectName + u"/fault"_s);
}

QString FieldEditor::shownName() const
{
    const QString name = m_field.title.isEmpty() ? m_field.name : m_field.title;
    return inspector::escapedForDisplay(name.left(200));
}

void FieldEditor::findFaults(const QString &where, bool isWhole, QList<schema::Schema::Fault> &out) const
{
    if (isWhole && m_field.isRequired && value().isUndefined())
        out.append({where, tr("This has to be filled in.")});
}

FieldEditor *FieldEditor::editorAt(const QStringList &)
{
    return this;
}

void FieldEditor::showFault(const QString &text)
{
    m_fault->setText(text);
    m_fault->setVisible(!text.isEmpty());
    if (!m_focus)
        return;
    m_focus->setAccessibleDescription(text.isEmpty() ? shownText(m_field.about) : text);
    if (m_focus->property("fault").toBool() == !text.isEmpty())
        return;
    m_focus->setProperty("fault", !text.isEmpty());
    m_focus->style()->unpolish(m_focus);
    m_focus->style()->polish(m_focus);
}

FieldEditor *FieldEditor::make(const FormField &field, const QString &objectName, QWidget *parent)
{
    switch (field.kind) {
    case Kind::Text:
        return field.isLong ? makeTextField(field, objectName, parent)
                            : makeLineField(field, objectName, parent);
    case Kind::Number:
    case Kind::Integer:
        return makeLineField(field, objectName, parent);
    case Kind::Boolean:
        return makeFlagField(field, objectName, parent);
    case Kind::Choice:
        return makeChoiceField(field, objectName, parent);
    case Kind::Choices:
        return makeChoicesField(field, objectName, parent);
    case Kind::Object:
        return makeObjectField(field, objectName, parent);
    case Kind::List:
        return makeListField(field, objectName, parent);
    case Kind::Alternatives:
        return makeAlternativesField(field, objectName, parent);
    case Kind::Json:
        return makeJsonField(field, objectName, parent);
    }
    return nullptr;
}

} // namespace gatehouse::app
