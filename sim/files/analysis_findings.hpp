#pragma once

#include <span>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/finding.hpp>

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

}  // namespace rsasim::files
