// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace gatehouse::app {

/// Widgets side by side like the words of a text: what does not fit goes to the next line.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] QSize sizeHint() const override;
    void setGeometry(const QRect &rect) override;
    void insertWidget(int index, QWidget *widget);
    [[nodiscard]] int lineWidth() const; ///< Of all of it in one line.

private:
    /// How high they are within that rectangle; moves them only where it is meant.
    int arrange(const QRect &rect, bool isMeant) const;

    QList<QLayoutItem *> m_items;
};

} // namespace gatehouse::app
