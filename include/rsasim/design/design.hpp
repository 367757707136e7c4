#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/effect.hpp>
#include <rsasim/design/patient_model.hpp>
#include <rsasim/design/patient_truth.hpp>

namespace rsasim::design {

/// Women per arm.
struct ArmSizes {
    std::int64_t treated = 0;
    std::int64_t control = 0;
    auto operator<=>(const ArmSizes&) const = default;
};

/// The women of a patient-level design, and what its analyses estimate. Without a truth they are
/// described and no more: what the model's targets leave free has not been solved for.
struct Patients {
    std::shared_ptr<const PatientModel> model;
    std::shared_ptr<const PatientTruth> truth;
};

/// How simulated trials become integers: counted by their 2x2 table, which every method of the
/// table is asked about afterwards, or analysed one by one, each forgotten before the next.
enum class Tallying { by_table, one_by_one };

/// The checked, immutable plan of one trial: one cell of a sweep.
class Design {
  public:
    /// Throws std::invalid_argument unless 1 <= n <= largest_arm in each arm, both rates lie in
    /// [0, 1] and `analysis` is there.
    /// With `patients` the sizes are those planned, which some schemes only meet on average, and
    /// the rates those that the arms of the 2x2 table have in truth; NaN where that is not known.
    Design(ArmSizes sizes, Rates rates, std::shared_ptr<const AnalysisPlan> analysis,
           Patients patients = {});

    [[nodiscard]] const ArmSizes& sizes() const { return sizes_; }
    [[nodiscard]] const Rates& rates() const { return rates_; }
    [[nodiscard]] const AnalysisPlan& analysis() const { return *analysis_; }
    /// The same trial with other arm sizes.
    [[nodiscard]] Design with_sizes(const ArmSizes& sizes) const {
        return {sizes, rates_, analysis_, patients_};
    }
    /// One by one where more than 2^20 tables can come up (see possible_tables): decided from the
    /// design alone, so that machines, threads and replicates have no say in it.
    [[nodiscard]] Tallying tallying() const { return tallying_; }
    [[nodiscard]] bool is_tallied_one_by_one() const { return tallying_ == Tallying::one_by_one; }
    /// The same trial with its models solved for and its truth known.
    [[nodiscard]] Design solved(Patients patients) const;
    /// The same trial, tallied as is said here; other sizes are decided on anew.
    [[nodiscard]] Design with_tallying(Tallying tallying) const;
    /// Null where the trial is two binomial counts.
    [[nodiscard]] const PatientModel* patients() const { return patients_.model.get(); }
    /// Null as well where women are described and no more.
    [[nodiscard]] const PatientTruth* patient_truth() const { return patients_.truth.get(); }
    /// False where women are described and no more: such a trial can be neither simulated nor
    /// judged, but all that is decided before (its name, its tallying, its cost) is known.
    [[nodiscard]] bool is_solved() const { return !patients_.model || patients_.truth; }
    /// Both, shared; empty where the trial is two binomial counts.
    [[nodiscard]] const Patients& shared_patients() const { return patients_; }

    /// The effect in truth, NaN where it is 0/0.
    [[nodiscard]] double truth(Measure measure) const { return effect_of(measure, rates_); }
    /// True where the truth lies in the null hypothesis of the analysis, so that every rejection is
    /// an error of the first kind (see AnalysisPlan::has_in_null).
    [[nodiscard]] bool is_null() const { return analysis_->has_in_null(rates_); }

    /// Names the trial model and nothing else, in canonical decimal: two cells that differ only in
    /// their analyses have the same text. Source of the random stream of an independent cell.
    [[nodiscard]] std::string model_text() const;

    static constexpr std::int64_t largest_arm = 100'000'000;

  private:
    ArmSizes sizes_;
    Rates rates_;
    std::shared_ptr<const AnalysisPlan> analysis_;
    Patients patients_;
    Tallying tallying_ = Tallying::by_table;
};

/// The shortest decimal that reads back as the same double.
std::string canonical_decimal(double value);

}  // namespace rsasim::design
