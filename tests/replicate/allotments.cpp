#include "allotments.hpp"

#include <rsasim/random/philox.hpp>

using namespace rsasim;

namespace {

const design::Factor centre{.covariate = 0, .cuts = {1, 2}, .label = "centre"};
const design::Factor severity{.covariate = 1, .cuts = {1}, .label = "severity"};

design::Allocation blocks(design::Scheme scheme, std::vector<std::int64_t> sizes,
                          design::ArmSizes ratio = {1, 1}) {
    design::Allocation allocation = allocation_by(scheme);
    allocation.block_sizes = std::move(sizes);
    allocation.treated_share = ratio.treated;
    allocation.control_share = ratio.control;
    return allocation;
}

design::Allocation with_factors(design::Allocation allocation,
                                std::vector<design::Factor> factors) {
    allocation.strata = std::move(factors);
    return allocation;
}

}  // namespace

std::vector<Example> examples() {
    using design::Scheme;
    constexpr auto plain = Scheme::permuted_block;
    constexpr auto strata = Scheme::stratified_block;
    std::vector<Example> all{
        {"complete", allocation_by(Scheme::complete)},
        {"complete 2:1", allocation_by(Scheme::complete)},
        {"random-allocation", allocation_by(Scheme::random_allocation)},
        {"random-allocation 1:2", allocation_by(Scheme::random_allocation)},
        {"blocks of 4", blocks(plain, {4})},
        {"blocks of 2, 4 and 6", blocks(plain, {2, 4, 6})},
        {"blocks of 3, 2:1", blocks(plain, {3}, {2, 1})},
        {"long blocks of 16", blocks(plain, {16})},
        {"long blocks of 3 and 18, 1:2", blocks(plain, {3, 18}, {1, 2})},
        {"blocks of 4 in 2 strata", with_factors(blocks(strata, {4}), {severity})},
        {"blocks of 2 and 4 in 6 strata", with_factors(blocks(strata, {2, 4}), {centre, severity})},
        {"long blocks of 16 in 3 strata", with_factors(blocks(strata, {16}), {centre})},
        {"biased-coin", allocation_by(Scheme::biased_coin)},
        {"big-stick", allocation_by(Scheme::big_stick)},
        {"urn", allocation_by(Scheme::urn)},
        {"urn 2, 3", allocation_by(Scheme::urn)},
        {"truncated-binomial", allocation_by(Scheme::truncated_binomial)},
        {"minimisation", with_factors(allocation_by(Scheme::minimisation), {centre, severity})},
        {"weighted minimisation",
         with_factors(allocation_by(Scheme::minimisation), {centre, severity})},
    };
    all[1].allocation.treated_share = 2;
    all[3].allocation.control_share = 2;
    all[13].allocation.limit = 2;
    all[15].allocation.urn_start = 2;
    all[15].allocation.urn_added = 3;
    all[18].allocation.weights = {1, 2.5};
    all[18].allocation.probability = 0.85;
    return all;
}

design::ArmSizes sizes_for(const design::Allocation& allocation, std::size_t women) {
    const auto all = static_cast<std::int64_t>(women);
    const std::int64_t sum = allocation.treated_share + allocation.control_share;
    const std::int64_t control = all * allocation.control_share / sum;
    return {all - control, control};
}

std::vector<std::vector<int>> levels_of(const design::Allocation& allocation,
                                        std::int64_t replicate, std::size_t women) {
    std::vector<std::vector<int>> levels(allocation.strata.size(), std::vector<int>(women));
    for (std::size_t woman = 0; woman < women; ++woman) {
        const random::Block words =
            random::block_at({11, 12}, {.purpose = random::Purpose::covariates,
                                        .replicate = static_cast<std::uint64_t>(replicate),
                                        .position = static_cast<std::uint32_t>(woman)});
        for (std::size_t factor = 0; factor < levels.size(); ++factor)
            levels[factor][woman] =
                static_cast<int>(words[factor] % allocation.strata[factor].levels());
    }
    return levels;
}

Allotter::Allotter(const design::Allocation& allocation, std::size_t women)
    : allocation_(allocation),
      scheme_(replicate::make_scheme(allocation, sizes_for(allocation, women))),
      women_(women),
      levels_(allocation.strata.size(), design::Column(women * design::lanes)) {}

std::vector<Allotment> Allotter::operator()(std::int64_t first, std::size_t live) {
    replicate::AllocationTask task{
        .key = {21, 22}, .first_replicate = first, .live = live, .women = women_, .levels = {}};
    for (std::size_t lane = 0; lane < live && !levels_.empty(); ++lane) {
        const auto levels = levels_of(allocation_, first + static_cast<std::int64_t>(lane), women_);
        for (std::size_t factor = 0; factor < levels.size(); ++factor)
            for (std::size_t woman = 0; woman < women_; ++woman)
                levels_[factor][woman * design::lanes + lane] = levels[factor][woman];
    }
    for (const auto& column : levels_)
        task.levels.push_back(column.data());
    design::Column treated(women_ * design::lanes);
    design::Column guess(women_ * design::lanes);
    std::vector<double> correct(design::lanes);
    scheme_->allocate(task, {treated.data(), guess.data(), correct.data()});
    std::vector<Allotment> allotments(live);
    for (std::size_t lane = 0; lane < live; ++lane) {
        for (std::size_t woman = 0; woman < women_; ++woman) {
            allotments[lane].treated.push_back(treated[woman * design::lanes + lane] > 0.5 ? 1 : 0);
            allotments[lane].guess.push_back(guess[woman * design::lanes + lane]);
        }
        allotments[lane].correct_guesses = correct[lane];
    }
    return allotments;
}
