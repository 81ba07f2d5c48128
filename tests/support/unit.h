// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

namespace gatehouse::test {

/// One tst_*.cpp of a room. All of them are in one program, which links once, and is told which of them to
/// run.
struct Unit
{
    QByteArray name; ///< Of the file, without "tst_" and its suffix.
    void (*prepare)(); ///< Before there is an application: QtTest's initMain().
    int (*run)(int argc, char **argv);
};

[[nodiscard]] inline QList<Unit> &units()
{
    static QList<Unit> all;
    return all;
}

template <typename Test> struct Registered
{
    explicit Registered(QByteArray file)
    {
        file = file.sliced(file.lastIndexOf('/') + 1);
        units().append({file.sliced(4, file.lastIndexOf('.') - 4), &QTest::Internal::callInitMain<Test>,
                        [](int argc, char **argv) {
                            Test test;
                            return QTest::qExec(&test, argc, argv);
                        }});
    }
};

} // namespace gatehouse::test

#define GATEHOUSE_TEST(Class) static const gatehouse::test::Registered<Class> registered(__FILE__);
