#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/design/table.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::files {

/// Which columns of a data file mean what.
struct DataColumns {
    std::string outcome;                 ///< 1: event, 0: none
    std::string arm;                     ///< two values
    std::optional<std::string> treated;  ///< that of the treated arm; none: the one sorted last
    std::vector<std::string> adjust;     ///< features of the regressions
    std::vector<std::string> strata;     ///< crossed
};

/// A real trial: one row of a data file is one woman. Rows in which a used column is empty or NA
/// are left out. Refers to its own memory: it moves, but is not copied.
struct TrialData {
    std::string path;
    DataColumns meaning;
    std::string treated, control;       ///< values of the arm's column
    std::vector<std::string> features;  ///< "age", "centre = B"
    std::size_t strata = 1;
    std::size_t rows = 0;                 ///< in the file
    std::size_t dropped = 0;              ///< of them, for missing values
    std::vector<std::string> incomplete;  ///< "region: 3 missing", of the used columns
    design::Table2x2 table;

    /// The women in lane 0.
    [[nodiscard]] design::PatientColumns columns() const;

    design::Column treated_column, outcome_column, stratum_column;
    std::vector<design::Column> feature_columns;

    TrialData() = default;
    TrialData(const TrialData&) = delete;
    TrialData& operator=(const TrialData&) = delete;
    TrialData(TrialData&&) = default;
    TrialData& operator=(TrialData&&) = default;
    ~TrialData() = default;

    static constexpr std::size_t most_features = 30;
    static constexpr std::size_t most_strata = 10'000;
};

/// Reads a file of comma-separated values. Numeric columns are features as they are; a column with
/// any other text becomes an indicator of each of its values but the first in sort order. Throws
/// FileError where the file cannot be read, and scenario::InputErrors with every fault of the
/// columns: no such column, an outcome that is not 0 or 1, not two arms, too many features.
TrialData read_trial_data(const std::string& path, const DataColumns& meaning);

}  // namespace rsasim::files
