#include "sample_results.hpp"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/files/results_file.hpp>

using namespace rsasim;
using summary::Engine;

TEST_CASE("Whatever decides or is an integer of the results changes the digest", "[property]") {
    const auto original = sample::sweep(Engine::simulation);
    std::set<std::string> digests{files::results_digest(original)};
    const auto add = [&](auto change) {
        auto results = original;
        change(results);
        digests.insert(files::results_digest(results));
    };
    add([](auto& r) { r.scenario_sha256.back() = 'b'; });
    add([](auto& r) { r.seed = 1; });
    add([](auto& r) { r.rng += "x"; });
    add([](auto& r) { std::get<tally::TableCounts>(r.cells[3].tables)[1].weight += 1; });
    add([](auto& r) { std::get<tally::TableCounts>(r.cells[3].tables)[1].x_control += 1; });
    add([](auto& r) { std::get<tally::TableCounts>(r.cells[5].tables).pop_back(); });
    add([](auto& r) { r.cells[0].finished[1].last += 1; });
    add([](auto& r) {
        std::swap(r.cells[0].finished, r.cells[1].finished);
        r.cells[1].finished.clear();
    });
    CHECK(digests.size() == 9);
}

TEST_CASE("Derived numbers, labels and provenance do not change the digest", "[property]") {
    const auto original = sample::sweep(Engine::simulation);
    auto changed = original;
    changed.title = "another";
    changed.provenance.attributes.clear();
    changed.cells[0].summary.tests[0].power.value = 0.5;
    changed.tests[0] = "yates";
    CHECK(files::results_digest(changed) == files::results_digest(original));
    CHECK(files::results_digest(original).size() == 64);
}
