#pragma once

#include <cstdint>

#include <rsasim/design/design.hpp>

namespace rsasim::planning {

/// Treated to control women, in lowest terms: the arms of `steps` steps have treated * steps and
/// control * steps women.
class AllocationRatio {
  public:
    /// Throws std::invalid_argument unless both are positive.
    AllocationRatio(std::int64_t treated, std::int64_t control);

    [[nodiscard]] std::int64_t treated() const { return treated_; }
    [[nodiscard]] std::int64_t control() const { return control_; }
    /// Women of one step, both arms.
    [[nodiscard]] std::int64_t women_per_step() const { return treated_ + control_; }
    [[nodiscard]] design::ArmSizes sizes(std::int64_t steps) const {
        return {treated_ * steps, control_ * steps};
    }

  private:
    std::int64_t treated_;
    std::int64_t control_;
};

}  // namespace rsasim::planning
