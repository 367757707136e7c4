#include "state_reader.hpp"

#include "layout.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using hdf5::Error;
using hdf5::Reader;

/// The cell of a row; cells come in order.
std::size_t checked_cell(std::int32_t cell, std::size_t earlier) {
    const auto index = static_cast<std::size_t>(cell);
    if (cell < 0 || index < earlier) {
        throw Error(fmt::format("its tables or ranges name cell {} out of place", cell));
    }
    return index;
}

/// A table that no trial gave is not stored; one that is as good as impossible may be.
bool is_weight(std::int64_t count) {
    return count > 0;
}
bool is_weight(double probability) {
    constexpr double rounding = 1e-9;
    return 0 <= probability && probability <= 1 + rounding;
}

template <class Weight>
void append(std::vector<tally::TableRow<Weight>>& rows, const tally::TableRow<Weight>& row) {
    const bool is_table = 0 <= row.x_treated && row.x_treated <= row.n_treated &&
                          0 <= row.x_control && row.x_control <= row.n_control &&
                          is_weight(row.weight);
    if (!is_table) throw Error("its tables hold a row that is no table");
    if (!rows.empty() && !tally::comes_before(rows.back(), row)) {
        throw Error("its tables are not sorted");
    }
    rows.push_back(row);
}

/// The cells with their tables, and where in the columns each cell's tables begin.
template <class Weight>
std::vector<StoredCell> cells_with_tables(const StateColumns& columns,
                                          const std::vector<Weight>& weight) {
    using Rows = std::vector<tally::TableRow<Weight>>;
    std::vector<StoredCell> cells;
    for (std::size_t row = 0; row < columns.cell.size(); ++row) {
        const auto cell = checked_cell(columns.cell[row], cells.empty() ? 0 : cells.back().cell);
        if (cells.empty() || cells.back().cell != cell) {
            cells.emplace_back().cell = cell;
            cells.back().tables = Rows{};
        }
        append(std::get<Rows>(cells.back().tables),
               {columns.x_treated[row], columns.n_treated[row], columns.x_control[row],
                columns.n_control[row], weight[row]});
    }
    return cells;
}

/// Gives the cells their ranges. A cell has tables where it has ranges, and the other way round,
/// unless cells may be without tables.
void add_ranges(const StateColumns& columns, std::vector<StoredCell>& cells) {
    std::size_t place = 0, earlier_cell = 0;
    for (std::size_t i = 0; i < columns.ledger_cell.size(); ++i) {
        const auto cell = checked_cell(columns.ledger_cell[i], 0);
        while (place < cells.size() && cells[place].cell < cell)
            ++place;
        if (place == cells.size() || cells[place].cell != cell) {
            if (!columns.has_untabled_cells || cell < earlier_cell) {
                throw Error(
                    fmt::format("cell {} has finished replicates out of place, or without "
                                "tables",
                                cell));
            }
            StoredCell untabled;
            untabled.cell = cell;
            cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(place), std::move(untabled));
        }
        earlier_cell = cell;
        auto& ranges = cells[place].finished;
        const std::int64_t earlier = ranges.empty() ? -1 : ranges.back().last;
        const std::int64_t first = columns.first[i], last = columns.last[i];
        if (first < 0 || first <= earlier || last <= first) {
            throw Error("its ranges of finished replicates are not sorted and disjoint");
        }
        ranges.push_back({first, last});
    }
}

/// The sum of counts that are not negative. Throws where it is beyond 2^63.
std::int64_t trials_in_tables(const tally::TableCounts& tables) {
    std::int64_t sum = 0;
    for (const auto& row : tables) {
        if (__builtin_add_overflow(sum, row.weight, &sum)) throw Error("its counts are too large");
    }
    return sum;
}

void check_sums(const std::vector<StoredCell>& cells) {
    for (const StoredCell& cell : cells) {
        const auto& tables = std::get<tally::TableCounts>(cell.tables);
        if (tables.empty()) continue;
        const auto trials = trials_in_tables(tables);
        const auto finished = tally::replicates_in(cell.finished);
        if (trials == finished) continue;
        throw Error(fmt::format("cell {} has {} tables, and {} replicates in its ledger", cell.cell,
                                trials, finished));
    }
}

/// The first word of a cell without tables counts its trials.
void check_untabled(const std::vector<StoredCell>& cells) {
    for (const StoredCell& cell : cells) {
        if (!std::get<tally::TableCounts>(cell.tables).empty()) continue;
        const auto finished = tally::replicates_in(cell.finished);
        const auto trials = cell.patient_words.empty() ? 0 : cell.patient_words.front();
        if (trials == finished) continue;
        throw Error(fmt::format("cell {} has sums of {} trials, and {} replicates in its ledger",
                                cell.cell, trials, finished));
    }
}

/// `numbers` more of a column from `*next` on.
std::vector<std::int64_t> cut(const std::vector<std::int64_t>& column, std::size_t* next,
                              std::size_t numbers) {
    const auto begin = column.begin() + static_cast<std::ptrdiff_t>(*next);
    *next += numbers;
    return {begin, begin + static_cast<std::ptrdiff_t>(numbers)};
}

/// A pilot is part of the replicates, and rejections are part of both.
void check_rejections(const StoredCell& cell, std::size_t tests) {
    const auto& tables = std::get<tally::TableCounts>(cell.tables);
    for (std::size_t row = 0; row < tables.size(); ++row) {
        const auto pilot = cell.pilot[row];
        bool is_part = 0 <= pilot && pilot <= tables[row].weight;
        for (std::size_t i = row * tests; i < (row + 1) * tests; ++i) {
            const auto all = cell.rejections[i], of_pilot = cell.pilot_rejections[i];
            is_part = is_part && 0 <= of_pilot && of_pilot <= pilot && of_pilot <= all &&
                      all - of_pilot <= tables[row].weight - pilot;
        }
        if (!is_part) {
            throw Error(fmt::format("cell {} has more rejections than replicates", cell.cell));
        }
    }
}

/// Gives the cells what the women's analyses left.
void add_patients(const StateColumns& columns, StateOfFile& state) {
    const std::size_t tests = columns.tests.size();
    const bool are_same = std::ranges::equal(
        state.cells, columns.words_cell, [](const StoredCell& cell, std::int64_t with_words) {
            return static_cast<std::int64_t>(cell.cell) == with_words;
        });
    if (!are_same) throw Error("its cells with words are not those with replicates");
    if (columns.words_each == 0 && !state.cells.empty()) throw Error("its cells have no words");
    std::size_t pilots = 0, rejections = 0, pilot_rejections = 0, words = 0;
    for (StoredCell& cell : state.cells) {
        const auto rows = std::get<tally::TableCounts>(cell.tables).size();
        cell.pilot = cut(columns.pilot_count, &pilots, rows);
        cell.rejections = cut(columns.rejections, &rejections, rows * tests);
        cell.pilot_rejections = cut(columns.pilot_rejections, &pilot_rejections, rows * tests);
        check_rejections(cell, tests);
        cell.patient_words = cut(columns.words, &words, columns.words_each);
    }
    state.rejection_labels = columns.tests;
}

}  // namespace

StateOfFile check_state(const StateColumns& columns, summary::Engine engine) {
    StateOfFile state;
    state.results_sha256 = columns.results_sha256;
    if (engine == summary::Engine::enumeration) {
        state.cells = cells_with_tables(columns, columns.probability);
        return state;
    }
    state.cells = cells_with_tables(columns, columns.count);
    add_ranges(columns, state.cells);
    check_sums(state.cells);
    if (columns.has_patients) add_patients(columns, state);
    check_untabled(state.cells);
    state.has_untabled_cells = columns.has_untabled_cells;
    return state;
}

StateOfFile read_state(const Reader& file, const FileIdentity& identity) {
    const auto columns = read_columns(file, identity);
    if (columns.results_sha256 != identity.results_sha256) {
        throw Error(
            "its tables do not give its results_sha256: it is damaged or was changed. Make it "
            "again: rsasim run");
    }
    return check_state(columns, identity.engine);
}

}  // namespace rsasim::files
