#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// The Mann-Whitney test of y in one lane: with U = #{treated > control} + #{ties}/2,
///
///     z = (U - n1 n0/2) / sqrt(n1 n0/12 (N + 1 - sum (t^3 - t) / (N (N - 1)))),
///
/// t the numbers of tied women, and no continuity correction (R's wilcox.test with exact = FALSE,
/// correct = FALSE). `degenerate` where all values are tied, `undefined` where an arm is empty.
class RankSum {
  public:
    explicit RankSum(std::size_t women) { values_.reserve(women); }
    Finding judge(const design::PatientColumns& columns, const double* y, std::size_t lane);

  private:
    struct Value {
        double y;
        bool is_treated;
    };
    std::vector<Value> values_;
};

}  // namespace rsasim::analysis
