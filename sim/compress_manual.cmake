# Compresses the manual pages of a package, as Debian asks; CPack calls this before it packs.
file(GLOB_RECURSE pages ${CPACK_TEMPORARY_DIRECTORY}/*.1 ${CPACK_TEMPORARY_DIRECTORY}/*.5)
if(NOT pages)
  message(FATAL_ERROR "the package has no manual pages")
endif()
execute_process(COMMAND gzip -9n ${pages} COMMAND_ERROR_IS_FATAL ANY)
