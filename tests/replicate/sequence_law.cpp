#include "sequence_law.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <span>
#include <stdexcept>

#include <boost/math/special_functions/binomial.hpp>

using namespace rsasim;
using design::Scheme;

namespace {

double choose(std::int64_t n, std::int64_t k) {
    if (k < 0 || k > n) return 0;
    return boost::math::binomial_coefficient<double>(static_cast<unsigned>(n),
                                                     static_cast<unsigned>(k));
}

std::int64_t treated_in(std::span<const int> arms) {
    return std::count(arms.begin(), arms.end(), 1);
}

/// Orders of the block that begin with these arms, among all.
double block_probability(std::int64_t size, std::int64_t treated, std::span<const int> arms) {
    const auto rest = size - static_cast<std::int64_t>(arms.size());
    return choose(rest, treated - treated_in(arms)) / choose(size, treated);
}

double blocks_probability(const design::Allocation& allocation, std::span<const int> arms) {
    if (arms.empty()) return 1;
    double probability = 0;
    for (const std::int64_t size : allocation.block_sizes) {
        const std::int64_t treated =
            size * allocation.treated_share / (allocation.treated_share + allocation.control_share);
        const auto taken = std::min(arms.size(), static_cast<std::size_t>(size));
        probability += block_probability(size, treated, arms.first(taken)) *
                       blocks_probability(allocation, arms.subspan(taken)) /
                       static_cast<double>(allocation.block_sizes.size());
    }
    return probability;
}

double stratified_probability(const design::Allocation& allocation, const std::vector<int>& arms,
                              const std::vector<std::vector<int>>& levels) {
    std::map<std::vector<int>, std::vector<int>> strata;
    for (std::size_t woman = 0; woman < arms.size(); ++woman) {
        std::vector<int> stratum;
        for (const auto& factor : levels)
            stratum.push_back(factor[woman]);
        strata[stratum].push_back(arms[woman]);
    }
    double probability = 1;
    for (const auto& [stratum, of_stratum] : strata)
        probability *= blocks_probability(allocation, of_stratum);
    return probability;
}

/// Weighted sum of the ranges of the arms' numbers after woman i got `arm`.
double imbalance(const design::Allocation& allocation, const std::vector<int>& arms,
                 const std::vector<std::vector<int>>& levels, std::size_t woman, int arm) {
    double sum = 0;
    for (std::size_t factor = 0; factor < levels.size(); ++factor) {
        std::vector<int> number{0, 0};
        ++number[static_cast<std::size_t>(arm)];
        for (std::size_t earlier = 0; earlier < woman; ++earlier)
            if (levels[factor][earlier] == levels[factor][woman])
                ++number[static_cast<std::size_t>(arms[earlier])];
        const double weight = allocation.weights.empty() ? 1 : allocation.weights[factor];
        sum += weight * std::abs(number[0] - number[1]);
    }
    return sum;
}

double minimised_share(const design::Allocation& allocation, const std::vector<int>& arms,
                       const std::vector<std::vector<int>>& levels, std::size_t woman) {
    const double treated = imbalance(allocation, arms, levels, woman, 1);
    const double control = imbalance(allocation, arms, levels, woman, 0);
    if (std::abs(treated - control) < 1e-6) return 0.5;
    return treated < control ? allocation.probability : 1 - allocation.probability;
}

/// Of the urn's balls after these draws, those that are of the treated arm.
double urn_share(const design::Allocation& allocation, std::span<const int> drawn) {
    std::vector<int> balls(static_cast<std::size_t>(allocation.urn_start), 0);
    balls.resize(2 * balls.size(), 1);
    for (const int ball : drawn)
        balls.resize(balls.size() + static_cast<std::size_t>(allocation.urn_added), 1 - ball);
    return balls.empty()
               ? 0.5
               : static_cast<double>(treated_in(balls)) / static_cast<double>(balls.size());
}

double share_of_next(const design::Allocation& allocation, design::ArmSizes sizes,
                     std::span<const int> before) {
    const std::int64_t treated = treated_in(before);
    const std::int64_t control = static_cast<std::int64_t>(before.size()) - treated;
    switch (allocation.scheme) {
        case Scheme::complete:
            return static_cast<double>(allocation.treated_share) /
                   static_cast<double>(allocation.treated_share + allocation.control_share);
        case Scheme::biased_coin:
            if (treated == control) return 0.5;
            return treated < control ? allocation.probability : 1 - allocation.probability;
        case Scheme::big_stick:
            if (std::abs(treated - control) < allocation.limit) return 0.5;
            return treated < control ? 1 : 0;
        case Scheme::urn:
            return urn_share(allocation, before);
        case Scheme::truncated_binomial:
            if (treated == sizes.treated) return 0;
            return control == sizes.control ? 1 : 0.5;
        default:
            throw std::logic_error("share_of_next: not woman by woman");
    }
}

}  // namespace

double sequence_probability(const design::Allocation& allocation, design::ArmSizes sizes,
                            const std::vector<int>& arms,
                            const std::vector<std::vector<int>>& levels) {
    switch (allocation.scheme) {
        case Scheme::random_allocation:
            return block_probability(sizes.treated + sizes.control, sizes.treated, arms);
        case Scheme::permuted_block:
            return blocks_probability(allocation, arms);
        case Scheme::stratified_block:
            return stratified_probability(allocation, arms, levels);
        default:
            break;
    }
    double probability = 1;
    for (std::size_t woman = 0; woman < arms.size(); ++woman) {
        const double share = allocation.scheme == Scheme::minimisation
                                 ? minimised_share(allocation, arms, levels, woman)
                                 : share_of_next(allocation, sizes, std::span(arms).first(woman));
        probability *= arms[woman] == 1 ? share : 1 - share;
    }
    return probability;
}

double expected_correct_guesses(const design::Allocation& allocation, design::ArmSizes sizes) {
    const auto women = static_cast<std::size_t>(sizes.treated + sizes.control);
    double expected = 0;
    for (std::size_t code = 0; code < std::size_t{1} << women; ++code) {
        std::vector<int> arms(women);
        double correct = 0;
        std::int64_t treated = 0;
        for (std::size_t woman = 0; woman < women; ++woman) {
            arms[woman] = static_cast<int>(code >> woman & 1);
            const auto control = static_cast<std::int64_t>(woman) - treated;
            const auto lag =
                treated * allocation.control_share - control * allocation.treated_share;
            correct += lag == 0 ? 0.5 : ((lag < 0) == (arms[woman] == 1) ? 1 : 0);
            treated += arms[woman];
        }
        expected += correct * sequence_probability(allocation, sizes, arms);
    }
    return expected;
}
