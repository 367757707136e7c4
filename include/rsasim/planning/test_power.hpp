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
    /// A P-value that must be at most alpha.
    struct Part {
        analysis::Judge judge;
        design::Effect null;
        analysis::Tail tail = analysis::Tail::two_sided;
        double alpha = 0.05;

        /// A table without a P-value is not rejected.
        [[nodiscard]] bool rejects(const design::Table2x2& table) const;
    };

    TestRule(const design::ArmSizes& sizes, const design::AnalysisPlan& plan, std::size_t test);

    [[nodiscard]] bool rejects(const design::Table2x2& table) const;
    /// False where the test is `too_large` at these sizes: then no table has a P-value.
    [[nodiscard]] bool is_judged(const design::ArmSizes& sizes) const;
    /// One, or two where the test is one of equivalence: all must reject.
    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

  private:
    std::vector<Part> parts_;
};

/// Whether a test has P-values in trials of these sizes; a test that orders all tables is
/// `too_large` for some. Cheap: what is small enough for any test is not prepared.
bool can_be_judged(const design::ArmSizes& sizes, const design::AnalysisPlan& plan,
                   std::size_t test);

/// The power of a rule at a pair of rates, by summing tables from the most probable outwards. Every
/// table is asked; nothing is assumed of the shape of the rejection region. What is left out has a
/// probability below 1e-12.
double exact_power(const design::ArmSizes& sizes, const TestRule& rule, const design::Rates& rates);

}  // namespace rsasim::planning
