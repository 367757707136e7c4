#pragma once

#include <cstdint>
#include <string_view>

namespace rsasim::random {

/// Names the way numbers are addressed and drawn. Any change of a drawn number changes it.
inline constexpr std::string_view scheme_name = "philox4x32-10/rsasim-1";

/// The key of a Philox stream.
struct StreamKey {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    bool operator==(const StreamKey&) const = default;
};

/// Key = the first 64 bits of SHA-256(scheme name, seed, cell). `cell` is the text that names the
/// trial model of an independent cell (Design::model_text), or empty where all cells share their
/// random numbers.
StreamKey stream_key(std::uint64_t seed, std::string_view cell = {});

}  // namespace rsasim::random
