# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D BUILD=… -D SOURCE=… -D TO=… -D FLAGS=… -D TYPE=… -P library.cmake: installs the library of the build folder
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
foreach(example IN ITEMS workos_server inspected_server)
    run("${CMAKE_COMMAND}" -S "${TO}/examples/${example}" -B "${TO}/${example}" -G Ninja
        "-DCMAKE_PREFIX_PATH=${TO}/installed" "-DCMAKE_BUILD_TYPE=${TYPE}"
        "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wshadow -Werror ${FLAGS}")
    run("${CMAKE_COMMAND}" --build "${TO}/${example}")
endforeach()

# And by pkg-config, where there is one.
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
    file(GLOB folder "${TO}/installed/lib*/pkgconfig" "${TO}/installed/lib/*/pkgconfig")
    set(ENV{PKG_CONFIG_PATH} "${folder}")
    run("${PKG_CONFIG}" --exists --print-errors gatehouse)
endif()
