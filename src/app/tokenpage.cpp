// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tokenpage.h"

#include "app/elidedlabel.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/pill.h"
#include "app/theme.h"
#include "base/json.h"
#include "base/jsontext.h"
#include "inspector/exchangewords.h"
#include "inspector/foreigntext.h"
#include "inspector/words.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::ClaimModel;
using inspector::Tone;

class ClaimDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Look::theme();
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const Tone tone = index.data(ClaimModel::CellToneRole).value<Tone>();
        painter->save();
        painter->fillRect(option.rect, isSelected ? theme.selection : theme.base);
        if (isSelected && index.column() == ClaimModel::Claim)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent);
        painter->setPen(theme.line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        QRect rect = option.rect.adjusted(8, 0, -8, -1);
        const QFont font = index.column() == ClaimModel::Value ? Look::fixedFont() : option.font;
        painter->setFont(font);
        const QFontMetrics metrics(font);
        if (index.column() == ClaimModel::Check && !index.data().toString().isEmpty()) {
            const int size = metrics.ascent() + 2;
            painter->drawPixmap(rect.left(), rect.center().y() - size / 2 + 1,
                                iconPixmap(iconNameOf(tone), theme.colorOf(tone), size,
                                           painter->device()->devicePixelRatioF()));
            rect.setLeft(rect.left() + size + 6);
        }
        const QString text = index.data().toString();
        const int at = index.data(ClaimModel::DiffersAtRole).toInt();
        if (at >= 0 && metrics.horizontalAdvance(text) <= rect.width()) {
            // The part that is wrong stands on a ground of its own.
            const int length = index.data(ClaimModel::DiffersLengthRole).toInt();
            const int left = rect.left() + metrics.horizontalAdvance(text.first(at));
            QColor mark = theme.bad;
            mark.setAlpha(60);
            painter->fillRect(QRect(left, rect.top() + 2,
                                    std::max(3, metrics.horizontalAdvance(text.mid(at, length))),
                                    rect.height() - 4),
                              mark);
            painter->setPen(theme.bad);
            painter->drawLine(left, rect.bottom() - 2, left + metrics.horizontalAdvance(text.mid(at, length)),
                              rect.bottom() - 2);
        }
        painter->setPen(theme.colorOf(tone));
        painter->drawText(rect, Qt::AlignVCenter,
                          metrics.elidedText(inspector::isolated(text), Qt::ElideMiddle, rect.width()));
        painter->restore();
    }
};

} // namespace

TokenPage::TokenPage(QWidget *parent, const QString &objectName)
    : QWidget(parent)
{
    const auto named = [&objectName](const QString &name) {
        return objectName.isEmpty() ? name : objectName + name.at(0).toUpper() + name.sliced(1);
    };
    setObjectName(named(u"tokenPage"_s));
    m_none = new Label(this);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setProperty("quiet", true);
    m_page = new QWidget(this);
    m_about = new ElidedLabel(m_page);
    m_about->setObjectName(named(u"tokenAbout"_s));
    m_about->setProperty("quiet", true);
    m_expiry = new Pill(m_page);
    m_expiry->setObjectName(named(u"tokenExpiry"_s));
    auto *copyPayload = new QPushButton(icon(u"copy"_s), tr("Copy claims"), m_page);
    copyPayload->setObjectName(named(u"copyClaims"_s));
    copyPayload->setFlat(true);
    m_table = new QTableView(m_page);
    m_table->setObjectName(named(u"claims"_s));
    m_table->setAccessibleName(tr("Claims of the token"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new ClaimDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *copyValue = new QAction(tr("Copy value"), m_table);
    copyValue->setShortcut(QKeySequence::Copy);
    copyValue->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copyValue);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_meaning = new Label(m_page);
    m_meaning->setObjectName(named(u"claimMeaning"_s));
    m_meaning->setProperty("quiet", true);
    m_meaning->setWordWrap(true);
    m_meaning->setMinimumHeight(24);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 6, 16, 6);
    row->addWidget(m_about, 1);
    row->addWidget(copyPayload);
    row->addWidget(m_expiry);
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 4, 16, 4);
    foot->addWidget(m_meaning);
    column->addLayout(foot);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_page);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);

    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, &TokenPage::updateExpiry);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &TokenPage::updateMeaning);
    connect(copyPayload, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(claimsText()); });
    connect(copyValue, &QAction::triggered, this, [this] {
        const QModelIndex value = m_table->currentIndex().siblingAtColumn(ClaimModel::Value);
        QApplication::clipboard()->setText(value.data().toString());
    });
    retheme();
}

void TokenPage::show(const exchange::Exchange &exchange)
{
    const bool isUnreadable = !exchange.verdict.fingerprint.isEmpty() && exchange.verdict.claims.isEmpty();
    show(exchange.verdict, exchange.times.receivedAt, inspector::Reader::Gate,
         isUnreadable ? tr("The token could not be read. %1").arg(inspector::whyRefused(exchange))
                      : tr("This request carried no token."));
}

void TokenPage::show(const auth::Verdict &verdict, qint64 atMs, inspector::Reader reader,
                     const QString &noneText)
{
    const bool isSame = m_verdict == verdict;
    m_verdict = verdict;
    const bool isReadable = !m_verdict.claims.isEmpty();
    m_stack->setCurrentWidget(isReadable ? m_page : static_cast<QWidget *>(m_none));
    if (!isReadable) {
        m_clock.stop();
        m_none->setText(noneText);
        return;
    }
    if (isSame)
        return;
    const auto member = [this](QLatin1StringView name) {
        return inspector::escapedForDisplay(m_verdict.header.value(name).toString().left(200));
    };
    m_about->setText(tr("Token %1").arg(QString::fromUtf8(m_verdict.fingerprint)) + u"   ·   alg "_s
                     + member("alg"_L1) + u"   ·   kid "_s
                     + (member("kid"_L1).isEmpty() ? u"–"_s : member("kid"_L1)));
    m_model.setRows(inspector::claimRowsOf(m_verdict, atMs, reader));
    // The claim that decided is what one wants to see.
    int chosen = 0;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex check = m_model.index(row, ClaimModel::Check);
        if (check.data(ClaimModel::CellToneRole).value<Tone>() == Tone::Bad) {
            chosen = row;
            break;
        }
    }
    m_table->setCurrentIndex(m_model.index(chosen, 0));
    updateMeaning();
    updateExpiry();
    m_clock.start();
}

void TokenPage::updateExpiry()
{
    const inspector::Expiry expiry = inspector::expiryOf(m_verdict, QDateTime::currentMSecsSinceEpoch());
    m_expiry->setVisible(!expiry.text.isEmpty());
    m_expiry->set(expiry.tone, expiry.text);
}

void TokenPage::updateMeaning()
{
    const QString meaning = m_table->currentIndex().data(ClaimModel::MeaningRole).toString();
    m_meaning->setText(meaning.isEmpty() ? tr("Neither the standards nor AuthKit give this claim a meaning.")
                                         : meaning);
}

QString TokenPage::claimsText() const
{
    return QString::fromUtf8(base::indentedJson(m_verdict.claimsText));
}

QTableView *TokenPage::table() const
{
    return m_stack->currentWidget() == m_page ? m_table : nullptr;
}

void TokenPage::retheme()
{
    const QFontMetrics metrics(font());
    const QFontMetrics fixed(Look::fixedFont());
    m_table->verticalHeader()->setDefaultSectionSize(metrics.height() + 5);
    m_table->setColumnWidth(ClaimModel::Claim, metrics.horizontalAdvance(u"email_verified"_s) + 20);
    m_table->setColumnWidth(ClaimModel::Value,
                            fixed.horizontalAdvance(u"user_01J00000000000000000000ADA"_s) + 24);
    m_table->setColumnWidth(ClaimModel::Words,
                            metrics.horizontalAdvance(u"00:00:00, 12 min after the request"_s) + 20);
    m_table->viewport()->update();
}

} // namespace gatehouse::app
