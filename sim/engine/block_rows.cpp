#include "block_rows.hpp"

#include <algorithm>
#include <cstddef>

namespace rsasim::engine {
namespace {

using Row = tally::TableRow<std::int64_t>;

Row row_of(const design::Table2x2& table, std::int64_t count) {
    return {static_cast<std::int32_t>(table.treated.events),
            static_cast<std::int32_t>(table.treated.n),
            static_cast<std::int32_t>(table.control.events),
            static_cast<std::int32_t>(table.control.n), count};
}

void count_in_array(const replicate::CountTrial& trial, tally::ReplicateRange block,
                    CountScratch& scratch) {
    scratch.counts.assign(trial.possible_tables(), 0);
    trial.count(block.first, block.last, scratch.counts);
    for (std::uint32_t number = 0; number < scratch.counts.size(); ++number) {
        const std::uint32_t count = scratch.counts[number];
        if (count > 0) scratch.rows.push_back(row_of(trial.numbered_table(number), count));
    }
}

void sort_list(const replicate::CountTrial& trial, tally::ReplicateRange block,
               CountScratch& scratch) {
    auto& numbers = scratch.numbers;
    numbers.resize(static_cast<std::size_t>(block.last - block.first));
    trial.list(block.first, numbers);
    std::sort(numbers.begin(), numbers.end());
    for (auto run = numbers.begin(); run != numbers.end();) {
        const auto end =
            std::find_if(run, numbers.end(), [&](auto number) { return number != *run; });
        scratch.rows.push_back(row_of(trial.numbered_table(*run), end - run));
        run = end;
    }
}

}  // namespace

const tally::TableCounts& rows_of_block(const replicate::CountTrial& trial,
                                        tally::ReplicateRange block, CountScratch& scratch) {
    scratch.rows.clear();
    if (trial.possible_tables() <= largest_count_array) {
        count_in_array(trial, block, scratch);
    } else {
        sort_list(trial, block, scratch);
    }
    return scratch.rows;
}

}  // namespace rsasim::engine
