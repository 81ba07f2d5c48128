// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fieldeditors.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/settingeditor.h"
#include "inspector/foreigntext.h"
#include "inspector/words.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonObject>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using client::FormField;

namespace {

using Kind = FormField::Kind;
using Faults = QList<schema::Schema::Fault>;

/// "/" and the name, as a JSON pointer has it (RFC 6901 §3).
QString behind(const QString &where, QString name)
{
    return where + u'/' + name.replace("~"_L1, "~0"_L1).replace("/"_L1, "~1"_L1);
}

/// The members of an object; one that is not required has a tick that says whether it is given.
class ObjectField : public FieldEditor
{
public:
    ObjectField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
    {
        m_isInside = !field.name.isEmpty();
        QWidget *place = nullptr;
        if (m_isInside) {
            m_box = new QGroupBox(inspector::lineText(shownName()).replace("&"_L1, "&&"_L1));
            m_box->setCheckable(!field.isRequired);
            m_box->setChecked(field.isRequired || !field.usual.isUndefined());
            setEditor(m_box, objectName);
            if (field.isRequired)
                m_box->setFocusPolicy(Qt::NoFocus);
            connect(m_box, &QGroupBox::toggled, this, [this](bool isGiven) {
                m_rows->setVisible(isGiven);
                Q_EMIT changed();
            });
            place = m_box;
        } else {
            place = new QWidget;
            setEditor(place, {});
        }
        auto *inside = new QVBoxLayout(place);
        inside->setContentsMargins(m_isInside ? 8 : 0, 0, m_isInside ? 8 : 0, m_isInside ? 4 : 0);
        m_rows = new QWidget(place);
        inside->addWidget(m_rows);
        makeRows(objectName);
        m_rows->setVisible(!m_box || !m_box->isCheckable() || m_box->isChecked());
        if (!field.usual.isUndefined())
            setValue(field.usual);
    }
    QJsonValue value() const override { return valueBy(&FieldEditor::value); }
    QJsonValue asTyped() const override { return valueBy(&FieldEditor::asTyped); }
    void setValue(const QJsonValue &value) override
    {
        if (m_box && m_box->isCheckable())
            m_box->setChecked(!value.isUndefined());
        if (m_box && value.isUndefined())
            return; // What is in it stays as it was, for when it is given.
        const QJsonObject all = value.toObject();
        for (FieldEditor *part : m_parts)
            part->setValue(all.value(part->field().name));
    }
    void findFaults(const QString &where, bool isWhole, Faults &out) const override
    {
        if (m_box && m_box->isCheckable() && !m_box->isChecked())
            return;
        for (const FieldEditor *part : m_parts)
            part->findFaults(behind(where, part->field().name), isWhole, out);
    }
    FieldEditor *editorAt(const QStringList &path) override
    {
        for (FieldEditor *part : m_parts) {
            if (!path.isEmpty() && part->field().name == path.first())
                return part->editorAt(path.mid(1));
        }
        return this;
    }
    void clearFaults() override
    {
        FieldEditor::clearFaults();
        for (FieldEditor *part : m_parts)
            part->clearFaults();
    }
    bool hasOwnLabel() const override { return m_isInside; }

private:
    [[nodiscard]] QJsonValue valueBy(QJsonValue (FieldEditor::*read)() const) const
    {
        if (m_box && m_box->isCheckable() && !m_box->isChecked())
            return QJsonValue::Undefined;
        QJsonObject all;
        for (const FieldEditor *part : m_parts) {
            if (const QJsonValue value = (part->*read)(); !value.isUndefined())
                all.insert(part->field().name, value);
        }
        return all;
    }
    void makeRows(const QString &objectName)
    {
        auto *form = new QFormLayout(m_rows);
        form->setContentsMargins(0, 0, 0, 0);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setRowWrapPolicy(QFormLayout::WrapLongRows);
        form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
        for (const FormField &part : field().parts) {
            FieldEditor *editor = FieldEditor::make(part, objectName + u'/' + part.name.left(100), m_rows);
            m_parts.append(editor);
            connect(editor, &FieldEditor::changed, this, &FieldEditor::changed);
            if (editor->hasOwnLabel()) {
                form->addRow(editor);
            } else {
                // Without a buddy: a "&" in it is somebody else's, and no key of ours.
                auto *label
                    = new Label(part.isRequired ? FieldEditor::tr("%1 (required)").arg(editor->shownName())
                                                : editor->shownName(),
                                m_rows);
                label->setTextFormat(Qt::PlainText);
                label->setWordWrap(true);
                form->addRow(label, editor);
            }
            if (!focus() || (!m_isInside && m_parts.size() == 1))
                setFocusTo(editor->focus(), {});
        }
        if (m_parts.isEmpty() && !m_isInside) {
            auto *none = new Label(FieldEditor::tr("Takes no arguments."), m_rows);
            none->setProperty("quiet", true);
            form->addRow(none);
        }
    }

    QGroupBox *m_box = nullptr; ///< None around the whole.
    QWidget *m_rows = nullptr;
    QList<FieldEditor *> m_parts;
    bool m_isInside = false;
};

/// Items one below the other, each with a way to take it out.
class ListField : public FieldEditor
{
public:
    ListField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_objectName(objectName)
    {
        auto *place = new QWidget;
        auto *rows = new QVBoxLayout(place);
        rows->setContentsMargins(0, 0, 0, 0);
        m_items = new QVBoxLayout;
        rows->addLayout(m_items);
        m_add = new QPushButton(icon(u"add"_s), FieldEditor::tr("Add an item"));
        rows->addWidget(m_add, 0, Qt::AlignLeft);
        setEditor(place, {});
        setFocusTo(m_add, objectName);
        connect(m_add, &QPushButton::clicked, this, [this] {
            add(QJsonValue::Undefined);
            if (QWidget *first = m_editors.last()->focus())
                first->setFocus();
            Q_EMIT changed();
        });
        setValue(field.usual);
    }
    QJsonValue value() const override { return valueBy(&FieldEditor::value); }
    QJsonValue asTyped() const override { return valueBy(&FieldEditor::asTyped); }
    void setValue(const QJsonValue &value) override
    {
        while (!m_editors.isEmpty())
            remove(m_editors.last());
        const QJsonArray all = value.toArray();
        for (qsizetype i = 0; i < std::min(all.size(), FormField::mostItems); ++i)
            add(all.at(i));
    }
    void findFaults(const QString &where, bool isWhole, Faults &out) const override
    {
        for (qsizetype i = 0; i < m_editors.size(); ++i)
            m_editors.at(i)->findFaults(behind(where, QString::number(i)), isWhole, out);
    }
    FieldEditor *editorAt(const QStringList &path) override
    {
        bool isNumber = false;
        const int index = path.isEmpty() ? -1 : path.first().toInt(&isNumber);
        if (isNumber && index >= 0 && index < m_editors.size())
            return m_editors.at(index)->editorAt(path.mid(1));
        return this;
    }
    void clearFaults() override
    {
        FieldEditor::clearFaults();
        for (FieldEditor *one : m_editors)
            one->clearFaults();
    }

private:
    [[nodiscard]] QJsonValue valueBy(QJsonValue (FieldEditor::*read)() const) const
    {
        QJsonArray all;
        for (const FieldEditor *one : m_editors) {
            // An empty text is an item: somebody added it.
            const QJsonValue value = (one->*read)();
            if (!value.isUndefined())
                all.append(value);
            else if (one->field().kind == Kind::Text)
                all.append(QString());
        }
        const bool isLeftOut
            = m_editors.isEmpty() && field().usual.toArray().isEmpty() && !field().isRequired;
        return isLeftOut ? QJsonValue(QJsonValue::Undefined) : QJsonValue(all);
    }
    void add(const QJsonValue &value)
    {
        FormField item = field().parts.first();
        item.isRequired = item.kind != Kind::Text;
        if (item.title.isEmpty())
            item.title = FieldEditor::tr("%1, item").arg(shownName());
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        FieldEditor *editor
            = FieldEditor::make(item, m_objectName + u'/' + QString::number(m_editors.size()), row);
        if (!value.isUndefined())
            editor->setValue(value);
        auto *out = new QPushButton(icon(u"close"_s), QString(), row);
        out->setAccessibleName(FieldEditor::tr("Take this item out"));
        out->setToolTip(inspector::toolTipText(FieldEditor::tr("Take this item out")));
        out->setProperty("flat", true);
        line->addWidget(editor, 1);
        line->addWidget(out, 0, Qt::AlignTop);
        connect(editor, &FieldEditor::changed, this, &FieldEditor::changed);
        connect(out, &QPushButton::clicked, this, [this, editor] {
            m_add->setFocus(); // Before what has it goes.
            remove(editor);
            Q_EMIT changed();
        });
        m_items->addWidget(row);
        m_editors.append(editor);
        m_add->setEnabled(m_editors.size() < FormField::mostItems);
    }
    void remove(FieldEditor *editor)
    {
        m_editors.removeOne(editor);
        QWidget *row = editor->parentWidget();
        m_items->removeWidget(row);
        row->hide();
        row->deleteLater(); // Its button may be speaking.
        m_add->setEnabled(true);
    }

    QString m_objectName;
    QVBoxLayout *m_items;
    QPushButton *m_add;
    QList<FieldEditor *> m_editors;
};

class AlternativesField : public FieldEditor
{
public:
    AlternativesField(const FormField &field, const QString &objectName, QWidget *parent)
        : FieldEditor(field, parent)
        , m_box(new QComboBox)
    {
        auto *place = new QWidget;
        auto *rows = new QVBoxLayout(place);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->addWidget(m_box);
        if (!field.isRequired)
            m_box->addItem(FieldEditor::tr("not given"));
        for (qsizetype i = 0; i < field.parts.size(); ++i) {
            FormField part = field.parts.at(i);
            m_box->addItem(part.title.isEmpty() ? kindWords(part.kind)
                                                : inspector::lineText(part.title.left(200)));
            part.isRequired = true;
            if (part.title.isEmpty())
                part.title = shownName();
            FieldEditor *editor = FieldEditor::make(part, objectName + u'/' + QString::number(i), place);
            rows->addWidget(editor);
            m_editors.append(editor);
            connect(editor, &FieldEditor::changed, this, &FieldEditor::changed);
        }
        WheelGuard::guard(m_box);
        setEditor(place, {});
        setFocusTo(m_box, objectName);
        m_box->view()->setAccessibleName(shownName());
        setValue(field.usual);
        showChosen();
        connect(m_box, &QComboBox::currentIndexChanged, this, [this] {
            showChosen();
            Q_EMIT changed();
        });
    }
    QJsonValue value() const override
    {
        const FieldEditor *one = chosen();
        return one ? one->value() : QJsonValue(QJsonValue::Undefined);
    }
    QJsonValue asTyped() const override
    {
        const FieldEditor *one = chosen();
        return one ? one->asTyped() : QJsonValue(QJsonValue::Undefined);
    }
    void setValue(const QJsonValue &value) override
    {
        const int first = field().isRequired ? 0 : 1;
        if (value.isUndefined())
            return m_box->setCurrentIndex(0);
        for (qsizetype i = 0; i < m_editors.size(); ++i) {
            if (client::canHold(field().parts.at(i), value)) {
                m_editors.at(i)->setValue(value);
                return m_box->setCurrentIndex(int(i) + first);
            }
        }
    }
    void findFaults(const QString &where, bool isWhole, Faults &out) const override
    {
        if (const FieldEditor *one = chosen())
            one->findFaults(where, isWhole, out);
        else
            FieldEditor::findFaults(where, isWhole, out);
    }
    FieldEditor *editorAt(const QStringList &path) override
    {
        FieldEditor *one = chosen();
        return one ? one->editorAt(path) : this;
    }
    void clearFaults() override
    {
        FieldEditor::clearFaults();
        for (FieldEditor *one : m_editors)
            one->clearFaults();
    }

private:
    [[nodiscard]] static QString kindWords(Kind kind)
    {
        switch (kind) {
        case Kind::Text:
            return FieldEditor::tr("a text");
        case Kind::Number:
        case Kind::Integer:
            return FieldEditor::tr("a number");
        case Kind::Boolean:
            return FieldEditor::tr("true or false");
        case Kind::Object:
            return FieldEditor::tr("an object");
        case Kind::List:
        case Kind::Choices:
            return FieldEditor::tr("a list");
        default:
            return FieldEditor::tr("something else");
        }
    }
    [[nodiscard]] FieldEditor *chosen() const
    {
        return m_editors.value(m_box->currentIndex() - (field().isRequired ? 0 : 1), nullptr);
    }
    void showChosen()
    {
        for (FieldEditor *one : m_editors)
            one->setVisible(one == chosen());
    }
    QComboBox *m_box;
    QList<FieldEditor *> m_editors;
};

} // namespace

FieldEditor *makeObjectField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new ObjectField(field, objectName, parent);
}

FieldEditor *makeListField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new ListField(field, objectName, parent);
}

FieldEditor *makeAlternativesField(const FormField &field, const QString &objectName, QWidget *parent)
{
    return new AlternativesField(field, objectName, parent);
}

} // namespace gatehouse::app
