#include "joint_rejections.hpp"
#include "patient_columns.hpp"

#include <cmath>
#include <utility>

#include <rsasim/summary/patient_summary.hpp>
#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

using tally::PatientLayout;

/// The replicates in which both of two tests of the whole list reject: first those that were judged
/// by table, which the tally does not know.
class BothReject {
  public:
    BothReject(const CellSummary& summary, const PatientState& state)
        : summary_(summary),
          state_(state),
          table_tests_(summary.tests.size()),
          with_table_(state, Of::all) {}

    /// Replicates in which a and b > a, or where they are the same a, reject.
    [[nodiscard]] std::int64_t of(std::size_t a, std::size_t b) const {
        if (a >= table_tests_) {
            return state_.words[state_.layout->both(a - table_tests_, b - table_tests_)];
        }
        if (b >= table_tests_) return with_table_.both(a, b - table_tests_);
        const auto& pair = summary_.test_pairs[place_of_pair(a, b, table_tests_)];
        return summary_.tests[a].n_reject - pair.n_a_not_b;
    }
    static std::size_t place_of_pair(std::size_t a, std::size_t b, std::size_t tests) {
        return a * tests - a * (a + 1) / 2 + b - a - 1;
    }

  private:
    const CellSummary& summary_;
    const PatientState& state_;
    std::size_t table_tests_;
    JointRejections with_table_;
};

TestPairSummary pair_of(std::int64_t a, std::int64_t b, std::int64_t both, std::int64_t n) {
    TestPairSummary pair;
    pair.n_a_not_b = a - both;
    pair.n_b_not_a = b - both;
    pair.a_not_b = proportion(pair.n_a_not_b, n);
    pair.b_not_a = proportion(pair.n_b_not_a, n);
    pair.power_difference = paired_difference(pair.n_a_not_b, pair.n_b_not_a, n);
    return pair;
}

/// All pairs of the tests of the table and those of the women.
std::vector<TestPairSummary> all_pairs(const CellSummary& table_tests, const PatientState& state,
                                       const std::vector<TestSummary>& tests) {
    const BothReject both(table_tests, state);
    const std::int64_t n = state.words[state.layout->trials()];
    std::vector<TestPairSummary> pairs;
    for (std::size_t a = 0; a < tests.size(); ++a) {
        for (std::size_t b = a + 1; b < tests.size(); ++b)
            pairs.push_back(pair_of(tests[a].n_reject, tests[b].n_reject, both.of(a, b), n));
    }
    return pairs;
}

void append_characteristics(CellSummary& summary, const PatientState& state) {
    for (std::size_t i = 0; i < state.layout->characteristics().size(); ++i) {
        const std::size_t place = state.layout->characteristic(i);
        const MomentFigures figures(state.words, place, state.words[place + tally::moment_words]);
        CharacteristicSummary characteristic;
        characteristic.n_with_value = state.words[place + tally::moment_words];
        characteristic.mean_value = figures.mean();
        characteristic.sd_value = figures.standard_deviation();
        summary.characteristics.push_back(characteristic);
    }
}

}  // namespace

void append_tallied(CellSummary& summary, const PatientState& state) {
    const PatientLayout& layout = *state.layout;
    const MethodFigures figures(state);
    auto tests = summary.tests;
    std::size_t test = 0;
    for (std::size_t m = 0; m < layout.methods().size(); ++m) {
        const auto& method = layout.methods()[m];
        if (method.has_test) tests.push_back(figures.test(m, test++));
        if (method.has_interval) summary.intervals.push_back(figures.interval(m));
        if (method.has_estimate) summary.estimators.push_back(figures.estimator(m));
        if (!method.is_of_table) summary.analyses.push_back(figures.analysis(m));
    }
    for (std::size_t i = 0; i < layout.pairs().size(); ++i)
        summary.pairs.push_back(figures.pair(i));
    summary.contradictions.resize(summary.pairs.size());
    for (std::size_t i = 0; i < layout.decisions().size(); ++i)
        tests.push_back(figures.decision(test++));
    summary.test_pairs = all_pairs(summary, state, tests);
    summary.tests = std::move(tests);
    append_characteristics(summary, state);
}

}  // namespace rsasim::summary
