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
#include "patient_cells.hpp"
#include "prior.hpp"
#include "quick_tests.hpp"
#include "read_with.hpp"
#include "resolved.hpp"
#include "settings.hpp"
#include "toml_reader.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>
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

Scenario read_scenario(const std::optional<SourceText>& source,
                       std::span<const FlagSetting> settings, Truths truths) {
    TruthSource of_truths;
    if (truths == Truths::rates_alone) of_truths.truth_of = rates_alone;
    return read_scenario_with(source, settings, of_truths);
}

Scenario read_scenario_with(const std::optional<SourceText>& source,
                            std::span<const FlagSetting> settings, const TruthSource& truths) {
    Faults faults(source ? source->name : "design flags");
    Vocabulary vocabulary;
    Settings layers = layered(source, settings, vocabulary, faults);
    check_values(layers, faults);
    check_nulls(layers, faults);
    check_level(layers, faults);
    design::AnalysisPlan methods = read_methods(layers, faults);
    const std::vector<Arms> arms = checked_arms(layers, faults);
    SolvedCells women;
    if (methods.patients && has_sound_women(layers, faults)) {
        women.cells = read_patient_cells(CellValues(layers), arms, *methods.patients, faults);
    }
    faults.throw_if_any();
    if (methods.patients) {
        women.solved = solve_patients(CellValues(layers), arms, women.cells, truths, faults);
        faults.throw_if_any();
    }

    Scenario scenario;
    scenario.title = text_of(layers, "trial.title");
    scenario.outcome = text_of(layers, "trial.outcome");
    scenario.grid = build_grid(CellValues(layers), arms, methods, women);
    if (has_cells_tallied_one_by_one(scenario.grid)) {
        methods = with_quick_tests(methods, layers);
        scenario.grid = build_grid(CellValues(layers), arms, methods, women);
    }
    check_work(scenario.grid, faults);
    faults.throw_if_any();

    const auto seed = std::get<std::int64_t>(layers.constant("simulation.seed")->data);
    scenario.seed = static_cast<std::uint64_t>(seed);
    scenario.common_random_numbers =
        std::get<bool>(layers.constant("simulation.common_random_numbers")->data);
    if (const Value* precision = layers.constant("simulation.precision"))
        scenario.precision = std::get<double>(precision->data);
    scenario.prior = read_prior(layers);
    if (scenario.prior)
        scenario.prior->known_control_rate = scenario.grid.cells.front().design.rates().control;
    scenario.given = source ? source->text : as_command_line(settings);
    scenario.resolved = resolved_text(layers, methods);
    scenario.sha256 = model_sha256(scenario.grid, scenario.common_random_numbers);
    scenario.notes = notes_on(layers, scenario.grid);
    return scenario;
}

}  // namespace rsasim::scenario
