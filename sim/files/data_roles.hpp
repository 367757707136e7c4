#pragma once

#include "csv_table.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <rsasim/files/trial_data.hpp>

namespace rsasim::files {

/// The feature whose interaction is tested: a column of numbers, or a condition on one.
struct FeatureOfData {
    std::size_t column = 0;
    std::string comparison;  ///< ">", ">=", "<", "<=", "="; empty for the column itself
    std::string value;       ///< on its right
};

/// Columns by their places in the table.
struct ColumnRoles {
    std::size_t outcome = 0, arm = 0;
    std::vector<std::size_t> adjust, strata;
    std::set<std::size_t> factors;
    std::optional<FeatureOfData> interaction;
    std::vector<std::size_t> biomarkers;
    std::vector<std::optional<std::size_t>> baselines;  ///< of each biomarker

    /// Every column that the analyses read but the outcome's.
    [[nodiscard]] std::set<std::size_t> beside_outcome() const;
};

/// Finds the columns; appends what is wrong to `faults`: no such column, or one in two roles that
/// exclude each other.
ColumnRoles find_columns(const CsvTable& table, const DataColumns& meaning,
                         std::vector<std::string>& faults);

}  // namespace rsasim::files
