#pragma once

#include <cstdint>

namespace rsasim::random {

/// What a number is drawn for. Purposes never share numbers, so that adding one changes no other.
/// The values are part of every address: they are never changed or used again.
enum class Purpose : std::uint8_t {
    counts = 1,  ///< the events of both arms of a trial that reduces to a 2x2 table
    allocation = 2,
    covariates = 3,
    outcomes = 4,
    drop_out = 5,
    imputation = 6,
    adherence = 7,
    accrual = 8,
    rerandomisation = 9,
    bootstrap = 10,
    biomarkers = 11,
};

/// The place of one Philox block of four 32-bit words within a stream.
struct Address {
    Purpose purpose = Purpose::counts;
    std::uint64_t replicate = 0;
    std::uint32_t position = 0;  ///< the woman within the trial
    std::uint32_t draw = 0;      ///< block number or rejection round, below draws_per_address
    bool operator==(const Address&) const = default;
};

/// `draw` shares its counter word with the 8 bits of the purpose.
inline constexpr std::uint32_t draws_per_address = std::uint32_t{1} << 24;

}  // namespace rsasim::random
