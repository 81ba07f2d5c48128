// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

namespace gatehouse::app {

/// The filter's line: offers what the word at the cursor could become. Tab or Return takes what is marked,
/// Down opens the list, Esc closes it.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);

    void retheme();
    /// Whether a field is being named: what stands there is hardly meant as a word.
    [[nodiscard]] bool isNamingField() const;
    /// The text, without the field that is being named.
    [[nodiscard]] QString askedText() const;

Q_SIGNALS:
    /// No field is being named any more.
    void named();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Where the word at the cursor begins and ends.
    struct Word
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    [[nodiscard]] Word wordAtCursor() const;
    /// Up to the cursor.
    [[nodiscard]] QString typedWord() const;
    void offer(bool atAnyRate);
    void insertTerm(const QString &term);

    QCompleter *m_completer;
    QStandardItemModel *m_terms;
};

} // namespace gatehouse::app
