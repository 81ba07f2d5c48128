// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/formfield.h"
#include "schema/schema.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QVBoxLayout;

namespace gatehouse::app {

class FieldEditor;

/// A form for an object of a JSON Schema: a field for each value, JSON where no field will do.
class SchemaForm : public QWidget
{
    Q_OBJECT

public:
    /// Its fields are called `prefix` and their names: "argument/filter/limit".
    explicit SchemaForm(const QString &prefix, QWidget *parent = nullptr);

    /// Makes all fields anew, with what the schema says is usual.
    void setSchema(const QJsonObject &schema, client::FormOf of = client::FormOf::Arguments);
    /// False where the fields cannot show all of it: then nothing changes.
    bool setValue(const QJsonObject &value);
    /// As far as it can be read.
    [[nodiscard]] QJsonObject value() const;
    /// The same, and as texts what cannot be read.
    [[nodiscard]] QJsonObject asTyped() const;

    /// What is wrong with it; `isWhole` also what has to be given and is not yet. Shown at the fields.
    QList<schema::Schema::Fault> judge(bool isWhole);
    /// The first of the fields, or what was wrong first when it was judged last; null where there is none.
    [[nodiscard]] QWidget *firstField() const;
    /// Why what is typed cannot be judged by its schema, in English; empty where it can.
    [[nodiscard]] QString remark() const { return m_remark; }

Q_SIGNALS:
    void changed();

private:
    QString m_prefix;
    QVBoxLayout *m_column;
    FieldEditor *m_whole = nullptr;
    std::optional<schema::Schema> m_schema;
    QString m_remark;
    QWidget *m_firstWrong = nullptr;
};

} // namespace gatehouse::app
