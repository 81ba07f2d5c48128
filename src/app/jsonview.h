// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "exchange/exchange.h"
#include "inspector/jsonmodel.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTreeView;

namespace gatehouse::app {

class SourceText;

/// A body: as a tree where it is JSON, which folds and unfolds JSON inside text, and as it came.
class JsonView : public QWidget
{
    Q_OBJECT

public:
    /// `name` begins the object names and is said to screen readers.
    JsonView(const QString &objectName, const QString &name, QWidget *parent = nullptr);

    void setBody(const exchange::Body &body, const QString &emptyText);
    void retheme();
    /// Tree, text, or the words that there is nothing.
    [[nodiscard]] QWidget *shown() const;

Q_SIGNALS:
    void shownChanged(); ///< Tree or text.
    void messageWanted(const QString &text);

private:
    void copy();
    void save();
    void expandUsual();

    inspector::JsonModel m_model;
    exchange::Body m_body;
    QPushButton *m_asTree;
    QPushButton *m_asText;
    QPushButton *m_copy;
    QPushButton *m_save;
    Label *m_size;
    QStackedWidget *m_stack;
    QTreeView *m_tree;
    SourceText *m_text;
    Label *m_none;
};

} // namespace gatehouse::app
