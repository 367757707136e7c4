#pragma once

#include "cell_reader.hpp"
#include "conditions.hpp"

#include <string>
#include <vector>

#include <rsasim/design/patient_plan.hpp>

namespace rsasim::scenario {

/// The primary set's name where a method is asked for on it alone: "logistic@primary".
inline constexpr std::string_view primary_set = "primary";

/// A set of analysis.sets as its words say it.
struct SetWords {
    /// "per-protocol", "complete-case", "il33_st2 > 1.2", "delta-treated = -0.5"
    std::vector<std::string> words;
    std::string label;      ///< the words with + between; empty for the primary set
    std::size_t index = 0;  ///< in analysis.sets

    [[nodiscard]] bool imputes() const;
};

/// The primary set, then those of analysis.sets as far as they are sound.
std::vector<SetWords> set_words(const Settings& settings);

/// The sets of a cell. Words that are none, and sets that are the same as another or cannot differ
/// from the primary one, are faults.
std::vector<design::AnalysisSet> read_sets(const CellReader& cell,
                                           const std::vector<CovariateEntry>& covariates);

}  // namespace rsasim::scenario
