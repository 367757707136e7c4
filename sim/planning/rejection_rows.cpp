#include "rejection_rows.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::planning {
namespace {

using Towards = RejectionEdge::Towards;

/// Counts in both; empty where the last is below the first.
CountWindow common_counts(const CountWindow& a, const CountWindow& b) {
    return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

}  // namespace

bool RejectionEdge::rejects(std::int64_t treated, std::int64_t control) const {
    return part_->rejects({{treated, sizes_.treated}, {control, sizes_.control}});
}

std::int64_t RejectionEdge::count_at_null(std::int64_t control) const {
    const double rate = static_cast<double>(control) / static_cast<double>(sizes_.control);
    const auto& null = part_->null;
    const bool is_edge = rate == 0 || rate == 1;
    const double treated = is_edge && design::is_ratio(null.measure)
                               ? rate
                               : design::treated_rate_for(null.measure, null.value, rate);
    return std::llround(std::clamp(treated, 0.0, 1.0) * static_cast<double>(sizes_.treated));
}

std::int64_t RejectionEdge::sought(std::int64_t at_null, std::int64_t control) const {
    const std::int64_t beyond = step_ > 0 ? treated_.last + 1 : treated_.first - 1;
    std::int64_t accepted = std::clamp(at_null, treated_.first - 1, treated_.last + 1);
    std::int64_t rejected = beyond;
    while ((rejected - accepted) * step_ > 1) {
        const std::int64_t middle = accepted + (rejected - accepted) / 2;
        (rejects(middle, control) ? rejected : accepted) = middle;
    }
    return rejected;
}

bool RejectionEdge::is_confirmed(std::int64_t at_null, std::int64_t control) const {
    // On the other side of the null a two-sided test rejects for the other edge.
    const auto agrees = [&](std::int64_t count) {
        const bool is_past_null = (count - at_null) * step_ > 0;
        const bool is_beyond = (count - *edge_) * step_ >= 0;
        return !is_past_null || !is_inside(count) || rejects(count, control) == is_beyond;
    };
    return agrees(*edge_ - 2 * step_) && agrees(*edge_ + step_) &&
           agrees(step_ > 0 ? treated_.last : treated_.first);
}

RejectionEdge::AtNull RejectionEdge::at_null(std::int64_t control) const {
    const std::int64_t count = count_at_null(control);
    return {count, is_inside(count) && rejects(count, control)};
}

bool RejectionEdge::move_to(std::int64_t control, const AtNull& null) {
    const std::int64_t at_null = null.count;
    if (null.is_rejected) {
        edge_.reset();
        return false;
    }
    const auto is_past_null = [&](std::int64_t count) { return (count - at_null) * step_ > 0; };
    if (!edge_ || !is_past_null(*edge_)) {
        edge_ = sought(at_null, control);
    } else {
        auto& edge = *edge_;
        while (is_inside(edge - step_) && is_past_null(edge - step_) &&
               rejects(edge - step_, control))
            edge -= step_;
        while (is_inside(edge) && !rejects(edge, control))
            edge += step_;
    }
    if (is_confirmed(at_null, control)) return true;
    edge_.reset();
    return false;
}

RejectionRows::RejectionRows(const TestRule& rule, const design::ArmSizes& sizes,
                             const CountWindow& treated)
    : rule_(&rule),
      sizes_(sizes),
      treated_(treated),
      is_always_whole_(std::min(sizes.treated, sizes.control) <= always_whole) {
    for (const auto& part : rule.parts()) {
        is_always_whole_ = is_always_whole_ || part.alpha >= 0.5;
        if (part.tail != analysis::Tail::greater)
            edges_.emplace_back(part, sizes, treated, Towards::fewer_events);
        if (part.tail != analysis::Tail::less)
            edges_.emplace_back(part, sizes, treated, Towards::more_events);
    }
}

const std::vector<CountWindow>& RejectionRows::at(std::int64_t control) {
    runs_.clear();
    if (is_always_whole_ || !follow(control)) ask_all(control);
    return runs_;
}

bool RejectionRows::follow(std::int64_t control) {
    RejectionEdge::AtNull null;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
        if (i == 0 || rule_->parts().size() > 1) null = edges_[i].at_null(control);
        if (!edges_[i].move_to(control, null)) return false;
    }
    const auto run_of = [&](const RejectionEdge& edge) {
        return edge.towards() == Towards::more_events ? CountWindow{edge.edge(), treated_.last}
                                                      : CountWindow{treated_.first, edge.edge()};
    };
    const auto add = [&](const CountWindow& run) {
        if (run.size() > 0) runs_.push_back(run);
    };
    if (rule_->parts().size() > 1) {
        // Equivalence: above the lower margin and below the upper one.
        add(common_counts(run_of(edges_.front()), run_of(edges_.back())));
        return true;
    }
    for (const auto& edge : edges_)
        add(run_of(edge));
    return true;
}

void RejectionRows::ask_all(std::int64_t control) {
    runs_.clear();
    for (auto x = treated_.first; x <= treated_.last; ++x) {
        if (!rule_->rejects({{x, sizes_.treated}, {control, sizes_.control}})) continue;
        if (runs_.empty() || runs_.back().last != x - 1) runs_.push_back({x, x});
        runs_.back().last = x;
    }
}

}  // namespace rsasim::planning
