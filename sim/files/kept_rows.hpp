#pragma once

#include "csv_table.hpp"
#include "data_roles.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/design/trial_batch.hpp>

namespace rsasim::files {

/// The rows of a data file that are analysed, and what their cells say. Refers to the table.
class KeptRows {
  public:
    KeptRows() = default;
    KeptRows(const CsvTable& table, std::vector<std::size_t> rows)
        : table_(&table), rows_(std::move(rows)) {}

    [[nodiscard]] std::size_t women() const { return rows_.size(); }
    [[nodiscard]] const std::string& cell(std::size_t woman, std::size_t column) const {
        return table_->rows[rows_[woman]][column];
    }
    /// "trial.csv:7: age = "old"", to begin a message with.
    [[nodiscard]] std::string place(std::size_t woman, std::size_t column) const;

    /// The distinct values of a column in sort order.
    [[nodiscard]] std::vector<std::string> values_of(std::size_t column) const;

    /// The first woman whose value is no number, one with a decimal comma before others.
    [[nodiscard]] std::optional<std::size_t> first_text(std::size_t column) const;
    [[nodiscard]] bool has_numbers(std::size_t column) const;
    /// Why a text does not belong in a column of numbers. `otherwise` ends the remedy: ", or ...".
    [[nodiscard]] std::string no_number(std::size_t woman, std::size_t column,
                                        const std::string& otherwise) const;

    /// Zeros, a woman in lane 0 of each batch.
    [[nodiscard]] design::Column empty_column() const {
        return design::Column(women() * design::lanes, 0.0);
    }
    /// The numbers of a column; a fault where one is none.
    [[nodiscard]] design::Column numbers_of(std::size_t column,
                                            std::vector<std::string>& faults) const;
    /// The values of a feature, 0 or 1 for a condition; a fault where it has none.
    [[nodiscard]] design::Column feature_of(const FeatureOfData& feature,
                                            std::vector<std::string>& faults) const;

  private:
    [[nodiscard]] design::Column level_of(const FeatureOfData& feature,
                                          std::vector<std::string>& faults) const;

    const CsvTable* table_ = nullptr;
    std::vector<std::size_t> rows_;
};

}  // namespace rsasim::files
