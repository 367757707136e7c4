#pragma once

#include <memory>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::planning {

/// The rule of one test of a plan for fixed arm sizes: sides, alpha, null or equivalence. Safe to
/// call from many threads.
class TestRule {
  public:
    TestRule(const design::ArmSizes& sizes, const design::AnalysisPlan& plan, std::size_t test);

    /// A table without a P-value is not rejected.
    [[nodiscard]] bool rejects(const design::Table2x2& table) const;

  private:
    struct Part {
        analysis::Judge judge;
        analysis::Tail tail;
    };
    std::vector<Part> parts_;  // all must reject
    double alpha_;
};

/// What is known of a power: it lies in [lower, upper].
struct PowerBounds {
    double lower = 0;
    double upper = 1;
};

/// The power of a rule at a pair of rates, by summing tables from the most probable outwards. Every
/// table is asked; nothing is assumed of the shape of the rejection region. What is left out has a
/// probability below 1e-12.
double exact_power(const design::ArmSizes& sizes, const TestRule& rule, const design::Rates& rates);

/// The same until it is known on which side of `target` the power lies: `lower` >= target, or
/// `upper` < target.
PowerBounds power_against(const design::ArmSizes& sizes, const TestRule& rule,
                          const design::Rates& rates, double target);

}  // namespace rsasim::planning
