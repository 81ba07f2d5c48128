// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>

#include <functional>

class QLineEdit;
class QListWidget;

namespace gatehouse::app {

/// One thing that can be done or gone to.
struct PaletteEntry
{
    QString text = {};
    QString place = {}; ///< Where it is otherwise: its menu, its page.
    QString key = {};
    std::function<void()> run = {};
};

/// Those of the entries that hold all words, letters in any case: what begins with the first word comes
/// first, then where a word of it does, each in the order that was given. At most `most`, as indices.
[[nodiscard]] QList<int> paletteMatches(const QList<PaletteEntry> &entries, const QString &typed, int most);

/// Everything that can be done, found by words (Ctrl+K): a field and what it finds, over the window. Closes
/// where something is chosen, with Esc, and where one goes elsewhere; the focus goes back to where it was.
class Palette : public QFrame
{
    Q_OBJECT

public:
    explicit Palette(QWidget *window);

    /// `otherwise`: what is offered for whatever is typed, below what is found.
    using Otherwise = std::function<QList<PaletteEntry>(const QString &typed)>;
    void open(const QList<PaletteEntry> &entries, Otherwise otherwise, const QString &typed = {});

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find();
    void choose(int row);
    void close();
    [[nodiscard]] bool isOurs(const QWidget *widget) const;

    QLineEdit *m_field;
    QListWidget *m_list;
    QList<PaletteEntry> m_entries;
    QList<PaletteEntry> m_found;
    Otherwise m_otherwise;
    QPointer<QWidget> m_before; ///< That had the focus.
};

} // namespace gatehouse::app
