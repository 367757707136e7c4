#include "stored_contradictions.hpp"

#include "state_writer.hpp"

namespace rsasim::files {
namespace {

using analysis::Agreement;
using summary::Contradiction;

std::size_t rows_of(const summary::CellResults& cell) {
    return std::visit([](const auto& rows) { return rows.size(); }, cell.tables);
}

/// Where each cell's rows start in /tables; one more than there are cells.
std::vector<std::size_t> starts_of(const summary::Results& results) {
    std::vector<std::size_t> starts{0};
    for (const auto& cell : results.cells)
        starts.push_back(starts.back() + rows_of(cell));
    return starts;
}

struct ContradictionColumns {
    std::vector<std::int32_t> pair;
    std::vector<std::int64_t> row;
    std::vector<std::int8_t> kind;
};

ContradictionColumns contradiction_columns(const summary::Results& results) {
    const auto starts = starts_of(results);
    ContradictionColumns columns;
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        const auto& lists = results.cells[cell].summary.contradictions;
        for (std::size_t pair = 0; pair < lists.size(); ++pair) {
            for (const auto& [row, kind] : lists[pair]) {
                columns.pair.push_back(static_cast<std::int32_t>(pair));
                columns.row.push_back(static_cast<std::int64_t>(starts[cell] + row));
                columns.kind.push_back(static_cast<std::int8_t>(kind));
            }
        }
    }
    return columns;
}

bool is_contradiction(std::int8_t kind) {
    return kind == static_cast<std::int8_t>(Agreement::reject_but_covers_null) ||
           kind == static_cast<std::int8_t>(Agreement::accept_but_excludes_null);
}

}  // namespace

void write_contradictions(hdf5::Image& image, const summary::Results& results) {
    if (results.pairs.empty()) return;
    const auto columns = contradiction_columns(results);
    image.add_group("/contradictions")
        .set("long_name", "tables at which a test and its interval contradict each other");
    const auto index =
        image.add_scale("/contradictions/contradiction", hdf5::steps(columns.row.size()));
    describe(index, "contradiction");
    std::vector<hdf5::Dataset> datasets;
    const auto add = [&](const std::string& name, const auto& column, std::string_view long_name) {
        datasets.push_back(
            {"/contradictions/" + name, {&index}, hdf5::numbers_in(column), described(long_name)});
    };
    add("pair", columns.pair, "pair of a test and an interval, from 0");
    add("row", columns.row, "row of /tables, from 0");
    add("kind", columns.kind,
        "1: the test rejects and the interval contains the null; 2: the test accepts and the "
        "interval excludes it");
    image.add_numbers(datasets);
}

void read_contradictions(const hdf5::Reader& file, summary::Results& results) {
    for (auto& cell : results.cells)
        cell.summary.contradictions.resize(results.pairs.size());
    if (results.pairs.empty()) return;
    const auto shape = file.shape_of("/contradictions/contradiction");
    const auto pairs = file.read<std::int32_t>("/contradictions/pair", shape);
    const auto rows = file.read<std::int64_t>("/contradictions/row", shape);
    const auto kinds = file.read<std::int8_t>("/contradictions/kind", shape);
    const auto starts = starts_of(results);
    std::size_t cell = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<std::size_t>(rows[i]);
        const auto pair = static_cast<std::size_t>(pairs[i]);
        const bool is_known = rows[i] >= 0 && row < starts.back() && pairs[i] >= 0 &&
                              pair < results.pairs.size() && is_contradiction(kinds[i]);
        if (!is_known) throw hdf5::Error("its contradictions name what is not there");
        while (row >= starts[cell + 1])
            ++cell;
        auto& list = results.cells[cell].summary.contradictions[pair];
        const bool is_in_order =
            row >= starts[cell] && (list.empty() || list.back().row < row - starts[cell]);
        if (!is_in_order) throw hdf5::Error("its contradictions are not sorted");
        list.push_back({row - starts[cell], static_cast<Agreement>(kinds[i])});
    }
}

}  // namespace rsasim::files
