#include "chunk_filters.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <fmt/format.h>
#include <zlib.h>

namespace rsasim::files {
namespace {

constexpr unsigned bits_of_byte = 8, bits_of_word = 16;

/// Modulo 65535 with the representatives 1 to 65535; 0 stays 0.
std::uint64_t folded(std::uint64_t sum) {
    constexpr std::uint64_t modulus = 0xFFFF;
    return sum == 0 ? 0 : (sum - 1) % modulus + 1;
}

}  // namespace

std::vector<std::byte> shuffled(std::span<const std::byte> bytes, std::size_t bytes_each) {
    if (bytes_each == 0 || bytes.size() % bytes_each != 0) {
        throw std::invalid_argument(
            fmt::format("shuffled: {} bytes are not numbers of {}", bytes.size(), bytes_each));
    }
    const std::size_t numbers = bytes.size() / bytes_each;
    std::vector<std::byte> planes(bytes.size());
    for (std::size_t plane = 0; plane < bytes_each; ++plane) {
        auto* to = planes.data() + plane * numbers;
        for (std::size_t i = 0; i < numbers; ++i)
            to[i] = bytes[i * bytes_each + plane];
    }
    return planes;
}

std::vector<std::byte> deflated(std::span<const std::byte> bytes, int level) {
    auto size = compressBound(bytes.size());
    std::vector<std::byte> stream(size);
    const int status = compress2(reinterpret_cast<Bytef*>(stream.data()), &size,
                                 reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), level);
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status != Z_OK) throw std::runtime_error(fmt::format("zlib: {}", zError(status)));
    // A copy: many streams wait to be written, and the room for the worst case is a megabyte each.
    return {stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::uint32_t fletcher32(std::span<const std::byte> bytes) {
    // 2^16 words leave both sums below 2^49.
    constexpr std::size_t most_at_once = std::size_t{1} << 17;
    std::uint64_t lower = 0, upper = 0;
    while (!bytes.empty()) {
        const auto piece = bytes.first(std::min(bytes.size(), most_at_once));
        bytes = bytes.subspan(piece.size());
        for (std::size_t i = 0; i < piece.size(); i += 2) {
            const auto high = std::to_integer<std::uint64_t>(piece[i]) << bits_of_byte;
            const bool is_whole = i + 1 < piece.size();
            lower += high | (is_whole ? std::to_integer<std::uint64_t>(piece[i + 1]) : 0);
            upper += lower;
        }
        lower = folded(lower);
        upper = folded(upper);
    }
    return static_cast<std::uint32_t>(upper << bits_of_word | lower);
}

void append_fletcher32(std::vector<std::byte>& bytes) {
    auto sum = fletcher32(bytes);
    for (std::size_t i = 0; i < sizeof(sum); ++i) {
        bytes.push_back(static_cast<std::byte>(sum & 0xFFU));
        sum >>= bits_of_byte;
    }
}

}  // namespace rsasim::files
