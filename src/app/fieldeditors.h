// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fieldeditor.h"

namespace gatehouse::app {

/// The editors behind FieldEditor::make(), by the kind of their field.
[[nodiscard]] FieldEditor *makeLineField(const client::FormField &field, const QString &objectName,
                                         QWidget *parent);
[[nodiscard]] FieldEditor *makeTextField(const client::FormField &field, const QString &objectName,
                                         QWidget *parent);
[[nodiscard]] FieldEditor *makeJsonField(const client::FormField &field, const QString &objectName,
                                         QWidget *parent);
[[nodiscard]] FieldEditor *makeFlagField(const client::FormField &field, const QString &objectName,
                                         QWidget *parent);
[[nodiscard]] FieldEditor *makeChoiceField(const client::FormField &field, const QString &objectName,
                                           QWidget *parent);
[[nodiscard]] FieldEditor *makeChoicesField(const client::FormField &field, const QString &objectName,
                                            QWidget *parent);
[[nodiscard]] FieldEditor *makeObjectField(const client::FormField &field, const QString &objectName,
                                           QWidget *parent);
[[nodiscard]] FieldEditor *makeListField(const client::FormField &field, const QString &objectName,
                                         QWidget *parent);
[[nodiscard]] FieldEditor *makeAlternativesField(const client::FormField &field, const QString &objectName,
                                                 QWidget *parent);

} // namespace gatehouse::app
