#include "trials.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <hwy/targets.h>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/replicate/count_trial.hpp>

using namespace rsasim;
using replicate::CountTrial;

namespace {

const random::StreamKey key = random::stream_key(20230313);

CountTrial published_trial() {
    return {trial_of({75, 74}, {0.80, 0.6351}), key};
}

std::vector<std::uint32_t> counted(const CountTrial& trial, std::int64_t first, std::int64_t last) {
    std::vector<std::uint32_t> counts(trial.possible_tables());
    trial.count(first, last, counts);
    return counts;
}

std::map<design::Table2x2, std::int64_t> one_by_one(const CountTrial& trial, std::int64_t first,
                                                    std::int64_t last) {
    std::map<design::Table2x2, std::int64_t> counts;
    for (std::int64_t replicate = first; replicate < last; ++replicate) {
        ++counts[trial.table(replicate)];
    }
    return counts;
}

constexpr std::int64_t beyond_32_bits = (std::int64_t{1} << 33) + 1;

const std::vector<std::pair<std::int64_t, std::int64_t>> ranges{
    {0, 0},
    {5, 5},
    {0, 1},
    {1, 2},
    {4, 5},
    {5, 7},
    {3, 1000},
    {0, 4096},
    {1, 1026},
    {1023, 3078},
    {1'048'575, 1'048'580},
    {beyond_32_bits, beyond_32_bits + 2000}};

}  // namespace

TEST_CASE("Two neighbouring replicates share one block of four words", "[exact]") {
    const CountTrial trial = published_trial();
    const random::GuidedBinomial treated(75, 0.80);
    const random::GuidedBinomial control(74, 0.6351);
    for (const std::int64_t even : {std::int64_t{0}, std::int64_t{46}, beyond_32_bits - 1}) {
        const random::Block words = random::block_at(
            key, {random::Purpose::counts, static_cast<std::uint64_t>(even), 0, 0});
        CHECK(trial.table(even) ==
              design::Table2x2{{treated(words[0]), 75}, {control(words[1]), 74}});
        CHECK(trial.table(even + 1) ==
              design::Table2x2{{treated(words[2]), 75}, {control(words[3]), 74}});
    }
}

TEST_CASE("Counting and listing agree with one replicate at a time", "[property]") {
    for (const auto& trial : {published_trial(), CountTrial(trial_of({1, 1}, {0.5, 0.5}), key),
                              CountTrial(trial_of({2, 500}, {0.9, 0.01}), key),
                              CountTrial(trial_of({75, 74}, {0, 1}), key)}) {
        for (const auto& [first, last] : ranges) {
            const auto expected = one_by_one(trial, first, last);
            const auto counts = counted(trial, first, last);
            std::map<design::Table2x2, std::int64_t> found;
            for (std::uint32_t number = 0; number < counts.size(); ++number) {
                if (counts[number] > 0) found[trial.numbered_table(number)] = counts[number];
            }
            CHECK(found == expected);

            std::vector<std::uint32_t> numbers(static_cast<std::size_t>(last - first));
            trial.list(first, numbers);
            std::int64_t replicate = first;
            for (const std::uint32_t number : numbers) {
                REQUIRE(trial.numbered_table(number) == trial.table(replicate++));
            }
        }
    }
}

TEST_CASE("Counts add up over adjoining ranges", "[property]") {
    const CountTrial trial = published_trial();
    auto in_pieces = counted(trial, 7, 1001);
    trial.count(1001, 1001, in_pieces);
    trial.count(1001, 20'000, in_pieces);
    CHECK(in_pieces == counted(trial, 7, 20'000));
}

TEST_CASE("Trials are the same with every instruction set", "[property]") {
    const CountTrial trial = published_trial();
    const auto expected = counted(trial, 3, 50'000);
    for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
        INFO(hwy::TargetName(rest & -rest));
        hwy::SetSupportedTargetsForTest(rest & -rest);
        const auto counts = counted(trial, 3, 50'000);
        hwy::SetSupportedTargetsForTest(0);
        CHECK(counts == expected);
    }
}

TEST_CASE("Tables are numbered in the order of treated and control events", "[exact]") {
    const CountTrial trial = published_trial();
    for (std::uint32_t number = 1; number < trial.possible_tables(); ++number) {
        CHECK(trial.numbered_table(number - 1) < trial.numbered_table(number));
    }
}

TEST_CASE("Rates of 0 and 1 leave one possible table", "[exact]") {
    const CountTrial trial(trial_of({1, 3}, {1, 0}), key);
    CHECK(trial.possible_tables() == 1);
    CHECK(trial.table(12'345) == design::Table2x2{{1, 1}, {0, 3}});
    CHECK(counted(trial, 0, 1001) == std::vector<std::uint32_t>{1001});
}

TEST_CASE("The largest arms have fewer than 2^32 possible tables", "[exact]") {
    const CountTrial trial(trial_of({100'000'000, 100'000'000}, {0.5, 0.5}), key);
    CHECK(trial.possible_tables() > std::uint64_t{1} << 31);
    CHECK(trial.possible_tables() < std::uint64_t{1} << 32);
    std::vector<std::uint32_t> numbers(999);
    trial.list(1, numbers);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        CHECK(trial.numbered_table(numbers[i]) == trial.table(static_cast<std::int64_t>(i) + 1));
    }
    const auto last = static_cast<std::uint32_t>(trial.possible_tables() - 1);
    CHECK(trial.numbered_table(last).treated.events > 50'000'000);
    CHECK(trial.numbered_table(last).control.events > 50'000'000);
}

TEST_CASE("Counting into an array of another size is refused", "[exact]") {
    std::vector<std::uint32_t> counts(3);
    CHECK_THROWS_AS(published_trial().count(0, 1, counts), std::invalid_argument);
}

TEST_CASE("Common random numbers never lower the events when a rate rises", "[property]") {
    const CountTrial lower(trial_of({75, 74}, {0.70, 0.6351}), key);
    const CountTrial higher = published_trial();
    for (std::int64_t replicate = 0; replicate < 5000; ++replicate) {
        const auto a = lower.table(replicate);
        const auto b = higher.table(replicate);
        CHECK(a.treated.events <= b.treated.events);
        CHECK(a.control.events == b.control.events);
    }
}

TEST_CASE("The first 1,000 trials of seed 20230313 are unchanged", "[golden]") {
    const CountTrial trial = published_trial();
    std::string text;
    for (std::int64_t replicate = 0; replicate < 1000; ++replicate) {
        const auto table = trial.table(replicate);
        text += fmt::format("{} {}\n", table.treated.events, table.control.events);
    }
    CHECK(text.substr(0, 60) ==
          "61 56\n59 49\n59 48\n60 48\n59 43\n58 46\n57 51\n62 50\n60 50\n62 46\n");
    CHECK(digest::to_hex(digest::sha256(text)) ==
          "6188f9e0856523b1b261f79aaf6c8a1e680e17519e9253795e6913f636f91ca7");
}
