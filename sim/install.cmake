# What `cmake --install` puts where: the program with its manual, completions, scenarios and helpers,
# and the library (library.cmake) with its headers and its CMake package.
include(CMakePackageConfigHelpers)

# The manual and the completions are printed by the program itself.
set(documents ${CMAKE_CURRENT_BINARY_DIR}/documents)
add_custom_command(OUTPUT ${documents}/made
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${documents}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${documents}/man1 ${documents}/man5
  COMMAND rsasim manual --into ${documents}
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${documents} -DPROGRAM=$<TARGET_FILE:rsasim>
          -P ${CMAKE_CURRENT_SOURCE_DIR}/sort_documents.cmake
  COMMAND ${CMAKE_COMMAND} -E touch ${documents}/made
  DEPENDS rsasim ${CMAKE_CURRENT_SOURCE_DIR}/sort_documents.cmake
  COMMENT "Manual pages and completions" VERBATIM)
add_custom_target(rsasim_documents ALL DEPENDS ${documents}/made)

set(share ${CMAKE_INSTALL_DATADIR})
install(TARGETS rsasim COMPONENT program)
install(DIRECTORY ${documents}/man1 ${documents}/man5 DESTINATION ${CMAKE_INSTALL_MANDIR}
        COMPONENT program)
install(FILES ${documents}/rsasim.bash DESTINATION ${share}/bash-completion/completions
        RENAME rsasim COMPONENT program)
install(FILES ${documents}/rsasim.fish DESTINATION ${share}/fish/vendor_completions.d
        COMPONENT program)
# Debian's zsh looks for what packages bring in a folder of its own.
install(CODE "
  set(folder site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\" AND EXISTS /etc/debian_version)
    set(folder vendor-completions)
  endif()
  file(INSTALL \"${documents}/_rsasim\"
       DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${share}/zsh/\${folder}\")"
  COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios DESTINATION ${share}/rsasim COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scripts/slurm ${PROJECT_SOURCE_DIR}/scripts/snakemake
        DESTINATION ${share}/rsasim/scripts USE_SOURCE_PERMISSIONS COMPONENT program)
install(PROGRAMS ${PROJECT_SOURCE_DIR}/scripts/rsasim.py ${PROJECT_SOURCE_DIR}/scripts/rsasim.R
                 ${PROJECT_SOURCE_DIR}/scripts/power_curve.py
                 ${PROJECT_SOURCE_DIR}/scripts/power_curve.R
        DESTINATION ${share}/rsasim/scripts COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR}
        RENAME copyright COMPONENT program)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/rsasim)
install(TARGETS rsasim_library EXPORT rsasim COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/rsasim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT development)
install(EXPORT rsasim NAMESPACE rsasim:: FILE rsasim-targets.cmake DESTINATION ${package}
        COMPONENT development)
configure_package_config_file(rsasim-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/rsasim-config.cmake
  INSTALL_DESTINATION ${package})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/rsasim-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rsasim-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/rsasim-config-version.cmake
        DESTINATION ${package} COMPONENT development)
