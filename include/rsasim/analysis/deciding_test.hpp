#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::analysis {

/// What is asked of a test: its P-value, or only on which side of the plan's alpha it lies, which
/// unconditional tests find much faster for many tables (see Setting::decision).
enum class Wanted { p_value, side_of_alpha };

/// One test of a plan, prepared for arm sizes, looked at in the tail that decides under the plan
/// (see deciding_tail); for equivalence in one tail at each margin, of which the larger P decides.
class DecidingTest {
  public:
    /// Throws what analysis::prepare throws.
    DecidingTest(const design::AnalysisPlan& plan, std::size_t test, design::ArmSizes sizes,
                 Wanted wanted);

    /// The deciding P-value of a table of these sizes in [0, 1], NaN where there is none. Where
    /// only the side of alpha is wanted, some number on that side: not to be shown.
    [[nodiscard]] double operator()(const design::Table2x2& table) const;

  private:
    struct Part {
        Judge judge;
        Tail tail;
    };
    std::vector<Part> parts_;  ///< their largest P-value decides
};

/// The P-value by which each test of the plan decides about a table; NaN where there is none, as
/// where an arm is empty.
std::vector<double> deciding_p_values(const design::AnalysisPlan& plan,
                                      const design::Table2x2& table);

}  // namespace rsasim::analysis
