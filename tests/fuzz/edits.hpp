#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>

namespace fuzz {

/// An HDF5 image after a few edits that the input decides.
std::vector<std::byte> edited(const std::vector<std::byte>& image, FuzzedDataProvider& input);

/// The image with another attribute results_sha256.
std::vector<std::byte> with_digest(const std::vector<std::byte>& image, const std::string& digest);

}  // namespace fuzz
