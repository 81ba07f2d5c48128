# SPDX-License-Identifier: GPL-3.0-or-later
# What every target shares (warnings, Qt's strictness, the include root), and the function that adds a room.

add_library(gatehouse_rules INTERFACE)
target_include_directories(gatehouse_rules INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_options(gatehouse_rules INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
target_compile_definitions(gatehouse_rules INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    GATEHOUSE_VERSION="${PROJECT_VERSION}")

# What nearly every source reads: chosen, since all of QtCore takes longer to load than it saves.
set(gatehouse_headers
    <QByteArray> <QCoreApplication> <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QObject>
    <QPointer> <QRegularExpression> <QSet> <QString> <QStringList> <QTimer> <QUrl>
    <algorithm> <functional> <memory> <optional> <vector> <tl/expected.hpp>)

# gatehouse_room(<name> SOURCES … [ROOMS …] [PUBLIC …] [PRIVATE …]): one static library per room. ROOMS are the link
# edges of the rooms' table in CONTRIBUTING.md; tests/house checks the #include lines against the same table.
function(gatehouse_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;PUBLIC;PRIVATE" ${ARGN})
    list(TRANSFORM ROOM_ROOMS PREPEND gatehouse_)
    qt_add_library(gatehouse_${name} STATIC ${ROOM_SOURCES})
    # A part of the shared libraries, too; Qt 6.4 asks for it by itself, newer ones only for code that any program can use.
    set_target_properties(gatehouse_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_link_libraries(gatehouse_${name}
        PUBLIC gatehouse_rules Qt6::Core ${ROOM_ROOMS} ${ROOM_PUBLIC}
        PRIVATE ${ROOM_PRIVATE})
    # The first room makes the precompiled header, the others use it: what all of them read anyway.
    if(name STREQUAL base)
        target_precompile_headers(gatehouse_base PRIVATE
            ${gatehouse_headers})
    else()
        target_precompile_headers(gatehouse_${name} REUSE_FROM gatehouse_base)
    endif()
endfunction()
