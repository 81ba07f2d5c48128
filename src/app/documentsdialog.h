// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/threadinvoker.h"
#include "store/documents.h"

#include <QDialog>
#include <QHash>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace gatehouse::app {

class Label;

/// The documents of one organization after the other, to look at and to edit: as their administrator, whose
/// word counts without a token. What is being edited is kept until it is saved or put back, also while the
/// dialog is closed.
class DocumentsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit DocumentsDialog(QWidget *parent = nullptr);

    /// Of what runs; gone where none are offered. `organizations` are known to be there, by id their names.
    void setStore(const std::weak_ptr<store::Documents> &store,
                  const QHash<QString, QString> &organizations = {});
    /// Of that organization; of any, where it is empty.
    void documentsChanged(const QString &organization);
    /// Where something is being edited it shows itself and says so: false. The second time in a row it is
    /// lost.
    [[nodiscard]] bool mayBeLeft();
    /// What is being edited may be lost without a word.
    void leave() { m_isWarned = true; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    template <typename T> using Made = base::Expected<T, store::Fault>;
    QWidget *makeList();
    QWidget *makeEditor();
    QWidget *makeFoot();
    void connectParts();
    /// An answer on this thread, while this is there.
    template <typename T> store::Database::Answer<T> here(std::function<void(const Made<T> &)> then);
    /// Does it with the documents of the chosen organization, or says why it cannot.
    void with(const std::function<void(const store::OrganizationDocuments &)> &act);

    void reload(bool withList = true);
    void showOrganizations(const QList<store::OrganizationCount> &counts);
    void loadList();
    void addToList(const QList<store::Document> &documents);
    void finishList();
    void open(const QString &id);
    void edit(const store::Document &document); ///< Without an id it is a new one.
    void save();
    void remove();
    void undo();
    void update();
    [[nodiscard]] bool isEdited() const;
    [[nodiscard]] QString organization() const;
    [[nodiscard]] QString currentId() const;
    void say(const QString &text, bool isBad = false);
    void sayOfList(const QString &text, bool isBad = false); ///< Until there is another one.
    void say(const store::Fault &fault);

    std::weak_ptr<store::Documents> m_store;
    QHash<QString, QString> m_known; ///< Organizations.
    std::optional<store::Document> m_open; ///< As it is stored; without an id it is not yet.
    QString m_shownTitle; ///< As the editors showed it …
    QString m_shownText; ///< … before it was edited.
    std::optional<store::Document> m_removed; ///< Can be put back …
    QString m_removedFrom; ///< … there.
    QString m_next; ///< The cursor of what the list does not show yet.
    QString m_wanted; ///< The document to choose once the list is there.
    QTimer m_soon; ///< Until what has changed is read.
    bool m_isListOld = false;
    bool m_isOfList = false; ///< What is said is about the list that is shown.
    int m_lists = 0; ///< How many lists were asked for: older answers do not count.
    bool m_isBusy = false; ///< Something is being written.
    bool m_isWarned = false; ///< What is edited would be lost, and that was said.

    QComboBox *m_organization = nullptr;
    QLineEdit *m_search = nullptr;
    QTableWidget *m_list = nullptr;
    QPushButton *m_more = nullptr;
    QLineEdit *m_title = nullptr;
    QPlainTextEdit *m_text = nullptr;
    Label *m_times = nullptr;
    QPushButton *m_new = nullptr;
    QPushButton *m_delete = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_putBack = nullptr;
    QPushButton *m_undo = nullptr;
    Label *m_message = nullptr;
    mcp::Landing m_landing; ///< Last, so that it goes first: answers that come later are dropped.
};

} // namespace gatehouse::app
