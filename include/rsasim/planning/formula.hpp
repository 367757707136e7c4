#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <rsasim/planning/sample_size.hpp>

/// Textbook sample sizes and powers of a comparison of two rates, by normal approximation.
///
/// Every formula is one z test of an effect d, with standard deviations s0 (in the null hypothesis)
/// and s1 (in truth) of the estimate times the root of N, the women of both arms:
///
///     power = Phi((d sqrt(N) - c / sqrt(N) - z s0) / s1),
///     N = (K + sqrt(K^2 + 4 d c))^2 / (2 d)^2,   K = z s0 + z_power s1,
///
/// z the upper quantile of alpha (one-sided) or alpha/2 (two-sided), c the continuity correction,
/// which is 0 in all but one. Of a two-sided test only rejections on the side of the truth count,
/// as in the textbooks. Equivalence is two one-sided tests, each at level alpha: power =
/// max(0, power_lower + power_upper - 1), and N is solved for numerically.
namespace rsasim::planning {

/// p1 and p0 are the rates of treated and control, q = 1 - p, f1 and f0 the arms' shares of the
/// women, and the formula's d, s0 and s1 are as follows.
enum class Formula {
    /// d = p1 - p0, s0^2 = p q (1/f1 + 1/f0) with p = f1 p1 + f0 p0, s1^2 = p1 q1/f1 + p0 q0/f0.
    /// Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, section 4.2. At a
    /// margin on the risk difference D or the risk ratio R: d = p1 - p0 - D or p1 - R p0, and s0 is
    /// taken at the rates that the null hypothesis makes most likely. Farrington & Manning 1990,
    /// method 3, doi:10.1002/sim.4780091208.
    pooled,
    /// As `pooled`, with Yates' correction c = (1/f1 + 1/f0)/2; close to Fisher's exact test. No
    /// effect only. Casagrande, Pike & Smith 1978, doi:10.2307/2530613; Fleiss, Tytun & Ury 1980,
    /// doi:10.2307/2529990.
    pooled_corrected,
    /// d = p1 - p0 - D, s0 = s1. No effect, or a margin on the risk difference. Blackwelder 1982,
    /// doi:10.1016/0197-2456(82)90024-1; Chow, Shao & Wang 2008, Sample Size Calculations in
    /// Clinical Research, section 4.2.
    unpooled,
    /// d = log odds ratio less the log of the null's, s0^2 = s1^2 = 1/(f1 p1 q1) + 1/(f0 p0 q0). No
    /// effect, or a margin on the odds ratio. Chow, Shao & Wang 2008, section 4.6.
    log_odds_ratio,
    /// As `log_odds_ratio`, with s0 at the rates that the null hypothesis makes most likely. The
    /// definition of gsDesign's nBinomial(scale = "OR").
    log_odds_ratio_null,
    /// d = log risk ratio less the log of the null's, s0^2 = s1^2 = q1/(f1 p1) + q0/(f0 p0). No
    /// effect, or a margin on the risk ratio. The variance is that of Katz et al. 1978,
    /// doi:10.2307/2530610.
    log_risk_ratio
};

inline constexpr std::array all_formulas{
    Formula::pooled,         Formula::pooled_corrected,    Formula::unpooled,
    Formula::log_odds_ratio, Formula::log_odds_ratio_null, Formula::log_risk_ratio};

/// "pooled", "log-odds-ratio", ...
std::string_view id_of(Formula formula);
/// "difference, null variance", ...: a few words for the head of a row.
std::string_view title_of(Formula formula);
/// Nothing where no formula has the id.
std::optional<Formula> formula_named(std::string_view id);

/// Which trial. As in an AnalysisPlan: `direction` is of consequence with one side or a margin;
/// with `equivalence` neither `null` nor `sides` is.
struct FormulaQuestion {
    design::Rates rates;
    AllocationRatio ratio{1, 1};
    double alpha = 0.05;  ///< in (0, 1)
    design::Sides sides = design::Sides::two;
    design::Direction direction = design::Direction::higher_is_better;
    design::Effect null;
    std::optional<design::Equivalence> equivalence;
    double power = 0.9;  ///< in (0, largest_target]
};

/// The question of a plan's tests.
FormulaQuestion formula_question(const design::AnalysisPlan& plan, const design::Rates& rates,
                                 const AllocationRatio& ratio, double power);

/// Women per arm before they are rounded to whole ones.
struct RealArmSizes {
    double treated = 0;
    double control = 0;
};

struct FormulaSize {
    Formula formula = Formula::pooled;
    RealArmSizes real;       ///< at which the formula's power is the target
    design::ArmSizes sizes;  ///< the next whole steps of the ratio, at least one
    double power = 0;        ///< by the formula, at `sizes`
};

/// The women that the formula asks for. Nothing where it does not apply to the null hypothesis;
/// where the rates lie in the null hypothesis or make its standard deviation 0 or infinite (log
/// scales and margins need rates inside (0, 1)); or where an arm exceeds Design::largest_arm.
/// `real` is 0 where the formula gives the target power to no women at all (targets near alpha or
/// below). Throws std::invalid_argument where the target lies outside (0, largest_target]. Tested
/// against all reference numbers of kind `formula_power`, and by round trips.
std::optional<FormulaSize> formula_size(Formula formula, const FormulaQuestion& question);

/// The power that the formula gives to arms of these sizes, both positive; `ratio` and `power` of
/// the question are of no consequence. Nothing where the formula does not apply; rates in the null
/// hypothesis have a power too, except two-sided ones that are equal.
std::optional<double> formula_power(Formula formula, const FormulaQuestion& question,
                                    const design::ArmSizes& sizes);
std::optional<double> formula_power(Formula formula, const FormulaQuestion& question,
                                    const RealArmSizes& sizes);

/// Of every formula that applies, in the order of all_formulas.
std::vector<FormulaSize> all_formula_sizes(const FormulaQuestion& question);

}  // namespace rsasim::planning
