#include "prior.hpp"

#include <array>
#include <string_view>

namespace rsasim::scenario {
namespace {

using Pair = std::array<double, 2>;

std::optional<Pair> pair_at(const Settings& settings, std::string_view path) {
    const Value* value = settings.constant(path);
    const Array* list = value != nullptr ? value->as<Array>() : nullptr;
    if (list == nullptr) return {};
    return Pair{std::get<double>(list->at(0).data), std::get<double>(list->at(1).data)};
}

std::optional<design::BetaPrior> beta_at(const Settings& settings, std::string_view path) {
    const auto shapes = pair_at(settings, path);
    if (!shapes) return {};
    return design::BetaPrior{shapes->front(), shapes->back()};
}

std::optional<design::LogNormalPrior> ratio_prior(const Settings& settings) {
    for (const auto measure : {design::Measure::odds_ratio, design::Measure::risk_ratio}) {
        const auto path = "prior." + std::string(design::name_of(measure));
        if (const auto pair = pair_at(settings, path))
            return design::LogNormalPrior{measure, pair->front(), pair->back()};
    }
    return {};
}

}  // namespace

std::optional<design::RatesPrior> read_prior(const Settings& settings) {
    design::RatesPrior prior;
    prior.control_rate = beta_at(settings, "prior.control_rate");
    prior.treated_rate = beta_at(settings, "prior.treated_rate");
    prior.ratio = ratio_prior(settings);
    const bool has_any = prior.control_rate || prior.treated_rate || prior.ratio;
    return has_any ? std::optional(prior) : std::nullopt;
}

}  // namespace rsasim::scenario
