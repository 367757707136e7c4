#pragma once

#include <string>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/number_needed.hpp>

/// Every method of a plan on one table, with its whole finding.
namespace rsasim::files {

struct TestFinding {
    design::MethodChoice choice;
    analysis::Finding finding;
};

struct MeasuredFinding {
    design::MeasuredChoice choice;
    analysis::Finding finding;
};

struct AnalysisFindings {
    std::vector<MeasuredFinding> estimates;
    std::vector<TestFinding> tests;
    std::vector<MeasuredFinding> intervals;
};

AnalysisFindings analyse(const design::Table2x2& table, const design::AnalysisPlan& plan);

/// Numbers needed to treat from an interval of the risk difference.
struct NumberNeededInterval {
    std::string id;
    analysis::Finding finding;  ///< of the risk difference
    analysis::NumberNeeded number;
};

struct NumbersNeeded {
    analysis::NumberNeeded estimate;
    std::vector<NumberNeededInterval> intervals;
};

/// From the observed risk difference and its Miettinen-Nurminen and Newcombe intervals, whatever
/// the plan's methods are.
NumbersNeeded numbers_needed(const design::Table2x2& table, const design::AnalysisPlan& plan);

}  // namespace rsasim::files
