#include "work.hpp"

#include "cell_key.hpp"

#include <charconv>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

/// More parts than any scheduler's array has.
constexpr std::int64_t most_shards = 1'000'000;

/// What a replicate of women costs, for each of them: being made, and each analysis.
constexpr std::int64_t cost_of_woman = 4, cost_of_method = 1;
/// A replicate of counts that is counted in an array of all tables, and one that is sorted because
/// there are too many (8 and 125 ns).
constexpr std::int64_t cost_of_counted = 1, cost_of_sorted = 15;
/// A method of the table that is asked about each trial, in the mean over those that are asked by
/// default (some 2.5 us).
constexpr std::int64_t cost_of_judging = 300;
/// The events of an arm reach over 12.6 standard deviations; 2^20 tables are so many of two arms.
/// Products alone decide, so that every machine finds the same.
constexpr double largest_product_of_variances = 4.4e7;

std::int64_t cost_of_judgements(const design::Design& design) {
    if (!design.is_tallied_one_by_one()) return 0;
    const auto& plan = design.analysis();
    const auto methods = plan.tests.size() + plan.intervals.size() + plan.estimators.size();
    return cost_of_judging * static_cast<std::int64_t>(methods);
}

std::int64_t cost_of_counts(const design::Design& design) {
    const auto [treated, control] = design.sizes();
    const auto rates = design.rates();
    const auto variance = [](std::int64_t women, double rate) {
        return static_cast<double>(women) * rate * (1 - rate);
    };
    const bool is_counted = variance(treated, rates.treated) * variance(control, rates.control) <=
                            largest_product_of_variances;
    return is_counted ? cost_of_counted : cost_of_sorted;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return {};
    return number;
}

}  // namespace

std::int64_t cost_of_replicate(const design::Design& design) {
    const std::int64_t judging = cost_of_judgements(design);
    if (design.patients() == nullptr) return cost_of_counts(design) + judging;
    const auto women = std::max<std::int64_t>(design.sizes().treated + design.sizes().control, 1);
    const auto& plan = *design.analysis().patients;
    std::int64_t cost = cost_of_woman;
    for (const auto& method : plan.methods) {
        const bool is_imputed =
            plan.sets[method.set].handling == design::Handling::multiple_imputation;
        cost += cost_of_method * (is_imputed ? static_cast<std::int64_t>(plan.imputations) : 1);
    }
    return std::min(women * cost + judging, engine::largest_cost);
}

engine::Shard parse_shard(const std::string& text) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto index = whole_number(std::string_view(text).substr(0, slash));
    const auto count =
        whole_number(std::string_view(text).substr(std::min(slash + 1, text.size())));
    if (!index || !count || *index < 0 || *index >= *count || *count > most_shards) {
        throw scenario::InputErrors({fmt::format(
            "--shard {}: is not a part of the work. Give I/K with I from 0 to K - 1 and K at most "
            "{}: --shard 0/64 is the first of 64.",
            text, most_shards)});
    }
    return {*index, *count};
}

std::vector<tally::ReplicateRanges> wanted_ranges(const scenario::Scenario& scenario,
                                                  const std::optional<engine::Shard>& shard) {
    std::vector<engine::CellWork> work;
    work.reserve(scenario.grid.cells.size());
    for (const auto& cell : scenario.grid.cells) {
        work.push_back(
            {cell.replicates, engine::block_of(cell.design), cost_of_replicate(cell.design)});
    }
    return engine::ranges_of_shard(work, shard.value_or(engine::Shard{0, 1}));
}

std::int64_t replicates_in(const std::vector<tally::ReplicateRanges>& ranges) {
    std::int64_t sum = 0;
    for (const auto& of_cell : ranges)
        sum += tally::replicates_in(of_cell);
    return sum;
}

std::vector<tally::ReplicateRanges> without(const std::vector<tally::ReplicateRanges>& wanted,
                                            const std::vector<tally::ReplicateRanges>& taken) {
    std::vector<tally::ReplicateRanges> left;
    left.reserve(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        left.push_back(tally::without(wanted[i], taken[i]));
    return left;
}

std::vector<tally::ReplicateRanges> remaining_ranges(
    const std::vector<tally::ReplicateRanges>& wanted, const summary::Results& done) {
    std::vector<tally::ReplicateRanges> left;
    left.reserve(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        left.push_back(tally::without(wanted[i], done.cells[i].finished));
    return left;
}

std::vector<engine::CellTask> tasks_of(const scenario::Scenario& scenario,
                                       std::vector<tally::ReplicateRanges> ranges) {
    std::vector<engine::CellTask> tasks;
    tasks.reserve(ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        tasks.push_back(
            {scenario.grid.cells[i].design, key_of_cell(scenario, i), std::move(ranges[i])});
    }
    return tasks;
}

std::vector<engine::CellTotals> totals_of(const scenario::Scenario& scenario,
                                          summary::Results&& stored) {
    std::vector<engine::CellTotals> totals(stored.cells.size());
    for (std::size_t i = 0; i < totals.size(); ++i) {
        summary::CellResults cell = std::move(stored.cells[i]);
        auto& tables = std::get<tally::TableCounts>(cell.tables);
        const design::Design& design = scenario.grid.cells[i].design;
        if (engine::is_counted_by_table(design)) {
            totals[i].tables = std::move(tables);
        } else if (!cell.finished.empty()) {
            const auto layout = std::make_shared<const tally::PatientLayout>(design);
            totals[i].patients = std::make_shared<tally::PatientTally>(layout);
            totals[i].patients->merge(
                std::span(cell.patient_words).first(layout->words()),
                {std::move(tables), std::move(cell.pilot), std::move(cell.rejections),
                 std::move(cell.pilot_rejections)});
        }
        totals[i].finished = std::move(cell.finished);
    }
    return totals;
}

}  // namespace rsasim::commands
