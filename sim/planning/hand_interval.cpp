#include "hand_interval.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/printed_number.hpp>

namespace rsasim::planning {
namespace {

using design::Measure;

constexpr int z_decimals = 2;

/// Estimate and standard error on the scale on which they are added: logarithms of ratios.
struct Normal {
    double centre;
    double standard_error;
};

/// p1, p0 strictly between 0 and 1.
Normal normal_of(Measure measure, double p1, double n1, double p0, double n0) {
    const double q1 = 1 - p1, q0 = 1 - p0;
    switch (measure) {
        case Measure::risk_ratio:
            return {std::log(p1 / p0), std::sqrt(q1 / (n1 * p1) + q0 / (n0 * p0))};
        case Measure::risk_difference:
            return {p1 - p0, std::sqrt(p1 * q1 / n1 + p0 * q0 / n0)};
        default:
            return {std::log(p1 * q0 / (q1 * p0)),
                    std::sqrt(1 / (n1 * p1 * q1) + 1 / (n0 * p0 * q0))};
    }
}

double rounded_if(bool is_wanted, double value, int decimals) {
    return is_wanted ? rounded_to(value, decimals) : value;
}

}  // namespace

std::optional<HandResult> by_hand(const design::Table2x2& table, Measure measure, double confidence,
                                  const Route& route) {
    const Step step = route.step;
    const int decimals = route.decimals;
    const auto rate = [&](const design::ArmCounts& arm) {
        return rounded_if(step == Step::rates, arm.rate(), decimals);
    };
    const double p1 = rate(table.treated), p0 = rate(table.control);
    if (!(p1 > 0 && p1 < 1 && p0 > 0 && p0 < 1)) return std::nullopt;
    auto [centre, standard_error] = normal_of(measure, p1, static_cast<double>(table.treated.n), p0,
                                              static_cast<double>(table.control.n));
    const bool is_log = design::is_ratio(measure);
    const auto on_scale = [&](double x) { return is_log ? std::exp(x) : x; };

    const double estimate = on_scale(centre);
    if (step == Step::estimate || step == Step::estimate_and_z) {
        const double shown = rounded_to(estimate, decimals);
        if (is_log && !(shown > 0)) return std::nullopt;
        centre = is_log ? std::log(shown) : shown;
    }
    centre = rounded_if(step == Step::log_estimate, centre, decimals);
    standard_error = rounded_if(step == Step::standard_error, standard_error, decimals);
    const double z = rounded_if(step == Step::z || step == Step::estimate_and_z,
                                math::two_sided_normal_quantile(confidence), z_decimals);
    return HandResult{
        estimate, {on_scale(centre - z * standard_error), on_scale(centre + z * standard_error)}};
}

const char* hand_interval_of(Measure measure) {
    if (measure == Measure::risk_ratio) return "katz";
    return measure == Measure::risk_difference ? "wald" : "woolf";
}

std::vector<Route> routes_of_rates() {
    return {{Step::rates, 2}, {Step::rates, 3}, {Step::rates, 4}};
}

std::vector<Route> routes_of(Measure measure, int decimals) {
    std::vector<Route> routes{
        {Step::z, z_decimals}, {Step::estimate, decimals}, {Step::estimate_and_z, decimals}};
    for (const int few : {2, 3, 4}) {
        if (design::is_ratio(measure)) routes.push_back({Step::log_estimate, few});
        routes.push_back({Step::standard_error, few});
        routes.push_back({Step::rates, few});
    }
    return routes;
}

}  // namespace rsasim::planning
