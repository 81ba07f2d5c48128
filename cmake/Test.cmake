# SPDX-License-Identifier: GPL-3.0-or-later
# What all tests share, and the function that adds one.

# Qt gives each folder of tests its own definitions for QFINDTESTDATA, which no test uses; with them neither a
# precompiled header nor ccache's work would serve more than one folder.
get_target_property(definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
list(FILTER definitions EXCLUDE REGEX QT_TESTCASE)
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS "${definitions}")

# Nobody waits for the tests' own code: unoptimized, it compiles in half of the time, and without the checks for
# undefined behaviour, which are for what is tested, in two thirds of that.
add_library(gatehouse_test_rules INTERFACE)
target_compile_options(gatehouse_test_rules INTERFACE $<$<CONFIG:Debug>:-O0> -fno-sanitize=undefined)
target_link_libraries(gatehouse_test_rules INTERFACE gatehouse_rules Qt6::Test Qt6::Network tl::expected)

# Two precompiled headers, since <QTest> says more where it knows of widgets.
function(gatehouse_test_headers name)
    file(CONFIGURE OUTPUT ${name}.cpp CONTENT "// Only for its precompiled header.\n")
    add_library(${name} OBJECT "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_link_libraries(${name} PRIVATE gatehouse_test_rules)
    target_precompile_headers(${name} PRIVATE ${gatehouse_headers} <QTest> <QTcpServer> <QTcpSocket>)
endfunction()
gatehouse_test_headers(gatehouse_test_headers_core)
gatehouse_test_headers(gatehouse_test_headers_widgets)
target_link_libraries(gatehouse_test_headers_widgets PRIVATE Qt6::Widgets)
target_precompile_headers(gatehouse_test_headers_widgets PRIVATE <QApplication> <QLabel> <QTreeWidget> <QTableView>)

# gatehouse_test(<room> <unit> [ON_DISPLAY] [SOURCES …] [TIMEOUT s] [COST s] LIBRARIES …): tests/<room>/tst_<unit>.cpp,
# all of a room in one program, tst_<room> UNIT. COST is about how long it takes: what takes longest is begun first.
# ON_DISPLAY runs it on a display of its own: shortcuts and focus are not the same without one.
find_program(XVFB_RUN xvfb-run REQUIRED)
set(rooms_with_widgets app inspector inspect)
function(gatehouse_test room unit)
    cmake_parse_arguments(TEST "ON_DISPLAY" "TIMEOUT;COST" "SOURCES;LIBRARIES" ${ARGN})
    set(target tst_${room})
    if(NOT TARGET ${target})
        qt_add_executable(${target} "${PROJECT_SOURCE_DIR}/tests/support/main.cpp")
        target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
        target_compile_definitions(${target} PRIVATE GATEHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
        target_link_libraries(${target} PRIVATE gatehouse_test_rules)
        if(room IN_LIST rooms_with_widgets)
            target_link_libraries(${target} PRIVATE Qt6::Widgets)
            target_precompile_headers(${target} REUSE_FROM gatehouse_test_headers_widgets)
        else()
            target_precompile_headers(${target} REUSE_FROM gatehouse_test_headers_core)
        endif()
        if(room STREQUAL endtoend)
            add_dependencies(${target} gatehouse)
        endif()
    endif()
    target_sources(${target} PRIVATE tst_${unit}.cpp ${TEST_SOURCES})
    target_link_libraries(${target} PRIVATE ${TEST_LIBRARIES})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 240)
    endif()
    if(NOT TEST_COST)
        set(TEST_COST 1)
    endif()
    set(platform offscreen)
    set(display)
    set(leaks 1)
    if(TEST_ON_DISPLAY)
        set(platform xcb)
        set(display "${XVFB_RUN}" -a -s "-screen 0 1600x1100x24")
        # Newer ones never let go of QGenericUnixServices, whose stack is too short to name in a suppression.
        if(Qt6_VERSION VERSION_GREATER_EQUAL 6.5)
            set(leaks 0)
        endif()
    endif()
    add_test(NAME ${room}/${unit} COMMAND ${display} $<TARGET_FILE:${target}> ${unit})
    set_tests_properties(${room}/${unit} PROPERTIES TIMEOUT ${TEST_TIMEOUT} COST ${TEST_COST}
        ENVIRONMENT "QT_QPA_PLATFORM=${platform};ASAN_OPTIONS=detect_leaks=${leaks}:detect_stack_use_after_return=1;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0;LC_ALL=C.UTF-8;GATEHOUSE=$<TARGET_FILE:gatehouse>")
endfunction()
