#include "families.hpp"
#include "patient/firth_fit.hpp"
#include "patient/firth_hard_lanes.hpp"
#include "patient/wald_finding.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <rsasim/math/portable_exp.hpp>

namespace rsasim::analysis {

namespace {

/// One fit serves all choices of the family: they differ in what they report.
class Firth : public PatientAnalysis {
  public:
    Firth(PatientChoices choices, const PatientSetting& setting)
        : choices_(choices.size()),
          scale_(wald_scale(design::Measure::conditional_odds_ratio, setting.null,
                            setting.confidence)),
          rows_(setting.women, setting.adjusting, false),
          scratch_(setting.women),
          hard_lanes_(setting.women) {
        const auto reports = [](bool design::PatientChoice::*what) {
            return [what](const design::PatientChoice& choice) { return choice.*what; };
        };
        tests_ = std::ranges::any_of(choices, reports(&design::PatientChoice::reports_test));
        bounds_ = std::ranges::any_of(choices, reports(&design::PatientChoice::reports_interval));
    }

    void analyse(const design::PatientColumns& columns, std::span<Finding> findings) override {
        rows_.take(columns);
        start(rows_.start, 0, columns.live, fit_);
        fit_firth(rows_, Moving::all, scratch_, fit_);
        if (tests_) {
            start(rows_.null_start, scale_.null, columns.live, null_fit_);
            fit_firth(rows_, Moving::all_but_last, scratch_, null_fit_);
        }
        if (bounds_) {
            lower_ = upper_ = fit_;
            for (FirthFit* limit : {&lower_, &upper_})
                activate(columns.live, *limit);
            follow_profile(rows_, -1, drop(), scratch_, lower_);
            follow_profile(rows_, 1, drop(), scratch_, upper_);
        }
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            if (is_hard(lane)) resolve(lane);
            const Finding finding = finding_of(lane);
            for (std::size_t k = 0; k < choices_; ++k)
                findings[k * design::lanes + lane] = finding;
        }
    }

  private:
    /// Lanes in which a penalised maximum exists: not those without women or with collinear
    /// columns.
    [[nodiscard]] bool has_maximum(std::size_t lane) const {
        return rows_.status[lane] == Status::ok || rows_.status[lane] == Status::degenerate;
    }

    void activate(std::size_t live, FirthFit& fit) const {
        for (std::size_t lane = 0; lane < design::lanes; ++lane)
            fit.active[lane] = lane < live && has_maximum(lane) ? 1 : 0;
    }

    void start(const PerLane* from, double last, std::size_t live, FirthFit& fit) const {
        activate(live, fit);
        for (std::size_t lane = 0; lane < live; ++lane) {
            const double events = rows_.events[lane], others = rows_.included[lane] - events;
            for (std::size_t j = 0; j < rows_.columns; ++j)
                fit.coefficients[j][lane] = events > 0 && others > 0 ? from[j][lane] : 0;
            if (!(events > 0 && others > 0))
                fit.coefficients[0][lane] = math::portable_log((events + 0.5) / (others + 0.5));
            if (&fit == &null_fit_) fit.coefficients[rows_.columns - 1][lane] = last;
        }
    }

    /// The fall of the likelihood at the limits of the interval.
    [[nodiscard]] double drop() const { return scale_.quantile * scale_.quantile / 2; }

    [[nodiscard]] bool is_hard(std::size_t lane) const {
        return has_maximum(lane) &&
               (fit_.active[lane] != 0 || (tests_ && null_fit_.active[lane] != 0) ||
                (bounds_ && (lower_.active[lane] != 0 || upper_.active[lane] != 0)));
    }

    /// What the vector code found stays, so that no number depends on what else is asked for.
    void resolve(std::size_t lane) {
        if (!hard_lanes_.take(rows_, lane)) return;
        if (fit_.active[lane] != 0) hard_lanes_.store_maximum(fit_);
        if (tests_ && null_fit_.active[lane] != 0) hard_lanes_.hold_last(scale_.null, null_fit_);
        if (!bounds_) return;
        if (lower_.active[lane] != 0) hard_lanes_.follow_profile(-1, drop(), lower_);
        if (upper_.active[lane] != 0) hard_lanes_.follow_profile(1, drop(), upper_);
    }

    /// P-value and limits do without each other: where only one of them was found, the rest is NaN.
    [[nodiscard]] Finding finding_of(std::size_t lane) const {
        if (!has_maximum(lane)) return status_finding(rows_.status[lane]);
        if (fit_.active[lane] != 0) return status_finding(Status::not_converged);
        const std::size_t last = rows_.columns - 1;
        const double estimate = fit_.coefficients[last][lane];
        Finding finding;
        if (tests_ && null_fit_.active[lane] == 0) {
            finding = signed_root_finding(2 * (fit_.likelihood[lane] - null_fit_.likelihood[lane]),
                                          estimate > scale_.null);
        }
        finding.status = Status::ok;
        finding.estimate = math::portable_exp(estimate);
        finding.standard_error = std::sqrt(fit_.covariance[last][lane]);
        if (bounds_ && lower_.active[lane] == 0 && upper_.active[lane] == 0) {
            finding.interval = {math::portable_exp(lower_.coefficients[last][lane]),
                                math::portable_exp(upper_.coefficients[last][lane])};
        }
        return finding;
    }

    std::size_t choices_;
    WaldScale scale_;
    bool tests_ = true, bounds_ = true;
    LogisticRows rows_;
    FirthScratch scratch_;
    FirthHardLanes hard_lanes_;
    FirthFit fit_, null_fit_, lower_, upper_;
};

}  // namespace

std::unique_ptr<PatientAnalysis> prepare_firth(PatientChoices choices,
                                               const PatientSetting& setting) {
    return std::make_unique<Firth>(choices, setting);
}

}  // namespace rsasim::analysis
