#include "sample_results.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <rsasim/files/results_file.hpp>
#include <rsasim/files/results_text.hpp>

using namespace rsasim;
using summary::Engine;

namespace {

std::string after_round_trip(const summary::Results& results) {
    const TemporaryFolder folder;
    files::write_results(results, folder / "r.h5");
    return sample::difference(results, files::read_results(folder / "r.h5"));
}

}  // namespace

TEST_CASE("Reading gives back what was written, to the last bit", "[property]") {
    for (const auto engine : {Engine::simulation, Engine::enumeration}) {
        CHECK(after_round_trip(sample::single_cell(engine)).empty());
        CHECK(after_round_trip(sample::sweep(engine)).empty());
    }
    CHECK(after_round_trip(sample::wide()).empty());
}

TEST_CASE("Results are shown the same before and after they were in a file", "[property]") {
    const TemporaryFolder folder;
    for (const auto engine : {Engine::simulation, Engine::enumeration}) {
        auto results = sample::single_cell(engine);
        results.cells.front().parameters.null_value = 1;  // as a plan of tests of no effect has it
        files::write_results(results, folder / "r.h5");
        CHECK(files::results_to_text(files::read_results(folder / "r.h5"), {}) ==
              files::results_to_text(results, {}));
    }
}

TEST_CASE("A file without any label, table or finished replicate is read back", "[property]") {
    auto results = sample::single_cell(Engine::simulation);
    auto& cell = results.cells.front();
    results.tests.clear();
    results.intervals.clear();
    results.estimators.clear();
    results.pairs.clear();
    results.test_pairs.clear();
    cell.summary = {};
    cell.tables = tally::TableCounts{};
    cell.finished.clear();
    cell.replicates = 0;
    results.title.clear();
    results.provenance = {};
    CHECK(after_round_trip(results).empty());
}

TEST_CASE("The same results give the same bytes", "[property]") {
    const TemporaryFolder folder;
    for (const auto engine : {Engine::simulation, Engine::enumeration}) {
        files::write_results(sample::sweep(engine), folder / "a.h5");
        files::write_results(sample::sweep(engine), folder / "b.h5");
        CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
    }
}

TEST_CASE("A file has the same bytes whatever order its chunks are compressed in", "[property]") {
    const TemporaryFolder folder;
    const auto results = sample::wide();
    std::size_t compressed = 0;
    files::write_results(results, folder / "a.h5");
    files::write_results(results, folder / "b.h5", [&](std::size_t n, const auto& body) {
        compressed += n;
        for (std::size_t i = n; i-- > 0;)
            body(i);
    });
    CHECK(compressed > 1);
    CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
    CHECK(sample::difference(results, files::read_results(folder / "b.h5")).empty());
}

TEST_CASE("A title longer than an attribute is cut at a character", "[property]") {
    const TemporaryFolder folder;
    auto results = sample::single_cell(Engine::enumeration);
    results.title.clear();
    for (int i = 0; i < 50'000; ++i)
        results.title += "é";
    files::write_results(results, folder / "r.h5");
    const auto title = files::read_results(folder / "r.h5").title;
    CHECK(title.size() <= 60'000);
    CHECK(title.size() >= 59'990);
    CHECK(title.substr(title.size() - 3) == "...");
    CHECK(static_cast<unsigned char>(title[title.size() - 4]) == 0xA9);  // the end of an é
}

TEST_CASE("A provenance value longer than an attribute is kept whole", "[property]") {
    const TemporaryFolder folder;
    auto results = sample::single_cell(Engine::enumeration);
    results.provenance.attributes = {{"command line", std::string(200'000, 'x')}, {"host", "h"}};
    files::write_results(results, folder / "r.h5");
    const auto read = files::read_results(folder / "r.h5").provenance.attributes;
    REQUIRE(read.size() == 2);
    CHECK(read[0] == results.provenance.attributes[1]);
    CHECK(read[1] == results.provenance.attributes[0]);
}

TEST_CASE("Results whose lists do not fit together are refused before writing", "[property]") {
    const TemporaryFolder folder;
    auto results = sample::sweep(Engine::simulation);
    results.cells.pop_back();
    CHECK_THROWS_AS(files::write_results(results, folder / "r.h5"), std::logic_error);
    results = sample::sweep(Engine::simulation);
    results.cells.front().summary.tests.pop_back();
    CHECK_THROWS_AS(files::write_results(results, folder / "r.h5"), std::logic_error);
    CHECK(folder.entries() == 0);
}
