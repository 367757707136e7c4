#include "state_columns.hpp"

#include "columns.hpp"
#include "layout.hpp"

#include <span>

#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>

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

/// Reads datasets in the order of the digest and adds each to it.
class ColumnReader {
  public:
    ColumnReader(const Reader& file, const FileIdentity& identity) : file_(file) {
        digest_.add(start_of_digest(identity.scenario_sha256, identity.seed, identity.rng));
    }

    template <class Number>
    std::vector<Number> read(const std::string& path, const Shape& shape) {
        auto column = file_.read<Number>(path, shape);
        digest_.add(fmt::format("{} {}\n", path, column.size()));
        digest_.add(std::as_bytes(std::span(column)));
        return column;
    }

    std::string digest() { return digest::to_hex(digest_.finish()); }

  private:
    const Reader& file_;
    digest::Sha256 digest_;
};

void read_ledger(const Reader& file, ColumnReader& reader, StateColumns& columns) {
    const auto ranges = list_shape(file, "/state/ledger/range");
    columns.ledger_cell = reader.read<std::int32_t>("/state/ledger/cell", ranges);
    columns.first = reader.read<std::int64_t>("/state/ledger/first", ranges);
    columns.last = reader.read<std::int64_t>("/state/ledger/last", ranges);
}

void read_patients(const Reader& file, ColumnReader& reader, StateColumns& columns) {
    using Wide = std::int64_t;
    const Shape rows{columns.cell.size()};
    const auto tests = list_shape(file, "/tables/patient_test");
    const Shape by_test{rows[0], tests[0]};
    const Shape by_word{list_shape(file, "/state/patients/cell")[0],
                        list_shape(file, "/state/patients/word")[0]};
    columns.has_patients = true;
    columns.tests = file.read_text("/tables/patient_test", tests);
    columns.words_cell = file.read<Wide>("/state/patients/cell", {by_word[0]});
    columns.words_each = by_word[1];
    columns.pilot_count = reader.read<Wide>("/tables/pilot_count", rows);
    columns.rejections = reader.read<Wide>("/tables/rejections", by_test);
    columns.pilot_rejections = reader.read<Wide>("/tables/pilot_rejections", by_test);
    columns.words = reader.read<Wide>("/state/patients/words", by_word);
}

}  // namespace

StateColumns read_columns(const Reader& file, const FileIdentity& identity) {
    StateColumns columns;
    ColumnReader reader(file, identity);
    const auto rows = list_shape(file, "/tables/row");
    columns.cell = reader.read<std::int32_t>("/tables/cell", rows);
    columns.x_treated = reader.read<std::int32_t>("/tables/x_treated", rows);
    columns.n_treated = reader.read<std::int32_t>("/tables/n_treated", rows);
    columns.x_control = reader.read<std::int32_t>("/tables/x_control", rows);
    columns.n_control = reader.read<std::int32_t>("/tables/n_control", rows);
    if (identity.engine == summary::Engine::enumeration) {
        columns.probability = file.read<double>("/tables/probability", rows);
    } else {
        columns.count = reader.read<std::int64_t>("/tables/count", rows);
        read_ledger(file, reader, columns);
        if (file.has("/state/patients/words")) read_patients(file, reader, columns);
        columns.has_untabled_cells =
            file.has_attribute("/tables", std::string(one_by_one_attribute));
    }
    columns.results_sha256 = reader.digest();
    return columns;
}

}  // namespace rsasim::files
