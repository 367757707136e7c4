#include "state_writer.hpp"

#include "columns.hpp"
#include "layout.hpp"

#include <numeric>
#include <span>

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
     "counts, and 128-bit sums as two words, low first, of the patient-level methods"},
};

std::string_view long_name_of(std::string_view path) {
    return std::ranges::find(column_names, path, &ColumnName::path)->long_name;
}

hdf5::Scale add_index(hdf5::Image& image, const std::string& path, std::size_t size,
                      std::string_view long_name) {
    std::vector<std::int64_t> steps(size);
    std::iota(steps.begin(), steps.end(), 0);
    auto scale = image.add_scale(path, std::span<const std::int64_t>(steps));
    describe(scale, long_name);
    return scale;
}

/// Of a patient-level file: the tests, the cells and the words of each cell.
std::vector<hdf5::Scale> add_patient_scales(hdf5::Image& image, const summary::Results& results) {
    std::vector<hdf5::Scale> scales;
    if (!has_patients(results)) return scales;
    scales.push_back(image.add_scale("/tables/patient_test", std::span(results.rejection_labels)));
    describe(scales.back(), "patient-level test or decision");
    image.add_group("/state/patients").set("long_name", "mergeable state of the women's analyses");
    scales.push_back(add_index(image, "/state/patients/cell", results.cells.size(),
                               "cell of the sweep, row-major over the axes, from 0"));
    scales.push_back(add_index(image, "/state/patients/word",
                               results.cells.front().patient_words.size(), "word of the state"));
    return scales;
}

}  // namespace

void describe(const hdf5::Object& object, std::string_view long_name) {
    object.set("units", "1");
    object.set("long_name", long_name);
}

void write_state(hdf5::Image& image, const summary::Results& results) {
    image.add_group("/tables").set("long_name",
                                   "weighted tables, sufficient for unadjusted methods");
    const auto row = add_index(image, "/tables/row", rows_in(results), "row of the tables");
    std::vector<hdf5::Scale> range;
    if (has_counts(results)) {
        image.add_group("/state").set("long_name", "what another run needs to continue or merge");
        image.add_group("/state/ledger").set("long_name", "finished replicates, half-open ranges");
        range.push_back(add_index(image, "/state/ledger/range", ranges_in(results), "range"));
    }
    const auto patients = add_patient_scales(image, results);
    for_each_integer_column(results, [&](std::string_view path, const auto& column) {
        hdf5::Dimensions dimensions{path.starts_with("/tables") ? &row : &range.front()};
        if (path.ends_with("rejections")) dimensions.push_back(&patients.front());
        if (path.starts_with("/state/patients")) dimensions = {&patients[1], &patients[2]};
        const auto numbers = column.whole();
        describe(image.add_numbers(std::string(path), dimensions, std::span(numbers)),
                 long_name_of(path));
    });
    if (has_counts(results)) return;
    const auto probability =
        table_column<double>(results, [](std::size_t, const auto& r) { return r.weight; }).whole();
    describe(image.add_numbers("/tables/probability", {&row}, std::span(probability)),
             "probability of this table");
}

}  // namespace rsasim::files
