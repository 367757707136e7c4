#include "console.hpp"
#include "input.hpp"
#include "options.hpp"
#include "rate_range.hpp"
#include "table_designs.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/certified_text.hpp>
#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/regions.hpp>

namespace rsasim::commands {
namespace {

using files::CertifiedReport;

/// The gap between the ends of a bracket; six decimals are shown.
constexpr double bracket_width = 1e-7;

/// "odds_ratio=2.3" as an effect that some pair of rates has.
std::optional<design::Effect> read_effect(const std::string& flag, const std::string& text,
                                          std::vector<std::string>& faults) {
    const auto equals = text.find('=');
    const auto value = equals == text.npos ? std::nullopt : number_in(text.substr(equals + 1));
    for (const design::Measure measure : design::all_measures) {
        if (!value || text.substr(0, equals) != design::name_of(measure)) continue;
        const bool is_possible = design::is_ratio(measure) ? *value > 0 : *value > -1 && *value < 1;
        if (is_possible) return design::Effect{measure, *value};
    }
    faults.push_back(
        fmt::format("{} {}: is not an effect. Write odds_ratio=2.3 or risk_ratio=1.3 (above 0), or "
                    "risk_difference=0.16 (between -1 and 1).",
                    flag, text));
    return std::nullopt;
}

bool is_any_of(std::string_view flag, std::initializer_list<std::string_view> flags) {
    return std::ranges::find(flags, flag) != flags.end();
}

/// The design: rates are of consequence only for the power at a calibrated alpha, so that flags
/// need not give them.
DesignInput with_rates(const SizeOfTestOptions& options) {
    DesignInput input = options.input;
    const auto has = [&](std::initializer_list<std::string_view> flags) {
        return std::ranges::any_of(input.settings, [&](const scenario::FlagSetting& setting) {
            return is_any_of(setting.flag, flags);
        });
    };
    if (!input.scenario_path) {
        if (!has({"--control-rate"})) input.settings.push_back({"--control-rate", "0.5"});
        if (!has({"--treated-rate", "--odds-ratio", "--risk-ratio", "--risk-difference"})) {
            input.settings.push_back({"--odds-ratio", "1"});
        }
    }
    if (options.test) input.settings.push_back({"--tests", *options.test});
    if (options.interval) input.settings.push_back({"--intervals", *options.interval});
    return input;
}

/// One test or one interval, said by name.
void require_one_method(const SizeOfTestOptions& options, std::vector<std::string>& faults) {
    if (options.test.has_value() == options.interval.has_value()) {
        faults.emplace_back(
            "size-of-test: needs one of --test ID (the size of a test) and --interval MEASURE:ID "
            "(the minimum coverage of an interval). List them: rsasim methods.");
    }
    if (options.interval && (options.calibrate || options.power)) {
        faults.emplace_back(
            "--calibrate, --power: are about a test, not an interval. Give --test ID.");
    }
}

const design::Design& only_design(const scenario::Scenario& scenario) {
    if (scenario.grid.cells.size() != 1) {
        throw scenario::InputErrors({fmt::format(
            "size-of-test: the input has {} cells, and one design is looked at at a time. Give "
            "each flag one value.",
            scenario.grid.cells.size())});
    }
    const design::Design& design = scenario.grid.cells.front().design;
    constexpr std::size_t most_tables = std::size_t{1} << 22;
    if (analysis::TableGrid(design.sizes()).size() <= most_tables) return design;
    throw scenario::InputErrors({fmt::format(
        "size-of-test: {} v {} women make more than {} tables, and every table is looked at. "
        "Choose smaller arms, or simulate at the rates of interest: rsasim run.",
        design.sizes().treated, design.sizes().control, most_tables)});
}

void require_one(std::size_t methods, std::string_view flag) {
    if (methods == 1) return;
    throw scenario::InputErrors(
        {fmt::format("{}: names {} methods, and one is looked at at a time. Give one, an interval "
                     "with its measure: odds_ratio:score.",
                     flag, methods)});
}

void add_test(CertifiedReport& report, const design::Design& design,
              const SizeOfTestOptions& options, const std::optional<design::Effect>& power_at,
              unsigned threads) {
    const auto& range = report.range;
    report.method = design.analysis().tests.front().label();
    report.size = planning::size_of_test(design, 0, range, bracket_width, threads);
    if (options.calibrate) {
        report.calibrated = planning::calibrated_alpha(design, 0, range, bracket_width, threads);
    }
    if (power_at) {
        report.power_at = *power_at;
        report.power = planning::minimum_power(design, 0, *power_at, range, bracket_width, threads);
    }
    if (options.curve == 0) return;
    const auto region = planning::rejection_region(design, 0, threads);
    for (const auto& line : planning::null_lines(design)) {
        const auto points = planning::profile(line, region, range, options.curve);
        report.curve.insert(report.curve.end(), points.begin(), points.end());
    }
}

void add_interval(CertifiedReport& report, const design::Design& design,
                  const SizeOfTestOptions& options, const std::optional<design::Effect>& at,
                  unsigned threads) {
    const auto& choice = design.analysis().intervals.front();
    const design::Effect effect =
        at.value_or(design::Effect{choice.measure, design::no_effect(choice.measure)});
    if (effect.measure != choice.measure) {
        throw scenario::InputErrors({fmt::format(
            "--effect {}=...: the interval is of the {}. Give the effect on its scale: {}=...",
            design::name_of(effect.measure), design::name_of(choice.measure),
            design::name_of(choice.measure))});
    }
    report.method = choice.label();
    report.effect = effect;
    report.coverage =
        planning::minimum_coverage(design, 0, effect.value, report.range, bracket_width, threads);
    if (options.curve == 0) return;
    const auto covered = planning::complement(planning::miss_region(design, 0, effect, threads));
    report.curve = planning::profile(analysis::NullLine(design.sizes(), effect), covered,
                                     report.range, options.curve);
}

}  // namespace

ExitStatus size_of_test(const SizeOfTestOptions& options) {
    std::vector<std::string> faults;
    require_one_method(options, faults);
    std::optional<design::Effect> effect, power_at;
    planning::RateRange range;
    if (options.range) {
        const auto given = rate_range_in(*options.range);
        if (!given) faults.push_back(rate_range_fault("--range", *options.range));
        range = given.value_or(range);
    }
    if (options.effect) effect = read_effect("--effect", *options.effect, faults);
    if (options.power) power_at = read_effect("--power", *options.power, faults);
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));

    const auto scenario =
        reduced_to_tables(read_input(with_rates(options), options.json), "size-of-test");
    const design::Design& design = only_design(scenario);
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    CertifiedReport report{design, {}, range, {}, {}, {}, {}, {}, {}, {}};
    try {
        if (options.test) {
            require_one(design.analysis().tests.size(), "--test");
            add_test(report, design, options, power_at, threads);
        } else {
            require_one(design.analysis().intervals.size(), "--interval");
            add_interval(report, design, options, effect, threads);
        }
    } catch (const std::invalid_argument& error) {
        throw scenario::InputErrors({fmt::format("size-of-test: {}.", error.what())});
    }
    print(options.json ? files::certified_to_json(report)
                       : files::certified_to_text(report, wants_colour()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
