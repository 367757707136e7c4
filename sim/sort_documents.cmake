# Puts the manual pages in FOLDER into man1 and man5, and adds the completions that PROGRAM prints.
foreach(section 1 5)
  file(GLOB pages ${FOLDER}/*.${section})
  file(COPY ${pages} DESTINATION ${FOLDER}/man${section})
  file(REMOVE ${pages})
endforeach()
foreach(row "bash rsasim.bash" "zsh _rsasim" "fish rsasim.fish")
  separate_arguments(row UNIX_COMMAND "${row}")
  list(GET row 0 shell)
  list(GET row 1 file)
  execute_process(COMMAND ${PROGRAM} completion ${shell} OUTPUT_FILE ${FOLDER}/${file}
                  COMMAND_ERROR_IS_FATAL ANY)
endforeach()
