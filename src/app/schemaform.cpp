// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schemaform.h"

#include "app/fieldeditor.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using schema::Schema;

constexpr qsizetype mostShown = 20; ///< Faults.

/// "/a/b~1c" as names.
QStringList partsOf(const QString &pointer)
{
    QStringList parts = pointer.split(u'/').mid(1);
    for (QString &part : parts)
        part.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
    return parts;
}

} // namespace

SchemaForm::SchemaForm(const QString &prefix, QWidget *parent)
    : QWidget(parent)
    , m_prefix(prefix)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
}

void SchemaForm::setSchema(const QJsonObject &schema, client::FormOf of)
{
    delete std::exchange(m_whole, nullptr);
    m_firstWrong = nullptr;
    const auto compiled = Schema::compile(schema);
    m_schema = compiled ? std::optional(*compiled) : std::nullopt;
    m_remark = compiled ? QString() : compiled.error();
    client::FormField form = client::formFor(schema, of);
    form.title.clear();
    form.about.clear();
    form.isRequired = true;
    m_whole = FieldEditor::make(form, m_prefix, this);
    m_column->addWidget(m_whole);
    connect(m_whole, &FieldEditor::changed, this, &SchemaForm::changed);
}

bool SchemaForm::setValue(const QJsonObject &value)
{
    if (!m_whole || !client::canHold(m_whole->field(), value))
        return false;
    m_whole->setValue(value);
    return true;
}

QJsonObject SchemaForm::value() const
{
    return m_whole ? m_whole->value().toObject() : QJsonObject();
}

QJsonObject SchemaForm::asTyped() const
{
    return m_whole ? m_whole->asTyped().toObject() : QJsonObject();
}

QList<Schema::Fault> SchemaForm::judge(bool isWhole)
{
    QList<Schema::Fault> faults;
    m_firstWrong = nullptr;
    if (!m_whole)
        return faults;
    m_whole->findFaults({}, isWhole, faults);
    const QJsonValue given = m_whole->value();
    if (faults.isEmpty() && !given.isObject() && !given.isUndefined())
        faults.append({{}, tr("This has to be an object.")});
    if (faults.isEmpty() && m_schema) {
        const Schema::Judgement judgement = m_schema->judge(value());
        if (judgement.verdict == Schema::Verdict::Invalid)
            faults = judgement.faults;
    }
    // A member that is missing is told of its object: said once it has to be there.
    if (!isWhole)
        faults.removeIf([this](const Schema::Fault &fault) {
            return m_whole->editorAt(partsOf(fault.where))->field().kind == client::FormField::Kind::Object;
        });
    m_whole->clearFaults();
    for (const Schema::Fault &fault : faults.mid(0, mostShown)) {
        FieldEditor *editor = m_whole->editorAt(partsOf(fault.where));
        editor->showFault(shownText(fault.text));
        if (!m_firstWrong)
            m_firstWrong = editor->focus();
    }
    return faults;
}

QWidget *SchemaForm::firstField() const
{
    return m_firstWrong ? m_firstWrong : m_whole ? m_whole->focus() : nullptr;
}

} // namespace gatehouse::app
