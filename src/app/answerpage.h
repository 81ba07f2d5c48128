// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/toolcaller.h"
#include "inspector/tone.h"

#include <QImage>
#include <QWidget>

class QPushButton;
class QScrollArea;
class QStackedWidget;
class QStandardItemModel;
class QTabBar;
class QTableView;
class QVBoxLayout;

namespace gatehouse::app {

class JsonView;
class Label;
class PageArea;
class SourceText;
class Strip;

/// What came of a call: the verdict on it, and the result as a table, in words and pictures, and as it came.
class AnswerPage : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerPage(QWidget *parent = nullptr);

    /// Nothing was called yet.
    void clear();
    /// `as`: as whom it was called. `validity`: whether a structured result fits its schema; empty: there is
    /// none.
    void show(const QString &as, const ToolCaller::Outcome &outcome, const QString &validity);
    /// What this program's server says of it, once that is known.
    void setVerdict(inspector::Tone tone, const QString &sentence, const QString &more);
    /// What the server tells while it goes on.
    void addTold(const QString &text);
    /// Whether the request is among the traffic.
    void setHasTraffic(bool hasTraffic);
    void retheme();

Q_SIGNALS:
    void trafficWanted();
    void messageWanted(const QString &text);

private:
    void open();
    void showError(const QString &who, const client::Error &error);
    void showResult(const QString &who, const client::Result &result, const QString &validity);
    void fillTable(const QJsonObject &result);
    void fillPictures(const QJsonObject &result);
    void save();

    Strip *m_strip;
    QPushButton *m_traffic;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    QTableView *m_table;
    QStandardItemModel *m_rows;
    SourceText *m_text;
    JsonView *m_json;
    QWidget *m_picturePlace;
    QVBoxLayout *m_pictures;
    PageArea *m_words;
    QPushButton *m_save;
    QString m_as;
    QStringList m_told;
    QList<QPair<QString, QByteArray>> m_blobs; ///< Name and bytes of what can be saved.
};

} // namespace gatehouse::app
