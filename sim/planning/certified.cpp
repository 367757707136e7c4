#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>
#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/regions.hpp>

namespace rsasim::planning {

namespace {

using analysis::NullLine;
using analysis::Region;

/// The control rates that the line has within a range.
RateRange common_rates(const NullLine& line, const RateRange& range) {
    const RateRange common{std::max(range.lowest, line.control_rate(0)),
                           std::min(range.highest, line.control_rate(1))};
    if (common.lowest <= common.highest) return common;
    throw std::invalid_argument(fmt::format(
        "no rates have {} = {} and a control rate from {} to {}: control rates from {:.6g} to "
        "{:.6g} have",
        design::name_of(line.null().measure), line.null().value, range.lowest, range.highest,
        line.control_rate(0), line.control_rate(1)));
}

/// True where the region has no table or all tables: its probability is 0 or 1 at every rate.
bool is_empty_or_everything(const Region& region) {
    return std::ranges::all_of(region, [&](double member) { return member == region.front(); });
}

math::SupremumBracket supremum_on(const NullLine& line, const Region& region,
                                  const RateRange& range, const math::BracketGoal& goal) {
    const RateRange rates = common_rates(line, range);
    const math::UnitRange positions{line.position(rates.lowest), line.position(rates.highest)};
    if (is_empty_or_everything(region)) return {region.front(), region.front(), positions.first};
    return math::supremum(line.probability_of(region), positions, goal);
}

/// The extreme of the complement: 1 - p, with the bracket turned round.
CertifiedExtreme opposite(const CertifiedExtreme& extreme) {
    return {std::max(0.0, 1 - extreme.upper), 1 - extreme.lower, extreme.at};
}

CertifiedExtreme largest_on(const std::vector<NullLine>& lines, const Region& region,
                            const RateRange& range, double width) {
    CertifiedExtreme largest{0, 0, {}};
    for (const NullLine& line : lines) {
        const CertifiedExtreme extreme = certified_maximum(line, region, range, width);
        if (extreme.lower >= largest.lower) {
            largest.lower = extreme.lower;
            largest.at = extreme.at;
        }
        largest.upper = std::max(largest.upper, extreme.upper);
    }
    return largest;
}

Scope scope_of(const design::Design& design, const Region& region) {
    const design::AnalysisPlan& plan = design.analysis();
    if (plan.equivalence) return Scope::boundary_only;
    const analysis::Tail tail = analysis::deciding_tail(plan);
    if (tail == analysis::Tail::two_sided) return Scope::whole_null;
    const analysis::TableGrid grid(design.sizes());
    return is_monotone(grid, region, tail) ? Scope::whole_null : Scope::boundary_only;
}

Region region_at(const std::vector<double>& p_values, double level) {
    const double bound = level * (1 + analysis::alpha_slack);
    Region region(p_values.size());
    std::ranges::transform(p_values, region.begin(),
                           [bound](double p) { return p <= bound ? 1.0 : 0.0; });
    return region;
}

/// The attained P-values in ascending order, each class of ties once, by its largest member.
std::vector<double> attained_levels(std::vector<double> p_values) {
    std::ranges::sort(p_values);
    std::vector<double> levels;
    for (const double p : p_values) {
        if (std::isinf(p)) break;
        if (!levels.empty() && p <= levels.back() * (1 + analysis::alpha_slack)) {
            levels.back() = p;
        } else {
            levels.push_back(p);
        }
    }
    return levels;
}

double probability_at(const design::ArmSizes& sizes, const Region& region,
                      const design::Rates& rates) {
    const auto treated = math::binomial_probabilities(sizes.treated, rates.treated);
    const auto control = math::binomial_probabilities(sizes.control, rates.control);
    double sum = 0;
    for (std::size_t i = 0; i < region.size(); ++i) {
        if (region[i] > 0) sum += treated[i / control.size()] * control[i % control.size()];
    }
    return sum;
}

design::Rates within_bounds(const design::Rates& rates) {
    return {std::clamp(rates.treated, 0.0, 1.0), std::clamp(rates.control, 0.0, 1.0)};
}

}  // namespace

CertifiedExtreme certified_maximum(const NullLine& line, const Region& region,
                                   const RateRange& range, double width) {
    math::BracketGoal goal;
    goal.width = width;
    const math::SupremumBracket bracket = supremum_on(line, region, range, goal);
    return {bracket.lower, std::min(1.0, bracket.upper), within_bounds(line.rates(bracket.at))};
}

std::vector<NullLine> null_lines(const design::Design& design) {
    const design::AnalysisPlan& plan = design.analysis();
    if (!plan.equivalence) return {NullLine(design.sizes(), plan.null)};
    const auto& [measure, lower, upper] = *plan.equivalence;
    return {NullLine(design.sizes(), {measure, lower}), NullLine(design.sizes(), {measure, upper})};
}

CertifiedSize size_of_test(const design::Design& design, std::size_t test, const RateRange& range,
                           double width, unsigned threads) {
    const Region region = rejection_region(design, test, threads);
    return {largest_on(null_lines(design), region, range, width), scope_of(design, region)};
}

CertifiedExtreme minimum_coverage(const design::Design& design, std::size_t interval, double effect,
                                  const RateRange& range, double width, unsigned threads) {
    const design::Effect truth{design.analysis().intervals.at(interval).measure, effect};
    const Region misses = miss_region(design, interval, truth, threads);
    return opposite(certified_maximum(NullLine(design.sizes(), truth), misses, range, width));
}

CertifiedExtreme minimum_power(const design::Design& design, std::size_t test,
                               const design::Effect& effect, const RateRange& range, double width,
                               unsigned threads) {
    const Region accepted = complement(rejection_region(design, test, threads));
    return opposite(certified_maximum(NullLine(design.sizes(), effect), accepted, range, width));
}

CalibratedAlpha calibrated_alpha(const design::Design& design, std::size_t test,
                                 const RateRange& range, double width, unsigned threads) {
    const std::vector<double> p_values = all_p_values(design, test, threads);
    const std::vector<double> levels = attained_levels(p_values);
    const std::vector<NullLine> lines = null_lines(design);
    math::BracketGoal goal;
    goal.level = design.analysis().alpha * (1 + analysis::alpha_slack);
    const auto keeps_alpha = [&](double level) {
        const Region region = region_at(p_values, level);
        return std::ranges::all_of(lines, [&](const NullLine& line) {
            return supremum_on(line, region, range, goal).upper <= goal.level;
        });
    };
    const auto first_over = std::ranges::partition_point(levels, keeps_alpha);
    const auto attained = [&](double level) {
        return AttainedLevel{level, largest_on(lines, region_at(p_values, level), range, width)};
    };
    CalibratedAlpha calibrated;
    if (first_over != levels.begin()) {
        calibrated.level = attained(*std::prev(first_over));
        const Region region = region_at(p_values, calibrated.level->p_value);
        calibrated.power = probability_at(design.sizes(), region, design.rates());
        calibrated.scope = scope_of(design, region);
    }
    if (first_over != levels.end()) calibrated.next = attained(*first_over);
    return calibrated;
}

std::vector<ProfilePoint> profile(const NullLine& line, const Region& region,
                                  const RateRange& range, std::size_t points) {
    const RateRange rates = common_rates(line, range);
    std::vector<ProfilePoint> curve;
    for (std::size_t i = 0; i < points; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(points - 1);
        const double control = rates.lowest + share * (rates.highest - rates.lowest);
        const design::Rates at = within_bounds(line.rates(line.position(control)));
        curve.push_back({at, probability_at(line.grid().sizes(), region, at)});
    }
    return curve;
}

}  // namespace rsasim::planning
