// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"

#ifdef QT_WIDGETS_LIB
#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif

#include <algorithm>
#include <cstdio>

/// tst_ROOM UNIT [ARGUMENT OF QTEST…]
int main(int argc, char **argv)
{
    using gatehouse::test::Unit;
    const QList<Unit> &all = gatehouse::test::units();
    const QByteArray wanted = argc > 1 ? argv[1] : "";
    const auto unit
        = std::find_if(all.begin(), all.end(), [&wanted](const Unit &one) { return one.name == wanted; });
    if (unit == all.end()) {
        std::fputs("Name one of these, and then what QtTest is to be told:\n", stderr);
        for (const Unit &one : all)
            std::fprintf(stderr, "  %s\n", one.name.constData());
        return 1;
    }
    argv[1] = argv[0]; // The rest is QtTest's.
    unit->prepare();
    int count = argc - 1;
    Application application(count, argv + 1);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi, true);
    return unit->run(count, argv + 1);
}
