// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clientfiles/programs.h"

#include <QTimer>
#include <QWidget>

class QFrame;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSplitter;

namespace gatehouse::app {

class ConnectDesk;
class DifferenceView;
class ElidedLabel;
class Label;
class Ladder;
class PageArea;

/// How other programs are told of this server, and whether they come: a list of them, what to type, open or
/// write for one, and what of it has come through the gate.
class ConnectView : public QWidget
{
    Q_OBJECT

public:
    /// The desk outlives it.
    explicit ConnectView(ConnectDesk *desk, QWidget *parent = nullptr);

    [[nodiscard]] QWidget *home() const;
    [[nodiscard]] QList<QWidget *> panes() const;
    void retheme();

Q_SIGNALS:
    void closeWanted(); ///< Back to those that are there.
    void addressCopyWanted();
    void trafficWanted(const QString &filter);
    void messageWanted(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeList();
    [[nodiscard]] QWidget *makePage();
    [[nodiscard]] QWidget *makeWhere(QWidget *parent);
    /// A frame with a title, a line of text in the fixed font, and a button that copies that.
    struct Card
    {
        QFrame *frame = nullptr;
        Label *title = nullptr;
        Label *text = nullptr;
        QPushButton *copy = nullptr;
        QPushButton *open = nullptr; ///< Null where there is nothing to open.
    };
    [[nodiscard]] Card makeCard(const QString &name, const QString &title, bool canOpen, QWidget *parent);
    [[nodiscard]] QWidget *makeFileCard(QWidget *parent);
    void refresh();
    void refreshPeople();
    void showList();
    void showPage();
    void showFile();
    void showLadder();
    void write();
    void takeBack();
    void chooseFolder();
    void copyEntry();

    ConnectDesk *m_desk;
    QTimer m_soon; ///< Changes come in bursts.
    QTimer m_peopleSoon; ///< Those of who comes, which touch no file.
    QTimer m_clock;

    QWidget *m_side; ///< With the list.
    QListWidget *m_list;
    QSplitter *m_splitter;
    QWidget *m_page;
    Label *m_title;
    Label *m_about;
    QWidget *m_where;
    QPushButton *m_forMe;
    QPushButton *m_forProject;
    QLineEdit *m_project;
    QPushButton *m_browse;
    QLineEdit *m_name;
    Label *m_nameFault;
    Card m_command;
    Card m_link;
    QFrame *m_file;
    ElidedLabel *m_filePath;
    DifferenceView *m_difference;
    Label *m_fileWords;
    QPushButton *m_copyEntry;
    QPushButton *m_undo;
    QPushButton *m_write;
    QFrame *m_next;
    Label *m_nextWords;
    Card m_signIn;
    Ladder *m_ladder;
    PageArea *m_ladderArea;
    bool m_isSplit = false; ///< It has had its sizes.
};

} // namespace gatehouse::app
