// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "host/host.h"
#include "host/settings.h"

#include <QObject>

#include <memory>

namespace gatehouse::host {

/// Everything that answers requests, put together: lives wholly on one thread, made and deleted there.
class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(QObject *parent = nullptr);
    ~Engine() override;

    /// Listens, or says why not. Call once.
    [[nodiscard]] base::Expected<Running, StartError> start(const Settings &settings);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace gatehouse::host
