#pragma once

#include "analysis_findings.hpp"

#include <string>
#include <vector>

/// Where a P-value of the analysis and the interval that belongs to it contradict each other.
namespace rsasim::files {

struct ContradictingPair {
    analysis::PairRow pair;
    bool rejects = false;
    double p_value = 0;
    analysis::Interval interval;  ///< at the confidence at which the pair is compared
};

/// The standard pairs of the plan's tests that contradict each other; see Judgement::agreement.
std::vector<ContradictingPair> contradicting_pairs(const AnalysisFindings& findings,
                                                   const design::Table2x2& table,
                                                   const design::AnalysisPlan& plan);

/// One sentence.
std::string sentence_on(const ContradictingPair& contradiction);

}  // namespace rsasim::files
