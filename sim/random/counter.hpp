#pragma once

#include <rsasim/random/philox.hpp>

namespace rsasim::random {

/// The counter of an address: {position, purpose << 24 | draw, replicate low, replicate high}.
constexpr Block counter_of(const Address& address) {
    const auto purpose = static_cast<std::uint32_t>(address.purpose);
    return {address.position, (purpose << 24) | address.draw,
            static_cast<std::uint32_t>(address.replicate),
            static_cast<std::uint32_t>(address.replicate >> 32)};
}

}  // namespace rsasim::random
