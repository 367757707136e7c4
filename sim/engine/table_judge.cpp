#include "table_judge.hpp"

#include <algorithm>
#include <utility>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::engine {
namespace {

using design::lanes;

/// Tables of trials with such arms.
std::int64_t grid_of(const design::ArmSizes& sizes) {
    return (sizes.treated + 1) * (sizes.control + 1);
}

/// 0 or infinite with a zero cell, NaN without events or without non-events.
double sample_odds_ratio(const design::Table2x2& table) {
    const auto cross = [](std::int64_t a, std::int64_t b) {
        return static_cast<double>(a) * static_cast<double>(b);
    };
    return cross(table.treated.events, table.control.non_events()) /
           cross(table.control.events, table.treated.non_events());
}

}  // namespace

TableJudge::TableJudge(std::shared_ptr<const tally::PatientLayout> layout)
    : layout_(std::move(layout)),
      is_used_(layout_->design().is_tallied_one_by_one()),
      prepares_sizes_(analysis::prepares_sizes(layout_->design().analysis())),
      nothing_(layout_->design().analysis()),
      found_(nothing_),
      agreements_(layout_->pairs().size() * lanes, analysis::Agreement::undefined) {}

const analysis::TableMethods& TableJudge::methods_for(const design::ArmSizes& sizes) {
    // Methods that look at no sizes are prepared once, for those that are planned.
    const auto& wanted = prepares_sizes_ ? sizes : layout_->design().sizes();
    auto found = kept_.find(wanted);
    if (found == kept_.end()) {
        grids_ += grid_of(wanted);
        while (!kept_.empty() && grids_ > largest_grids)
            forget_oldest();
        const auto& plan = layout_->design().analysis();
        found = kept_.emplace(wanted, Kept{analysis::TableMethods(plan, wanted)}).first;
    }
    found->second.last_use = ++uses_;
    return found->second.methods;
}

void TableJudge::forget_oldest() {
    const auto oldest = std::ranges::min_element(
        kept_, {}, [](const auto& entry) { return entry.second.last_use; });
    grids_ -= grid_of(oldest->first);
    kept_.erase(oldest);
}

void TableJudge::judge(std::span<const design::Table2x2> tables,
                       std::span<analysis::Finding> findings) {
    if (!is_used_) return;
    favourable_ = 0;
    for (std::size_t lane = 0; lane < tables.size(); ++lane)
        judge_lane(tables[lane], lane, findings);
}

void TableJudge::judge_lane(const design::Table2x2& table, std::size_t lane,
                            std::span<analysis::Finding> findings) {
    const design::AnalysisPlan& plan = layout_->design().analysis();
    const bool has_women = table.treated.n > 0 && table.control.n > 0;
    if (has_women) {
        methods_for({table.treated.n, table.control.n}).judge(table, found_);
    } else {
        found_ = nothing_;
    }
    std::size_t method = 0;
    const auto next = [&]() -> analysis::Finding& { return findings[method++ * lanes + lane]; };
    const double odds_ratio = sample_odds_ratio(table);
    for (const double side : found_.sides_of_alpha) {
        analysis::Finding& finding = next();
        finding.p_value.two_sided = side;
        finding.estimate = odds_ratio;
    }
    for (const analysis::Interval& interval : found_.intervals)
        next().interval = interval;
    for (const analysis::Estimate& estimate : found_.estimates) {
        analysis::Finding& finding = next();
        finding.estimate = estimate.value;
        finding.standard_error = estimate.standard_error;
    }
    for (std::size_t pair = 0; pair < found_.agreements.size(); ++pair)
        agreements_[pair * lanes + lane] = found_.agreements[pair];
    if (analysis::is_favourable(table, plan)) favourable_ |= static_cast<std::uint8_t>(1U << lane);
}

}  // namespace rsasim::engine
