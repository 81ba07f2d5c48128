// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clientwords.h"
#include "app/label.h"
#include "oauth/device.h"

#include <QWidget>

class QPushButton;
class QSplitter;
class QVBoxLayout;

namespace gatehouse::app {

class HttpText;
class Strip;

/// One step of the client's way: why it is there, what came of it and what can be done, what was sent and
/// answered.
class StepPage : public QWidget
{
    Q_OBJECT

public:
    explicit StepPage(QWidget *parent = nullptr);

    /// What both ends think of the token that was sent with it.
    struct Verdicts
    {
        inspector::Tone clientTone = inspector::Tone::Muted;
        QString client = {}; ///< Empty: nothing is said.
        inspector::Tone serverTone = inspector::Tone::Muted;
        QString server = {};
    };

    /// What a step that is under way waits for, and since when.
    struct Wait
    {
        enum class For { Nothing, Answer, Browser, Device };
        For what = For::Nothing;
        qint64 ms = 0;
        bool isBrowserOpen = false; ///< Else none could be started.
        oauth::DeviceCode code = {}; ///< That somebody types elsewhere.
    };

    void show(int number, const oauth::Step &step, oauth::Grant grant, const QList<Offer> &offers,
              const Verdicts &verdicts, const Wait &wait);
    /// What a step of this kind lets the user choose.
    void addBelowHead(QWidget *widget);
    void setHasTraffic(bool has);
    void setMayRepeat(bool may);
    void retheme();

Q_SIGNALS:
    void offered(gatehouse::app::Offer offer);
    void copyAddressWanted();
    void openAgainWanted();
    void copyCodeWanted();
    void pasteWanted();
    void copyWanted();
    void trafficWanted();
    void repeatWanted();

private:
    void showWait(const Wait &wait, const QString &sentence, const QString &more);
    void makeOffers(const QList<Offer> &offers);

    QVBoxLayout *m_column;
    Label *m_title;
    Label *m_why;
    Label *m_rule;
    Strip *m_strip;
    QWidget *m_offerBar;
    QList<Offer> m_offers;
    QPushButton *m_copyAddress;
    QPushButton *m_openAgain;
    QPushButton *m_copyCode;
    QPushButton *m_paste;
    QWidget *m_verdicts;
    Label *m_clientVerdict;
    Label *m_serverVerdict;
    QSplitter *m_texts;
    HttpText *m_sent;
    HttpText *m_answered;
    QPushButton *m_repeat;
    QPushButton *m_traffic;
};

} // namespace gatehouse::app
