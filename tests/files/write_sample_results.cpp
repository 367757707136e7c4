#include "sample_results.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <rsasim/files/results_file.hpp>
#include <rsasim/files/results_text.hpp>

/// Writes the samples that foreign readers are tried on, each with its CSV, into a folder.
int main(int argc, char** argv) {
    using namespace rsasim;
    if (argc != 2) {
        std::fputs("usage: write_sample_results FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder(argv[1]);
    std::filesystem::create_directories(folder);
    const auto write = [&](const char* name, const summary::Results& results) {
        files::write_results(results, folder / (std::string(name) + ".h5"));
        std::ofstream(folder / (std::string(name) + ".csv")) << files::results_to_csv(results);
        std::ofstream(folder / (std::string(name) + ".sha256")) << files::results_digest(results);
    };
    write("single", sample::single_cell(summary::Engine::simulation));
    write("single_exact", sample::single_cell(summary::Engine::enumeration));
    write("sweep", sample::sweep(summary::Engine::simulation));
    write("sweep_exact", sample::sweep(summary::Engine::enumeration));
    write("wide", sample::wide());
    auto elsewhere = sample::single_cell(summary::Engine::simulation);
    elsewhere.provenance.scenario_given = "another text";
    elsewhere.provenance.attributes = {{"host", "elsewhere"}, {"long", std::string(100'000, 'x')}};
    write("single_elsewhere", elsewhere);
    auto unstarted = sample::single_cell(summary::Engine::simulation);
    unstarted.is_complete = false;
    for (auto& cell : unstarted.cells) {
        cell.tables = tally::TableCounts{};
        cell.finished.clear();
        cell.replicates = 0;
        cell.summary.contradictions.front().clear();
    }
    unstarted.test_pairs.clear();
    for (auto& cell : unstarted.cells)
        cell.summary.test_pairs.clear();
    write("unstarted", unstarted);
    return 0;
}
