#include "missing_women.hpp"

#include <limits>

namespace rsasim::resample {

namespace {

using design::lanes;

/// Blocks kept for the draws of one imputation's rate or coefficients.
constexpr std::uint32_t blocks_of_a_model = 256;
/// Imputations whose outcomes come from the words of one block.
constexpr std::int64_t imputations_of_a_block = 4;

/// Positions above those of any woman: treated, control.
std::uint32_t position_of_model(bool is_treated) {
    return std::numeric_limits<std::uint32_t>::max() - (is_treated ? 0 : 1);
}

random::Address address_of(std::uint64_t replicate, std::uint32_t position, std::uint32_t draw) {
    return {random::Purpose::imputation, replicate, position, draw};
}

/// In (0, 1): the middle of the word's share.
double uniform(std::uint32_t word) {
    constexpr double step = 0x1p-32;
    return (static_cast<double>(word) + 0.5) * step;
}

}  // namespace

MissingWomen::MissingWomen(std::size_t most_women, std::size_t features, const ImputationPlan& plan)
    : arms_{Arm{{most_women, features}, plan.delta_control},
            Arm{{most_women, features}, plan.delta_treated}} {
    places_.reserve(most_women);
    blocks_.reserve(most_women);
}

analysis::FitStatus MissingWomen::learn(const design::PatientColumns& columns, std::size_t lane) {
    lane_ = lane;
    places_.clear();
    for (Arm& arm : arms_)
        arm.has_missing = false;
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        const std::size_t i = woman * lanes + lane;
        if (columns.missing == nullptr || columns.missing[i] == 0) continue;
        places_.push_back(i);
        arms_[columns.treated[i] != 0 ? 1 : 0].has_missing = true;
    }
    blocks_.resize(places_.size());
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
        if (!arms_[arm].has_missing) continue;
        const analysis::FitStatus status = arms_[arm].model.learn(columns, lane, arm == 1);
        if (status != analysis::FitStatus::ok) return status;
    }
    return analysis::FitStatus::ok;
}

void MissingWomen::impute(const design::PatientColumns& columns, const DrawPlace& place,
                          std::int64_t imputation, double* outcome) {
    const std::uint64_t replicate = static_cast<std::uint64_t>(place.first_replicate) + lane_;
    const auto number = static_cast<std::uint32_t>(imputation);
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
        if (!arms_[arm].has_missing) continue;
        random::WordSource words(place.key, address_of(replicate, position_of_model(arm == 1),
                                                       number * blocks_of_a_model));
        arms_[arm].model.draw(words, arms_[arm].delta);
    }
    const auto word = static_cast<std::size_t>(imputation % imputations_of_a_block);
    for (std::size_t k = 0; k < places_.size(); ++k) {
        const std::size_t i = places_[k];
        if (word == 0) {
            const auto woman = static_cast<std::uint32_t>(i / lanes);
            const auto draw = static_cast<std::uint32_t>(imputation / imputations_of_a_block);
            blocks_[k] = random::block_at(place.key, address_of(replicate, woman, draw));
        }
        const Arm& arm = arms_[columns.treated[i] != 0 ? 1 : 0];
        outcome[i] = uniform(blocks_[k][word]) < arm.model.probability(columns, i) ? 1 : 0;
    }
}

}  // namespace rsasim::resample
