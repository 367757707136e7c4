#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/shrinkage.hpp>

/// What a new trial of the same size would find if the published effect were so or so in truth.
namespace rsasim::planning {

enum class TruthKind : std::uint8_t { observed, cochrane, empirical_bayes, confidence_limit };

/// "observed", "cochrane", "empirical-bayes", "confidence-limit".
std::string_view name_of(TruthKind kind);

/// A pair of rates that may be behind a published trial. The control rate is the observed one; for
/// all but the observed effect (x + 1/2)/(n + 1) where that is 0 or 1.
struct AssumedTruth {
    TruthKind kind = TruthKind::observed;
    double odds_ratio = 1;  ///< 0 or infinite where the observed one is; NaN where it is 0/0
    design::Rates rates;
    std::optional<NormalMixture> posterior;  ///< of the log odds ratio; none for a limit
};

/// The observed rates; the odds ratio shrunken in two ways, as exp of the posterior mean of the log
/// odds ratio; and that limit of its interval, exp(b -+ z s), which lies nearer to no effect. The
/// limit is left out where the interval contains no effect, and all but the observed rates, with
/// their posterior, where no woman or every woman had the event.
std::vector<AssumedTruth> assumed_truths(const design::Table2x2& published, double confidence);

/// A truth that a published trial does not have, and the reason in words.
struct OmittedTruth {
    TruthKind kind = TruthKind::confidence_limit;
    std::string why_not;
};

/// What assumed_truths leaves out, in the order of TruthKind.
std::vector<OmittedTruth> omitted_truths(const design::Table2x2& published, double confidence);

struct Replication {
    /// P(significant), that is P(the test rejects by the plan's rule).
    double significant = 0;
    /// P(significant, with the higher rate in the arm that has it in the published trial).
    double same_direction = 0;
    /// P(significant) when the log odds ratio has the posterior and the control rate is fixed.
    std::optional<double> averaged;
    /// Type M error: the mean of |log odds ratio estimated| among significant trials over |log odds
    /// ratio in truth|. The estimate is Gart's, 1/2 in each cell, so that every table has one. NaN
    /// where nothing is significant or the true one is 0 or infinite.
    double exaggeration = 0;
    /// Type S error: the share of significant trials whose observed rates differ in the other
    /// direction than the true ones. NaN where nothing is significant or the true ones are equal.
    double sign_error = 0;
};

/// Tables that are judged at most.
inline constexpr std::int64_t most_replication_tables = std::int64_t{1} << 22;

/// One per truth (at least one), by summation over all tables but those whose probability is at
/// most 1e-12 in all; nothing where that takes more than most_replication_tables. `plan` has one
/// test. The average is a trapezoidal sum over 8 standard deviations either way in steps of 1/16 of
/// one. Gelman & Carlin 2014, doi:10.1177/1745691614551642, with exact probabilities in place of
/// simulated t statistics.
std::vector<Replication> replicate_trial(const design::Table2x2& published,
                                         const std::vector<AssumedTruth>& truths,
                                         const std::shared_ptr<const design::AnalysisPlan>& plan,
                                         unsigned threads);

}  // namespace rsasim::planning
