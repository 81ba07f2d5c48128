// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keptarguments.h"
#include "app/toolcaller.h"
#include "inspector/offer.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QPushButton;

class QStackedWidget;
class QTabBar;

namespace gatehouse::app {

class Label;
class PageArea;
class Pill;
class SchemaForm;
class SourceText;

/// One thing that a server offers: what it is, what it is given, and as whom it is called.
class OfferPage : public QWidget
{
    Q_OBJECT

public:
    explicit OfferPage(QWidget *parent = nullptr);

    /// `place`: whose it is, for what was last given to it. What is being filled in for another one is kept.
    void show(const QString &place, const inspector::OfferItem &item);
    /// Who may be chosen; the one that is chosen stays where it is among them.
    void setCallers(const QList<Caller> &callers);
    /// Where there is little room, callers are a list to choose from.
    void setCompact(bool isCompact);
    /// Since so many milliseconds; negative: nothing is under way.
    void setRunning(qint64 ms);

    [[nodiscard]] const Caller *caller() const;
    [[nodiscard]] const QList<Caller> &callers() const { return m_callers; }
    [[nodiscard]] const inspector::OfferItem &item() const { return m_item; }
    /// What is filled in. Nullopt where it cannot be read; what is wrong is shown, and has the focus.
    [[nodiscard]] std::optional<QJsonObject> given();
    /// Presses the button.
    void call();
    /// Where to begin.
    [[nodiscard]] QWidget *firstField() const;
    /// What was last given to each, for the next start.
    [[nodiscard]] QByteArray savedArguments();
    void restoreArguments(const QByteArray &saved) { m_kept.restore(saved); }
    void retheme();

Q_SIGNALS:
    void callWanted(const gatehouse::app::Caller &caller, const QJsonObject &given);
    void cancelWanted();

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeFoot();
    void keep();
    void turnTo(int tab);
    bool judge();
    void choose(int index);

    QString m_place;
    inspector::OfferItem m_item;
    QList<Caller> m_callers;
    int m_chosen = 0;
    KeptArguments m_kept; ///< By place, kind and name.
    QJsonObject m_untouched; ///< What the form holds before anybody fills it in.

    Label *m_title;
    Label *m_about;
    Label *m_needs;
    Pill *m_kind;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    PageArea *m_area;
    SchemaForm *m_form;
    QPlainTextEdit *m_json;
    SourceText *m_schema;
    Label *m_fault;
    QWidget *m_whoPlace;
    QComboBox *m_whoBox; ///< The same in a line.
    QWidget *m_who = nullptr;
    QList<QPushButton *> m_chips;
    QPushButton *m_call;
    QPushButton *m_allTheSame;
    QPushButton *m_cancel;
    Label *m_clock;
    int m_tab = 0;
    bool m_isPicked = false; ///< Somebody has chosen the caller.
    bool m_isTried = false; ///< Then what is missing is said, too.
    bool m_isRunning = false;
};

} // namespace gatehouse::app
