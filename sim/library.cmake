# rsasim::rsasim: all modules below the command line in one archive, for programs of others.
set(members "")
foreach(module digest math random design analysis replicate resample tally engine
               summary planning scenario files report)
  list(APPEND members $<TARGET_OBJECTS:rsasim_${module}>)
endforeach()
add_library(rsasim_library STATIC ${members})
set_target_properties(rsasim_library PROPERTIES
  OUTPUT_NAME rsasim EXPORT_NAME rsasim LINKER_LANGUAGE CXX)
target_compile_features(rsasim_library INTERFACE cxx_std_20)
target_include_directories(rsasim_library INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(rsasim_library
  PRIVATE fmt::fmt TBB::tbb hdf5::hdf5 hdf5::hdf5_hl OpenSSL::Crypto ZLIB::ZLIB
    PkgConfig::hwy)
add_library(rsasim::rsasim ALIAS rsasim_library)
