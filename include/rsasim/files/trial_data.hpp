#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/design/conduct.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::files {

/// A numeric endpoint beside the outcome.
struct BiomarkerOfData {
    std::string name;
    std::optional<std::string> baseline;  ///< column of its value before the trial
};

/// Which columns of a data file mean what.
struct DataColumns {
    std::string outcome;                    ///< 1: event, 0: none
    std::string arm;                        ///< two values
    std::optional<std::string> treated;     ///< that of the treated arm; none: the one sorted last
    std::vector<std::string> adjust;        ///< features of the regressions
    std::vector<std::string> strata;        ///< crossed
    std::vector<std::string> factors = {};  ///< those of `adjust` whose values are levels
    std::optional<std::string> interaction = {};  ///< "age", "age > 35", "site = north"
    std::vector<BiomarkerOfData> biomarkers = {};
    design::Handling missing = design::Handling::complete_case;  ///< of missing outcomes
};

/// A real trial: one row of a data file is one woman. Rows in which a used column has a missing
/// value (an empty cell, NA, N/A, NaN, null, a dot; in any case) are left out. Refers to its own
/// memory: it moves, but is not copied.
struct TrialData {
    std::string path;
    DataColumns meaning;
    std::string treated, control;       ///< values of the arm's column
    std::vector<std::string> features;  ///< "age", "centre = B"
    std::size_t strata = 1;
    std::size_t rows = 0;                 ///< in the file
    std::size_t dropped = 0;              ///< of them, for missing values
    std::vector<std::string> incomplete;  ///< "region: 3 missing", of the used columns
    std::size_t without_outcome = 0;      ///< analysed women who count as `meaning.missing` says
    design::Table2x2 table;

    /// The women in lane 0.
    [[nodiscard]] design::PatientColumns columns() const;

    design::Column treated_column, outcome_column, stratum_column;
    design::Column interaction_column;
    std::vector<design::Column> feature_columns, biomarker_columns;
    std::vector<design::Column> baseline_columns;  ///< of each biomarker; empty where it has none

    TrialData() = default;
    TrialData(const TrialData&) = delete;
    TrialData& operator=(const TrialData&) = delete;
    TrialData(TrialData&&) = default;
    TrialData& operator=(TrialData&&) = default;
    ~TrialData() = default;

    static constexpr std::size_t most_features = 30;
    static constexpr std::size_t most_strata = 10'000;
};

/// The word of a handling of missing outcomes: "complete-case", "failure", ...
std::string_view handling_word(design::Handling handling);

/// Reads a file of comma-separated values. Numeric columns are features as they are; a column of
/// texts, or one declared a factor, becomes an indicator of each of its values but the first in
/// sort order. Throws FileError where the file cannot be read, and scenario::InputErrors with every
/// fault of the columns: no such column, an outcome that is not 0 or 1, not two arms, texts among
/// the numbers of a column that is no factor, decimal commas, too many features.
TrialData read_trial_data(const std::string& path, const DataColumns& meaning);

}  // namespace rsasim::files
