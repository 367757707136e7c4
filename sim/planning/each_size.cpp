#include "each_size.hpp"

#include <algorithm>

#include <rsasim/math/quantiles.hpp>

namespace rsasim::planning {
namespace {

/// Share of the replicates that the first round has.
constexpr double of_first_round = 0.3;

bool may_have(const PowerLook& look, double power, double tail) {
    const auto missed = static_cast<double>(look.replicates - look.rejected);
    const auto rejected = static_cast<double>(look.rejected);
    return missed == 0 || math::beta_upper_quantile(tail, rejected + 1, missed) >= power;
}

bool surely_has(const PowerLook& look, double power, double tail) {
    const auto missed = static_cast<double>(look.replicates - look.rejected);
    const auto rejected = static_cast<double>(look.rejected);
    return rejected > 0 && math::beta_quantile(tail, rejected, missed + 1) >= power;
}

bool has(const PowerLook& look, double power) {
    return static_cast<double>(look.rejected) >= power * static_cast<double>(look.replicates);
}

/// The step of the first look of which something is true; looks are at `first` and on.
template <class IsTrue>
std::optional<std::int64_t> first_step(const std::vector<PowerLook>& looks, std::int64_t first,
                                       IsTrue&& is_true) {
    const auto found = std::ranges::find_if(looks, is_true);
    if (found == looks.end()) return {};
    return first + (found - looks.begin());
}

}  // namespace

std::optional<StepInterval> smallest_of_each(const EachSizeQuestion& question,
                                             const SimulateSteps& simulate) {
    const double power = question.power;
    StepInterval found{1, 0, question.last};
    // Two rounds, each with two limits at every size.
    const double tail = (1 - question.confidence) / 4;
    const auto round = [&](std::int64_t replicates) {
        const std::int64_t first = found.lower, sizes = found.upper - first + 1;
        const auto looks =
            simulate(first, found.upper, std::max<std::int64_t>(1, replicates / sizes));
        const double of_one = tail / static_cast<double>(sizes);
        const auto surely = first_step(
            looks, first, [&](const PowerLook& look) { return surely_has(look, power, of_one); });
        const auto at =
            first_step(looks, first, [&](const PowerLook& look) { return has(look, power); });
        const auto may = first_step(
            looks, first, [&](const PowerLook& look) { return may_have(look, power, of_one); });
        found = {may.value_or(found.upper), at.value_or(found.upper), surely.value_or(found.upper)};
        return surely.has_value();
    };
    const auto of_first =
        static_cast<std::int64_t>(of_first_round * static_cast<double>(question.replicates));
    if (!round(of_first)) return {};
    round(question.replicates - of_first);
    return found;
}

}  // namespace rsasim::planning
