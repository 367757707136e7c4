#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/digest/sha256.hpp>

/// Checks 1,000 draws by their first ten and by the SHA-256 of all, one decimal per line.
inline void check_golden(const std::vector<std::int64_t>& draws,
                         const std::vector<std::int64_t>& first_ten, const std::string& digest) {
    REQUIRE(draws.size() == 1000);
    CHECK(std::vector(draws.begin(), draws.begin() + 10) == first_ten);
    const std::string text = fmt::format("{}\n", fmt::join(draws, "\n"));
    CHECK(rsasim::digest::to_hex(rsasim::digest::sha256(text)) == digest);
}
