#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::design {

enum class Scheme {
    complete,            ///< every woman by the ratio, independently
    random_allocation,   ///< all orders of the fixed totals are alike
    permuted_block,      ///< fixed or random block sizes
    stratified_block,    ///< permuted blocks within strata
    biased_coin,         ///< Efron 1971
    big_stick,           ///< Soares & Wu 1983
    urn,                 ///< Wei 1978, UD(alpha, beta)
    truncated_binomial,  ///< fair coin until one quota is full
    minimisation,        ///< Pocock & Simon 1975
};

/// "permuted-block"
std::string_view name_of(Scheme scheme);

/// How women are allotted to the arms, in the order of entry. Totals come from the design's arm
/// sizes where the scheme fixes them.
struct Allocation {
    Scheme scheme = Scheme::random_allocation;
    std::int64_t treated_share = 1;  ///< of the ratio; others than 1:1 where the scheme has them
    std::int64_t control_share = 1;
    std::vector<std::int64_t> block_sizes;  ///< one: fixed; several: drawn with equal probability
    double probability = 2.0 / 3;           ///< biased coin; minimisation: of the preferred arm
    std::int64_t limit = 3;                 ///< big stick: largest difference of the arms
    std::int64_t urn_start = 0;             ///< alpha: balls of each colour at the start
    std::int64_t urn_added = 1;             ///< beta: balls of the other colour after each draw
    std::vector<Factor> strata;             ///< stratified blocks, minimisation
    std::vector<double> weights;            ///< of the minimisation's factors
    bool operator==(const Allocation&) const = default;
};

}  // namespace rsasim::design
