// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/detailswindow.h"

#include "app/details.h"
#include "app/screenroom.h"
#include "inspector/foreigntext.h"
#include "inspector/trafficmodel.h"
#include "inspector/words.h"

#include <QKeyEvent>
#include <QShortcut>
#include <QVBoxLayout>

namespace gatehouse::app {

DetailsWindow::DetailsWindow(inspector::TrafficModel *model, quint64 serial, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_details(new Details(model, this))
    , m_serial(serial)
{
    setObjectName(QStringLiteral("detailsWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_details);
    if (const auto entry = model->entryOf(serial); entry && !entry->isNote())
        setWindowTitle(
            tr("#%1 %2").arg(serial).arg(inspector::lineText(inspector::wordsOf(entry->exchange).call)));
    m_details->show(serial);
    // The menus' keys belong to the other window.
    connect(new QShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F, this), &QShortcut::activated, m_details,
            &Details::find);
    connect(new QShortcut(Qt::Key_F3, this), &QShortcut::activated, m_details,
            [this] { m_details->findNext(false); });
    connect(new QShortcut(Qt::SHIFT | Qt::Key_F3, this), &QShortcut::activated, m_details,
            [this] { m_details->findNext(true); });
    resize(QSize(760, 640).boundedTo(roomOnScreen(*parent)));
}

void DetailsWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace gatehouse::app
