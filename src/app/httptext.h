// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sourcetext.h"

namespace gatehouse::app {

/// Requests and answers as text: start lines stand out, names of headers step back, JSON has its
/// colours.
class HttpText : public SourceText
{
    Q_OBJECT

public:
    HttpText(const QString &objectName, const QString &name, QWidget *parent = nullptr);

    /// Keeps the place where one reads while the same text grows.
    void setHttp(const QString &given);
    void retheme();

private:
    class Colours;
    Colours *m_colours;
};

} // namespace gatehouse::app
