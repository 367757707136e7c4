#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::random {
namespace {

std::uint32_t little_endian_word(const digest::Sha256Bytes& bytes, std::size_t first) {
    std::uint32_t word = 0;
    for (std::size_t i = 4; i-- > 0;) {
        word = (word << 8) | bytes[first + i];
    }
    return word;
}

}  // namespace

StreamKey stream_key(std::uint64_t seed, std::string_view cell) {
    const auto bytes = digest::sha256(fmt::format("{}\nseed={}\n{}", scheme_name, seed, cell));
    return {little_endian_word(bytes, 0), little_endian_word(bytes, 4)};
}

}  // namespace rsasim::random
