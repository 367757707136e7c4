#include "families.hpp"
#include "patient/logistic_fit.hpp"
#include "patient/logistic_sums.hpp"
#include "patient/standardisation.hpp"
#include "patient/wald_finding.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

namespace rsasim::analysis {

namespace {

enum class LikelihoodMethod { wald, likelihood_ratio, score, robust, interaction, ye, ge };

LikelihoodMethod kind_of(std::string_view id) {
    if (id == "logistic-lr") return LikelihoodMethod::likelihood_ratio;
    if (id == "logistic-score") return LikelihoodMethod::score;
    if (id == "logistic-robust") return LikelihoodMethod::robust;
    if (id == "interaction") return LikelihoodMethod::interaction;
    if (id == "g-computation") return LikelihoodMethod::ye;
    if (id == "g-computation-ge") return LikelihoodMethod::ge;
    return LikelihoodMethod::wald;
}

struct AskedMethod {
    LikelihoodMethod kind;
    WaldScale scale;
};

AskedMethod asked_of(const design::PatientChoice& choice, const PatientSetting& setting) {
    const LikelihoodMethod kind = kind_of(choice.id);
    const auto measure = choice.measure.value_or(design::Measure::conditional_odds_ratio);
    // A margin is of the arm's effect, not of its ratio between women.
    const design::Effect null =
        kind == LikelihoodMethod::interaction ? design::Effect{} : setting.null;
    return {kind, wald_scale(measure, null, setting.confidence)};
}

/// All that the choices need, each fitted or summed once.
class MaximumLikelihood : public PatientAnalysis {
  public:
    MaximumLikelihood(PatientChoices choices, const PatientSetting& setting)
        : rows_(setting.women, setting.adjusting, false) {
        for (const design::PatientChoice& choice : choices)
            asked_.push_back(asked_of(choice, setting));
        if (asks(LikelihoodMethod::interaction))
            product_rows_.emplace(setting.women, setting.adjusting, true);
        needs_null_ = asks(LikelihoodMethod::likelihood_ratio) || asks(LikelihoodMethod::score);
        needs_fit_ = std::ranges::any_of(asked_, [](const AskedMethod& one) {
            return one.kind != LikelihoodMethod::score && one.kind != LikelihoodMethod::interaction;
        });
        needs_sums_ = asks(LikelihoodMethod::ye) || asks(LikelihoodMethod::ge);
    }

    void analyse(const design::PatientColumns& columns, std::span<Finding> findings) override {
        if (needs_fit_ || needs_null_) rows_.take(columns);
        if (needs_fit_) fit_logistic(rows_, Fitted::all, columns.live, fit_);
        if (needs_null_) fit_logistic(rows_, Fitted::all_but_last, columns.live, null_fit_);
        if (asks(LikelihoodMethod::likelihood_ratio)) {
            sum_log_likelihood(rows_, fit_, likelihood_);
            sum_log_likelihood(rows_, null_fit_, null_likelihood_);
        }
        if (asks(LikelihoodMethod::robust)) sum_sandwich(rows_, fit_, sandwich_);
        if (needs_sums_) sum_standardised(rows_, fit_, sums_);
        if (product_rows_) {
            product_rows_->take(columns);
            fit_logistic(*product_rows_, Fitted::all, columns.live, product_fit_);
        }
        for (std::size_t k = 0; k < asked_.size(); ++k) {
            for (std::size_t lane = 0; lane < columns.live; ++lane)
                findings[k * design::lanes + lane] = finding_of(asked_[k], lane);
        }
    }

  private:
    [[nodiscard]] bool asks(LikelihoodMethod kind) const {
        return std::ranges::find(asked_, kind, &AskedMethod::kind) != asked_.end();
    }

    [[nodiscard]] Finding finding_of(const AskedMethod& asked, std::size_t lane) const {
        switch (asked.kind) {
            case LikelihoodMethod::wald:
                return coefficient(fit_, lane, asked.scale);
            case LikelihoodMethod::interaction:
                return coefficient(product_fit_, lane, asked.scale);
            case LikelihoodMethod::robust:
                return robust(lane, asked.scale);
            case LikelihoodMethod::likelihood_ratio:
                return likelihood_ratio(lane);
            case LikelihoodMethod::score:
                return score(lane);
            case LikelihoodMethod::ye:
            case LikelihoodMethod::ge:
                return standardised(asked, lane);
        }
        return {};
    }

    static Finding coefficient(const LogisticFit& fit, std::size_t lane, const WaldScale& scale) {
        if (fit.status[lane] != Status::ok) return status_finding(fit.status[lane]);
        const std::size_t last = fit.columns - 1;
        return wald_finding(fit.coefficients[last][lane], std::sqrt(fit.inverse_pivot[last][lane]),
                            scale);
    }

    [[nodiscard]] Finding robust(std::size_t lane, const WaldScale& scale) const {
        if (fit_.status[lane] != Status::ok) return status_finding(fit_.status[lane]);
        return wald_finding(fit_.coefficients[fit_.columns - 1][lane], std::sqrt(sandwich_[lane]),
                            scale);
    }

    [[nodiscard]] Finding likelihood_ratio(std::size_t lane) const {
        if (fit_.status[lane] != Status::ok) return status_finding(fit_.status[lane]);
        if (null_fit_.status[lane] != Status::ok) return status_finding(null_fit_.status[lane]);
        return signed_root_finding(2 * (likelihood_[lane] - null_likelihood_[lane]),
                                   fit_.coefficients[fit_.columns - 1][lane] > 0);
    }

    [[nodiscard]] Finding score(std::size_t lane) const {
        if (null_fit_.status[lane] != Status::ok) return status_finding(null_fit_.status[lane]);
        const std::size_t last = null_fit_.columns;
        const double slope = null_fit_.score[last][lane];
        return signed_root_finding(slope * slope * null_fit_.inverse_pivot[last][lane], slope > 0);
    }

    [[nodiscard]] Finding standardised(const AskedMethod& asked, std::size_t lane) const {
        if (fit_.status[lane] != Status::ok) return status_finding(fit_.status[lane]);
        const StandardisedRisks risks = asked.kind == LikelihoodMethod::ye
                                            ? risks_of_ye(rows_, sums_, lane)
                                            : risks_of_ge(rows_, fit_, sums_, lane);
        const Contrast contrast = contrast_of(risks, asked.scale.measure);
        return wald_finding(contrast.estimate, contrast.standard_error, asked.scale);
    }

    std::vector<AskedMethod> asked_;
    bool needs_fit_ = false, needs_null_ = false, needs_sums_ = false;
    LogisticRows rows_;
    std::optional<LogisticRows> product_rows_;
    LogisticFit fit_, null_fit_, product_fit_;
    PerLane likelihood_, null_likelihood_, sandwich_;
    StandardisedSums sums_;
};

}  // namespace

std::unique_ptr<PatientAnalysis> prepare_maximum_likelihood(PatientChoices choices,
                                                            const PatientSetting& setting) {
    return std::make_unique<MaximumLikelihood>(choices, setting);
}

}  // namespace rsasim::analysis
