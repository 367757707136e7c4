#include "cell_text.hpp"
#include "json_values.hpp"
#include "layout.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/boundary_text.hpp>

namespace rsasim::files {
namespace {

using analysis::RegionRow;
using analysis::RejectionRegion;

Json count_json(const std::optional<std::int64_t>& count) {
    return count ? Json(*count) : Json(nullptr);
}

Json row_json(std::size_t control_events, const RegionRow& row) {
    Json ranges = Json::array();
    for (const auto& [first, last] : row.rejecting)
        ranges.push_back({first, last});
    return {{"control_events", control_events},
            {"status", row.is_bounded_so ? "ok" : "no_boundary"},
            {"at_most", count_json(row.at_most)},
            {"at_least", count_json(row.at_least)},
            {"rejects", std::move(ranges)}};
}

Json region_json(const RejectionRegion& region) {
    Json rows = Json::array();
    for (std::size_t y = 0; y < region.rows.size(); ++y)
        rows.push_back(row_json(y, region.rows[y]));
    return {{"monotone", region.is_monotone}, {"rows", std::move(rows)}};
}

/// "≤ 3, ≥ 12"; the ranges "5–9, 12–74" where there is no boundary; empty where nothing rejects.
std::string cell_of(const RegionRow& row) {
    std::vector<std::string> parts;
    if (row.is_bounded_so) {
        if (row.at_most) parts.push_back(fmt::format("≤ {}", *row.at_most));
        if (row.at_least) parts.push_back(fmt::format("≥ {}", *row.at_least));
    } else {
        for (const auto& [first, last] : row.rejecting) {
            parts.push_back(first == last ? fmt::format("{}", first)
                                          : fmt::format("{}–{}", first, last));
        }
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string remarks_on(const BoundaryOfDesign& boundary, const std::vector<std::string>& left_out,
                       const TextOptions& options) {
    std::vector<std::string> uneven;
    for (std::size_t i = 0; i < boundary.regions.size(); ++i) {
        if (!boundary.regions[i].is_monotone) uneven.push_back(boundary.plan->tests[i].label());
    }
    std::string remark =
        "Treated events at which a test rejects: at most (≤) or at least (≥) so many. Empty: none.";
    if (!uneven.empty()) {
        remark += fmt::format(
            " Not monotone: {}. Somewhere a more extreme table is accepted, or has no P-value; "
            "rows "
            "without a boundary show the ranges that reject.",
            fmt::join(uneven, ", "));
    }
    if (!left_out.empty()) {
        remark +=
            fmt::format(" No room for {}: choose --tests, or --json.", fmt::join(left_out, ", "));
    }
    return muted(wrapped(remark, static_cast<std::size_t>(std::max(options.width, 1)), 2),
                 options.use_colour);
}

std::string text_of(const BoundaryOfDesign& boundary, const TextOptions& options) {
    const auto& plan = *boundary.plan;
    TextTable table;
    table.add_column("control events", Align::right);
    for (std::size_t i = 0; i < plan.tests.size(); ++i)
        table.add_column(plan.tests[i].label(), Align::left, static_cast<int>(i));
    for (std::size_t y = 0; y < static_cast<std::size_t>(boundary.sizes.control) + 1; ++y) {
        std::vector<std::string> cells{fmt::format("{}", y)};
        for (const auto& region : boundary.regions)
            cells.push_back(cell_of(region.rows[y]));
        table.add_row(std::move(cells));
    }
    const auto rendered =
        table.render({static_cast<std::size_t>(std::max(options.width, 1)), 2, options.use_colour});
    const auto heading =
        fmt::format("Where tests of {} women treated against {} control reject, alpha {}, {}-sided",
                    count_text(boundary.sizes.treated), count_text(boundary.sizes.control),
                    shortest_text(plan.alpha), plan.sides == design::Sides::two ? "two" : "one");
    return fmt::format("{}\n{}\n{}", emphasised(heading, options.use_colour), rendered.text,
                       remarks_on(boundary, rendered.left_out, options));
}

}  // namespace

std::string boundaries_to_json(const std::vector<BoundaryOfDesign>& boundaries) {
    Json designs = Json::array();
    for (const auto& [sizes, plan, regions] : boundaries) {
        Json one{{"n_treated", sizes.treated},
                 {"n_control", sizes.control},
                 {"alpha", plan->alpha},
                 {"sides", static_cast<int>(plan->sides)},
                 {"direction", name_of(plan->direction)},
                 {"tests", Json::object()}};
        for (std::size_t i = 0; i < regions.size(); ++i)
            one["tests"][plan->tests[i].label()] = region_json(regions[i]);
        designs.push_back(std::move(one));
    }
    return text_of(Json{{"schema", "rsasim.boundary/1"}, {"designs", std::move(designs)}});
}

std::string boundaries_to_text(const std::vector<BoundaryOfDesign>& boundaries,
                               const TextOptions& options) {
    std::vector<std::string> texts;
    for (const auto& boundary : boundaries)
        texts.push_back(text_of(boundary, options));
    return fmt::format("{}", fmt::join(texts, "\n"));
}

}  // namespace rsasim::files
