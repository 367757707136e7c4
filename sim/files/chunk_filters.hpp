#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The filters of a chunk, one by one, with the bytes that HDF5's own filters give; they may run on
/// any thread. Byte orders and sums are those of "HDF5 File Format Specification 3.0", IV.A.2.l.
/// Evidence: chunks that HDF5 filtered, in tests/files/hdf5_chunks_test.cpp.
namespace rsasim::files {

/// The first byte of every number, then the second of every number, and so on. Throws
/// std::invalid_argument where the bytes are not whole numbers of `bytes_each`.
std::vector<std::byte> shuffled(std::span<const std::byte> bytes, std::size_t bytes_each);

/// One zlib stream (RFC 1950) at a level from 0 to 9. Throws std::bad_alloc without memory, and
/// std::runtime_error with zlib's words.
std::vector<std::byte> deflated(std::span<const std::byte> bytes, int level);

/// Fletcher's checksum over big-endian words w_1 ... w_n of 16 bits, the last one filled with a
/// zero byte where it is half: a = sum w_i in the lower, b = sum (n + 1 - i) w_i in the upper 16
/// bits. Both are modulo 65535, and multiples of it other than 0 are 65535.
std::uint32_t fletcher32(std::span<const std::byte> bytes);

/// Puts the checksum of the bytes behind them, little-endian.
void append_fletcher32(std::vector<std::byte>& bytes);

}  // namespace rsasim::files
