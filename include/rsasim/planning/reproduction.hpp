#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/planning/printed_number.hpp>

/// Which methods print the figures that a published trial prints.
namespace rsasim::planning {

/// The printed figures about one measure.
struct PrintedEffect {
    design::Measure measure = design::Measure::odds_ratio;
    std::optional<PrintedNumber> estimate;
    std::optional<PrintedInterval> interval;
};

struct PrintedFigures {
    std::optional<PrintedNumber> p_value;
    std::vector<PrintedEffect> effects;  ///< at most one of each measure
};

/// What may have been rounded on the way to an interval that is computed by hand: `woolf`, `katz`
/// and `wald` of the risk difference, that is estimate -+ z SE, on the log scale for ratios.
enum class Step : std::uint8_t {
    none,
    z,               ///< 1.96 instead of 1.959964
    estimate,        ///< the interval is drawn around the rounded estimate
    estimate_and_z,  ///< both
    log_estimate,    ///< the logarithm of the estimate
    standard_error,  ///< on the log scale for ratios
    rates,           ///< of both arms, before anything else: 63.5 % instead of 47/74
};

struct Route {
    Step step = Step::none;
    int decimals = 0;  ///< of what is rounded
    bool operator==(const Route&) const = default;
};

/// "around the estimate rounded to 2 decimals"; "at full precision".
std::string describe(const Route& route);

/// The printed figures may be about the other arm, or about the absence of the event.
enum class Reading : std::uint8_t { as_given, arms_swapped, outcomes_swapped, both_swapped };

/// "control against treated", ...; empty as given.
std::string describe(Reading reading);

struct TestReproduction {
    design::MethodChoice method;
    analysis::Tail tail = analysis::Tail::two_sided;
    double p_value = analysis::not_a_number;
    Agreement agreement = Agreement::none;
};

struct EstimateReproduction {
    design::MethodChoice method;
    Route route;
    double estimate = analysis::not_a_number;
    Agreement agreement = Agreement::none;
};

struct IntervalReproduction {
    design::MethodChoice method;
    Route route;
    analysis::Interval interval;
    Agreement lower = Agreement::none;
    Agreement upper = Agreement::none;
    Agreement agreement = Agreement::none;  ///< of both limits under one way of rounding
};

/// Methods at full precision all, roundings on the way where they agree.
struct EffectReproduction {
    PrintedEffect printed;
    Reading reading = Reading::as_given;
    std::vector<EstimateReproduction> estimates;  ///< empty where no estimate was printed
    std::vector<IntervalReproduction> intervals;  ///< empty where no interval was printed

    /// True where each figure that was printed is printed by some method.
    [[nodiscard]] bool is_reproduced() const;
};

struct Reproduction {
    std::optional<PrintedNumber> p_value;
    /// Where the printed P-value is looked for: both tails, or the favourable one where the plan is
    /// one-sided.
    analysis::Tail tail = analysis::Tail::two_sided;
    std::vector<TestReproduction> tests;      ///< every test in every tail that it has
    std::vector<EffectReproduction> effects;  ///< as printed
    /// Other readings that reproduce an effect which is not reproduced as given.
    std::vector<EffectReproduction> other_readings;

    /// The tests that print P in the tail where it is looked for.
    [[nodiscard]] std::vector<const TestReproduction*> tests_that_print() const;
    /// Those that print it in another tail.
    [[nodiscard]] std::vector<const TestReproduction*> tests_that_print_elsewhere() const;

  private:
    [[nodiscard]] std::vector<const TestReproduction*> printing(bool is_looked_for) const;
};

/// Asks every test, estimate and interval of the plan about the table. Steps of rounding are tried
/// one at a time (and the estimate together with z): the estimate to its printed decimals, or to
/// those of the limits; its logarithm and the standard error to 2, 3 and 4 decimals, rates to 2, 3
/// and 4 decimals.
Reproduction reproduce(const design::Table2x2& table, const design::AnalysisPlan& plan,
                       const PrintedFigures& printed);

/// What comes nearest to a figure, in units of its last digit; nothing where all is infinitely far.
const TestReproduction* nearest(const PrintedNumber& printed,
                                std::span<const TestReproduction> tests, analysis::Tail tail);
const EstimateReproduction* nearest(const PrintedNumber& printed,
                                    std::span<const EstimateReproduction> estimates);
/// By the limit that is further off.
const IntervalReproduction* nearest(const PrintedInterval& printed,
                                    std::span<const IntervalReproduction> intervals);

}  // namespace rsasim::planning
