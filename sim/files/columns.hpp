#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <rsasim/summary/results.hpp>

/// The integer datasets of a results file as columns over all cells.
namespace rsasim::files {

/// What results_sha256 is over before the first dataset (see results_digest).
std::string start_of_digest(const std::string& scenario_sha256, std::uint64_t seed,
                            const std::string& rng);

/// A column over all cells, cell by cell. It refers to the results, and holds no number itself.
template <class Number>
class CellColumn {
  public:
    /// Adds the numbers of a cell at the end.
    using Append = std::function<void(std::size_t cell, std::vector<Number>& numbers)>;

    CellColumn(std::size_t cells, std::size_t size, Append append)
        : cells_(cells), size_(size), append_(std::move(append)) {}

    /// Numbers in all cells.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// Calls visit(numbers) with a span of the numbers of each cell, in their order.
    template <class Visitor>
    void for_each_cell(Visitor&& visit) const {
        std::vector<Number> numbers;
        for (std::size_t cell = 0; cell < cells_; ++cell) {
            numbers.clear();
            append_(cell, numbers);
            visit(std::span<const Number>(numbers));
        }
    }

    [[nodiscard]] std::vector<Number> whole() const {
        std::vector<Number> numbers;
        numbers.reserve(size_);
        for (std::size_t cell = 0; cell < cells_; ++cell)
            append_(cell, numbers);
        return numbers;
    }

  private:
    std::size_t cells_, size_;
    Append append_;
};

/// Rows of the tables of all cells.
inline std::size_t rows_in(const summary::Results& results) {
    std::size_t rows = 0;
    const auto count = [&](const auto& list) { rows += list.size(); };
    for (const auto& cell : results.cells)
        std::visit(count, cell.tables);
    return rows;
}

/// Finished ranges of all cells.
inline std::size_t ranges_in(const summary::Results& results) {
    std::size_t ranges = 0;
    for (const auto& cell : results.cells)
        ranges += cell.finished.size();
    return ranges;
}

/// One column over the rows of the tables of all cells. `value` is called with the number of the
/// cell and a row of either weight.
template <class Number, class Value>
CellColumn<Number> table_column(const summary::Results& results, Value value) {
    return {results.cells.size(), rows_in(results),
            [&results, value](std::size_t cell, std::vector<Number>& numbers) {
                std::visit(
                    [&](const auto& rows) {
                        for (const auto& row : rows)
                            numbers.push_back(static_cast<Number>(value(cell, row)));
                    },
                    results.cells[cell].tables);
            }};
}

/// One column over the ranges of the ledger.
template <class Number, class Value>
CellColumn<Number> ledger_column(const summary::Results& results, Value value) {
    return {results.cells.size(), ranges_in(results),
            [&results, value](std::size_t cell, std::vector<Number>& numbers) {
                for (const auto& range : results.cells[cell].finished)
                    numbers.push_back(static_cast<Number>(value(cell, range)));
            }};
}

/// The numbers of all cells, one cell after the other.
inline CellColumn<std::int64_t> joined_column(
    const summary::Results& results, std::vector<std::int64_t> summary::CellResults::*member) {
    std::size_t size = 0;
    for (const auto& cell : results.cells)
        size += (cell.*member).size();
    return {results.cells.size(), size,
            [&results, member](std::size_t cell, std::vector<std::int64_t>& numbers) {
                const auto& more = results.cells[cell].*member;
                numbers.insert(numbers.end(), more.begin(), more.end());
            }};
}

/// True where the results are those of patient-level designs.
inline bool has_patients(const summary::Results& results) {
    return !results.rejection_labels.empty() || !results.analyses.empty() ||
           (!results.cells.empty() && !results.cells.front().patient_words.empty());
}

/// Calls visit(name, column) with the CellColumn of every integer dataset in the order of the
/// digest: of /tables int32 cell, x_treated, n_treated, x_control, n_control and (simulation) int64
/// count; then of /state/ledger (simulation) int32 cell, int64 first, last; then, at patient level,
/// int64 /tables/pilot_count, /tables/rejections, /tables/pilot_rejections and
/// /state/patients/words.
template <class Visitor>
void for_each_integer_column(const summary::Results& results, Visitor&& visit) {
    using Narrow = std::int32_t;
    using Wide = std::int64_t;
    const auto cell_of = [](std::size_t cell, const auto&) { return cell; };
    const auto of_row = [](auto member) {
        return [member](std::size_t, const auto& row) { return member(row); };
    };
    const auto x_treated = [](const auto& row) { return row.x_treated; };
    const auto n_treated = [](const auto& row) { return row.n_treated; };
    const auto x_control = [](const auto& row) { return row.x_control; };
    const auto n_control = [](const auto& row) { return row.n_control; };
    visit("/tables/cell", table_column<Narrow>(results, cell_of));
    visit("/tables/x_treated", table_column<Narrow>(results, of_row(x_treated)));
    visit("/tables/n_treated", table_column<Narrow>(results, of_row(n_treated)));
    visit("/tables/x_control", table_column<Narrow>(results, of_row(x_control)));
    visit("/tables/n_control", table_column<Narrow>(results, of_row(n_control)));
    if (results.engine == summary::Engine::enumeration) return;
    const auto count = [](const auto& row) { return row.weight; };
    visit("/tables/count", table_column<Wide>(results, of_row(count)));
    visit("/state/ledger/cell", ledger_column<Narrow>(results, cell_of));
    visit("/state/ledger/first",
          ledger_column<Wide>(results, of_row([](const auto& range) { return range.first; })));
    visit("/state/ledger/last",
          ledger_column<Wide>(results, of_row([](const auto& range) { return range.last; })));
    if (!has_patients(results)) return;
    visit("/tables/pilot_count", joined_column(results, &summary::CellResults::pilot));
    visit("/tables/rejections", joined_column(results, &summary::CellResults::rejections));
    visit("/tables/pilot_rejections",
          joined_column(results, &summary::CellResults::pilot_rejections));
    visit("/state/patients/words", joined_column(results, &summary::CellResults::patient_words));
}

}  // namespace rsasim::files
