#include "arms.hpp"
#include "build_grid.hpp"
#include "cell_values.hpp"
#include "check_values.hpp"
#include "command_line.hpp"
#include "decimal.hpp"
#include "faults.hpp"
#include "file_layers.hpp"
#include "methods.hpp"
#include "notes.hpp"
#include "nulls.hpp"
#include "open_models.hpp"
#include "patient_cells.hpp"
#include "prior.hpp"
#include "quick_tests.hpp"
#include "read_with.hpp"
#include "resolved.hpp"
#include "settings.hpp"
#include "toml_reader.hpp"
#include "truth_errors.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

/// File below, its sweep above it, the command line on top.
Settings layered(const std::optional<SourceText>& source, std::span<const FlagSetting> flags,
                 Vocabulary& vocabulary, Faults& faults) {
    Settings settings(vocabulary);
    bool is_readable = true;
    if (source) {
        const auto root = read_toml(source->text, faults);
        is_readable = root.has_value();
        FileLayers layers = read_file_layers(root.value_or(Table{}), vocabulary, faults);
        settings.put(std::move(layers.keys), faults);
        settings.put(std::move(layers.sweep), faults);
        check_displaced(settings, faults);
    }
    settings.put(read_command_line(flags, vocabulary, faults), faults);
    if (is_readable) check_nothing_missing(settings, faults);
    settings.fill_defaults();
    return settings;
}

/// Whether the arms of all cells can be worked out, whatever else is at fault.
bool has_sound_arms(const Settings& settings, const Faults& faults) {
    for (const KeyRow& row : keys()) {
        if (row.path.starts_with("arms.") && faults.is_marked(row.path)) return false;
    }
    const bool has_sizes = settings.has("arms.total") ||
                           (settings.has("arms.n.treated") && settings.has("arms.n.control"));
    if (settings.is_patient_level() && !has_effect(settings)) return has_sizes;
    return has_sizes && has_effect(settings) && settings.has("arms.control_rate");
}

/// The arms of every cell, or none where a fault stands in the way.
std::vector<Arms> checked_arms(const Settings& settings, Faults& faults) {
    if (!cell_count(settings)) {
        faults.add({}, fmt::format("the sweep has more than {} cells. Sweep fewer values, or split "
                                   "it into several scenarios.",
                                   most_cells));
        return {};
    }
    if (!has_sound_arms(settings, faults)) return {};
    return arms_of_cells(CellValues(settings), faults);
}

/// Whether the women of all cells can be read: no fault concerns them.
bool has_sound_women(const Settings& settings, const Faults& faults) {
    return std::ranges::none_of(settings.vocabulary().rows(), [&faults](const KeyRow* row) {
        return row->level != Level::counts && faults.is_marked(row->path);
    });
}

/// The replicates of all cells are counted in 64 bits.
void check_work(const design::Grid& grid, Faults& faults) {
    std::int64_t sum = 0;
    for (const design::Cell& cell : grid.cells) {
        if (!__builtin_add_overflow(sum, cell.replicates, &sum)) continue;
        faults.add({}, fmt::format("the {} cells have more than 2^63 replicates together. Lower "
                                   "simulation.replicates.",
                                   grid.cells.size()));
        return;
    }
}

std::string model_sha256(const design::Grid& grid, bool common_random_numbers) {
    digest::Sha256 sha;
    sha.add(fmt::format("common_random_numbers={}\n", common_random_numbers));
    for (const design::Cell& cell : grid.cells)
        sha.add(cell.design.model_text());
    return digest::to_hex(sha.finish());
}

bool has_cells_tallied_one_by_one(const design::Grid& grid) {
    return std::ranges::any_of(
        grid.cells, [](const design::Cell& cell) { return cell.design.is_tallied_one_by_one(); });
}

std::string text_of(const Settings& settings, std::string_view path) {
    const Value* value = settings.constant(path);
    return value != nullptr ? std::get<std::string>(value->data) : std::string();
}

/// The prior of the rates is said of the first cell.
void name_control_rate(Scenario& scenario) {
    if (scenario.prior)
        scenario.prior->known_control_rate = scenario.grid.cells.front().design.rates().control;
}

/// The rates of the 2x2 table, and nothing of what the methods estimate.
design::PatientTruth rates_alone(const design::PatientModel& model, design::ArmSizes sizes,
                                 const design::PatientPlan& plan) {
    design::PatientPlan bare = plan;
    bare.methods.clear();
    auto truth = analysis::truth_of(model, sizes, bare);
    truth.methods.resize(plan.methods.size());
    return truth;
}

}  // namespace

Scenario describe_scenario(const std::optional<SourceText>& source,
                           std::span<const FlagSetting> flags) {
    auto open = std::make_shared<OpenModels>(source ? source->name : "design flags");
    Faults faults(open->source);
    Settings& settings = open->settings;
    settings = layered(source, flags, open->vocabulary, faults);
    check_values(settings, faults);
    check_nulls(settings, faults);
    check_level(settings, faults);
    design::AnalysisPlan methods = read_methods(settings, faults);
    const std::vector<Arms> arms = checked_arms(settings, faults);
    if (methods.patients && has_sound_women(settings, faults))
        open->cells = read_patient_cells(CellValues(settings), arms, *methods.patients, faults);
    faults.throw_if_any();
    check_schemes(CellValues(settings), arms, open->cells, faults);
    faults.throw_if_any();

    Scenario scenario;
    scenario.title = text_of(settings, "trial.title");
    scenario.outcome = text_of(settings, "trial.outcome");
    scenario.grid = build_grid(CellValues(settings), arms, methods, open->cells);
    if (has_cells_tallied_one_by_one(scenario.grid)) {
        methods = with_quick_tests(methods, settings);
        scenario.grid = build_grid(CellValues(settings), arms, methods, open->cells);
    }
    check_work(scenario.grid, faults);
    faults.throw_if_any();

    const auto seed = std::get<std::int64_t>(settings.constant("simulation.seed")->data);
    scenario.seed = static_cast<std::uint64_t>(seed);
    scenario.common_random_numbers =
        std::get<bool>(settings.constant("simulation.common_random_numbers")->data);
    if (const Value* precision = settings.constant("simulation.precision"))
        scenario.precision = std::get<double>(precision->data);
    scenario.prior = read_prior(settings);
    name_control_rate(scenario);
    scenario.given = source ? source->text : as_command_line(flags);
    scenario.resolved = resolved_text(settings, methods);
    scenario.sha256 = model_sha256(scenario.grid, scenario.common_random_numbers);
    scenario.notes = notes_on(settings, scenario.grid);
    if (!open->cells.empty()) scenario.open_models = std::move(open);
    return scenario;
}

std::vector<bool> every_cell(const Scenario& scenario) {
    return std::vector<bool>(scenario.grid.cells.size(), true);
}

void solve_with(Scenario& scenario, const std::vector<bool>& wanted, const Solving& how,
                const TruthSource& truths) {
    if (!scenario.open_models) return;
    solve_cells(*scenario.open_models, wanted, how, truths, scenario.grid);
    name_control_rate(scenario);
    add_truth_errors(scenario.grid, scenario.notes);
}

void solve(Scenario& scenario, const std::vector<bool>& wanted, const Solving& how) {
    TruthSource source;
    if (how.truths == Truths::rates_alone) source.truth_of = rates_alone;
    solve_with(scenario, wanted, how, source);
}

Scenario read_scenario(const std::optional<SourceText>& source,
                       std::span<const FlagSetting> settings, Truths truths) {
    auto scenario = describe_scenario(source, settings);
    solve(scenario, every_cell(scenario), {engine::available_threads(), truths});
    return scenario;
}

Scenario read_scenario_with(const std::optional<SourceText>& source,
                            std::span<const FlagSetting> settings, const TruthSource& truths) {
    auto scenario = describe_scenario(source, settings);
    solve_with(scenario, every_cell(scenario), {}, truths);
    return scenario;
}

}  // namespace rsasim::scenario
