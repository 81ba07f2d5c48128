// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jsonview.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/sourcetext.h"
#include "app/theme.h"
#include "inspector/foreigntext.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::JsonModel;

/// Name, colon and value in the colours of their kind.
class JsonDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Look::theme();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.selection);
        painter->setFont(Look::fixedFont());
        const QFontMetrics metrics(Look::fixedFont());
        QRect rect = option.rect.adjusted(2, 0, -2, 0);
        const QString name = inspector::isolated(index.data(JsonModel::NameRole).toString());
        if (!name.isEmpty()) {
            painter->setPen(theme.accent);
            painter->drawText(rect, Qt::AlignVCenter, name);
            rect.setLeft(rect.left() + metrics.horizontalAdvance(name));
            painter->setPen(theme.muted);
            painter->drawText(rect, Qt::AlignVCenter, u": "_s);
            rect.setLeft(rect.left() + metrics.horizontalAdvance(u": "_s));
        }
        const auto kind = index.data(JsonModel::KindRole).value<JsonModel::Kind>();
        painter->setPen(colorOf(kind, theme));
        painter->drawText(rect, Qt::AlignVCenter,
                          metrics.elidedText(inspector::isolated(index.data(JsonModel::ValueRole).toString()),
                                             Qt::ElideRight, rect.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const QFontMetrics metrics(Look::fixedFont());
        return {metrics.horizontalAdvance(index.data().toString()) + 12, metrics.height() + 4};
    }

private:
    static QColor colorOf(JsonModel::Kind kind, const Theme &theme)
    {
        switch (kind) {
        case JsonModel::Kind::String:
        case JsonModel::Kind::EmbeddedJson:
            return theme.jsonString;
        case JsonModel::Kind::Number:
        case JsonModel::Kind::Word:
            return theme.jsonNumber;
        case JsonModel::Kind::Object:
        case JsonModel::Kind::Array:
            break;
        }
        return theme.muted;
    }
};

} // namespace

JsonView::JsonView(const QString &objectName, const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(objectName);
    m_asTree = new QPushButton(tr("Tree"), this);
    m_asText = new QPushButton(tr("As it came"), this);
    for (QPushButton *choice : {m_asTree, m_asText}) {
        choice->setProperty("chip", true);
        choice->setCheckable(true);
        choice->setAutoExclusive(true);
    }
    m_asTree->setObjectName(objectName + u"AsTree"_s);
    m_asText->setObjectName(objectName + u"AsText"_s);
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy"), this);
    m_copy->setObjectName(objectName + u"Copy"_s);
    m_copy->setFlat(true);
    m_save = new QPushButton(tr("Save…"), this);
    m_save->setObjectName(objectName + u"Save"_s);
    m_save->setFlat(true);
    m_save->setToolTip(tr("Writes it into a file, as it is shown: its secrets are masked"));
    m_size = new Label(this);
    m_size->setProperty("quiet", true);

    m_tree = new QTreeView(this);
    m_tree->setObjectName(objectName + u"Tree"_s);
    m_tree->setAccessibleName(name);
    m_tree->setProperty("plain", true);
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new JsonDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *copyNode = new QAction(tr("Copy"), m_tree);
    copyNode->setShortcut(QKeySequence::Copy);
    copyNode->setShortcutContext(Qt::WidgetShortcut);
    connect(copyNode, &QAction::triggered, this, &JsonView::copy);
    m_tree->addAction(copyNode);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);

    m_text = new SourceText(objectName + u"Text"_s, name, this);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->document()->setDocumentMargin(12);
    m_none = new Label(this);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setProperty("quiet", true);
    m_stack = new QStackedWidget(this);
    for (QWidget *page :
         {static_cast<QWidget *>(m_tree), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_none)})
        m_stack->addWidget(page);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 6);
    row->addWidget(m_asTree);
    row->addWidget(m_asText);
    row->addSpacing(8);
    row->addWidget(m_size);
    row->addStretch();
    row->addWidget(m_save);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_stack, 1);
    connect(m_asTree, &QPushButton::clicked, this, [this] { m_stack->setCurrentWidget(m_tree); });
    connect(m_asText, &QPushButton::clicked, this, [this] { m_stack->setCurrentWidget(m_text); });
    connect(m_stack, &QStackedWidget::currentChanged, this, &JsonView::shownChanged);
    connect(m_copy, &QPushButton::clicked, this, &JsonView::copy);
    connect(m_save, &QPushButton::clicked, this, &JsonView::save);
    retheme();
}

void JsonView::setBody(const exchange::Body &body, const QString &emptyText)
{
    if (m_body.shown == body.shown && m_none->text() == emptyText && !body.shown.isEmpty())
        return; // What is unfolded stays so while a row is completed.
    m_body = body;
    m_none->setText(emptyText);
    const bool isJson = m_model.setText(body.shown);
    const bool isThere = !body.shown.isEmpty();
    for (QWidget *part :
         {static_cast<QWidget *>(m_asTree), static_cast<QWidget *>(m_asText), static_cast<QWidget *>(m_copy),
          static_cast<QWidget *>(m_save), static_cast<QWidget *>(m_size)})
        part->setVisible(isThere);
    m_asTree->setEnabled(isJson);
    m_text->setSource(QString::fromUtf8(body.shown));
    const QString size = QLocale().formattedDataSize(body.size);
    m_size->setText(body.isCut ? tr("%1, the beginning is shown").arg(size) : size);
    if (isJson)
        expandUsual();
    const bool asTree = isJson && !m_asText->isChecked();
    (asTree ? m_asTree : m_asText)->setChecked(true);
    m_stack->setCurrentWidget(!isThere ? m_none : asTree ? static_cast<QWidget *>(m_tree) : m_text);
}

void JsonView::expandUsual()
{
    // All of a usual answer; of a large one what fits the eye.
    if (m_body.shown.size() < 8 * 1024)
        m_tree->expandAll();
    else
        m_tree->expandToDepth(2);
}

void JsonView::copy()
{
    const QModelIndex index = m_tree->currentIndex();
    const bool isPart = m_stack->currentWidget() == m_tree && index.isValid() && m_tree->hasFocus();
    QApplication::clipboard()->setText(isPart ? index.data(JsonModel::JsonRole).toString()
                                              : QString::fromUtf8(m_body.shown));
}

QWidget *JsonView::shown() const
{
    return m_stack->currentWidget();
}

void JsonView::save()
{
    auto *dialog = new QFileDialog(this, tr("Save the body"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(objectName() + (m_asTree->isEnabled() ? u".json"_s : u".txt"_s));
    // As it is by now: the row may be another one when the file is chosen.
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes = m_body.shown](const QString &path) {
        QSaveFile file(path);
        const bool isWritten
            = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        Q_EMIT messageWanted(isWritten ? tr("Saved as %1").arg(path)
                                       : tr("%1 cannot be written: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

void JsonView::retheme()
{
    m_text->setFont(Look::fixedFont());
    m_tree->setFont(Look::fixedFont());
    m_tree->doItemsLayout();
}

} // namespace gatehouse::app
