#include "state_writer.hpp"

#include "columns.hpp"
#include "layout.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace rsasim::files {
namespace {

struct ColumnName {
    std::string_view path;
    std::string_view long_name;
};

constexpr ColumnName column_names[] = {
    {"/tables/cell", "cell of the sweep, row-major over the axes, from 0"},
    {"/tables/x_treated", "events in the treated arm"},
    {"/tables/n_treated", "women in the treated arm"},
    {"/tables/x_control", "events in the control arm"},
    {"/tables/n_control", "women in the control arm"},
    {"/tables/count", "replicates that gave this table"},
    {"/state/ledger/cell", "cell of the sweep, row-major over the axes, from 0"},
    {"/state/ledger/first", "first replicate of a finished range"},
    {"/state/ledger/last", "one past the last replicate of a finished range"},
    {"/tables/pilot_count", "replicates of the pilot that gave this table"},
    {"/tables/rejections", "replicates with this table that a patient-level test rejects"},
    {"/tables/pilot_rejections", "the same of the pilot's replicates"},
    {"/state/patients/words",
     "counts, the first of all trials, and 128-bit sums as two words, low first"},
};

std::string_view long_name_of(std::string_view path) {
    return std::ranges::find(column_names, path, &ColumnName::path)->long_name;
}

hdf5::Scale add_index(hdf5::Image& image, const std::string& path, std::size_t size,
                      std::string_view long_name) {
    auto scale = image.add_scale(path, hdf5::steps(size));
    describe(scale, long_name);
    return scale;
}

template <class Number>
hdf5::Numbers numbers_of(const CellColumn<Number>& column) {
    return hdf5::numbers_by<Number>(
        column.size(),
        [column](std::size_t first, std::span<Number> to) { column.fill(first, to); });
}

/// The cells that have words: those that have replicates.
std::vector<std::int64_t> cells_with_words(const summary::Results& results) {
    std::vector<std::int64_t> cells;
    for (std::size_t i = 0; i < results.cells.size(); ++i) {
        if (!results.cells[i].patient_words.empty()) cells.push_back(static_cast<std::int64_t>(i));
    }
    return cells;
}

/// Of a patient-level file: the tests, the cells that have words, and the words of each.
std::vector<hdf5::Scale> add_patient_scales(hdf5::Image& image, const summary::Results& results) {
    std::vector<hdf5::Scale> scales;
    if (!has_patients(results)) return scales;
    scales.push_back(image.add_scale("/tables/patient_test", results.rejection_labels));
    describe(scales.back(), "patient-level test or decision");
    image.add_group("/state/patients")
        .set("long_name", "mergeable state of trials analysed as they came");
    const auto cells = cells_with_words(results);
    scales.push_back(image.add_scale("/state/patients/cell", hdf5::numbers_in(cells)));
    describe(scales.back(), "cell that has replicates, row-major over the axes, from 0");
    scales.push_back(
        add_index(image, "/state/patients/word", words_each(results), "word of the state"));
    return scales;
}

}  // namespace

hdf5::Attributes described(std::string_view long_name) {
    return {{"units", "1"}, {"long_name", std::string(long_name)}};
}

void add_description(hdf5::Attributes& attributes, std::string_view long_name) {
    for (auto& one : described(long_name))
        attributes.push_back(std::move(one));
}

void describe(const hdf5::Object& object, std::string_view long_name) {
    for (const auto& [name, text] : described(long_name))
        object.set(name, text);
}

void write_state(hdf5::Image& image, const summary::Results& results) {
    const auto tables = image.add_group("/tables");
    tables.set("long_name", "weighted tables, sufficient for unadjusted methods");
    if (results.has_untabled_cells) {
        tables.set(std::string(one_by_one_attribute), std::int8_t{1});
        tables.set("comment",
                   "too many tables can come up in cells that have replicates and no table here: "
                   "their trials were tallied one by one, see /state/patients");
    }
    const auto row =
        add_index(image, "/tables/row", row_starts(results)->back(), "row of the tables");
    std::vector<hdf5::Scale> range;
    if (has_counts(results)) {
        image.add_group("/state").set("long_name", "what another run needs to continue or merge");
        image.add_group("/state/ledger").set("long_name", "finished replicates, half-open ranges");
        range.push_back(
            add_index(image, "/state/ledger/range", range_starts(results)->back(), "range"));
    }
    const auto patients = add_patient_scales(image, results);
    std::vector<hdf5::Dataset> datasets;
    for_each_integer_column(results, [&](std::string_view path, const auto& column) {
        hdf5::Dimensions dimensions{path.starts_with("/tables") ? &row : &range.front()};
        if (path.ends_with("rejections")) dimensions.push_back(&patients.front());
        if (path.starts_with("/state/patients")) dimensions = {&patients[1], &patients[2]};
        datasets.push_back({std::string(path), std::move(dimensions), numbers_of(column),
                            described(long_name_of(path))});
    });
    if (!has_counts(results)) {
        const auto weight = [](std::size_t, const auto& table) { return table.weight; };
        datasets.push_back({"/tables/probability",
                            {&row},
                            numbers_of(table_column<double>(results, row_starts(results), weight)),
                            described("probability of this table")});
    }
    image.add_numbers(datasets);
}

}  // namespace rsasim::files
