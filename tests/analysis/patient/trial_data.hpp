#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/analysis/patient_methods.hpp>

/// One trial by woman, and what the patient-level methods find in it.
namespace patient {

using rsasim::analysis::Finding;
using rsasim::analysis::PatientFamily;
using Numbers = std::vector<double>;

struct TrialData {
    Numbers treated, outcome;
    std::vector<Numbers> adjust{};
    Numbers weight{};
    Numbers feature{};  ///< of an interaction
};

struct Asked {
    std::string id;
    std::optional<rsasim::design::Measure> measure{};
};

/// A batch with a trial in each lane; shorter trials are filled with women of weight 0 that hold
/// nonsense, if `has_weights`.
class Batch {
  public:
    explicit Batch(const std::vector<TrialData>& trials);
    [[nodiscard]] const rsasim::design::PatientColumns& columns() const { return columns_; }
    [[nodiscard]] std::size_t adjusting() const { return adjust_.size(); }

  private:
    rsasim::design::Column treated_, outcome_, weight_, feature_;
    std::vector<rsasim::design::Column> adjust_;
    rsasim::design::PatientColumns columns_;
};

/// Findings by trial, then choice.
std::vector<std::vector<Finding>> find_all(PatientFamily family, const std::vector<Asked>& asked,
                                           const std::vector<TrialData>& trials,
                                           rsasim::design::Effect null = {},
                                           double confidence = 0.95);

/// What one method finds in one trial.
Finding find(PatientFamily family, const Asked& asked, const TrialData& trial,
             rsasim::design::Effect null = {});

/// A trial of the table's women: rows treated and control, columns event and non-event.
TrialData trial_of(int a, int b, int c, int d);

/// Columns of the data set embedded in the reference, or of a file of tests/reference/data. Rows
/// with missing values in any of them are left out.
std::vector<Numbers> data_columns(const std::string& data_set,
                                  const std::vector<std::string>& names);

/// Simulated trials that differ by seed; two continuous covariates and a binary one.
TrialData random_trial(unsigned seed, std::size_t women);

}  // namespace patient
