#include "joint_rejections.hpp"

namespace rsasim::summary {

JointRejections::JointRejections(const PatientState& state, Of of)
    : of_table_test_(state.layout->design().analysis().tests.size()),
      of_patient_test_(state.layout->rejections()),
      both_(of_table_test_.size() * of_patient_test_.size()) {
    const std::size_t tests = of_patient_test_.size();
    const auto& rejections =
        of == Of::pilot ? state.tables->pilot_rejections : state.tables->rejections;
    for (std::size_t i = 0; i < state.tables->tables.size(); ++i) {
        const auto& table = state.tables->tables[i];
        const std::int64_t weight = of == Of::pilot ? state.tables->pilot[i] : table.weight;
        if (weight == 0) continue;
        const std::size_t row = state.judgement->row_of(table.table());
        const std::int64_t* const of_row = rejections.data() + i * tests;
        trials_ += weight;
        for (std::size_t b = 0; b < tests; ++b)
            of_patient_test_[b] += of_row[b];
        for (std::size_t a = 0; a < of_table_test_.size(); ++a) {
            if (!state.judgement->rejects(a, row)) continue;
            of_table_test_[a] += weight;
            for (std::size_t b = 0; b < tests; ++b)
                both_[a * tests + b] += of_row[b];
        }
    }
}

}  // namespace rsasim::summary
