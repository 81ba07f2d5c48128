// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/documentsdialog.h"

#include "app/foreigndelegate.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/screenroom.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

QString shown(qint64 ms)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

QString sentenceFor(const store::Fault &fault)
{
    const bool isWhole = fault.detail.isEmpty() || fault.kind == store::Fault::Kind::Unfit;
    return isWhole ? sentenceOf(fault) : sentenceOf(fault) + u" ("_s + fault.detail + u')';
}

QPushButton *button(const QString &name, const QString &text, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

} // namespace

DocumentsDialog::DocumentsDialog(QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"documentsDialog"_s);
    setWindowTitle(tr("Documents"));
    setModal(false);
    auto *parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(makeList());
    parts->addWidget(makeEditor());
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 3);
    auto *column = new QVBoxLayout(this);
    column->addWidget(parts, 1);
    column->addWidget(makeFoot());
    connectParts();
    update();
}

QWidget *DocumentsDialog::makeList()
{
    auto *side = new QWidget(this);
    m_organization = new QComboBox(side);
    m_organization->setObjectName(u"organization"_s);
    m_organization->setEditable(true); // One that has none yet is typed.
    m_organization->setInsertPolicy(QComboBox::NoInsert);
    m_organization->setItemDelegate(new ForeignDelegate(m_organization));
    m_organization->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_organization->lineEdit()->setPlaceholderText(u"org_…"_s);
    for (QWidget *one :
         {static_cast<QWidget *>(m_organization), static_cast<QWidget *>(m_organization->lineEdit()),
          static_cast<QWidget *>(m_organization->view())})
        one->setAccessibleName(tr("Organization"));
    m_organization->setToolTip(tr("Whose documents: the id that WorkOS gave the organization (org_id)"));
    auto *label = new Label(tr("&Organization"), side);
    label->setBuddy(m_organization);
    m_search = new QLineEdit(side);
    m_search->setObjectName(u"searchDocuments"_s);
    m_search->setPlaceholderText(tr("Search titles and texts"));
    m_search->setAccessibleName(tr("Search titles and texts"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(int(store::DocumentLimits::queryLength));
    m_search->addAction(icon(u"search"_s, inspector::Tone::Muted), QLineEdit::LeadingPosition);
    m_list = new QTableWidget(0, 2, side);
    m_list->setObjectName(u"documentList"_s);
    m_list->setAccessibleName(tr("Documents"));
    m_list->setHorizontalHeaderLabels({tr("Title"), tr("Changed")});
    m_list->setItemDelegate(new ForeignDelegate(m_list));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->verticalHeader()->hide();
    m_list->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_list->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_more = button(u"moreDocuments"_s, tr("Show &more"), side);
    m_new = button(u"newDocument"_s, tr("&New document"), side);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 8, 0);
    column->addWidget(label);
    column->addWidget(m_organization);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addWidget(m_more);
    column->addWidget(m_new);
    return side;
}

QWidget *DocumentsDialog::makeEditor()
{
    auto *side = new QWidget(this);
    m_title = new QLineEdit(side);
    m_title->setObjectName(u"documentTitle"_s);
    m_text = new QPlainTextEdit(side);
    m_text->setObjectName(u"documentText"_s);
    m_text->setTabChangesFocus(true);
    auto *titleLabel = new Label(tr("&Title"), side);
    titleLabel->setBuddy(m_title);
    auto *textLabel = new Label(tr("Te&xt"), side);
    textLabel->setBuddy(m_text);
    m_times = new Label(side);
    m_times->setObjectName(u"documentTimes"_s);
    m_times->setProperty("quiet", true);
    m_times->setWordWrap(true);
    m_save = button(u"saveDocument"_s, tr("&Save"), side);
    m_putBack = button(u"putBackDocument"_s, tr("&Put back"), side);
    m_putBack->setToolTip(tr("Shows it as it is stored"));
    m_delete = button(u"deleteDocument"_s, tr("&Delete"), side);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addWidget(m_putBack);
    buttons->addStretch();
    buttons->addWidget(m_delete);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(titleLabel);
    column->addWidget(m_title);
    column->addWidget(textLabel);
    column->addWidget(m_text, 1);
    column->addWidget(m_times);
    column->addLayout(buttons);
    return side;
}

QWidget *DocumentsDialog::makeFoot()
{
    auto *foot = new QWidget(this);
    m_message = new Label(foot);
    m_message->setObjectName(u"documentMessage"_s);
    m_message->setWordWrap(true);
    m_undo = button(u"undoDelete"_s, tr("&Undo"), foot);
    auto *close = button(u"closeDocuments"_s, tr("&Close"), foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_message, 1);
    row->addWidget(m_undo);
    row->addWidget(close);
    return foot;
}

void DocumentsDialog::connectParts()
{
    connect(m_organization, &QComboBox::currentTextChanged, this, [this] {
        m_open.reset();
        edit({});
        m_open.reset();
        loadList();
    });
    // See showOrganizations(). The field's own, since it loses the focus last when this is gone already.
    QLineEdit *typed = m_organization->lineEdit();
    connect(typed, &QLineEdit::editingFinished, typed, [typed] { typed->setModified(false); });
    connect(m_search, &QLineEdit::textChanged, this, &DocumentsDialog::loadList);
    connect(m_list, &QTableWidget::itemSelectionChanged, this, [this] {
        if (const QString id = currentId(); !id.isEmpty() && !isEdited())
            open(id);
    });
    connect(m_more, &QPushButton::clicked, this, [this] {
        with([this](const store::OrganizationDocuments &documents) {
            documents.list(m_next, here<store::DocumentPage>([this, run = m_lists](const auto &page) {
                               if (run != m_lists)
                                   return;
                               if (!page)
                                   return say(page.error());
                               m_next = page->next;
                               addToList(page->documents);
                               finishList();
                           }));
        });
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, [this] { reload(std::exchange(m_isListOld, false)); });
    const auto edited = [this] {
        m_isWarned = false;
        update();
    };
    connect(m_title, &QLineEdit::textChanged, this, edited);
    connect(m_text, &QPlainTextEdit::textChanged, this, edited);
    connect(m_new, &QPushButton::clicked, this, [this] {
        m_list->clearSelection();
        edit({});
        m_title->setFocus();
    });
    connect(m_save, &QPushButton::clicked, this, &DocumentsDialog::save);
    connect(m_putBack, &QPushButton::clicked, this, [this] {
        const store::Document stored = m_open.value_or(store::Document());
        const bool isNew = stored.id.isEmpty();
        edit(stored);
        if (isNew)
            m_open.reset();
        update();
    });
    connect(m_delete, &QPushButton::clicked, this, &DocumentsDialog::remove);
    connect(m_undo, &QPushButton::clicked, this, &DocumentsDialog::undo);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, m_save, &QPushButton::click);
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, this, [this] { reload(); });
}

template <typename T>
store::Database::Answer<T> DocumentsDialog::here(std::function<void(const Made<T> &)> then)
{
    return [invoker = m_landing.invoker(), then = std::move(then)](const Made<T> &made) {
        invoker.post([then, made] { then(made); });
    };
}

void DocumentsDialog::with(const std::function<void(const store::OrganizationDocuments &)> &act)
{
    const auto store = m_store.lock();
    if (!store)
        return say(tr("There are no documents now: the server is stopped, or does not offer them."), true);
    const auto documents = store->of(organization());
    if (!documents)
        return say(tr("Choose an organization first, or type its id."), true);
    act(*documents);
}

void DocumentsDialog::setStore(const std::weak_ptr<store::Documents> &store,
                               const QHash<QString, QString> &organizations)
{
    const bool isAnother = m_store.owner_before(store) || store.owner_before(m_store);
    m_store = store;
    m_known = organizations;
    if (isAnother && !isEdited()) { // What is open may not be there.
        edit({});
        m_open.reset();
        m_removed.reset();
    }
    if (isVisible())
        reload();
}

void DocumentsDialog::documentsChanged(const QString &changed)
{
    m_isListOld = m_isListOld || changed.isEmpty() || changed == organization() || organization().isEmpty();
    if (isVisible() && !m_soon.isActive())
        m_soon.start(); // Callers may change a thousand in a second.
}

bool DocumentsDialog::mayBeLeft()
{
    if (!isEdited() || m_isWarned)
        return true;
    show();
    raise();
    activateWindow();
    say(tr("This document is not saved. Save it or put it back; closing once more loses it."), true);
    m_isWarned = true;
    return false;
}

void DocumentsDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    resize(QSize(860, 560).boundedTo(roomOnScreen(*this)));
    reload();
}

void DocumentsDialog::reload(bool withList)
{
    const auto store = m_store.lock();
    if (!store) {
        loadList();
        return;
    }
    store->organizations(here<QList<store::OrganizationCount>>([this, withList](const auto &counts) {
        if (!counts) {
            m_isListOld = true; // Until it can be read again.
            return sayOfList(sentenceFor(counts.error()), true);
        }
        showOrganizations(*counts);
        if (withList)
            loadList();
    }));
}

void DocumentsDialog::showOrganizations(const QList<store::OrganizationCount> &counts)
{
    if (m_organization->lineEdit()->isModified() || m_organization->view()->isVisible())
        return; // Somebody is typing or choosing one.
    const QSignalBlocker quiet(m_organization);
    const QString now = m_organization->currentText();
    m_organization->clear();
    QMap<QString, qint64> all;
    for (const QString &one : m_known.keys())
        all.insert(one, 0);
    for (const store::OrganizationCount &one : counts)
        all.insert(one.organization, one.documents);
    for (auto one = all.begin(); one != all.end(); ++one) {
        QStringList more{tr("Documents: %1").arg(one.value())};
        if (const QString name = m_known.value(one.key()); !name.isEmpty())
            more.prepend(name);
        m_organization->addItem(one.key());
        m_organization->setItemData(m_organization->count() - 1, inspector::toolTipText(more.join(u" · "_s)),
                                    Qt::ToolTipRole);
    }
    if (!now.isEmpty())
        m_organization->setCurrentText(now);
}

void DocumentsDialog::loadList()
{
    const int run = ++m_lists;
    m_next.clear();
    if (m_isOfList)
        say(QString());
    if (m_wanted.isEmpty())
        m_wanted = m_open ? m_open->id : QString();
    const auto begin = [this, run] {
        const QSignalBlocker quiet(m_list);
        if (run == m_lists)
            m_list->setRowCount(0);
        return run == m_lists;
    };
    const auto store = m_store.lock();
    if (!store || organization().isEmpty()) {
        begin();
        finishList();
        if (!store)
            sayOfList(tr("There are no documents now: the server is stopped, or does not offer them."), true);
        else if (m_organization->count() == 0)
            sayOfList(tr("Nobody has a document yet. Type the id of an organization to add one."));
        return;
    }
    with([&](const store::OrganizationDocuments &documents) {
        if (m_search->text().trimmed().isEmpty())
            return documents.list({}, here<store::DocumentPage>([this, begin](const auto &page) {
                                      if (!begin())
                                          return;
                                      if (!page)
                                          return sayOfList(sentenceFor(page.error()), true);
                                      m_next = page->next;
                                      addToList(page->documents);
                                      finishList();
                                  }));
        documents.search(m_search->text(), here<store::DocumentHits>([this, begin](const auto &hits) {
                             if (!begin())
                                 return;
                             if (!hits)
                                 return sayOfList(sentenceFor(hits.error()), true);
                             QList<store::Document> found;
                             for (const store::DocumentHit &hit : hits->hits)
                                 found.append(hit.document);
                             addToList(found);
                             finishList();
                             if (hits->hasMore)
                                 sayOfList(tr("More were found than are shown: add a word."));
                         }));
    });
}

void DocumentsDialog::addToList(const QList<store::Document> &documents)
{
    const QSignalBlocker quiet(m_list);
    for (const store::Document &one : documents) {
        const int row = m_list->rowCount();
        m_list->insertRow(row);
        auto *title = new QTableWidgetItem(one.title);
        title->setData(Qt::UserRole, one.id);
        m_list->setItem(row, 0, title);
        m_list->setItem(row, 1, new QTableWidgetItem(shown(one.updatedAt)));
    }
}

void DocumentsDialog::finishList()
{
    QString wanted = std::exchange(m_wanted, {});
    if (wanted.isEmpty() && !m_open && m_list->rowCount() > 0)
        wanted = m_list->item(0, 0)->data(Qt::UserRole).toString();
    for (int row = 0; row < m_list->rowCount(); ++row) {
        if (m_list->item(row, 0)->data(Qt::UserRole).toString() != wanted)
            continue;
        const QSignalBlocker quiet(m_list);
        m_list->selectRow(row);
        if (!isEdited())
            open(wanted);
    }
    m_more->setVisible(!m_next.isEmpty());
    if (m_list->rowCount() == 0 && !organization().isEmpty() && m_message->text().isEmpty())
        sayOfList(m_search->text().isEmpty() ? tr("This organization has no document yet.")
                                             : tr("No document has all of these words."));
    update();
}

void DocumentsDialog::open(const QString &id)
{
    with([&](const store::OrganizationDocuments &documents) {
        documents.get(id, here<store::Document>([this, id, from = organization()](const auto &document) {
                          if (isEdited() || from != organization()
                              || (currentId() != id && !currentId().isEmpty()))
                              return; // Another one was chosen meanwhile.
                          if (document)
                              return edit(*document);
                          say(document.error());
                      }));
    });
}

void DocumentsDialog::edit(const store::Document &document)
{
    m_open = document;
    const QSignalBlocker quietTitle(m_title);
    const QSignalBlocker quietText(m_text);
    if (m_title->text() != document.title)
        m_title->setText(document.title);
    if (m_text->toPlainText() != document.text)
        m_text->setPlainText(document.text);
    m_shownTitle = m_title->text();
    m_shownText = m_text->toPlainText();
    m_times->setText(document.id.isEmpty()
                         ? QString()
                         : tr("%1 · made %2 · changed %3")
                               .arg(document.id, shown(document.createdAt), shown(document.updatedAt)));
    update();
}

void DocumentsDialog::save()
{
    if (!m_open || m_isBusy)
        return;
    const auto done = [this](const Made<store::Document> &saved) {
        m_isBusy = false;
        if (!saved) {
            say(saved.error());
            return update();
        }
        say(tr("Saved."));
        m_wanted = saved->id;
        edit(*saved);
        reload();
    };
    with([&](const store::OrganizationDocuments &documents) {
        m_isBusy = true;
        update();
        if (m_open->id.isEmpty())
            return documents.create(m_title->text(), m_text->toPlainText(), here<store::Document>(done));
        // Only what was edited: somebody else may have changed the rest.
        store::OrganizationDocuments::Edit edit;
        if (m_title->text() != m_shownTitle)
            edit.title = m_title->text();
        if (m_text->toPlainText() != m_shownText)
            edit.text = m_text->toPlainText();
        documents.update(m_open->id, edit, here<store::Document>(done));
    });
}

void DocumentsDialog::remove()
{
    if (!m_open || m_open->id.isEmpty() || m_isBusy)
        return;
    with([&](const store::OrganizationDocuments &documents) {
        m_isBusy = true;
        update();
        documents.remove(
            m_open->id, here<store::Document>([this, from = organization()](const auto &removed) {
                m_isBusy = false;
                if (!removed) {
                    say(removed.error());
                    return update();
                }
                edit({});
                m_open.reset();
                say(tr("Deleted “%1”.").arg(removed->title.left(80)));
                m_removed = *removed;
                m_undo->setToolTip(inspector::toolTipText(tr("Brings back “%1”").arg(removed->title)));
                m_removedFrom = from;
                reload();
            }));
    });
}

void DocumentsDialog::undo()
{
    const auto store = m_store.lock();
    const auto documents = store ? store->of(m_removedFrom) : std::nullopt;
    if (!documents || !m_removed)
        return;
    documents->restore(*m_removed, here<store::Document>([this](const auto &back) {
        if (!back)
            return say(back.error());
        m_removed.reset();
        say(tr("It is back."));
        m_wanted = back->id;
        reload();
    }));
}

void DocumentsDialog::update()
{
    const bool isThere = !m_store.expired();
    const bool isEdit = isEdited();
    const bool isOpen = m_open.has_value();
    m_title->setEnabled(isOpen);
    m_text->setEnabled(isOpen);
    m_title->setReadOnly(m_isBusy); // What is typed while it is being saved would be lost.
    m_text->setReadOnly(m_isBusy);
    m_save->setEnabled(isThere && isEdit && !m_isBusy && !m_title->text().trimmed().isEmpty());
    m_putBack->setEnabled(isOpen && (isEdit || m_open->id.isEmpty()) && !m_isBusy);
    m_delete->setEnabled(isThere && isOpen && !m_open->id.isEmpty() && !isEdit && !m_isBusy);
    m_new->setEnabled(isThere && !isEdit && !organization().isEmpty());
    // What is being edited is saved or put back first.
    for (QWidget *one : {static_cast<QWidget *>(m_organization), static_cast<QWidget *>(m_search),
                         static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_more)})
        one->setEnabled(!isEdit);
    m_undo->setVisible(m_removed.has_value());
    m_more->setVisible(!m_next.isEmpty());
}

bool DocumentsDialog::isEdited() const
{
    // With what was shown, and not with what is stored: an editor has its own line ends and spaces.
    return m_open && (m_title->text() != m_shownTitle || m_text->toPlainText() != m_shownText);
}

QString DocumentsDialog::organization() const
{
    return m_organization->currentText().trimmed();
}

QString DocumentsDialog::currentId() const
{
    const QList<QTableWidgetItem *> chosen = m_list->selectedItems();
    return chosen.isEmpty() ? QString()
                            : m_list->item(chosen.first()->row(), 0)->data(Qt::UserRole).toString();
}

void DocumentsDialog::sayOfList(const QString &text, bool isBad)
{
    say(text, isBad);
    m_isOfList = true;
}

void DocumentsDialog::say(const QString &text, bool isBad)
{
    m_isOfList = false;
    m_message->setText(text);
    m_message->setProperty("tone", isBad ? u"bad"_s : QString());
    m_message->style()->unpolish(m_message);
    m_message->style()->polish(m_message);
    update();
}

void DocumentsDialog::say(const store::Fault &fault)
{
    say(sentenceFor(fault), true);
}

} // namespace gatehouse::app
