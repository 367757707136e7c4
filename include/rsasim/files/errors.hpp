#pragma once

#include <stdexcept>

namespace rsasim::files {

/// The world failed: a file could not be read or written. The message has the path and the cause.
class FileError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace rsasim::files
