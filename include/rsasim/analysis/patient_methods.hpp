#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/patient_plan.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// Methods that share their work: a family fits once for all that are asked of it.
enum class PatientFamily {
    table,               ///< the unadjusted odds ratio, for sets other than the first
    maximum_likelihood,  ///< logistic regression and what follows from its fit
    firth,
    mantel_haenszel,
    exact_conditional,
    biomarker,
    rerandomisation,  ///< prepared by the module resample: it draws
};

/// What a method reads beside arm, outcome and weight.
enum class PatientNeeds { nothing, covariates, strata, interaction, biomarker };

/// Whether multiple imputation pools the method's estimate by Rubin's rules.
enum class Pooling { not_defined, estimate };

/// One row of the catalogue of patient-level methods.
struct PatientRow {
    std::string_view id;
    std::optional<design::Measure> measure;  ///< of estimate and interval; none: a test alone
    std::string_view test_id{};  ///< of its P-value; empty: it has none (another row reports it)
    PatientFamily family = PatientFamily::maximum_likelihood;
    PatientNeeds needs = PatientNeeds::nothing;
    bool has_interval = false;
    Pooling pooling = Pooling::not_defined;
    bool is_costly = false;  ///< left out of default lists
    std::string_view title;
    std::string_view brief{};
    std::string_view definition;
    std::string_view citation;
    std::string_view doi;
    std::span<const OptionRow> options{};
};

/// All rows, in the order they are shown.
std::span<const PatientRow> patient_catalogue();

/// The row of an id on a measure (none for a test alone), or a null pointer.
const PatientRow* find_patient_method(std::string_view id, std::optional<design::Measure> measure);

/// The label of a choice's P-value: its test's id with the choice's set or endpoint, as in
/// "wald@complete-case" of "woolf@complete-case".
std::string test_label(const design::PatientChoice& choice);

/// The label of its estimate and interval: "conditional_odds_ratio:logistic"; the plain label of a
/// test alone.
std::string measured_label(const design::PatientChoice& choice);

/// What is the same for all trials.
struct PatientSetting {
    std::size_t women = 0;      ///< most women of a trial
    std::size_t adjusting = 0;  ///< adjusting features
    std::size_t strata = 1;
    double confidence = 0.95;
    design::Effect null = {};  ///< of tests on its measure; other measures test no effect
};

/// A prepared family: owns its working memory, made before the loop. One per thread.
class PatientAnalysis {
  public:
    PatientAnalysis() = default;
    PatientAnalysis(const PatientAnalysis&) = delete;
    PatientAnalysis& operator=(const PatientAnalysis&) = delete;
    PatientAnalysis(PatientAnalysis&&) = delete;
    PatientAnalysis& operator=(PatientAnalysis&&) = delete;
    virtual ~PatientAnalysis() = default;

    /// findings[k * design::lanes + lane] = what choice k says of trial `lane`, for the live lanes.
    /// What a lane finds does not depend on the others.
    virtual void analyse(const design::PatientColumns& columns, std::span<Finding> findings) = 0;
};

/// Prepares the choices of one family (all of the same set); findings come in their order. Throws
/// std::invalid_argument for an unknown choice, and std::logic_error for the rerandomisation
/// family.
std::unique_ptr<PatientAnalysis> prepare_family(PatientFamily family,
                                                std::span<const design::PatientChoice> choices,
                                                const PatientSetting& setting);

/// Estimates of some imputed data sets, on the scale of analysis (log for ratios).
struct PooledInput {
    std::span<const double> estimates;
    std::span<const double> variances;
    double complete_degrees_of_freedom = infinity;  ///< of the analysis of complete data
    double null = 0;                                ///< that P is against, on the same scale
};

/// Rubin's rules with the degrees of freedom of Barnard & Rubin 1999, doi:10.1093/biomet/86.4.948:
/// estimate (back on the measure's own scale), standard error, interval, Wald P-values with
/// Student's t. At least two data sets; `undefined` where an estimate is not finite.
Finding pool(const PooledInput& input, design::Measure measure, double confidence);

}  // namespace rsasim::analysis
