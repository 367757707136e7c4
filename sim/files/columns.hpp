#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
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

/// Where the numbers of each cell start in a column; one more than there are cells.
using CellStarts = std::shared_ptr<const std::vector<std::size_t>>;

/// The starts where a cell has size(cell) numbers.
template <class Size>
CellStarts starts_by(const summary::Results& results, Size size) {
    std::vector<std::size_t> starts{0};
    starts.reserve(results.cells.size() + 1);
    for (const auto& cell : results.cells)
        starts.push_back(starts.back() + size(cell));
    return std::make_shared<const std::vector<std::size_t>>(std::move(starts));
}

/// Those of the rows of tables.
inline CellStarts row_starts(const summary::Results& results) {
    return starts_by(results, [](const auto& cell) {
        return std::visit([](const auto& rows) { return rows.size(); }, cell.tables);
    });
}

/// Those of the finished ranges.
inline CellStarts range_starts(const summary::Results& results) {
    return starts_by(results, [](const auto& cell) { return cell.finished.size(); });
}

/// A column over all cells, one after the other. It refers to the results, and holds no number.
template <class Number>
class CellColumn {
  public:
    /// Puts the numbers of a cell, from its `first` on, into `to`.
    using Fill = std::function<void(std::size_t cell, std::size_t first, std::span<Number> to)>;

    CellColumn(CellStarts starts, Fill fill) : starts_(std::move(starts)), fill_(std::move(fill)) {}

    /// Numbers in all cells.
    [[nodiscard]] std::size_t size() const { return starts_->back(); }

    /// Puts the numbers from `first` on into `to`, as many as it has room for.
    void fill(std::size_t first, std::span<Number> to) const {
        const auto& starts = *starts_;
        auto cell =
            static_cast<std::size_t>(std::ranges::upper_bound(starts, first) - starts.begin() - 1);
        for (; !to.empty(); ++cell) {
            const std::size_t in_cell = std::min(to.size(), starts[cell + 1] - first);
            if (in_cell > 0) fill_(cell, first - starts[cell], to.first(in_cell));
            to = to.subspan(in_cell);
            first += in_cell;
        }
    }

    /// Calls visit(numbers) with spans that follow each other and are all numbers.
    template <class Visitor>
    void for_each_piece(Visitor&& visit) const {
        constexpr std::size_t most_numbers = std::size_t{1} << 16;
        std::vector<Number> numbers(std::min(most_numbers, size()));
        for (std::size_t first = 0; first < size(); first += most_numbers) {
            const auto piece = std::span(numbers).first(std::min(most_numbers, size() - first));
            fill(first, piece);
            visit(piece);
        }
    }

  private:
    CellStarts starts_;
    Fill fill_;
};

/// One column over the rows of the tables of all cells. `value` is called with the number of the
/// cell and a row of either weight.
template <class Number, class Value>
CellColumn<Number> table_column(const summary::Results& results, CellStarts starts, Value value) {
    return {std::move(starts),
            [&results, value](std::size_t cell, std::size_t first, std::span<Number> to) {
                std::visit(
                    [&](const auto& rows) {
                        for (std::size_t i = 0; i < to.size(); ++i)
                            to[i] = static_cast<Number>(value(cell, rows[first + i]));
                    },
                    results.cells[cell].tables);
            }};
}

/// One column over the ranges of the ledger.
template <class Number, class Value>
CellColumn<Number> ledger_column(const summary::Results& results, CellStarts starts, Value value) {
    return {std::move(starts),
            [&results, value](std::size_t cell, std::size_t first, std::span<Number> to) {
                for (std::size_t i = 0; i < to.size(); ++i) {
                    const auto& range = results.cells[cell].finished[first + i];
                    to[i] = static_cast<Number>(value(cell, range));
                }
            }};
}

/// The numbers of all cells, one cell after the other.
inline CellColumn<std::int64_t> joined_column(
    const summary::Results& results, std::vector<std::int64_t> summary::CellResults::*member) {
    return {starts_by(results, [member](const auto& cell) { return (cell.*member).size(); }),
            [&results, member](std::size_t cell, std::size_t first, std::span<std::int64_t> to) {
                const std::span numbers(results.cells[cell].*member);
                std::ranges::copy(numbers.subspan(first, to.size()), to.begin());
            }};
}

/// The words of each cell that has any.
inline std::size_t words_each(const summary::Results& results) {
    std::size_t words = 0;
    for (const auto& cell : results.cells)
        words = std::max(words, cell.patient_words.size());
    return words;
}

/// True where trials were analysed as they came: those of patient-level designs, and those that
/// were tallied one by one.
inline bool has_patients(const summary::Results& results) {
    return !results.rejection_labels.empty() || !results.analyses.empty() ||
           words_each(results) > 0;
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
    const auto rows = row_starts(results);
    visit("/tables/cell", table_column<Narrow>(results, rows, cell_of));
    visit("/tables/x_treated", table_column<Narrow>(results, rows, of_row(x_treated)));
    visit("/tables/n_treated", table_column<Narrow>(results, rows, of_row(n_treated)));
    visit("/tables/x_control", table_column<Narrow>(results, rows, of_row(x_control)));
    visit("/tables/n_control", table_column<Narrow>(results, rows, of_row(n_control)));
    if (results.engine == summary::Engine::enumeration) return;
    const auto count = [](const auto& row) { return row.weight; };
    visit("/tables/count", table_column<Wide>(results, rows, of_row(count)));
    const auto ranges = range_starts(results);
    visit("/state/ledger/cell", ledger_column<Narrow>(results, ranges, cell_of));
    visit("/state/ledger/first", ledger_column<Wide>(results, ranges, of_row([](const auto& range) {
                                                         return range.first;
                                                     })));
    visit(
        "/state/ledger/last",
        ledger_column<Wide>(results, ranges, of_row([](const auto& range) { return range.last; })));
    if (!has_patients(results)) return;
    visit("/tables/pilot_count", joined_column(results, &summary::CellResults::pilot));
    visit("/tables/rejections", joined_column(results, &summary::CellResults::rejections));
    visit("/tables/pilot_rejections",
          joined_column(results, &summary::CellResults::pilot_rejections));
    visit("/state/patients/words", joined_column(results, &summary::CellResults::patient_words));
}

}  // namespace rsasim::files
