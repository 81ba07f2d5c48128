// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QWidget>

#include <functional>

class QPushButton;
class QTabWidget;
class QTextBrowser;
class QTreeWidget;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class FindBar;
class JsonView;
class Strip;
class TokenPage;

/// Everything about one exchange: a sentence above, the data below in tabs.
class Details : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Summary, Request, Response, Headers, Token, Timing };

    explicit Details(inspector::TrafficModel *model, QWidget *parent = nullptr);

    /// Shows the entry of this serial; 0 shows nothing.
    void show(quint64 serial);
    void setTab(int tab);
    [[nodiscard]] int tab() const;
    [[nodiscard]] QWidget *tabBar() const;
    void setResource(const QString &resource) { m_resource = resource; }
    /// Where the sandbox stands in for AuthKit there is no dashboard to go to.
    void setUsesSandbox(bool usesSandbox) { m_usesSandbox = usesSandbox; }
    /// What to say of a setting that decides (inspector::Advice::setting): where it is, and its value.
    void setSettingWords(std::function<QString(const QString &field)> words)
    {
        m_settingWords = std::move(words);
    }
    /// Whether a request id is one of our own client's steps.
    void setClientSteps(std::function<bool(const QByteArray &)> isOne) { m_isClientStep = std::move(isOne); }
    void copyReport();
    void copyCurl();
    /// Words in the tab that is shown; the next or the one before, too.
    void find();
    void findNext(bool isBackwards);
    void retheme();
    /// Never so low that the strip's words are cut.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clientStepWanted(const QByteArray &requestId);
    void dashboardWanted();
    void keysWanted(); ///< To be fetched now.
    void messageWanted(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    [[nodiscard]] QWidget *shownPage() const;
    void refreshSummary(const exchange::Exchange &exchange);
    void refreshHeaders(const exchange::Exchange &exchange);
    void refreshTiming(const exchange::Exchange &exchange);

    inspector::TrafficModel *m_model;
    quint64 m_serial = 0;
    exchange::Exchange m_exchange; ///< A copy: the log may drop the row while it is read.
    QString m_resource;
    std::function<bool(const QByteArray &)> m_isClientStep;
    std::function<QString(const QString &)> m_settingWords;
    bool m_usesSandbox = false;
    bool m_isWide = false; ///< The summary has two columns.
    Strip *m_strip;
    QPushButton *m_copyAdvice;
    QPushButton *m_dashboard;
    QPushButton *m_fetchKeys;
    QPushButton *m_clientStep;
    QTabWidget *m_tabs;
    QTextBrowser *m_summary;
    JsonView *m_request;
    JsonView *m_response;
    QTreeWidget *m_headers;
    TokenPage *m_token;
    QTextBrowser *m_timing;
    FindBar *m_find;
};

} // namespace gatehouse::app
