#include "patient/families.hpp"
#include "patient/margin_test.hpp"
#include "patient/strata_counts.hpp"
#include "table/conditional_limits.hpp"
#include "table/conditional_p_values.hpp"
#include "table/interval_finding.hpp"
#include "table/null_agreement.hpp"
#include "table/stratified_distribution.hpp"

#include <cmath>
#include <optional>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

using design::lanes;

/// Multiplications of one trial's convolution beyond which it is refused: a second or so.
constexpr double largest_cost = 1e9;

class ExactConditional : public PatientAnalysis {
  public:
    ExactConditional(std::size_t choices, const PatientSetting& setting)
        : choices_(choices),
          counts_(setting.strata),
          tables_(setting.strata, setting.women),
          null_(null_of(setting, design::Measure::conditional_odds_ratio)),
          tail_((1 - setting.confidence) / 2),
          quantile_(math::normal_upper_quantile(tail_)) {}

    void analyse(const design::PatientColumns& columns, std::span<Finding> findings) override {
        counts_.count(columns, columns.stratum);
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            const Finding finding = judge(lane);
            for (std::size_t k = 0; k < choices_; ++k)
                findings[k * lanes + lane] = finding;
        }
    }

  private:
    Finding judge(std::size_t lane) {
        tables_.clear();
        for (std::size_t stratum = 0; stratum < counts_.strata(); ++stratum)
            tables_.add(table_of(counts_.cells(stratum, lane)));
        if (tables_.is_empty()) {
            Finding finding = uninformative_ratio();
            finding.p_value = {1, 1, 1};
            return finding;
        }
        if (tables_.cost() > largest_cost) {
            Finding finding;
            finding.status = Status::too_large;
            return finding;
        }
        return judge(tables_.convolve());
    }

    [[nodiscard]] Finding judge(const StratifiedTables::Observed& observed) const {
        const auto& [distribution, count] = observed;
        const bool is_lowest = count == 0, is_highest = count == distribution.highest();
        double start = tables_.rough_log_odds_ratio(), standard_error = 1;
        Finding finding;
        if (!is_lowest && !is_highest) {
            const math::Root root = log_conditional_mle(distribution, count, start);
            if (!root.is_converged) return unconverged_finding();
            start = root.value;
            standard_error = 1 / std::sqrt(variance_at(distribution, count, start));
        }
        const double reach = quantile_ * standard_error;
        const std::optional<Interval> limits =
            central_limits(observed, start - reach, start + reach);
        if (!limits) return unconverged_finding();
        finding =
            interval_finding(design::Measure::conditional_odds_ratio, limits->lower, limits->upper);
        finding.estimate = is_lowest ? 0 : is_highest ? infinity : std::exp(start);
        if (!is_lowest && !is_highest) finding.standard_error = standard_error;
        finding.p_value = minlike_p_values(distribution, count, TailRule::whole, null_);
        return finding;
    }

    /// The limits at which the one-sided P-values are half of 1 - confidence; 0 or infinite at the
    /// ends of the support.
    [[nodiscard]] std::optional<Interval> central_limits(const StratifiedTables::Observed& observed,
                                                         double lower_start,
                                                         double upper_start) const {
        const auto& [distribution, count] = observed;
        const double log_odds = std::log(tail_ / (1 - tail_));
        Interval limits{0, infinity};
        if (count > 0) {
            const math::Root root =
                log_odds_ratio_at_tail(distribution, count, 1, log_odds, lower_start);
            if (!root.is_converged) return std::nullopt;
            limits.lower = std::exp(root.value);
        }
        if (count < distribution.highest()) {
            const math::Root root =
                log_odds_ratio_at_tail(distribution, count, 0, -log_odds, upper_start);
            if (!root.is_converged) return std::nullopt;
            limits.upper = std::exp(root.value);
        }
        const PValues at_null = central_p_values(distribution, count, TailRule::whole, null_);
        return limits_that_agree_at(null_, limits, at_null, tail_);
    }

    std::size_t choices_;
    StrataCounts counts_;
    StratifiedTables tables_;
    double null_;
    double tail_;
    double quantile_;
};

}  // namespace

std::unique_ptr<PatientAnalysis> prepare_exact_conditional(PatientChoices choices,
                                                           const PatientSetting& setting) {
    return std::make_unique<ExactConditional>(choices.size(), setting);
}

}  // namespace rsasim::analysis
