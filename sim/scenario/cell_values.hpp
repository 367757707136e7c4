#pragma once

#include "settings.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rsasim::scenario {

/// The number of cells of the settings' sweep; nothing above most_cells.
std::optional<std::int64_t> cell_count(const Settings& settings);

/// What each key is in each cell of the grid. Cells are in row-major order: the last axis moves
/// fastest. Refers to the settings, which outlive it and whose values are checked.
class CellValues {
  public:
    explicit CellValues(const Settings& settings);

    [[nodiscard]] std::size_t cells() const { return cells_; }
    [[nodiscard]] const Settings& settings() const { return *settings_; }

    /// The value of a key in a cell, or a null pointer where the key is not set.
    class Column {
      public:
        [[nodiscard]] bool is_set() const { return values_ != nullptr; }
        [[nodiscard]] const Value& at(std::size_t cell) const {
            return values_[cell / stride_ % length_];
        }
        [[nodiscard]] double number(std::size_t cell) const {
            return std::get<double>(at(cell).data);
        }
        [[nodiscard]] std::int64_t whole(std::size_t cell) const {
            return std::get<std::int64_t>(at(cell).data);
        }

      private:
        friend class CellValues;
        const Value* values_ = nullptr;
        std::size_t length_ = 1;
        std::size_t stride_ = 1;
    };
    [[nodiscard]] Column column(std::string_view path) const;

    /// "cell 3: alpha = 0.05, odds_ratio = 2.0", or empty where nothing is swept.
    [[nodiscard]] std::string describe(std::size_t cell) const;

  private:
    const Settings* settings_;
    std::size_t cells_ = 1;
};

/// The name of a swept key's axis: the last part of its path, or the whole path with _ where two
/// swept keys would share it.
std::string axis_name(const KeyRow& row, const Settings& settings);

}  // namespace rsasim::scenario
