#include "json_values.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/design/grid.hpp>
#include <rsasim/files/check_text.hpp>

namespace rsasim::files {
namespace {

/// Cells listed before the rest is only counted.
constexpr std::size_t most_listed = 40;

std::string bytes_text(double bytes) {
    if (bytes < 1e6) return fmt::format("{:.0f} kB", bytes / 1e3);
    if (bytes < 1e9) return fmt::format("{:.0f} MB", bytes / 1e6);
    return fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string seconds_text(double seconds) {
    if (seconds < 1) return "under a second";
    if (seconds < 120) return fmt::format("about {:.0f} s", seconds);
    if (seconds < 7200) return fmt::format("about {:.0f} min", seconds / 60);
    if (seconds < 172800) return fmt::format("about {:.1f} h", seconds / 3600);
    return fmt::format("about {:.0f} days", seconds / 86400);
}

std::string axes_text(const design::Grid& grid) {
    std::string text;
    for (const auto& axis : grid.axes) {
        std::string keys;
        for (const auto& key : axis.keys)
            keys += (keys.empty() ? "" : " with ") + key.path;
        text += fmt::format("  swept       {}: {} values\n", keys, axis.size());
    }
    return text;
}

std::string cells_text(const design::Grid& grid) {
    std::string text = fmt::format(
        "  {:>5}  {:>9}  {:>9}  {:>12}  {:>12}  {:>10}  {:>10}  {:>15}\n", "cell", "treated n",
        "control n", "treated rate", "control rate", "odds ratio", "risk ratio", "risk difference");
    for (std::size_t i = 0; i < std::min(grid.cells.size(), most_listed); ++i) {
        const design::Design& design = grid.cells[i].design;
        text += fmt::format(
            "  {:>5}  {:>9}  {:>9}  {:>12.6g}  {:>12.6g}  {:>10.6g}  {:>10.6g}  {:>15.6g}\n", i,
            design.sizes().treated, design.sizes().control, design.rates().treated,
            design.rates().control, design.truth(design::Measure::odds_ratio),
            design.truth(design::Measure::risk_ratio),
            design.truth(design::Measure::risk_difference));
    }
    if (grid.cells.size() > most_listed) {
        text += fmt::format("  ... and {} more (all of them: --json)\n",
                            grid.cells.size() - most_listed);
    }
    return text;
}

/// What the analyses of a patient-level design estimate, and who is eligible.
std::string estimands_text(const design::Design& design) {
    if (design.patients() == nullptr) return "";
    const design::PatientTruth& truth = *design.patient_truth();
    std::string text = fmt::format(
        "What the analyses estimate (cell 0)\n  eligible share of women {:.6g}; rates of "
        "the table{}\n",
        truth.eligible,
        truth.rates_standard_error > 0 ? fmt::format(" within {:.1e}", truth.rates_standard_error)
                                       : " by quadrature");
    const auto& methods = design.analysis().patients->methods;
    bool has_all = true;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (!methods[i].measure) continue;
        const auto& [value, error] = truth.methods[i];
        has_all = has_all && !std::isnan(value);
        text += fmt::format("  {:<54}  {:>10}{}\n", analysis::measured_label(methods[i]),
                            std::isnan(value) ? "–" : fmt::format("{:.6g}", value),
                            error > 0 ? fmt::format(" ± {:.1e}", error) : "");
    }
    if (!has_all) {
        text +=
            "  –: no limit of the analysis is found as women are added; its coverage is "
            "undefined\n";
    }
    return text + "\n";
}

void add_estimands(Json& json, const design::Design& design);

Json json_of(const design::Cell& cell) {
    const design::Design& design = cell.design;
    Json json{{"n_treated", design.sizes().treated},
              {"n_control", design.sizes().control},
              {"treated_rate", design.rates().treated},
              {"control_rate", design.rates().control}};
    for (const design::Measure measure : design::all_measures) {
        set_number(json, std::string(design::name_of(measure)), design.truth(measure));
    }
    json["alpha"] = design.analysis().alpha;
    json["sides"] = static_cast<int>(design.analysis().sides);
    json["confidence"] = design.analysis().confidence;
    if (const auto& margins = design.analysis().equivalence) {
        json["equivalence"] = margins_json(*margins);
    } else if (!design.analysis().null.is_no_effect()) {
        json["null"] = null_json(design.analysis().null);
    }
    json["replicates"] = cell.replicates;
    add_estimands(json, design);
    return json;
}

void add_estimands(Json& json, const design::Design& design) {
    if (design.patients() == nullptr) return;
    const design::PatientTruth& truth = *design.patient_truth();
    json["eligible"] = truth.eligible;
    json["rates_standard_error"] = truth.rates_standard_error;
    const auto& methods = design.analysis().patients->methods;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (!methods[i].measure) continue;
        Json& estimand = json["estimands"][analysis::measured_label(methods[i])];
        estimand = {{"value", json_number(truth.methods[i].value)},
                    {"standard_error", truth.methods[i].standard_error}};
        if (std::isnan(truth.methods[i].value)) estimand["status"] = "undefined";
    }
}

}  // namespace

std::string check_to_text(const scenario::Scenario& scenario, const ExpectedCost& cost) {
    const design::Grid& grid = scenario.grid;
    const design::AnalysisPlan& plan = grid.cells.front().design.analysis();
    std::string text = scenario.title.empty() ? "" : scenario.title + "\n";
    text += fmt::format("  cells       {}\n{}  outcome     {} ({} is better)\n", grid.cells.size(),
                        axes_text(grid), scenario.outcome,
                        plan.direction == design::Direction::higher_is_better ? "higher" : "lower");
    text += fmt::format("  analyses    {} tests, {} intervals, {} estimates, {} pairs audited\n",
                        plan.tests.size(), plan.intervals.size(), plan.estimators.size(),
                        plan.pairs.size());
    text += fmt::format(
        "  seed        {}, {} random numbers\n\n", scenario.seed,
        scenario.common_random_numbers ? "the cells share their" : "each cell has its own");
    text += "What the design implies\n" + cells_text(grid) + "\n";
    text += estimands_text(grid.cells.front().design);
    text += fmt::format(
        "Expected cost of the run on {} thread{} of this machine\n"
        "  replicates  {} in all\n  time        {}\n  memory      {}\n"
        "  file        {}\n",
        cost.threads, cost.threads == 1 ? "" : "s", cost.replicates, seconds_text(cost.seconds),
        bytes_text(cost.memory_bytes), bytes_text(cost.file_bytes));
    return text;
}

std::string check_to_json(const scenario::Scenario& scenario, const ExpectedCost& cost) {
    Json json{{"schema", "rsasim.check/1"},
              {"title", scenario.title},
              {"outcome", scenario.outcome},
              {"seed", scenario.seed},
              {"common_random_numbers", scenario.common_random_numbers},
              {"scenario_sha256", scenario.sha256}};
    json["expected"] = {{"replicates", cost.replicates},
                        {"threads", cost.threads},
                        {"seconds", cost.seconds},
                        {"memory_bytes", cost.memory_bytes},
                        {"file_bytes", cost.file_bytes}};
    json["cells"] = Json::array();
    for (const auto& cell : scenario.grid.cells)
        json["cells"].push_back(json_of(cell));
    json["notes"] = scenario.notes;
    return json.dump(2) + "\n";
}

}  // namespace rsasim::files
