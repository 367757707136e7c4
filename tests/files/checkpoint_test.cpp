#include "sample_results.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <rsasim/files/results_file.hpp>
#include <rsasim/files/results_text.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;
using summary::Engine;

namespace {

/// What is left of results in a checkpoint.
summary::Results state_of(summary::Results results) {
    results.is_derived = false;
    results.is_complete = false;
    for (auto* labels :
         {&results.tests, &results.intervals, &results.estimators, &results.pairs,
          &results.test_pairs, &results.analyses, &results.characteristics, &results.controlled}) {
        labels->clear();
    }
    for (auto& cell : results.cells)
        cell.summary = {};
    return results;
}

summary::Results read_back(const summary::Results& results) {
    const TemporaryFolder folder;
    files::write_checkpoint(results, folder / "r.h5");
    return files::read_results(folder / "r.h5");
}

/// Two cells of women, the second without any replicate.
summary::Results women() {
    auto results = state_of(sample::sweep(Engine::simulation));
    results.rejection_labels = {"logistic", "g-computation"};
    for (auto& cell : results.cells) {
        const auto rows = std::get<tally::TableCounts>(cell.tables).size();
        cell.patient_words = {3, -1, std::int64_t{1} << 62};
        cell.pilot.assign(rows, 0);
        cell.rejections.assign(2 * rows, 1);
        cell.pilot_rejections.assign(2 * rows, 0);
    }
    auto& last = results.cells.back();
    last.tables = tally::TableCounts{};
    last.finished.clear();
    last.replicates = 0;
    for (auto* list : {&last.pilot, &last.rejections, &last.pilot_rejections, &last.patient_words})
        list->clear();
    return results;
}

}  // namespace

TEST_CASE("A checkpoint is read back without summaries, to the last integer", "[property]") {
    for (const auto& results : {sample::single_cell(Engine::simulation),
                                sample::sweep(Engine::simulation), sample::wide()}) {
        const auto read = read_back(results);
        CHECK_FALSE(read.is_derived);
        CHECK_FALSE(read.is_complete);
        CHECK(sample::difference(state_of(results), read).empty());
        CHECK(files::results_digest(read) == files::results_digest(results));
    }
}

TEST_CASE("Results that are not derived are written as a checkpoint", "[property]") {
    const TemporaryFolder folder;
    const auto results = sample::sweep(Engine::simulation);
    files::write_checkpoint(results, folder / "a.h5");
    files::write_results(state_of(results), folder / "b.h5");
    CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
    CHECK_FALSE(files::read_results(folder / "b.h5").is_derived);
    files::write_results(results, folder / "c.h5");
    CHECK(files::read_results(folder / "c.h5").is_derived);
}

TEST_CASE("A checkpoint of women keeps their words, with cells that are not begun", "[property]") {
    const auto results = women();
    const auto read = read_back(results);
    CHECK(sample::difference(results, read).empty());
    CHECK(read.rejection_labels == results.rejection_labels);
    for (std::size_t i = 0; i < read.cells.size(); ++i) {
        CHECK(read.cells[i].patient_words == results.cells[i].patient_words);
        CHECK(read.cells[i].pilot == results.cells[i].pilot);
        CHECK(read.cells[i].rejections == results.cells[i].rejections);
    }
}

TEST_CASE("A checkpoint in which nothing is done is read back", "[property]") {
    auto results = state_of(sample::sweep(Engine::simulation));
    for (auto& cell : results.cells) {
        cell.tables = tally::TableCounts{};
        cell.finished.clear();
        cell.replicates = 0;
    }
    CHECK(sample::difference(results, read_back(results)).empty());
}

TEST_CASE("A checkpoint is shown as what is done and how to go on", "[property]") {
    auto results = state_of(sample::sweep(Engine::simulation));
    results.provenance.attributes = {{"command_line", "rsasim run a.toml"}};
    CHECK_THAT(files::results_to_text(results, {}), Contains("rsasim judge"));
    results.cells.back().replicates = 0;
    const auto text = files::results_to_text(results, {});
    for (const auto* part :
         {"A checkpoint or a shard: 5,000,000 of 6,000,000 replicates",
          "are begun and 5 are finished", "rsasim run a.toml --resume", "rsasim merge"}) {
        CHECK_THAT(text, Contains(part));
    }
    CHECK_THAT(text, !Contains("rsasim judge"));
    CHECK_THAT(files::results_to_json(results), Contains("\"derived\": false"));
    CHECK_THAT(files::results_to_csv(results), Contains("replicates,kind,method"));
}

namespace {

/// A sweep whose cells have no tables: their trials were tallied one by one. The last is not begun.
summary::Results untabled() {
    auto results = women();
    results.has_untabled_cells = true;
    for (auto& cell : results.cells) {
        cell.tables = tally::TableCounts{};
        for (auto* list : {&cell.pilot, &cell.rejections, &cell.pilot_rejections})
            list->clear();
        cell.patient_words = {cell.replicates, -1, std::int64_t{1} << 62};
        if (cell.replicates == 0) cell.patient_words.clear();
    }
    return results;
}

}  // namespace

TEST_CASE("Cells that were tallied one by one are read back without tables", "[property]") {
    const auto results = untabled();
    const auto read = read_back(results);
    CHECK(read.has_untabled_cells);
    CHECK(files::results_digest(read) == files::results_digest(results));
    for (std::size_t i = 0; i < read.cells.size(); ++i) {
        CHECK(std::get<tally::TableCounts>(read.cells[i].tables).empty());
        CHECK(read.cells[i].finished == results.cells[i].finished);
        CHECK(read.cells[i].patient_words == results.cells[i].patient_words);
    }
}

TEST_CASE("Cells without tables are refused where the file does not say so", "[property]") {
    auto results = untabled();
    results.has_untabled_cells = false;
    CHECK_THROWS_WITH(read_back(results), Contains("without tables"));
}

TEST_CASE("Cells without tables are refused where their words count other trials", "[property]") {
    auto results = untabled();
    results.cells.front().patient_words.front() += 1;
    CHECK_THROWS_WITH(read_back(results), Contains("sums of"));
}
