#pragma once

#include "analysis_audit.hpp"
#include "analysis_findings.hpp"
#include "analysis_fragility.hpp"
#include "text_table.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The tables of tests and intervals of one observed trial: each method under its family, with its
/// definition in a few words.
namespace rsasim::files {

/// All that is told about one trial.
struct WholeAnalysis {
    AnalysisFindings findings;
    std::vector<ContradictingPair> contradictions;
    std::vector<TestFragility> fragility;  ///< of each test
};

inline constexpr std::size_t analysis_width = 100;

/// A table under its heading.
std::string titled(std::string_view heading, const TextTable& table, bool use_colour);

std::string tests_text(const WholeAnalysis& analysis, const std::string& heading, bool use_colour);

std::string intervals_text(const WholeAnalysis& analysis, design::Measure measure,
                           double confidence, bool use_colour);

/// What a status means; empty for ok.
std::string remark_of(analysis::Status status);

/// Four digits after the first that counts, as a person compares them.
std::string value_text(double value);

}  // namespace rsasim::files
