#include "precision_looks.hpp"

#include "assemble.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <rsasim/summary/precision.hpp>

namespace rsasim::commands {
namespace {

/// The replicates of each cell that ended without the precision: its cap.
std::vector<std::int64_t> caps_that_stopped(const summary::Results& results, double wanted) {
    std::vector<std::int64_t> caps;
    for (const auto& cell : results.cells) {
        if (summary::largest_error(cell.summary, cell.replicates) > wanted)
            caps.push_back(cell.replicates);
    }
    return caps;
}

/// "5000", "5000 to 20000".
std::string range_text(std::int64_t least, std::int64_t most) {
    return least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most);
}

}  // namespace

PrecisionLooks::PrecisionLooks(const scenario::Scenario& scenario,
                               const std::vector<engine::CellTotals>& done)
    : scenario_(scenario) {
    for (std::size_t i = 0; i < scenario.grid.cells.size(); ++i) {
        const bool has_some = !done.empty() && !done[i].finished.empty();
        const std::int64_t last = has_some ? done[i].finished.back().last : 0;
        caps_.push_back(std::max(scenario.grid.cells[i].replicates, last));
        targets_.push_back(std::min(summary::look_from(last), caps_.back()));
        open_.push_back(i);
    }
}

std::vector<tally::ReplicateRanges> PrecisionLooks::missing(
    const std::vector<engine::CellTotals>& totals) const {
    std::vector<tally::ReplicateRanges> ranges(targets_.size());
    for (const std::size_t i : open_) {
        ranges[i] = {{0, targets_[i]}};
        if (!totals.empty()) ranges[i] = tally::without(ranges[i], totals[i].finished);
    }
    return ranges;
}

void PrecisionLooks::look(const std::vector<engine::CellTotals>& totals, unsigned threads) {
    scenario::Scenario part = scenario_;
    part.grid.cells.clear();
    std::vector<engine::CellTotals> of_part;
    for (const std::size_t i : open_) {
        part.grid.cells.push_back(scenario_.grid.cells[i]);
        of_part.push_back(totals[i]);
    }
    auto results = gather_simulation(part, std::move(of_part));
    results.controlled.clear();  // takes time, and decides nothing
    derive_summaries(part, results, threads);
    const auto looked_at = std::exchange(open_, {});
    for (std::size_t i = 0; i < looked_at.size(); ++i)
        decide(looked_at[i], results.cells[i].summary);
}

void PrecisionLooks::decide(std::size_t cell, const summary::CellSummary& found) {
    std::int64_t& target = targets_[cell];
    const double wanted = *scenario_.precision;
    if (target >= caps_[cell] || summary::largest_error(found, target) <= wanted) return;
    target = summary::next_look(summary::counts_of_shares(found), target, wanted, caps_[cell]);
    open_.push_back(cell);
}

std::string reached_text(const scenario::Scenario& scenario, const summary::Results& results) {
    const double wanted = *scenario.precision;
    const auto reached = summary::reached_precision(results);
    const auto text = fmt::format(
        "precision: every power and coverage has a Monte Carlo error of at most {:.2g}; {} was "
        "asked for. Replicates a cell: {}.",
        reached.error, wanted, range_text(reached.fewest, reached.most));
    const auto caps = caps_that_stopped(results, wanted);
    if (caps.empty()) return text;
    const auto [least, most] = std::ranges::minmax(caps);
    return text + fmt::format(
                      " NOT REACHED in {} of {} cells, which have simulation.replicates = {} and "
                      "no more. To go on: --resume with more --replicates.",
                      caps.size(), results.cells.size(), range_text(least, most));
}

}  // namespace rsasim::commands
