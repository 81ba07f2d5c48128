// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "inspector/tone.h"

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;
class QPushButton;

namespace gatehouse::app {

/// One sentence with what is to be added to it on a ground in its tone, and buttons for what can be done.
class Strip : public QFrame
{
    Q_OBJECT

public:
    /// `objectName` begins the names of its parts.
    explicit Strip(const QString &objectName, QWidget *parent = nullptr);

    /// With the tone's own sign, unless another is named.
    void say(inspector::Tone tone, const QString &sentence, const QString &more = {},
             const QString &iconName = {});
    /// At the right end, or below the words where it is narrow.
    QPushButton *addButton(const QString &objectName, const QString &text, const QString &iconName = {});
    void retheme();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeButtons();
    inspector::Tone m_tone = inspector::Tone::Plain;
    QString m_iconName;
    Label *m_icon;
    Label *m_sentence;
    Label *m_more;
    QHBoxLayout *m_row;
    QVBoxLayout *m_words;
    QHBoxLayout *m_buttons;
    bool m_isBelow = false; ///< The buttons, under the words.
};

} // namespace gatehouse::app
