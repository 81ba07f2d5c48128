// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/detailswindows.h"

#include "app/copied.h"
#include "app/details.h"
#include "app/detailswindow.h"
#include "app/icons.h"

namespace gatehouse::app {

DetailsWindows::DetailsWindows(inspector::TrafficModel *model, std::function<void(Details *)> prepare,
                               QWidget *window)
    : QObject(window)
    , m_model(model)
    , m_prepare(std::move(prepare))
    , m_window(window)
{ }

/// Each follows its row, and not the list.
bool DetailsWindows::open(quint64 serial)
{
    const QList<DetailsWindow *> open = m_window->findChildren<DetailsWindow *>(Qt::FindDirectChildrenOnly);
    for (DetailsWindow *one : open) {
        if (one->serial() != serial)
            continue;
        one->raise();
        one->activateWindow();
        return true;
    }
    if (open.size() >= most)
        return false;
    auto *made = new DetailsWindow(m_model, serial, m_window);
    m_prepare(made->details());
    signCopies(made);
    fitIcons(made);
    made->show();
    return true;
}

void DetailsWindows::retheme()
{
    for (DetailsWindow *one : m_window->findChildren<DetailsWindow *>(Qt::FindDirectChildrenOnly))
        one->details()->retheme();
}

} // namespace gatehouse::app
