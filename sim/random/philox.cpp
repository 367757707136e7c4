#include "counter.hpp"

#include <Random123/philox.h>

#include <rsasim/random/philox.hpp>

namespace rsasim::random {

Block block_at(StreamKey key, const Address& address) {
    const Block counter = counter_of(address);
    const r123::Philox4x32 philox;  // 10 rounds
    const r123::Philox4x32::ctr_type words =
        philox({{counter[0], counter[1], counter[2], counter[3]}}, {{key.low, key.high}});
    return {words[0], words[1], words[2], words[3]};
}

}  // namespace rsasim::random
