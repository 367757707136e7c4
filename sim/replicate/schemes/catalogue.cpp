#include "scheme_makers.hpp"
#include "shares.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

#include <rsasim/replicate/schemes.hpp>

namespace rsasim::replicate {
namespace {

using design::Scheme;

constexpr std::array rows{
    SchemeRow{.scheme = Scheme::complete,
              .name = "complete",
              .has_ratio = true,
              .is_sequential = true,
              .looks_at_women = false,
              .reads = "",
              .definition = "every woman by the ratio, whatever went before",
              .citation = "Lachin 1988",
              .doi = "10.1016/0197-2456(88)90046-3"},
    SchemeRow{.scheme = Scheme::random_allocation,
              .name = "random-allocation",
              .has_ratio = true,
              .is_sequential = false,
              .looks_at_women = false,
              .reads = "",
              .definition = "fixed arm sizes, all orders equally likely",
              .citation = "Lachin 1988",
              .doi = "10.1016/0197-2456(88)90045-1"},
    SchemeRow{.scheme = Scheme::permuted_block,
              .name = "permuted-block",
              .has_ratio = true,
              .is_sequential = true,
              .looks_at_women = false,
              .reads = "block_sizes",
              .definition =
                  "random order within each block; of several sizes one is drawn for each "
                  "block, all equally likely; the last block may be cut short",
              .citation = "Matts & Lachin 1988",
              .doi = "10.1016/0197-2456(88)90047-5"},
    SchemeRow{.scheme = Scheme::stratified_block,
              .name = "stratified-block",
              .has_ratio = true,
              .is_sequential = true,
              .looks_at_women = true,
              .reads = "block_sizes, strata",
              .definition = "permuted blocks of its own in each combination of factor levels",
              .citation = "Zelen 1974",
              .doi = "10.1016/0021-9681(74)90015-0"},
    SchemeRow{.scheme = Scheme::biased_coin,
              .name = "biased-coin",
              .has_ratio = false,
              .is_sequential = true,
              .looks_at_women = false,
              .reads = "probability",
              .definition =
                  "the arm with fewer women has `probability`; a fair coin where the arms "
                  "are equal",
              .citation = "Efron 1971",
              .doi = "10.1093/biomet/58.3.403"},
    SchemeRow{.scheme = Scheme::big_stick,
              .name = "big-stick",
              .has_ratio = false,
              .is_sequential = true,
              .looks_at_women = false,
              .reads = "limit",
              .definition = "a fair coin; the arm with fewer women where the difference is `limit`",
              .citation = "Soares & Wu 1983",
              .doi = "10.1080/03610928308828586"},
    SchemeRow{.scheme = Scheme::urn,
              .name = "urn",
              .has_ratio = false,
              .is_sequential = true,
              .looks_at_women = false,
              .reads = "urn_start, urn_added",
              .definition =
                  "UD(alpha, beta): alpha balls of each arm; a ball is drawn and put back "
                  "with beta of the other arm",
              .citation = "Wei 1978",
              .doi = "10.1080/01621459.1978.10480054"},
    SchemeRow{.scheme = Scheme::truncated_binomial,
              .name = "truncated-binomial",
              .has_ratio = false,
              .is_sequential = false,
              .looks_at_women = false,
              .reads = "",
              .definition = "a fair coin until one arm has its size, then the other arm",
              .citation = "Blackwell & Hodges 1957",
              .doi = "10.1214/aoms/1177706973"},
    SchemeRow{.scheme = Scheme::minimisation,
              .name = "minimisation",
              .has_ratio = false,
              .is_sequential = true,
              .looks_at_women = true,
              .reads = "probability, strata, weights",
              .definition = "the arm with the smaller weighted sum of differences (range) over her "
                            "factor levels has `probability`; ties by a fair coin",
              .citation = "Pocock & Simon 1975",
              .doi = "10.2307/2529712"},
};

struct Maker {
    Scheme scheme;
    SchemePointer (*make)(const design::Allocation&, design::ArmSizes);
    SizeDistribution (*sizes)(const design::Allocation&, design::ArmSizes);  ///< or null
};

constexpr std::array<Maker, rows.size()> makers{{
    {Scheme::complete, make_complete, sizes_of_complete},
    {Scheme::random_allocation, make_random_allocation, sizes_of_random_allocation},
    {Scheme::permuted_block, make_permuted_block, sizes_of_permuted_block},
    {Scheme::stratified_block, make_stratified_block, nullptr},
    {Scheme::biased_coin, make_biased_coin, sizes_of_biased_coin},
    {Scheme::big_stick, make_big_stick, sizes_of_big_stick},
    {Scheme::urn, make_urn, sizes_of_urn},
    {Scheme::truncated_binomial, make_truncated_binomial, sizes_of_truncated_binomial},
    {Scheme::minimisation, make_minimisation, nullptr},
}};

const Maker& maker_of(const design::Allocation& allocation, design::ArmSizes sizes) {
    const auto in_range = [](std::int64_t arm) {
        return arm >= 0 && arm <= design::Design::largest_arm;
    };
    require(
        in_range(sizes.treated) && in_range(sizes.control) && sizes.treated + sizes.control >= 1,
        allocation, "arm sizes must lie in 0 to 100,000,000, with one woman at least");
    const auto* const maker = std::find_if(makers.begin(), makers.end(), [&](const Maker& row) {
        return row.scheme == allocation.scheme;
    });
    if (maker == makers.end()) throw std::logic_error("make_scheme: not a scheme");
    return *maker;
}

}  // namespace

std::span<const SchemeRow> schemes() {
    return rows;
}

const SchemeRow* find_scheme(std::string_view name) {
    const auto* const row =
        std::find_if(rows.begin(), rows.end(), [&](const SchemeRow& r) { return r.name == name; });
    return row == rows.end() ? nullptr : row;
}

std::unique_ptr<AllocationScheme> make_scheme(const design::Allocation& allocation,
                                              design::ArmSizes sizes) {
    return maker_of(allocation, sizes).make(allocation, sizes);
}

std::vector<WeightedSizes> arm_size_distribution(const design::Allocation& allocation,
                                                 design::ArmSizes sizes) {
    const Maker& maker = maker_of(allocation, sizes);
    shares_of(allocation);
    return maker.sizes == nullptr ? SizeDistribution{} : maker.sizes(allocation, sizes);
}

}  // namespace rsasim::replicate
