#pragma once

#include "cell_faults.hpp"
#include "cell_values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rsasim::scenario {

/// What the keys are in one cell, and where the cell's faults go. Values are checked.
class CellReader {
  public:
    CellReader(const CellValues& values, std::size_t cell, CellFaults& faults)
        : values_(values), cell_(cell), faults_(faults) {}

    [[nodiscard]] const Settings& settings() const { return values_.settings(); }
    [[nodiscard]] const Vocabulary& vocabulary() const { return settings().vocabulary(); }

    /// A null pointer where the key is not set.
    [[nodiscard]] const Value* find(std::string_view path) const;
    [[nodiscard]] bool has(std::string_view path) const { return find(path) != nullptr; }
    [[nodiscard]] std::optional<double> number(std::string_view path) const;
    [[nodiscard]] std::optional<std::int64_t> whole(std::string_view path) const;
    [[nodiscard]] std::string text(std::string_view path) const;
    [[nodiscard]] std::vector<double> numbers(std::string_view path) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view path) const;

    /// "covariate.age.lower = 3: ..." at the key's place. The key is set.
    void fault(std::string_view path, std::string_view message) const;
    /// The same of an element of a list: "allocation.strata[1] = ...".
    void fault(std::string_view path, std::size_t index, std::string_view message) const;
    void fault_at(const Place& place, std::string message) const;

  private:
    const CellValues& values_;
    std::size_t cell_;
    CellFaults& faults_;
};

}  // namespace rsasim::scenario
