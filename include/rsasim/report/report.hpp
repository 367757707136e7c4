#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <rsasim/design/conduct.hpp>
#include <rsasim/design/effect.hpp>
#include <rsasim/summary/results.hpp>

/// The page that shows results: words, pictures by Vega-Lite, and the tables behind them.
namespace rsasim::report {

/// The interval of one simulated trial. Limits may be infinite.
struct SampledInterval {
    std::size_t cell = 0;
    std::string interval;  ///< label
    std::int64_t replicate = 0;
    double lower = 0, upper = 0, truth = 0;
};

/// Share of a cell's trials whose P-value lies in [bin, bin + 1) / bins; the last takes 1 too.
struct PValueShare {
    std::size_t cell = 0;
    std::string test;  ///< label
    std::size_t bin = 0;
    double share = 0;
};
inline constexpr std::size_t p_value_bins = 20;

/// An exact probability at a control rate: of rejecting under the null, or of covering.
struct CurvePoint {
    std::string method;  ///< label
    double control_rate = 0;
    double probability = 0;
};

/// A proved extreme over all control rates: the maximum of a size, the minimum of a coverage.
struct ProvedBound {
    std::string method;
    double lower = 0, upper = 0, at_control_rate = 0;
};

/// Of a trial that loses women before their outcome is known.
struct LostOutcomes {
    design::Rates rates;  ///< of the event, were every outcome known
    design::Handling handling = design::Handling::failure;  ///< of the lost in the 2x2 table
};

/// What words and pictures need beside the results: made from the scenario that the file keeps.
struct Samples {
    std::optional<LostOutcomes> lost;  ///< of the cell that the words are about
    std::string adjusted_test;         ///< label of the first adjusted test; empty where none is
    std::vector<SampledInterval> intervals;
    std::vector<PValueShare> p_values;
    std::vector<CurvePoint> size, coverage;
    std::vector<ProvedBound> size_bounds, coverage_bounds;
    std::string curve_design;        ///< whose curves they are: "75 + 74"
    std::vector<std::string> notes;  ///< what was left out, and why
};

struct ReportInput {
    const summary::Results& results;
    const Samples& samples;
    double target_power = 0.8;
    std::string file;  ///< the results file's name
};

/// The cell that the paragraph for a protocol is about: the first that is not in the null, or the
/// first of all.
std::size_t cell_of_words(const summary::Results& results);

/// True where the program was built with the page's script.
bool has_page();

/// The page: HTML that needs nothing else. Texts from the scenario are inert. Throws
/// std::logic_error where has_page() is false.
std::string report_page(const ReportInput& input);

/// Each picture as a Vega-Lite specification with its data: file name and JSON.
std::vector<std::pair<std::string, std::string>> vega_lite_files(const ReportInput& input);

}  // namespace rsasim::report
