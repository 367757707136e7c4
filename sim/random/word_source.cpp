#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/random/word_source.hpp>

namespace rsasim::random {

void WordSource::refill() {
    if (next_.draw >= draws_per_address) {
        throw std::length_error(fmt::format(
            "WordSource: purpose {}, replicate {}, position {} has no more than {} blocks",
            static_cast<int>(next_.purpose), next_.replicate, next_.position, draws_per_address));
    }
    words_ = block_at(key_, next_);
    ++next_.draw;
    used_ = 0;
}

}  // namespace rsasim::random
