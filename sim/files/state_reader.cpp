#include "state_reader.hpp"

#include "layout.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using hdf5::Error;
using hdf5::Reader;
using hdf5::Shape;

/// The length of a list, by its index.
Shape list_shape(const Reader& file, const std::string& path) {
    auto shape = file.shape_of(path);
    if (shape.size() != 1) throw Error(path + " is not a list");
    return shape;
}

std::size_t checked_cell(std::int32_t cell, std::size_t earlier, const summary::Results& results) {
    const auto index = static_cast<std::size_t>(cell);
    if (cell < 0 || index >= results.cells.size() || index < earlier) {
        throw Error(fmt::format("its tables or ranges name cell {} out of place", cell));
    }
    return index;
}

template <class Weight>
void append(std::vector<tally::TableRow<Weight>>& rows, const tally::TableRow<Weight>& row) {
    const bool is_table = 0 <= row.x_treated && row.x_treated <= row.n_treated &&
                          0 <= row.x_control && row.x_control <= row.n_control && row.weight >= 0;
    if (!is_table) throw Error("its tables hold a row that is no table");
    if (!rows.empty() && !tally::comes_before(rows.back(), row)) {
        throw Error("its tables are not sorted");
    }
    rows.push_back(row);
}

template <class Weight>
void read_tables(const Reader& file, summary::Results& results, const std::string& weight_path) {
    using Rows = std::vector<tally::TableRow<Weight>>;
    const auto shape = list_shape(file, "/tables/row");
    const auto cell = file.read<std::int32_t>("/tables/cell", shape);
    const auto x_treated = file.read<std::int32_t>("/tables/x_treated", shape);
    const auto n_treated = file.read<std::int32_t>("/tables/n_treated", shape);
    const auto x_control = file.read<std::int32_t>("/tables/x_control", shape);
    const auto n_control = file.read<std::int32_t>("/tables/n_control", shape);
    const auto weight = file.read<Weight>(weight_path, shape);
    for (auto& one : results.cells)
        one.tables = Rows{};
    std::size_t current = 0;
    for (std::size_t row = 0; row < cell.size(); ++row) {
        current = checked_cell(cell[row], current, results);
        append(std::get<Rows>(results.cells[current].tables),
               {x_treated[row], n_treated[row], x_control[row], n_control[row], weight[row]});
    }
}

void read_ledger(const Reader& file, summary::Results& results) {
    const auto shape = list_shape(file, "/state/ledger/range");
    const auto cell = file.read<std::int32_t>("/state/ledger/cell", shape);
    const auto first = file.read<std::int64_t>("/state/ledger/first", shape);
    const auto last = file.read<std::int64_t>("/state/ledger/last", shape);
    std::size_t current = 0;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        current = checked_cell(cell[i], current, results);
        auto& ranges = results.cells[current].finished;
        const std::int64_t earlier = ranges.empty() ? -1 : ranges.back().last;
        if (first[i] < 0 || first[i] <= earlier || last[i] <= first[i]) {
            throw Error("its ranges of finished replicates are not sorted and disjoint");
        }
        ranges.push_back({first[i], last[i]});
    }
}

/// Cuts a column into cells, `size_of(cell)` numbers each.
template <class SizeOf>
void cut(const std::vector<std::int64_t>& column, summary::Results& results,
         std::vector<std::int64_t> summary::CellResults::*member, SizeOf size_of) {
    auto next = column.begin();
    for (auto& cell : results.cells) {
        const auto end = next + static_cast<std::ptrdiff_t>(size_of(cell));
        (cell.*member).assign(next, end);
        next = end;
    }
}

void read_patients(const Reader& file, summary::Results& results) {
    if (!file.has("/state/patients/words")) return;
    const auto rows = list_shape(file, "/tables/row");
    const auto tests = list_shape(file, "/tables/patient_test");
    results.rejection_labels = file.read_text("/tables/patient_test", tests);
    const auto words = list_shape(file, "/state/patients/word");
    const Shape by_test{rows[0], tests[0]};
    const auto tables_of = [](const summary::CellResults& cell) {
        return std::get<tally::TableCounts>(cell.tables).size();
    };
    const auto tests_of = [&](const auto& cell) { return tables_of(cell) * tests[0]; };
    using Cell = summary::CellResults;
    const auto read = [&](const char* path, const Shape& shape) {
        return file.read<std::int64_t>(path, shape);
    };
    cut(read("/tables/pilot_count", rows), results, &Cell::pilot, tables_of);
    cut(read("/tables/rejections", by_test), results, &Cell::rejections, tests_of);
    cut(read("/tables/pilot_rejections", by_test), results, &Cell::pilot_rejections, tests_of);
    cut(read("/state/patients/words", {results.cells.size(), words[0]}), results,
        &Cell::patient_words, [&](const auto&) { return words[0]; });
}

}  // namespace

void read_state(const Reader& file, summary::Results& results) {
    if (!has_counts(results)) {
        read_tables<double>(file, results, "/tables/probability");
        return;
    }
    read_tables<std::int64_t>(file, results, "/tables/count");
    read_ledger(file, results);
    read_patients(file, results);
}

summary::Provenance read_provenance(const Reader& file) {
    const std::string group = "/provenance";
    summary::Provenance provenance;
    for (const auto& name : file.attribute_names(group)) {
        provenance.attributes.emplace_back(name, file.text_attribute(group, name));
    }
    for (const auto& name : file.names_in(group)) {
        const auto path = group + "/" + name;
        if (!file.holds_text(path)) continue;
        auto text = file.read_text(path, {}).front();
        if (name == "scenario_given") {
            provenance.scenario_given = std::move(text);
        } else if (name == "scenario_resolved") {
            provenance.scenario_resolved = std::move(text);
        } else {
            provenance.attributes.emplace_back(name, std::move(text));
        }
    }
    return provenance;
}

}  // namespace rsasim::files
