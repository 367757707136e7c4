#include <cmath>

#include <fmt/format.h>

#include <rsasim/design/table_reduction.hpp>

namespace rsasim::design {
namespace {

/// True where every replicate ends with the planned sizes.
bool has_fixed_sizes(const Allocation& allocation, const ArmSizes& sizes) {
    switch (allocation.scheme) {
        case Scheme::random_allocation:
        case Scheme::truncated_binomial:
            return true;
        case Scheme::permuted_block: {
            const std::int64_t women = sizes.treated + sizes.control;
            const std::int64_t treated = women * allocation.treated_share;
            const std::int64_t shares = allocation.treated_share + allocation.control_share;
            return allocation.block_sizes.size() == 1 && women % allocation.block_sizes[0] == 0 &&
                   treated == sizes.treated * shares;
        }
        case Scheme::complete:
        case Scheme::stratified_block:
        case Scheme::biased_coin:
        case Scheme::big_stick:
        case Scheme::urn:
        case Scheme::minimisation:
            return false;
    }
    return false;
}

bool loses_women(const PatientModel& model) {
    if (!model.dropout) return false;
    return std::isfinite(model.dropout->treated.log_odds) ||
           std::isfinite(model.dropout->control.log_odds);
}

}  // namespace

std::string why_not_a_table(const Design& design) {
    const PatientModel* model = design.patients();
    if (model == nullptr) return {};
    const Scheme scheme = model->allocation.scheme;
    if (scheme == Scheme::stratified_block || scheme == Scheme::minimisation) {
        return fmt::format(
            "the scheme {} looks at the women, so that the arms' counts are not "
            "independent",
            name_of(scheme));
    }
    if (model->selection_bias != 0) {
        return "an investigator who guesses the next arm chooses the women (selection_bias)";
    }
    if (model->time_trend != 0) return "women differ by the time they enter (time_trend)";
    if (model->centres && model->centres->sd > 0) {
        return "the women of a trial share the random effects of its centres";
    }
    if (loses_women(*model) && design.analysis().patients &&
        design.analysis().patients->sets.front().handling == Handling::complete_case) {
        return "women with missing outcomes are left out, so that the arm sizes vary";
    }
    if (!has_fixed_sizes(model->allocation, design.sizes())) {
        return fmt::format("the arm sizes vary from trial to trial under the scheme {}",
                           name_of(scheme));
    }
    return {};
}

}  // namespace rsasim::design
