# SPDX-License-Identifier: GPL-3.0-or-later
# What others link: shared libraries with all rooms inside, of which only the face can be seen.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(gatehouse_package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/Gatehouse")

# gatehouse_library(<component> ROOMS … [PUBLIC …] HEADERS …): Gatehouse::<component>, and its part of the installed
# package. ROOMS are those whose symbols of the namespace Gatehouse others may call.
function(gatehouse_library component)
    cmake_parse_arguments(LIB "" "" "ROOMS;PUBLIC;HEADERS" ${ARGN})
    set(name Gatehouse${component})
    list(TRANSFORM LIB_ROOMS PREPEND gatehouse_)
    set(objects ${LIB_ROOMS})
    list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>")
    add_library(${name} SHARED ${objects}) # Whole, and not only what somebody needs of them.
    set(exports "${PROJECT_SOURCE_DIR}/cmake/exports.map")
    set_target_properties(${name} PROPERTIES
        AUTOMOC OFF
        LINKER_LANGUAGE CXX
        EXPORT_NAME ${component}
        VERSION "${PROJECT_VERSION}"
        SOVERSION "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}" # Until 1.0 a new member of an option breaks it.
        LINK_DEPENDS "${exports}")
    target_link_libraries(${name} PUBLIC Qt6::Core ${LIB_PUBLIC} PRIVATE ${LIB_ROOMS})
    target_link_options(${name} PRIVATE "-Wl,--version-script=${exports}")
    target_include_directories(${name} INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
    target_compile_features(${name} INTERFACE cxx_std_20)
    install(TARGETS ${name} EXPORT ${name} COMPONENT library)
    install(EXPORT ${name} NAMESPACE Gatehouse:: DESTINATION "${gatehouse_package_folder}" COMPONENT library)
    install(FILES ${LIB_HEADERS} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/Gatehouse" COMPONENT library)
endfunction()

# What find_package(Gatehouse) and pkg-config read.
function(gatehouse_package)
    set(made "${CMAKE_CURRENT_BINARY_DIR}")
    configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/GatehouseConfig.cmake.in" "${made}/GatehouseConfig.cmake"
        INSTALL_DESTINATION "${gatehouse_package_folder}")
    write_basic_package_version_file("${made}/GatehouseConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/gatehouse.pc.in" "${made}/gatehouse.pc" @ONLY)
    install(FILES "${made}/GatehouseConfig.cmake" "${made}/GatehouseConfigVersion.cmake"
        DESTINATION "${gatehouse_package_folder}" COMPONENT library)
    install(FILES "${made}/gatehouse.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT library)
endfunction()
