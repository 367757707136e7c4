#include "console.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "report_samples.hpp"

#include <filesystem>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/errors.hpp>
#include <rsasim/files/results_file.hpp>
#include <rsasim/files/text_file.hpp>

namespace rsasim::commands {
namespace {

void check_options(const ReportOptions& options) {
    std::vector<std::string> faults;
    if (!options.output && !options.vega_lite) {
        faults.emplace_back(
            "report: nothing to write. Give -o report.html, --vega-lite DIR, or "
            "both.");
    }
    if (options.output && !report::has_page()) {
        faults.emplace_back(
            "report -o: this program was built without the page (RSASIM_REPORT=OFF). Build it "
            "where npm is: cmake --preset release -DRSASIM_REPORT=ON; or write the pictures: "
            "--vega-lite DIR.");
    }
    if (!(options.target > 0 && options.target < 1)) {
        faults.push_back(fmt::format("--target {}: a power lies between 0 and 1. Give 0.8 or 0.9.",
                                     options.target));
    }
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
}

void write_pictures(const report::ReportInput& input, const ReportOptions& options) {
    const std::filesystem::path folder = *options.vega_lite;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw files::FileError(
            fmt::format("{}: cannot be made: {}.", folder.string(), error.message()));
    }
    const auto specifications = report::vega_lite_files(input);
    for (const auto& [name, text] : specifications)
        claim_output(folder / name, options.force);
    for (const auto& [name, text] : specifications)
        files::write_text(folder / name, text, true);
}

}  // namespace

ExitStatus report(const ReportOptions& options) {
    check_options(options);
    if (options.output) claim_output(*options.output, options.force);
    const auto complete = files::read_results(options.results_path, tell);
    if (!complete.is_complete || !complete.is_derived) {
        throw scenario::InputErrors({fmt::format(
            "{}: is not complete, and a report is about finished results. Go on with the run: "
            "rsasim run --resume; or put its shards together: rsasim merge.",
            options.results_path)});
    }
    const StoredTables stored(options.results_path);
    const unsigned threads = engine::available_threads();
    auto scenario = stored.scenario();
    scenario::solve(scenario, cells_of_samples(stored.results()), {threads});
    const auto samples = report_samples(stored, scenario, threads);
    const auto name = std::filesystem::path(options.results_path).filename().string();
    const report::ReportInput input{stored.results(), samples, options.target, name};
    if (options.vega_lite) write_pictures(input, options);
    if (options.output) files::write_text(*options.output, report::report_page(input), true);
    return ExitStatus::success;
}

}  // namespace rsasim::commands
