#include "joined.hpp"
#include "layout.hpp"
#include "number_text.hpp"

#include <fmt/format.h>

#include <rsasim/files/results_text.hpp>

namespace rsasim::files {
namespace {

/// A field as RFC 4180 has it: quoted where it must be.
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string field(const LabelValue& value) {
    return std::visit(
        [](const auto& v) -> std::string {
            using Value = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<Value, std::string>) {
                return field(v);
            } else if constexpr (std::is_same_v<Value, double>) {
                return shortest_text(v);
            } else {
                return fmt::format("{}", static_cast<std::int64_t>(v));
            }
        },
        value);
}

/// The columns that label a cell: swept keys, then the parameters that are not swept.
std::vector<CellLabel> label_columns(const summary::Results& results, std::size_t cell) {
    auto labels = labels_of(results, cell);
    auto columns = std::move(labels.swept);
    for (auto& parameter : labels.parameters) {
        if (!is_swept_parameter(results.axes, parameter.name)) {
            columns.push_back(std::move(parameter));
        }
    }
    return columns;
}

template <class Summary>
void add_rows(std::string& csv, const std::string& start, const std::string& label,
              const Summary& item, bool with_counts) {
    for (const auto& measure : summary::measures<Summary>()) {
        const auto add = [&](const std::string& value, const std::string& mcse) {
            csv += fmt::format("{},{},{},{},{}\n", start, label, measure.dataset, value, mcse);
        };
        if (const auto* figure = std::get_if<summary::Figure Summary::*>(&measure.member)) {
            add(shortest_text((item.**figure).value), shortest_text((item.**figure).mcse));
        } else if (const auto* real = std::get_if<double Summary::*>(&measure.member)) {
            add(shortest_text(item.**real), "");
        } else if (with_counts) {
            add(fmt::format("{}", item.*std::get<std::int64_t Summary::*>(measure.member)), "");
        }
    }
}

/// The rows of a cell, each with the same `start`.
void add_cell(std::string& csv, const std::string& start, const summary::Results& results,
              std::size_t cell) {
    for_each_kind([&](const auto& kind) {
        const auto& items = results.cells[cell].summary.*kind.summaries;
        for (std::size_t i = 0; i < items.size(); ++i) {
            add_rows(csv, fmt::format("{},{}", start, kind.dimension),
                     field((results.*kind.labels)[i]), items[i], has_counts(results));
        }
    });
}

}  // namespace

void results_to_csv(const summary::Results& results, const TextSink& sink) {
    check_shape(results);
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        std::string csv, start;
        for (const auto& column : label_columns(results, cell)) {
            if (cell == 0) csv += field(column.name) + ",";
            start += field(column.value) + ",";
        }
        if (cell == 0) csv += "replicates,kind,method,measure,value,mcse\n";
        start += fmt::format("{}", results.cells[cell].replicates);
        if (results.is_derived) add_cell(csv, start, results, cell);
        sink(csv);
    }
}

std::string results_to_csv(const summary::Results& results) {
    return joined([&](const TextSink& sink) { results_to_csv(results, sink); });
}

}  // namespace rsasim::files
