#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/random/stream_key.hpp>

using rsasim::random::stream_key;

TEST_CASE("The stream key is the first 64 bits of the SHA-256 of scheme, seed and cell",
          "[exact]") {
    for (const std::string cell : {"", "arms.n.treated=75\n"}) {
        const auto key = stream_key(20230313, cell);
        const auto bytes = rsasim::digest::sha256("philox4x32-10/rsasim-1\nseed=20230313\n" + cell);
        std::string in_order;
        for (const auto word : {key.low, key.high}) {
            for (int byte = 0; byte < 4; ++byte) {
                in_order += fmt::format("{:02x}", (word >> (8 * byte)) & 0xFFU);
            }
        }
        CHECK(in_order == rsasim::digest::to_hex(bytes).substr(0, 16));
    }
}

TEST_CASE("Stream keys differ between seeds and between cells", "[property]") {
    CHECK_FALSE(stream_key(1) == stream_key(2));
    CHECK_FALSE(stream_key(1) == stream_key(std::uint64_t{1} << 32));
    CHECK_FALSE(stream_key(1) == stream_key(1, "a"));
    CHECK_FALSE(stream_key(1, "a") == stream_key(1, "b"));
    CHECK(stream_key(1, "a") == stream_key(1, "a"));
}
