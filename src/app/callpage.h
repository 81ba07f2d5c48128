// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "client/mcpclient.h"

#include <QHash>
#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QPushButton;

namespace gatehouse::app {

/// Which tool is called next, and with what.
class CallPage : public QWidget
{
    Q_OBJECT

public:
    explicit CallPage(QWidget *parent = nullptr);

    void setTools(const QList<client::ToolInfo> &tools);
    void setMayCall(bool may);
    [[nodiscard]] QString tool() const;

Q_SIGNALS:
    void callWanted(const QString &tool, const QJsonObject &arguments);

private:
    void choose(int index);
    void call();
    void judge();

    QList<client::ToolInfo> m_tools;
    QHash<QString, QString> m_typed; ///< Tool → its last arguments.
    QComboBox *m_tool;
    Label *m_about;
    QPlainTextEdit *m_arguments;
    Label *m_fault;
    QPushButton *m_call;
    bool m_mayCall = false;
};

} // namespace gatehouse::app
