#include "sample_results.hpp"
#include "temporary_folder.hpp"

#include <functional>

#include <catch2/catch.hpp>
#include <hdf5.h>

#include <rsasim/files/results_file.hpp>
#include <rsasim/files/stored_state.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;
using summary::CellResults;
using summary::Engine;

namespace {

/// The words with which both readers refuse results that were changed before they were written, so
/// that trailer and digest are those of the changed numbers.
std::string refusal_of(const std::function<void(CellResults&)>& change) {
    const TemporaryFolder folder;
    auto results = sample::sweep(Engine::simulation);
    change(results.cells[2]);
    files::write_results(results, folder / "r.h5");
    std::string words;
    try {
        files::read_stored_state(folder / "r.h5");
    } catch (const files::FileError& error) {
        words = error.what();
    }
    CHECK_THROWS_WITH(files::read_results(folder / "r.h5"), words);
    return words;
}

tally::TableCounts& counts_of(CellResults& cell) {
    return std::get<tally::TableCounts>(cell.tables);
}

/// Shifts the counts of a cell's two tables.
void set_counts(CellResults& cell, std::int64_t first, std::int64_t second) {
    counts_of(cell)[0].weight = first;
    counts_of(cell)[1].weight = second;
}

}  // namespace

TEST_CASE("The state has the integers of the results, and their cells alone", "[property]") {
    const TemporaryFolder folder;
    auto results = sample::sweep(Engine::simulation);
    auto& empty = results.cells[1];
    empty.tables = tally::TableCounts{};
    empty.finished.clear();
    empty.replicates = 0;
    empty.summary.contradictions = {{}};
    files::write_results(results, folder / "r.h5");
    const auto state = files::read_stored_state(folder / "r.h5");
    CHECK(state.identity.seed == results.seed);
    CHECK(state.identity.rng == results.rng);
    CHECK(state.identity.results_sha256 == files::results_digest(results));
    CHECK(state.provenance.scenario_resolved == results.provenance.scenario_resolved);
    CHECK(state.image_sha256.size() == 64);
    REQUIRE(state.cells.size() == results.cells.size() - 1);
    CHECK(state.cells[1].cell == 2);
    CHECK(state.cells[1].finished == results.cells[2].finished);
    CHECK(std::get<tally::TableCounts>(state.cells[1].tables).size() == 2);
}

TEST_CASE("The state is read without any derived dataset", "[property]") {
    const TemporaryFolder folder;
    const auto path = folder / "r.h5";
    files::write_results(sample::sweep(Engine::simulation), path);
    const auto whole = files::read_stored_state(path);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    for (const char* name : {"power", "coverage", "test_pair", "contradictions"})
        H5Ldelete(file, name, H5P_DEFAULT);
    H5Fclose(file);
    const auto state = files::read_stored_state(path);
    CHECK(state.identity.results_sha256 == whole.identity.results_sha256);
    CHECK(state.cells.size() == whole.cells.size());
}

TEST_CASE("A list of merged files is read back", "[property]") {
    const TemporaryFolder folder;
    auto results = sample::single_cell(Engine::simulation);
    results.provenance.shards = {
        {"a.h5", std::string(64, '1'), "0/2", "node7", "2026-01-01T00:00:00Z", "later", 1.5},
        {"ü.h5", std::string(64, '2'), "", "", "", "", 0}};
    files::write_results(results, folder / "r.h5");
    const auto read = files::read_stored_state(folder / "r.h5").provenance.shards;
    REQUIRE(read.size() == 2);
    CHECK(read[0].file == "a.h5");
    CHECK(read[0].part == "0/2");
    CHECK(read[0].cpu_seconds == 1.5);
    CHECK(read[1].file == "ü.h5");
    CHECK(read[1].host.empty());
    CHECK(files::read_results(folder / "r.h5").provenance.attributes ==
          results.provenance.attributes);
}

TEST_CASE("A ledger that does not give the tables' counts is refused", "[property]") {
    CHECK_THAT(refusal_of([](auto& cell) {
                   cell.finished = {{0, 5}};
               }),
               Contains("cell 2 has 1000000 tables, and 5 replicates"));
    CHECK_THAT(refusal_of([](auto& cell) { set_counts(cell, 1, 1); }),
               Contains("cell 2 has 2 tables, and 1000000 replicates"));
    CHECK_THAT(refusal_of([](auto& cell) { cell.finished.clear(); }), Contains("cell 2 has"));
    CHECK_THAT(refusal_of([](auto& cell) { cell.tables = tally::TableCounts{}; }),
               Contains("without tables"));
    CHECK_THAT(refusal_of([](auto& cell) { set_counts(cell, INT64_MAX, INT64_MAX); }),
               Contains("too large"));
    CHECK_THAT(refusal_of([](auto& cell) { set_counts(cell, -1, 1'000'001); }),
               Contains("no table"));
}

TEST_CASE("Ranges that overlap, touch or are not sorted are refused", "[property]") {
    using Ranges = tally::ReplicateRanges;
    for (const auto& ranges :
         {Ranges{{0, 600'000}, {500'000, 900'000}}, Ranges{{0, 600'000}, {600'000, 1'000'000}},
          Ranges{{600'000, 1'000'000}, {0, 600'000}}, Ranges{{-5, 999'995}}, Ranges{{7, 7}}}) {
        CHECK_THAT(refusal_of([&](auto& cell) { cell.finished = ranges; }),
                   Contains("not sorted and disjoint"));
    }
}

TEST_CASE("Replicates of a cell that its ledger has not are refused", "[property]") {
    const TemporaryFolder folder;
    auto results = sample::sweep(Engine::simulation);
    results.cells[2].replicates = 7;
    files::write_results(results, folder / "r.h5");
    CHECK_THROWS_WITH(files::read_results(folder / "r.h5"),
                      Contains("cell 2 states 7 replicates, and its ledger has 1000000"));
}
