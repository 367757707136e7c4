#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <rsasim/summary/patient_summary.hpp>

namespace rsasim::summary {

enum class Of { all, pilot };

/// How often tests of the table and patient-level tests reject, alone and together, over all
/// replicates of a cell or its pilot.
class JointRejections {
  public:
    JointRejections(const PatientState& state, Of of);

    [[nodiscard]] std::int64_t trials() const { return trials_; }
    [[nodiscard]] std::int64_t of_table_test(std::size_t a) const { return of_table_test_[a]; }
    [[nodiscard]] std::int64_t of_patient_test(std::size_t b) const { return of_patient_test_[b]; }
    [[nodiscard]] std::int64_t both(std::size_t a, std::size_t b) const {
        return both_[a * of_patient_test_.size() + b];
    }

  private:
    std::int64_t trials_ = 0;
    std::vector<std::int64_t> of_table_test_, of_patient_test_, both_;
};

}  // namespace rsasim::summary
