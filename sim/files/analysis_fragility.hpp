#pragma once

#include "analysis_findings.hpp"

#include <optional>
#include <string>
#include <vector>

#include <rsasim/analysis/fragility.hpp>

/// How many women decide the significance of an observed trial.
namespace rsasim::files {

enum class FragilityStatus { ok, not_significant, never_lost, too_large };

/// "ok", "not_significant", "never_lost", "too_large".
std::string_view name_of(FragilityStatus status);

struct TestFragility {
    FragilityStatus status = FragilityStatus::not_significant;
    std::optional<std::int64_t> index;
};

/// The index of each test of the plan, in its order, at the plan's alpha and sides. Trials of more
/// than 10,000 women are too large: each woman is one more table for each test.
std::vector<TestFragility> fragility_of_tests(const design::Table2x2& table,
                                              const design::AnalysisPlan& plan);

/// Tests that lose significance with the same number of women.
struct LostTogether {
    std::int64_t changes = 0;
    design::ArmCounts arm;  ///< after the change
    std::vector<std::string> tests;
};

/// In ascending order of changes.
std::vector<LostTogether> lost_together(const std::vector<TestFragility>& fragility,
                                        const design::Table2x2& table,
                                        const design::AnalysisPlan& plan);

}  // namespace rsasim::files
