# SPDX-License-Identifier: GPL-3.0-or-later
# What every target shares (warnings, Qt's strictness, the include root), and the functions that add a room and a test.

add_library(gatehouse_rules INTERFACE)
target_include_directories(gatehouse_rules INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_options(gatehouse_rules INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
target_compile_definitions(gatehouse_rules INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    GATEHOUSE_VERSION="${PROJECT_VERSION}")

# gatehouse_room(<name> SOURCES … [ROOMS …] [PUBLIC …] [PRIVATE …]): one static library per room. ROOMS are the link
# edges of the rooms' table in CONTRIBUTING.md; tests/house checks the #include lines against the same table.
function(gatehouse_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;PUBLIC;PRIVATE" ${ARGN})
    list(TRANSFORM ROOM_ROOMS PREPEND gatehouse_)
    qt_add_library(gatehouse_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(gatehouse_${name}
        PUBLIC gatehouse_rules Qt6::Core ${ROOM_ROOMS} ${ROOM_PUBLIC}
        PRIVATE ${ROOM_PRIVATE})
    # The first room makes the precompiled header, the others use it: what all of them read anyway.
    if(name STREQUAL base)
        target_precompile_headers(gatehouse_base PRIVATE
            <QtCore/QtCore> <functional> <memory> <optional> <vector> <tl/expected.hpp>)
    else()
        target_precompile_headers(gatehouse_${name} REUSE_FROM gatehouse_base)
    endif()
endfunction()

# gatehouse_test(<room> <unit> [SOURCES …] [TIMEOUT s] LIBRARIES …): tests/<room>/tst_<unit>.cpp, one executable each.
function(gatehouse_test room unit)
    cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LIBRARIES" ${ARGN})
    set(target tst_${room}_${unit})
    qt_add_executable(${target} tst_${unit}.cpp ${TEST_SOURCES})
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(${target} PRIVATE GATEHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE gatehouse_rules Qt6::Test ${TEST_LIBRARIES})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    add_test(NAME ${room}/${unit} COMMAND ${target})
    set_tests_properties(${room}/${unit} PROPERTIES TIMEOUT ${TEST_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;GATEHOUSE=$<TARGET_FILE:gatehouse>")
    if(room STREQUAL endtoend)
        add_dependencies(${target} gatehouse)
    endif()
endfunction()
