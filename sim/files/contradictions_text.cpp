#include "contradictions_text.hpp"

#include "number_text.hpp"
#include "text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using analysis::Agreement;
using summary::Contradiction;

constexpr std::size_t most_shown = 6;

/// "60 v 47 (0.0021)": events, and the share of trials that give them.
std::string text_of(const WeightedTable& one, double replicates) {
    return fmt::format("{} v {} ({})", one.table.treated.events, one.table.control.events,
                       p_value_text(one.weight / replicates));
}

std::string paragraph(const std::string& pair, std::vector<WeightedTable> tables, Agreement kind,
                      double replicates) {
    std::ranges::stable_sort(tables, std::ranges::greater{}, &WeightedTable::weight);
    std::string list;
    for (std::size_t i = 0; i < std::min(tables.size(), most_shown); ++i) {
        list += fmt::format("{}{}", i == 0 ? "" : ", ", text_of(tables[i], replicates));
    }
    if (tables.size() > most_shown) {
        list += fmt::format(" and {} more",
                            count_text(static_cast<std::int64_t>(tables.size() - most_shown)));
    }
    const auto bar = std::min(pair.find('|'), pair.size());
    const bool rejects = kind == Agreement::reject_but_covers_null;
    return fmt::format("{} {} and {} {} at {}.", pair.substr(0, bar),
                       rejects ? "rejects" : "accepts", pair.substr(std::min(bar + 1, pair.size())),
                       rejects ? "covers" : "excludes", list);
}

}  // namespace

WeightedTable table_at(const summary::CellResults& cell, std::size_t row) {
    return std::visit(
        [&](const auto& rows) -> WeightedTable {
            return {rows.at(row).table(), static_cast<double>(rows.at(row).weight)};
        },
        cell.tables);
}

std::string_view name_of_contradiction(Agreement kind) {
    return kind == Agreement::reject_but_covers_null ? "reject_but_covers_null"
                                                     : "accept_but_excludes_null";
}

std::string contradictions_text(const summary::Results& results, const summary::CellResults& cell,
                                std::size_t width) {
    const double replicates =
        results.engine == summary::Engine::simulation ? static_cast<double>(cell.replicates) : 1.0;
    const auto& lists = cell.summary.contradictions;
    std::string text;
    for (std::size_t pair = 0; pair < lists.size(); ++pair) {
        for (const auto kind :
             {Agreement::reject_but_covers_null, Agreement::accept_but_excludes_null}) {
            std::vector<WeightedTable> tables;
            for (const Contradiction& one : lists[pair]) {
                if (one.kind == kind) tables.push_back(table_at(cell, one.row));
            }
            if (tables.empty()) continue;
            text += wrapped(paragraph(results.pairs[pair], std::move(tables), kind, replicates),
                            width, 2);
        }
    }
    if (text.empty()) return "";
    const auto heading = wrapped(
        "Where they do, as events treated v control with the share of trials, most "
        "frequent first (all: --json):",
        width, 2);
    return fmt::format("\n{}{}", heading, text);
}

}  // namespace rsasim::files
