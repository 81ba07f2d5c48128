# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D BUILD=… -D SOURCE=… -D TO=… -D FLAGS=… -D TYPE=… -D CXX=… -P library.cmake: installs the library of the build folder
# into a clean folder, and builds the examples against it there, as somebody else would: with warnings as errors, and
# nothing of ours in reach but what was installed.
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGV}\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${TO}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --component library --prefix "${TO}/installed")
file(COPY "${SOURCE}/examples" DESTINATION "${TO}")
foreach(example IN ITEMS workos_server documents inspected_server)
    run("${CMAKE_COMMAND}" -S "${TO}/examples/${example}" -B "${TO}/${example}" -G Ninja
        "-DCMAKE_PREFIX_PATH=${TO}/installed" "-DCMAKE_BUILD_TYPE=${TYPE}"
        "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wshadow -Werror ${FLAGS}")
    run("${CMAKE_COMMAND}" --build "${TO}/${example}")
endforeach()

# And by pkg-config, where there is one: what it says is enough for a compiler.
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
    file(GLOB folder "${TO}/installed/lib*/pkgconfig" "${TO}/installed/lib/*/pkgconfig")
    set(ENV{PKG_CONFIG_PATH} "${folder}")
    execute_process(COMMAND "${PKG_CONFIG}" --cflags --libs gatehouse OUTPUT_VARIABLE said
        OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(said UNIX_COMMAND "${said}")
    separate_arguments(flags UNIX_COMMAND "${FLAGS}")
    run("${CXX}" -std=c++20 -fPIC ${flags} "${TO}/examples/workos_server/main.cpp" -o "${TO}/by_pkg_config" ${said})
endif()

# Whoever asks for what is not there is told; whoever only would like it goes on.
foreach(asked IN ITEMS "COMPONENTS;None" "OPTIONAL_COMPONENTS;None")
    list(JOIN asked " " words)
    file(WRITE "${TO}/asks/CMakeLists.txt" "cmake_minimum_required(VERSION 3.25)
project(asks LANGUAGES CXX)
find_package(Gatehouse QUIET ${words})
file(WRITE found \"\${Gatehouse_FOUND} \${Gatehouse_None_FOUND} \${Gatehouse_Server_FOUND}\")
")
    run("${CMAKE_COMMAND}" -S "${TO}/asks" -B "${TO}/asks/build" -G Ninja "-DCMAKE_PREFIX_PATH=${TO}/installed")
    file(READ "${TO}/asks/found" found)
    string(REGEX MATCH "^OPTIONAL" isOptional "${asked}")
    if((isOptional AND NOT found MATCHES "^(1|TRUE|true) FALSE TRUE") OR (NOT isOptional AND found MATCHES "^(1|TRUE|true) "))
        message(FATAL_ERROR "find_package(Gatehouse ${words}) came to: ${found}")
    endif()
endforeach()

# Whoever links both is refused: each holds all rooms, and a program would have them twice.
file(WRITE "${TO}/both/CMakeLists.txt" "cmake_minimum_required(VERSION 3.25)
project(both LANGUAGES CXX)
find_package(Gatehouse REQUIRED COMPONENTS Server Inspector)
add_executable(both \${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
target_link_libraries(both PRIVATE \${LINKED})
")
file(WRITE "${TO}/both/main.cpp" "int main() { }\n")
foreach(linked IN ITEMS "Gatehouse::Server" "Gatehouse::Inspector" "Gatehouse::Server;Gatehouse::Inspector")
    execute_process(COMMAND "${CMAKE_COMMAND}" -S "${TO}/both" -B "${TO}/both/build" -G Ninja
        "-DCMAKE_PREFIX_PATH=${TO}/installed" "-DLINKED=${linked}"
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    list(LENGTH linked how_many)
    if((how_many EQUAL 1 AND NOT result EQUAL 0) OR (how_many EQUAL 2 AND NOT output MATCHES "GATEHOUSE_LIBRARY"))
        message(FATAL_ERROR "linking ${linked} came to ${result}\n${output}")
    endif()
endforeach()
