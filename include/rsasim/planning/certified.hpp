#pragma once

#include <optional>
#include <vector>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/design/design.hpp>

/// Probabilities that are proved over a whole range of control rates: the size of a test, the
/// minimum coverage of an interval, the minimum power of a test, and the alpha that makes a test
/// exact.
///
/// What is proved, and under which assumptions: math/bernstein.hpp for the suprema,
/// analysis/null_line.hpp for the coefficients. The region itself is taken as computed, with the
/// tolerances of ties and of P <= alpha that every other number of the program uses.
namespace rsasim::planning {

/// Control rates that are looked at, 0 <= lowest <= highest <= 1.
struct RateRange {
    double lowest = 0;
    double highest = 1;
};

/// Over what a supremum is one: every pair of rates of the null hypothesis, or those on its
/// boundary alone.
enum class Scope { whole_null, boundary_only };

/// An extreme probability: proved to lie in [lower, upper], and `lower` (of a maximum) or `upper`
/// (of a minimum) is reached at `at`.
struct CertifiedExtreme {
    double lower = 0;
    double upper = 1;
    design::Rates at;
};

/// The largest probability of the region on the line of an effect, to a bracket of `width`; exactly
/// 0 of no table and exactly 1 of all tables. Throws std::invalid_argument where the effect and the
/// range have no pair of rates in common.
CertifiedExtreme certified_maximum(const analysis::NullLine& line, const analysis::Region& region,
                                   const RateRange& range, double width);

struct CertifiedSize {
    CertifiedExtreme supremum;
    Scope scope = Scope::whole_null;
};

/// The type I error of a test in the worst case: the largest probability that the plan's rule
/// rejects under rates of the null hypothesis with a control rate in the range. Two-sided, the null
/// is the line of equal rates. One-sided or at a margin it is all rates on one side of the line;
/// its supremum lies on the line where the region is monotone (planning/regions.hpp), because
/// moving the treated rate towards the line then cannot lower the probability; otherwise the scope
/// is the boundary. For equivalence both boundaries are searched, and the scope is the boundary.
CertifiedSize size_of_test(const design::Design& design, std::size_t test, const RateRange& range,
                           double width, unsigned threads);

/// The smallest coverage that interval number `interval` has under rates with the effect. Its
/// bracket comes from the largest probability of missing.
CertifiedExtreme minimum_coverage(const design::Design& design, std::size_t interval, double effect,
                                  const RateRange& range, double width, unsigned threads);

/// The smallest power that a test has under rates with the effect.
CertifiedExtreme minimum_power(const design::Design& design, std::size_t test,
                               const design::Effect& effect, const RateRange& range, double width,
                               unsigned threads);

/// An attained P-value and the certified size of {P <= p_value}.
struct AttainedLevel {
    double p_value = 0;
    CertifiedExtreme size;
};

/// The largest level at which a test keeps alpha.
struct CalibratedAlpha {
    std::optional<AttainedLevel> level;  ///< nothing where no level keeps alpha
    std::optional<AttainedLevel> next;   ///< the next attained P-value, whose size exceeds alpha
    double power = 0;                    ///< of {P <= level} at the design's rates
    Scope scope = Scope::whole_null;     ///< of the sizes
};

/// The largest attained P-value whose region {P <= p} has a certified size of at most alpha.
/// P-values within 1e-9 relative count as one. For `fisher` the region is that of Boschloo's test.
CalibratedAlpha calibrated_alpha(const design::Design& design, std::size_t test,
                                 const RateRange& range, double width, unsigned threads);

/// A point of the profile of a probability along a line of rates.
struct ProfilePoint {
    design::Rates rates;
    double probability = 0;
};

/// P(region) at `points` >= 2 control rates, evenly spread over those that the effect has within
/// the range, by direct summation.
std::vector<ProfilePoint> profile(const analysis::NullLine& line, const analysis::Region& region,
                                  const RateRange& range, std::size_t points);

/// The boundaries of the null hypothesis of a plan: one line, or two for equivalence.
std::vector<analysis::NullLine> null_lines(const design::Design& design);

}  // namespace rsasim::planning
