#include "layout.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using P = summary::CellParameters;

constexpr ParameterRow rows[] = {
    {"n_treated", "women in the treated arm", &P::n_treated},
    {"n_control", "women in the control arm", &P::n_control},
    {"control_rate", "event probability in the control arm", &P::control_rate},
    {"treated_rate", "event probability in the treated arm", &P::treated_rate},
    {"odds_ratio", "odds ratio that the rates imply", &P::odds_ratio},
    {"risk_ratio", "risk ratio that the rates imply", &P::risk_ratio},
    {"risk_difference", "risk difference that the rates imply", &P::risk_difference},
    {"alpha", "level of the tests", &P::alpha},
    {"sides", "sides of the tests", &P::sides},
    {"confidence", "confidence of the intervals", &P::confidence},
    {"is_null",
     "1 where the truth lies in the null hypothesis of the tests, -1 where it is not solved for",
     &P::is_null},
    {"null_value", "effect that the tests test, on the scale null_measure", &P::null_value,
     summary::NullKind::margin},
    {"equivalence_lower", "lower margin of equivalence, on the scale null_measure",
     &P::equivalence_lower, summary::NullKind::equivalence},
    {"equivalence_upper", "upper margin of equivalence, on the scale null_measure",
     &P::equivalence_upper, summary::NullKind::equivalence},
};

constexpr std::string_view other_names[] = {"replicates", "skipped_probability", "tables",
                                            "state",      "contradictions",      "provenance"};

template <class Summary>
bool names_of_kind_hold(const Kind<Summary>& kind, std::string_view name) {
    if (name.starts_with(kind.dimension) &&
        (name == kind.dimension || name[kind.dimension.size()] == '_')) {
        return true;
    }
    return std::ranges::any_of(summary::measures<Summary>(), [&](const auto& measure) {
        return name == measure.dataset || name == fmt::format("{}_mcse", measure.dataset);
    });
}

bool is_parameter(std::string_view name) {
    return std::ranges::any_of(rows, [&](const auto& row) { return row.name == name; });
}

bool is_taken(std::string_view name) {
    if (std::ranges::find(other_names, name) != std::end(other_names)) return true;
    bool found = false;
    for_each_kind([&](const auto& kind) { found = found || names_of_kind_hold(kind, name); });
    return found;
}

bool is_text(const design::SweptKey& key) {
    return std::holds_alternative<std::vector<std::string>>(key.values);
}

LabelValue value_at(const design::AxisValues& values, std::size_t index) {
    return std::visit([&](const auto& list) -> LabelValue { return list.at(index); }, values);
}

template <class Summary>
void check_kind(const summary::Results& results, const Kind<Summary>& kind) {
    const auto expected = (results.*kind.labels).size();
    for (const auto& cell : results.cells) {
        if ((cell.summary.*kind.summaries).size() != expected) {
            throw std::logic_error(fmt::format("results with {} labels and {} summaries of {}",
                                               expected, (cell.summary.*kind.summaries).size(),
                                               kind.key));
        }
    }
}

}  // namespace

std::vector<ParameterRow> parameter_rows(summary::NullKind null_kind) {
    std::vector<ParameterRow> held;
    for (const ParameterRow& row : rows) {
        if (!row.null_kind || row.null_kind == null_kind) held.push_back(row);
    }
    return held;
}

std::string_view name_of(summary::NullKind null_kind) {
    switch (null_kind) {
        case summary::NullKind::no_effect:
            return "no-effect";
        case summary::NullKind::margin:
            return "margin";
        case summary::NullKind::equivalence:
            return "equivalence";
    }
    throw std::logic_error("name_of: not a kind of null");
}

std::string_view name_of(summary::Engine engine) {
    return engine == summary::Engine::simulation ? "simulation" : "enumeration";
}

std::string_view name_of(design::Direction direction) {
    return direction == design::Direction::higher_is_better ? "higher-is-better"
                                                            : "lower-is-better";
}

MeasuredLabel parts_of(const std::string& label) {
    const auto colon = label.find(':');
    if (colon == std::string::npos) return {"", label};
    return {label.substr(0, colon), label.substr(colon + 1)};
}

bool replaces_parameter(const design::SweptKey& key) {
    return !is_text(key) && is_parameter(key.name);
}

bool is_swept_parameter(const std::vector<design::Axis>& axes, std::string_view name) {
    const auto gives_it = [&](const design::SweptKey& key) {
        return key.name == name && replaces_parameter(key);
    };
    return std::ranges::any_of(
        axes, [&](const design::Axis& axis) { return std::ranges::any_of(axis.keys, gives_it); });
}

std::string name_of(const design::SweptKey& key) {
    if (replaces_parameter(key)) return key.name;
    if (!is_parameter(key.name) && !is_taken(key.name)) return key.name;
    std::string name = key.path;
    std::ranges::replace(name, '.', '_');
    return name;
}

double number_at(const design::AxisValues& values, std::size_t index) {
    if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&values)) {
        return static_cast<double>(integers->at(index));
    }
    return std::get<std::vector<double>>(values).at(index);
}

std::vector<std::size_t> position_of(const std::vector<design::Axis>& axes, std::size_t cell) {
    std::vector<std::size_t> position(axes.size());
    for (std::size_t axis = axes.size(); axis-- > 0;) {
        position[axis] = cell % axes[axis].size();
        cell /= axes[axis].size();
    }
    return position;
}

namespace {

template <class Value>
LabelValue label_value(Value value) {
    return value;
}
LabelValue label_value(summary::InNull is_null) {
    if (is_null == summary::InNull::not_solved) return std::numeric_limits<double>::quiet_NaN();
    return is_null == summary::InNull::yes;
}

}  // namespace

CellLabels labels_of(const summary::Results& results, std::size_t cell) {
    CellLabels labels;
    const auto position = position_of(results.axes, cell);
    for (std::size_t axis = 0; axis < position.size(); ++axis) {
        for (const auto& key : results.axes[axis].keys) {
            labels.swept.push_back({name_of(key), value_at(key.values, position[axis])});
        }
    }
    const auto& parameters = results.cells.at(cell).parameters;
    for (const auto& row : parameter_rows(results.null_kind)) {
        const auto same_name = [&](const CellLabel& label) { return label.name == row.name; };
        const auto swept = std::ranges::find_if(labels.swept, same_name);
        const auto own =
            std::visit([&](auto member) { return label_value(parameters.*member); }, row.member);
        labels.parameters.push_back(
            {std::string(row.name), swept == labels.swept.end() ? own : swept->value});
    }
    return labels;
}

void check_shape(const summary::Results& results) {
    std::size_t cells = 1;
    for (const auto& axis : results.axes)
        cells *= axis.size();
    if (cells != results.cells.size()) {
        throw std::logic_error(
            fmt::format("results with {} cells on axes for {}", results.cells.size(), cells));
    }
    if (!results.is_derived) return;
    for_each_kind([&](const auto& kind) { check_kind(results, kind); });
    for (const auto& cell : results.cells) {
        if (cell.summary.contradictions.size() != results.pairs.size()) {
            throw std::logic_error("results without a list of contradictions for each pair");
        }
    }
}

}  // namespace rsasim::files
