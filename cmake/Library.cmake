# SPDX-License-Identifier: GPL-3.0-or-later
# What others link: shared libraries with all rooms inside, of which only the face can be seen.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(gatehouse_package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/Gatehouse")

# A plain `cmake --install` installs the program; `--component library` these.
#
# gatehouse_library(<component> ROOMS … [PUBLIC …] HEADERS …): Gatehouse::<component>, and its part of the installed
# package. ROOMS are those whose symbols of the namespace Gatehouse others may call.
function(gatehouse_library component)
    cmake_parse_arguments(LIB "" "" "ROOMS;PUBLIC;HEADERS" ${ARGN})
    set(name Gatehouse${component})
    list(TRANSFORM LIB_ROOMS PREPEND gatehouse_)
    set(objects ${LIB_ROOMS})
    list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>")
    add_library(${name} SHARED ${objects}) # Whole, and not only what somebody needs of them.
    set(exports "${CMAKE_CURRENT_BINARY_DIR}/exports.map")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/exports.map.in" "${exports}" @ONLY)
    set_target_properties(${name} PROPERTIES
        AUTOMOC OFF
        LINKER_LANGUAGE CXX
        EXPORT_NAME ${component}
        VERSION "${PROJECT_VERSION}"
        SOVERSION "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}" # Until 1.0 a new member of an option breaks it.
        LINK_DEPENDS "${exports}")
    target_link_libraries(${name} PUBLIC Qt6::Core ${LIB_PUBLIC} PRIVATE ${LIB_ROOMS})
    # Each calls its own, also where a program loads both.
    target_link_options(${name} PRIVATE "-Wl,--version-script=${exports}" -Wl,-Bsymbolic)
    # CMake refuses whoever links both.
    set_target_properties(${name} PROPERTIES INTERFACE_GATEHOUSE_LIBRARY ${component})
    set_property(TARGET ${name} APPEND PROPERTY COMPATIBLE_INTERFACE_STRING GATEHOUSE_LIBRARY)
    target_include_directories(${name} INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
    target_compile_features(${name} INTERFACE cxx_std_20)
    install(TARGETS ${name} EXPORT ${name} COMPONENT library EXCLUDE_FROM_ALL)
    install(EXPORT ${name} NAMESPACE Gatehouse:: DESTINATION "${gatehouse_package_folder}" COMPONENT library EXCLUDE_FROM_ALL)
    install(FILES ${LIB_HEADERS} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/Gatehouse" COMPONENT library EXCLUDE_FROM_ALL)
endfunction()

# What find_package(Gatehouse) and pkg-config read.
function(gatehouse_package)
    set(made "${CMAKE_CURRENT_BINARY_DIR}")
    configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/GatehouseConfig.cmake.in" "${made}/GatehouseConfig.cmake"
        INSTALL_DESTINATION "${gatehouse_package_folder}")
    write_basic_package_version_file("${made}/GatehouseConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
    # Where it lies says where the rest is, so that it can be moved; unless the folders are fixed ones.
    set(prefix "${CMAKE_INSTALL_PREFIX}")
    if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
        file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" /)
        string(REGEX REPLACE "/$" "" prefix "\${pcfiledir}/${up}")
    endif()
    foreach(folder IN ITEMS LIBDIR INCLUDEDIR)
        set(${folder} "${CMAKE_INSTALL_${folder}}")
        if(NOT IS_ABSOLUTE "${${folder}}")
            string(PREPEND ${folder} "\${prefix}/")
        endif()
    endforeach()
    configure_file("${PROJECT_SOURCE_DIR}/cmake/gatehouse.pc.in" "${made}/gatehouse.pc" @ONLY)
    install(FILES "${made}/GatehouseConfig.cmake" "${made}/GatehouseConfigVersion.cmake"
        DESTINATION "${gatehouse_package_folder}" COMPONENT library EXCLUDE_FROM_ALL)
    install(FILES "${made}/gatehouse.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT library EXCLUDE_FROM_ALL)
endfunction()
