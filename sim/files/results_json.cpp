#include "contradictions_text.hpp"
#include "joined.hpp"
#include "json_values.hpp"
#include "layout.hpp"

#include <rsasim/files/results_file.hpp>
#include <rsasim/files/results_text.hpp>
#include <rsasim/summary/precision.hpp>
#include <rsasim/summary/tipping_points.hpp>

namespace rsasim::files {
namespace {

Json json_of(const summary::Figure& figure) {
    Json json{{"value", json_number(figure.value)}, {"mcse", json_number(figure.mcse)}};
    if (std::isnan(figure.value)) {
        json["status"] = "undefined";
    } else if (std::isnan(figure.mcse)) {
        json["status"] = "mcse-undefined";
    }
    return json;
}

/// A share of 0 or 1 has no Monte Carlo error, but an interval.
void add_wilson(Json& figure, std::string_view name, double share, std::int64_t replicates) {
    if (replicates == 0 || (share != 0 && share != 1) || !summary::is_share(name)) return;
    const auto limits = summary::wilson_limits(share, replicates);
    figure["wilson"] = {limits.lower, limits.upper};
}

/// `replicates` is 0 under enumeration, which has no counts.
template <class Summary>
Json json_of(const Summary& item, std::int64_t replicates) {
    Json json = Json::object();
    for (const auto& measure : summary::measures<Summary>()) {
        const std::string name(measure.name);
        if (const auto* figure = std::get_if<summary::Figure Summary::*>(&measure.member)) {
            json[name] = json_of(item.**figure);
            add_wilson(json[name], name, (item.**figure).value, replicates);
        } else if (const auto* real = std::get_if<double Summary::*>(&measure.member)) {
            set_number(json, name, item.**real);
        } else if (replicates > 0) {
            json[name] = item.*std::get<std::int64_t Summary::*>(measure.member);
        }
    }
    return json;
}

void set_label(Json& object, const CellLabel& label) {
    std::visit(
        [&](const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, double>) {
                set_number(object, label.name, value);
            } else {
                object[label.name] = value;
            }
        },
        label.value);
}

/// The margins with their scale, in place of their bare numbers.
void set_null(Json& object, const summary::Results& results, const summary::CellParameters& cell) {
    if (results.null_kind == summary::NullKind::no_effect) return;
    for (const auto* name : {"null_value", "equivalence_lower", "equivalence_upper"})
        object.erase(name);
    const auto measure = results.null_measure;
    if (results.null_kind == summary::NullKind::margin) {
        object["null"] = null_json({measure, cell.null_value});
    } else {
        object["equivalence"] =
            margins_json({measure, cell.equivalence_lower, cell.equivalence_upper});
    }
}

Json parameters_json(const summary::Results& results, std::size_t cell) {
    const auto labels = labels_of(results, cell);
    Json json = Json::object();
    for (const auto& parameter : labels.parameters)
        set_label(json, parameter);
    const auto& parameters = results.cells[cell].parameters;
    if (parameters.is_null == summary::InNull::not_solved) {
        for (auto& status : json["status"])
            status = "not_solved";
    }
    set_null(json, results, parameters);
    for (const auto& swept : labels.swept) {
        if (!json.contains(swept.name)) set_label(json, swept);
    }
    return json;
}

/// The tables at which a pair contradicts itself.
Json tables_json(const summary::Results& results, const summary::CellResults& cell,
                 std::size_t pair) {
    const auto* weight_name = has_counts(results) ? "count" : "probability";
    Json tables = Json::array();
    for (const auto& [row, kind] : cell.summary.contradictions[pair]) {
        const auto [table, weight] = table_at(cell, row);
        Json one{{"x_treated", table.treated.events},
                 {"x_control", table.control.events},
                 {"kind", name_of_contradiction(kind)}};
        if (has_counts(results)) {
            one[weight_name] = static_cast<std::int64_t>(weight);
        } else {
            one[weight_name] = weight;
        }
        tables.push_back(std::move(one));
    }
    return tables;
}

/// The imputed analyses under several deltas; null where half of the trials hold out.
Json tipping_json(const summary::TippingCurve& curve, const summary::Results& results) {
    const auto optional = [](const std::optional<double>& delta) {
        return delta ? Json(*delta) : Json();
    };
    Json steps = Json::array();
    for (const auto& step : curve.steps) {
        steps.push_back({{"delta", step.delta},
                         {"test", results.tests[step.test]},
                         {"power", json_of(step.power)},
                         {"still_significant", json_of(step.still_significant)}});
    }
    return {{"test", curve.test},
            {"arm", curve.arm},
            {"tips_below", optional(curve.tips_below)},
            {"tips_above", optional(curve.tips_above)},
            {"steps", std::move(steps)}};
}

Json cell_json(const summary::Results& results, std::size_t index) {
    const auto& cell = results.cells[index];
    Json json{{"parameters", parameters_json(results, index)}, {"replicates", cell.replicates}};
    if (!has_counts(results)) json["skipped_probability"] = cell.skipped_probability;
    if (!results.is_derived) return json;
    for_each_kind([&](const auto& kind) {
        auto& group = json[std::string(kind.key)] = Json::object();
        const auto& labels = results.*kind.labels;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            auto item = json_of((cell.summary.*kind.summaries)[i],
                                has_counts(results) ? cell.replicates : 0);
            if (kind.is_measured) {
                const auto parts = parts_of(labels[i]);
                group[parts.measure][parts.method] = std::move(item);
            } else {
                group[labels[i]] = std::move(item);
            }
        }
    });
    for (std::size_t pair = 0; pair < results.pairs.size(); ++pair) {
        json["pairs"][results.pairs[pair]]["tables"] = tables_json(results, cell, pair);
    }
    for (const auto& curve : summary::tipping_curves(results.tests, cell.summary))
        json["tipping_points"].push_back(tipping_json(curve, results));
    return json;
}

Json axes_json(const std::vector<design::Axis>& axes) {
    Json json = Json::array();
    for (const auto& axis : axes) {
        Json names = Json::array();
        for (const auto& key : axis.keys)
            names.push_back(name_of(key));
        json.push_back({{"keys", names}, {"size", axis.size()}});
    }
    return json;
}

/// How the text of an object ends.
constexpr std::string_view end_of_object = "\n}\n";

/// An object as an element of a list one level deep, without its last line break.
std::string indented(std::string_view object) {
    constexpr std::string_view margin = "    ";
    object.remove_suffix(1);
    std::string text;
    while (true) {
        const auto end = object.find('\n');
        text.append(margin).append(object.substr(0, end));
        if (end == std::string_view::npos) return text;
        text += '\n';
        object.remove_prefix(end + 1);
    }
}

}  // namespace

void results_to_json(const summary::Results& results, const TextSink& sink) {
    check_shape(results);
    const Json head{{"schema", "rsasim.results/1"},
                    {"engine", name_of(results.engine)},
                    {"title", results.title},
                    {"outcome", results.outcome},
                    {"direction", name_of(results.direction)},
                    {"seed", results.seed},
                    {"rng", results.rng},
                    {"common_random_numbers", results.common_random_numbers},
                    {"replicates_requested", results.replicates_requested},
                    {"complete", results.is_complete},
                    {"derived", results.is_derived},
                    {"scenario_sha256", results.scenario_sha256},
                    {"results_sha256", results_digest(results)},
                    {"axes", axes_json(results.axes)}};
    auto text = text_of(head);
    text.resize(text.size() - end_of_object.size());
    sink(text + ",\n  \"cells\": [");
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        sink(cell == 0 ? "\n" : ",\n");
        sink(indented(text_of(cell_json(results, cell))));
    }
    sink("\n  ]\n}\n");
}

std::string results_to_json(const summary::Results& results) {
    return joined([&](const TextSink& sink) { results_to_json(results, sink); });
}

}  // namespace rsasim::files
