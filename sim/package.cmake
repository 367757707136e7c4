# `cpack -G DEB` in the build folder makes a Debian package of the program and what goes with it.
set(CPACK_PACKAGE_NAME rsasim)
set(CPACK_PACKAGE_VENDOR "The rsasim authors")
set(CPACK_PACKAGE_CONTACT "The rsasim authors <rsasim@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};rsasim;program;/")

set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/compress_manual.cmake)

set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-h5py, python3-pandas")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-matplotlib, r-base-core, r-cran-hdf5r, slurm-client, snakemake")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Simulates two-arm trials of any size and effect, re-runs the odds-ratio and
P-value analysis on every replicate, and writes power, coverage, bias and
their Monte Carlo standard errors to HDF5; gives the exact answer where the
design reduces to a 2x2 table.")
include(CPack)
