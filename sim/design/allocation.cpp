#include <stdexcept>

#include <rsasim/design/allocation.hpp>

namespace rsasim::design {

std::string_view name_of(Scheme scheme) {
    switch (scheme) {
        case Scheme::complete:
            return "complete";
        case Scheme::random_allocation:
            return "random-allocation";
        case Scheme::permuted_block:
            return "permuted-block";
        case Scheme::stratified_block:
            return "stratified-block";
        case Scheme::biased_coin:
            return "biased-coin";
        case Scheme::big_stick:
            return "big-stick";
        case Scheme::urn:
            return "urn";
        case Scheme::truncated_binomial:
            return "truncated-binomial";
        case Scheme::minimisation:
            return "minimisation";
    }
    throw std::logic_error("name_of: not a scheme");
}

std::size_t strata_of(const std::vector<Factor>& factors) {
    std::size_t strata = 1;
    for (const Factor& factor : factors)
        strata *= factor.levels();
    return strata;
}

}  // namespace rsasim::design
