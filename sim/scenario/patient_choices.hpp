#pragma once

#include "faults.hpp"
#include "method_choice.hpp"
#include "patient_sets.hpp"
#include "settings.hpp"

#include <optional>
#include <string>
#include <vector>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/design/patient_plan.hpp>

namespace rsasim::scenario {

/// Whether a method that was named is of the 2x2 table as well.
enum class Share { patients_only, table_too };

/// The patient-level methods that the lists of tests and intervals name, or all of them. A method
/// is one choice, whichever of its test and its interval are asked for.
class PatientChoices {
  public:
    explicit PatientChoices(const Settings& settings);

    /// Takes what a test's or interval's name means at the patient level. A name without a set
    /// means every set; without an endpoint, every biomarker. `label` is what messages call it.
    Share take_test(const std::string& label, const NamedMethod& named, Faults& faults);
    Share take_interval(const std::string& label, const NamedMethod& named, Faults& faults);

    /// Every method that is not costly and has what it needs, on every set where it is defined.
    void take_default_tests();
    void take_default_intervals();

    [[nodiscard]] const std::vector<design::PatientChoice>& choices() const { return choices_; }

  private:
    enum class Part { test, interval };
    struct Request {
        Part part;
        const std::string& label;
        const NamedMethod& named;
    };

    Share take(const Request& request, const std::vector<const analysis::PatientRow*>& rows,
               Faults& faults);
    bool is_known_set(const Request& request, Faults& faults) const;
    /// False where a set leaves a method nothing to estimate: the women of a subgroup all have one
    /// value of the interaction's feature.
    [[nodiscard]] bool can_estimate(const analysis::PatientRow& row, const SetWords& set) const;
    /// A row on every set and endpoint that a name means, without options.
    [[nodiscard]] std::vector<design::PatientChoice> named_choices(
        const NamedMethod& named, const analysis::PatientRow& row) const;
    bool has_problem(const Request& request, const analysis::PatientRow& row, Faults& faults) const;
    void take_defaults(Part part);
    /// False where the part of the choice had been taken.
    bool add(design::PatientChoice choice, Part part);
    [[nodiscard]] bool has_needs(const analysis::PatientRow& row,
                                 std::optional<std::size_t> endpoint) const;
    [[nodiscard]] std::vector<std::optional<std::size_t>> endpoints_of(
        const analysis::PatientRow& row) const;
    [[nodiscard]] std::string label_of(const design::PatientChoice& choice) const;

    std::vector<SetWords> sets_;
    std::vector<std::string> biomarkers_;
    std::vector<bool> has_baseline_;
    bool has_covariates_ = false;
    bool has_strata_ = false;
    bool has_interaction_ = false;
    std::string interaction_;  ///< its feature; empty where it is swept, or there is none
    std::optional<design::Measure> margin_;
    std::vector<design::PatientChoice> choices_;
};

/// Whether any row is called so in a list of tests, or of intervals ("ID" or "MEASURE:ID").
bool is_patient_test(std::string_view id);
bool is_patient_interval(std::string_view id);
/// All names that lists may have.
std::vector<std::string> patient_test_names();
std::vector<std::string> patient_interval_names();

/// "logistic", "wald@complete-case", "ancova[il33]": the name of a choice's test, or of its
/// interval with the measure. With `sets` above one the primary set is named too.
std::string test_text(const design::PatientChoice& choice, std::size_t sets);
std::string interval_text(const design::PatientChoice& choice, std::size_t sets);

/// analysis.multiplicity; nothing where it is not given.
std::optional<design::Multiplicity> read_multiplicity(
    const Settings& settings, const std::vector<design::PatientChoice>& choices, Faults& faults);

}  // namespace rsasim::scenario
