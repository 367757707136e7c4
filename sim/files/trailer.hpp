#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <rsasim/files/results_file.hpp>

/// The trailer of a results file: 48 bytes behind the HDF5 image, which HDF5 readers ignore. Magic
/// "RSASIM\0\1" (8 bytes), length of the image (8, little-endian), SHA-256 of the image (32).
namespace rsasim::files {

inline constexpr std::size_t trailer_size = 48;

/// Appends the trailer to an image.
void append_trailer(std::vector<std::byte>& image);

/// What was found out about a file before HDF5 saw it.
struct CheckedFile {
    bool has_trailer = false;  ///< false for a file that another program has rewritten
    std::string sha256;        ///< of the image, in hexadecimal
    std::vector<std::byte> image;
};

/// Looks at the bytes of a file. Throws hdf5::Error, with a remedy, for what is no HDF5 file, cut,
/// longer than its image and trailer, or does not give the SHA-256 of its trailer.
CheckedFile check_bytes(std::vector<std::byte> bytes);

/// The same of a file, which is read once, so that what is checked is what is used.
CheckedFile check_file(const std::filesystem::path& path);

/// Gives notice of a file that has no trailer.
void tell_of_missing_trailer(const CheckedFile& checked, const std::filesystem::path& path,
                             const Notice& notice);

}  // namespace rsasim::files
