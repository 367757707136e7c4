# cmake -D... -P write_build_info.cmake: fills build_info.cpp.in with the commit of this moment.
# The output is touched only where it changes, so that an unchanged tree rebuilds nothing.
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --abbrev=12 --dirty=+changes --exclude=*
                OUTPUT_VARIABLE RSASIM_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE
                RESULT_VARIABLE failed ERROR_QUIET)
if(failed)
  set(RSASIM_COMMIT unknown)
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
