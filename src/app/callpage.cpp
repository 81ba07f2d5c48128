// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/callpage.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/theme.h"
#include "base/json.h"
#include "inspector/words.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

/// What a schema asks for at least, to begin with.
QString draftFor(const QJsonObject &schema)
{
    QJsonObject draft;
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonArray required = schema.value("required"_L1).toArray();
    for (const QJsonValue name : required) {
        const QString type = properties.value(name.toString()).toObject().value("type"_L1).toString();
        draft.insert(name.toString(),
                     type == "number"_L1 || type == "integer"_L1 ? QJsonValue(0)
                         : type == "boolean"_L1                  ? QJsonValue(false)
                         : type == "array"_L1                    ? QJsonValue(QJsonArray())
                         : type == "object"_L1                   ? QJsonValue(QJsonObject())
                                                                 : QJsonValue(QString()));
    }
    return draft.isEmpty() ? u"{}"_s : QString::fromUtf8(QJsonDocument(draft).toJson()).trimmed();
}

} // namespace

CallPage::CallPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"callPage"_s);
    m_tool = new QComboBox(this);
    m_tool->setObjectName(u"tool"_s);
    m_tool->setAccessibleName(tr("Tool"));
    m_tool->view()->setAccessibleName(tr("Tools"));
    m_tool->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_about = new Label(this);
    m_about->setProperty("quiet", true);
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    m_arguments = new QPlainTextEdit(u"{}"_s, this);
    m_arguments->setObjectName(u"toolArguments"_s);
    m_arguments->setAccessibleName(tr("Arguments as JSON"));
    m_arguments->setTabChangesFocus(true);
    m_fault = new Label(this);
    m_fault->setObjectName(u"toolFault"_s);
    m_fault->setProperty("fault", true);
    m_fault->setWordWrap(true);
    m_fault->hide();
    m_call = new QPushButton(icon(u"start"_s), tr("Call"), this);
    m_call->setObjectName(u"callTool"_s);
    auto *label = new Label(tr("T&ool"), this);
    label->setBuddy(m_tool);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_tool);
    row->addWidget(m_about, 1);
    row->addWidget(m_call);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 0, 16, 10);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_arguments);
    column->addWidget(m_fault);
    connect(m_tool, &QComboBox::currentIndexChanged, this, &CallPage::choose);
    connect(m_arguments, &QPlainTextEdit::textChanged, this, &CallPage::judge);
    connect(m_call, &QPushButton::clicked, this, &CallPage::call);
}

void CallPage::setTools(const QList<client::ToolInfo> &tools)
{
    if (m_tools == tools)
        return;
    const QString before = tool();
    const QString typed = m_arguments->toPlainText();
    if (!before.isEmpty() && typed != draftFor(m_tools.at(m_tool->currentIndex()).inputSchema))
        m_typed.insert(before, typed); // What a person has begun outlives a new listing.
    m_tools = tools;
    const QSignalBlocker quiet(m_tool);
    m_tool->clear();
    for (const client::ToolInfo &info : tools)
        m_tool->addItem(inspector::lineText(info.name.left(128)));
    const auto place = [&](const QString &name) {
        return std::find_if(tools.begin(), tools.end(),
                            [&name](const client::ToolInfo &info) { return info.name == name; })
            - tools.begin();
    };
    qsizetype wanted = place(before);
    if (wanted >= tools.size())
        wanted = place(u"get-profile"_s);
    m_tool->setCurrentIndex(tools.isEmpty() ? -1 : int(wanted >= tools.size() ? 0 : wanted));
    choose(m_tool->currentIndex());
}

QString CallPage::tool() const
{
    const int index = m_tool->currentIndex();
    return index >= 0 && index < m_tools.size() ? m_tools.at(index).name : QString();
}

void CallPage::choose(int index)
{
    if (index >= 0 && index < m_tools.size()) {
        const client::ToolInfo &info = m_tools.at(index);
        m_about->setText(inspector::escapedForDisplay(info.description.left(300)));
        m_arguments->setPlainText(m_typed.value(info.name, draftFor(info.inputSchema)));
    } else {
        m_about->setText(tr("The tools are known once tools/list has run."));
    }
    judge();
}

void CallPage::judge()
{
    const auto read = base::readJsonObject(m_arguments->toPlainText().toUtf8());
    m_fault->setVisible(!read);
    if (!read)
        m_fault->setText(tr("The arguments must be one JSON object: %1").arg(read.error().text));
    m_arguments->setAccessibleDescription(read ? QString() : m_fault->source());
    m_call->setEnabled(m_mayCall && read && !tool().isEmpty());
}

void CallPage::setMayCall(bool may)
{
    m_mayCall = may;
    m_arguments->setFont(Look::fixedFont());
    m_arguments->setMaximumHeight(QFontMetrics(Look::fixedFont()).height() * 3 + 16);
    judge();
}

void CallPage::call()
{
    const auto read = base::readJsonObject(m_arguments->toPlainText().toUtf8());
    if (!read || tool().isEmpty())
        return;
    m_typed.insert(tool(), m_arguments->toPlainText());
    Q_EMIT callWanted(tool(), *read);
}

} // namespace gatehouse::app
