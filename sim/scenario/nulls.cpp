#include "nulls.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

using design::Measure;

std::string null_path(Measure measure) {
    return fmt::format("analysis.null.{}", design::name_of(measure));
}

std::string bound_path(Measure measure, std::string_view bound) {
    return fmt::format("analysis.equivalence.{}.{}", design::name_of(measure), bound);
}

bool has_bound(const Settings& settings, Measure measure) {
    return settings.has(bound_path(measure, "lower")) || settings.has(bound_path(measure, "upper"));
}

/// The one value, or all steps, of a key.
std::vector<const Value*> values_of(const Settings& settings, std::string_view path) {
    if (const Value* value = settings.constant(path)) return {value};
    std::vector<const Value*> values;
    for (const SteppedAxis& axis : settings.axes()) {
        for (const SteppedKey& key : axis.keys) {
            if (key.row->path != path) continue;
            for (const Value& value : key.values)
                values.push_back(&value);
        }
    }
    return values;
}

/// True for 1 and 1.0 on a ratio, 0 on the difference, before the type is settled.
bool is_no_effect(const Value& value, Measure measure) {
    const auto* whole = value.as<std::int64_t>();
    const auto* number = value.as<double>();
    const double none = design::no_effect(measure);
    return (whole != nullptr && static_cast<double>(*whole) == none) ||
           (number != nullptr && *number == none);
}

void check_order(const Settings& settings, Measure measure, Faults& faults) {
    const std::string lower_path = bound_path(measure, "lower");
    const std::string upper_path = bound_path(measure, "upper");
    for (const std::string& path : {lower_path, upper_path}) {
        if (settings.has(path) || faults.is_marked(path)) continue;
        faults.add({}, fmt::format("{} is needed: equivalence has two margins. Write {} = {{ lower "
                                   "= ..., upper = ... }} below [analysis.equivalence].",
                                   path, design::name_of(measure)));
        return;
    }
    if (faults.is_marked(lower_path) || faults.is_marked(upper_path) || !cell_count(settings)) {
        return;
    }
    const CellValues values(settings);
    const auto lower = values.column(lower_path), upper = values.column(upper_path);
    for (std::size_t cell = 0; cell < values.cells(); ++cell) {
        if (lower.number(cell) < upper.number(cell)) continue;
        const std::string where = values.describe(cell);
        faults.add_for(
            upper_path, upper.at(cell).place,
            fmt::format("{} = {} with {} = {}: the lower margin lies below the upper "
                        "one. Swap or correct them.{}",
                        upper_path, shown(upper.at(cell)), lower_path, shown(lower.at(cell)),
                        where.empty() ? "" : fmt::format(" ({})", where)));
        return;
    }
}

void check_sides(const Settings& settings, Faults& faults) {
    if (faults.is_marked("analysis.sides")) return;
    for (const Value* value : values_of(settings, "analysis.sides")) {
        if (value->as<std::int64_t>() == nullptr || *value->as<std::int64_t>() != 2) continue;
        faults.add_for("analysis.sides", value->place,
                       "analysis.sides = 2: a margin is tested on one side, the favourable one. "
                       "Leave sides out, and give the alpha of one side: 0.025 where 0.05 was "
                       "meant on two.");
        return;
    }
}

/// Intervals beside a test of equivalence have confidence 1 - 2 alpha unless another is given.
void check_equivalence_level(const Settings& settings, Faults& faults) {
    if (settings.has("analysis.confidence") || faults.is_marked("analysis.alpha")) return;
    for (const Value* value : values_of(settings, "analysis.alpha")) {
        const auto* alpha = value->as<double>();
        if (alpha == nullptr || *alpha < 0.5) continue;
        faults.add_for("analysis.alpha", value->place,
                       fmt::format("analysis.alpha = {}: intervals of confidence 1 - 2 alpha go "
                                   "with a test of equivalence, so alpha lies below 0.5. Lower it, "
                                   "or give the confidence.",
                                   shown(*value)));
        return;
    }
}

}  // namespace

bool has_equivalence(const Settings& settings) {
    for (const Measure measure : design::all_measures) {
        if (has_bound(settings, measure)) return true;
    }
    return false;
}

std::optional<Measure> margin_measure(const Settings& settings) {
    for (const Measure measure : design::all_measures) {
        if (has_bound(settings, measure)) return measure;
        const std::string path = null_path(measure);
        const Value* value = settings.constant(path);
        const bool is_swept = value == nullptr && settings.has(path);
        if (is_swept || (value != nullptr && !is_no_effect(*value, measure))) return measure;
    }
    return std::nullopt;
}

void check_nulls(const Settings& settings, Faults& faults) {
    if (!margin_measure(settings)) return;
    for (const Measure measure : design::all_measures) {
        if (has_bound(settings, measure)) check_order(settings, measure, faults);
    }
    check_sides(settings, faults);
    if (has_equivalence(settings)) check_equivalence_level(settings, faults);
}

NullColumns::NullColumns(const CellValues& values) : measure_(margin_measure(values.settings())) {
    if (!measure_) return;
    null_ = values.column(null_path(*measure_));
    lower_ = values.column(bound_path(*measure_, "lower"));
    upper_ = values.column(bound_path(*measure_, "upper"));
}

std::tuple<double, double, double> NullColumns::numbers(std::size_t cell) const {
    const auto number = [cell](const CellValues::Column& column) {
        return column.is_set() ? column.number(cell) : 0.0;
    };
    return {number(null_), number(lower_), number(upper_)};
}

void NullColumns::put_into(design::AnalysisPlan& plan, std::size_t cell) const {
    if (null_.is_set()) plan.null = {*measure_, null_.number(cell)};
    if (lower_.is_set()) {
        plan.equivalence = {*measure_, lower_.number(cell), upper_.number(cell)};
    }
}

}  // namespace rsasim::scenario
