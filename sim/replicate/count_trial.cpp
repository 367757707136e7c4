#include <algorithm>
#include <array>
#include <stdexcept>

#include <rsasim/replicate/count_trial.hpp>

namespace rsasim::replicate {
namespace {

/// Blocks drawn at a time: 8 KiB, which leave room for the tables of a usual trial in a first-level
/// cache of 32 KiB.
constexpr std::int64_t batch = 512;

random::Address block_of(std::int64_t replicate) {
    return {.purpose = random::Purpose::counts,
            .replicate = static_cast<std::uint64_t>(replicate) & ~std::uint64_t{1}};
}

std::uint64_t width_of(const random::GuidedBinomial& arm) {
    return static_cast<std::uint64_t>(arm.highest() - arm.lowest() + 1);
}

}  // namespace

CountTrial::CountTrial(const design::Design& design, random::StreamKey key)
    : sizes_(design.sizes()),
      key_(key),
      treated_(sizes_.treated, design.rates().treated),
      control_(sizes_.control, design.rates().control),
      control_width_(static_cast<std::uint32_t>(width_of(control_))),
      possible_tables_(width_of(treated_) * control_width_) {}

std::uint32_t CountTrial::number_of_replicate(std::int64_t replicate) const {
    const random::Block words = random::block_at(key_, block_of(replicate));
    return replicate % 2 == 0 ? number_of(words[0], words[1]) : number_of(words[2], words[3]);
}

design::Table2x2 CountTrial::table(std::int64_t replicate) const {
    return numbered_table(number_of_replicate(replicate));
}

design::Table2x2 CountTrial::numbered_table(std::uint32_t number) const {
    const auto row = static_cast<std::int64_t>(number / control_width_);
    const auto column = static_cast<std::int64_t>(number % control_width_);
    return {{treated_.lowest() + row, sizes_.treated},
            {control_.lowest() + column, sizes_.control}};
}

/// take(number) for each replicate in turn.
template <class Take>
void CountTrial::for_each_number(std::int64_t first, std::int64_t last, Take take) const {
    if (first % 2 != 0 && first < last) take(number_of_replicate(first++));
    std::array<random::Block, batch> blocks;
    while (last - first >= 2) {
        const auto drawn =
            std::span(blocks).first(static_cast<std::size_t>(std::min(batch, (last - first) / 2)));
        random::fill_blocks(key_, block_of(first), 2, drawn);
        for (const random::Block& words : drawn) {
            take(number_of(words[0], words[1]));
            take(number_of(words[2], words[3]));
        }
        first += 2 * static_cast<std::int64_t>(drawn.size());
    }
    if (first < last) take(number_of_replicate(first));
}

void CountTrial::count(std::int64_t first, std::int64_t last,
                       std::span<std::uint32_t> counts) const {
    if (counts.size() != possible_tables_) {
        throw std::invalid_argument("CountTrial::count: one count per possible table is needed");
    }
    for_each_number(first, last,
                    [counts = counts.data()](std::uint32_t table) { ++counts[table]; });
}

void CountTrial::list(std::int64_t first, std::span<std::uint32_t> numbers) const {
    const std::int64_t last = first + static_cast<std::int64_t>(numbers.size());
    for_each_number(first, last,
                    [next = numbers.data()](std::uint32_t table) mutable { *next++ = table; });
}

}  // namespace rsasim::replicate
