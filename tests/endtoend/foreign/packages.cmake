# SPDX-License-Identifier: GPL-3.0-or-later
# Lays the packages of package-lock.json into TO/node_modules; a second run with the same lock file does nothing.
file(SHA256 "${FROM}/package-lock.json" wanted)
set(stamp "${TO}/node_modules/.gatehouse-lock")
if(EXISTS "${stamp}")
    file(READ "${stamp}" present)
    if(present STREQUAL wanted)
        return()
    endif()
endif()

file(COPY "${FROM}/package.json" "${FROM}/package-lock.json" DESTINATION "${TO}")
# A registry may be slow to answer once; a second try is cheap.
foreach(try RANGE 1 2)
    execute_process(COMMAND "${NPM}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
        WORKING_DIRECTORY "${TO}" RESULT_VARIABLE result)
    if(result EQUAL 0)
        file(WRITE "${stamp}" "${wanted}")
        return()
    endif()
endforeach()
message(FATAL_ERROR "npm could not install the packages of ${FROM}/package-lock.json (${result})")
