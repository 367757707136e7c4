#include "missing_women.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace rsasim::resample {

namespace {

using analysis::Finding;
using analysis::PatientAnalysis;
using analysis::PatientFamily;
using analysis::PatientRow;
using analysis::PatientSetting;
using analysis::Status;
using design::lanes;

constexpr std::int64_t most_imputations = 65'536;

/// A choice that is pooled.
struct PooledChoice {
    std::size_t place;  ///< among all choices
    design::Measure measure;
    double null;                    ///< on the scale of analysis
    std::size_t coefficients;       ///< that the analysis estimates
    std::vector<double> estimates;  ///< [lane][imputation]
    std::vector<double> variances;
    std::array<Finding, lanes> first;  ///< of the first imputation
};

/// The choices of one family.
struct PooledFamily {
    std::unique_ptr<PatientAnalysis> analysis;
    std::vector<PooledChoice> choices;
    std::vector<Finding> findings;  ///< [choice][lane], of one imputation
};

std::size_t coefficients_of(PatientFamily family, const PatientSetting& setting) {
    switch (family) {
        case PatientFamily::table:
            return 2;
        case PatientFamily::mantel_haenszel:
            return 1 + setting.strata;
        default:
            return 2 + setting.adjusting;
    }
}

double on_scale_of_analysis(design::Measure measure, double value) {
    return design::is_ratio(measure) ? std::log(value) : value;
}

PooledChoice pooled_choice(const PatientRow& row, std::size_t place, const PatientSetting& setting,
                           std::size_t imputations) {
    const design::Measure measure = *row.measure;
    const double null =
        setting.null.measure == measure ? setting.null.value : design::no_effect(measure);
    const std::size_t numbers = lanes * imputations;
    return {place,
            measure,
            on_scale_of_analysis(measure, null),
            coefficients_of(row.family, setting),
            std::vector<double>(numbers),
            std::vector<double>(numbers),
            {}};
}

class Imputation : public ResamplingAnalysis {
  public:
    Imputation(std::span<const design::PatientChoice> choices, const PatientSetting& setting,
               const ImputationPlan& plan);

    void analyse(const design::PatientColumns& columns, const DrawPlace& place,
                 std::span<Finding> findings) override;

  private:
    void add_family(PatientFamily family, std::span<const design::PatientChoice> choices,
                    const PatientSetting& setting);
    void complete(const design::PatientColumns& columns);
    void analyse_imputation(std::size_t imputation);
    [[nodiscard]] Finding pooled(const PooledChoice& choice, std::size_t lane) const;

    std::size_t imputations_;
    std::size_t choices_;
    double confidence_;
    std::vector<PooledFamily> families_;
    std::vector<MissingWomen> missing_;  ///< by lane
    std::array<analysis::FitStatus, lanes> status_{};
    std::array<double, lanes> women_{};
    design::Column outcome_, weight_;
    design::PatientColumns completed_;
};

Imputation::Imputation(std::span<const design::PatientChoice> choices,
                       const PatientSetting& setting, const ImputationPlan& plan)
    : imputations_(static_cast<std::size_t>(plan.imputations)),
      choices_(choices.size()),
      confidence_(setting.confidence),
      outcome_(setting.women * lanes),
      weight_(setting.women * lanes) {
    for (const auto family : {PatientFamily::table, PatientFamily::maximum_likelihood,
                              PatientFamily::firth, PatientFamily::mantel_haenszel,
                              PatientFamily::exact_conditional, PatientFamily::biomarker})
        add_family(family, choices, setting);
    for (std::size_t lane = 0; lane < lanes; ++lane)
        missing_.emplace_back(setting.women, setting.adjusting, plan);
}

void Imputation::add_family(PatientFamily family, std::span<const design::PatientChoice> choices,
                            const PatientSetting& setting) {
    PooledFamily pooled;
    std::vector<design::PatientChoice> asked;
    for (std::size_t k = 0; k < choices.size(); ++k) {
        const PatientRow* row = analysis::find_patient_method(choices[k].id, choices[k].measure);
        if (row == nullptr) {
            throw std::invalid_argument(
                fmt::format("\"{}\" is not a known patient-level method", choices[k].id));
        }
        if (row->family != family || row->pooling == analysis::Pooling::not_defined) continue;
        asked.push_back(choices[k]);
        pooled.choices.push_back(pooled_choice(*row, k, setting, imputations_));
    }
    if (asked.empty()) return;
    pooled.analysis = analysis::prepare_family(family, asked, setting);
    pooled.findings.resize(asked.size() * lanes);
    families_.push_back(std::move(pooled));
}

/// Takes the columns, with a weight for those to be imputed.
void Imputation::complete(const design::PatientColumns& columns) {
    completed_ = columns;
    completed_.outcome = outcome_.data();
    completed_.weight = weight_.data();
    std::copy_n(columns.outcome, columns.women * lanes, outcome_.begin());
    std::ranges::fill(women_, 0.0);
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            const std::size_t i = woman * lanes + lane;
            const bool has_weight = columns.weight == nullptr || columns.weight[i] != 0;
            const bool is_missing = columns.missing != nullptr && columns.missing[i] != 0;
            weight_[i] = has_weight || is_missing ? 1 : 0;
            women_[lane] += weight_[i];
        }
    }
    for (std::size_t lane = 0; lane < columns.live; ++lane)
        status_[lane] = missing_[lane].learn(columns, lane);
}

void Imputation::analyse_imputation(std::size_t imputation) {
    for (PooledFamily& family : families_) {
        family.analysis->analyse(completed_, family.findings);
        for (std::size_t k = 0; k < family.choices.size(); ++k) {
            PooledChoice& choice = family.choices[k];
            for (std::size_t lane = 0; lane < completed_.live; ++lane) {
                const Finding& finding = family.findings[k * lanes + lane];
                const std::size_t i = lane * imputations_ + imputation;
                choice.estimates[i] = on_scale_of_analysis(choice.measure, finding.estimate);
                choice.variances[i] = finding.standard_error * finding.standard_error;
                if (imputation == 0) choice.first[lane] = finding;
            }
        }
    }
}

Finding Imputation::pooled(const PooledChoice& choice, std::size_t lane) const {
    if (missing_[lane].is_empty()) return choice.first[lane];
    if (status_[lane] != analysis::FitStatus::ok) {
        Finding finding;
        finding.status = status_[lane] == analysis::FitStatus::collinear ? Status::collinear
                                                                         : Status::not_converged;
        return finding;
    }
    const auto of_lane = [&](const std::vector<double>& numbers) {
        return std::span(numbers).subspan(lane * imputations_, imputations_);
    };
    const double freedom = std::max(1.0, women_[lane] - static_cast<double>(choice.coefficients));
    return analysis::pool(
        {of_lane(choice.estimates), of_lane(choice.variances), freedom, choice.null},
        choice.measure, confidence_);
}

void Imputation::analyse(const design::PatientColumns& columns, const DrawPlace& place,
                         std::span<Finding> findings) {
    complete(columns);
    bool is_any_missing = false;
    for (std::size_t lane = 0; lane < columns.live; ++lane)
        is_any_missing = is_any_missing || !missing_[lane].is_empty();
    const std::size_t rounds = is_any_missing ? imputations_ : 1;
    for (std::size_t imputation = 0; imputation < rounds; ++imputation) {
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            if (status_[lane] != analysis::FitStatus::ok) continue;
            missing_[lane].impute(columns, place, static_cast<std::int64_t>(imputation),
                                  outcome_.data());
        }
        analyse_imputation(imputation);
    }
    Finding not_defined;
    not_defined.status = Status::not_defined;
    for (std::size_t k = 0; k < choices_; ++k) {
        for (std::size_t lane = 0; lane < columns.live; ++lane)
            findings[k * lanes + lane] = not_defined;
    }
    for (const PooledFamily& family : families_) {
        for (const PooledChoice& choice : family.choices) {
            for (std::size_t lane = 0; lane < columns.live; ++lane)
                findings[choice.place * lanes + lane] = pooled(choice, lane);
        }
    }
}

}  // namespace

std::unique_ptr<ResamplingAnalysis> prepare_imputation(
    std::span<const design::PatientChoice> choices, const PatientSetting& setting,
    const ImputationPlan& plan) {
    if (plan.imputations < 2 || plan.imputations >= most_imputations) {
        throw std::invalid_argument(fmt::format("{} imputations: 2 to {} are possible",
                                                plan.imputations, most_imputations - 1));
    }
    return std::make_unique<Imputation>(choices, setting, plan);
}

}  // namespace rsasim::resample
