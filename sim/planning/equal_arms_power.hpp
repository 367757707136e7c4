#pragma once

#include <cstdint>
#include <memory>

#include <rsasim/design/design.hpp>

namespace rsasim::planning {

/// Exact power of a test in trials with two equal arms, fast enough for tens of thousands of women.
///
/// A test of no effect accepts, for each number of control events, the treated counts between two
/// boundaries and rejects beyond. The boundaries are followed from one number of control events to
/// the next. What is asked of the test: the tables at the boundaries, `band` more on either side of
/// each, and the outermost ones; where one of them contradicts the boundaries, all tables are asked
/// instead, and up to `always_whole` women in an arm that is always so.
class EqualArmsPower {
  public:
    static constexpr std::int64_t always_whole = 40;
    static constexpr std::int64_t band = 3;

    /// `plan` has one test, of no effect.
    EqualArmsPower(std::shared_ptr<const design::AnalysisPlan> plan, const design::Rates& rates);

    /// With n women in each arm; tables of probability at most 2e-13 are left out.
    [[nodiscard]] double operator()(std::int64_t n) const;

  private:
    std::shared_ptr<const design::AnalysisPlan> plan_;
    design::Rates rates_;
};

}  // namespace rsasim::planning
