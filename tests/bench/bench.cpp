// Speed of the count path at 75 v 74, rates 0.80 v 0.6351. Prints "task <tab> replicates per
// second", medians over several runs; lines with # carry ratios and shares.

#include "harness.hpp"

#include <cstdint>
#include <memory>
#include <vector>

#include <boost/random/binomial_distribution.hpp>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/random/word_source.hpp>
#include <rsasim/replicate/count_trial.hpp>

using namespace rsasim;

namespace {

constexpr design::ArmSizes sizes{75, 74};
constexpr design::Rates rates{0.80, 0.6351};
const random::StreamKey key = random::stream_key(20230313);

design::Design trial_at(design::Rates at) {
    static const auto no_analysis = std::make_shared<const design::AnalysisPlan>();
    return {sizes, at, no_analysis};
}

void guided_inversion() {
    constexpr std::int64_t replicates = 100'000'000;
    const replicate::CountTrial trial(trial_at(rates), key);
    std::vector<std::uint32_t> counts(trial.possible_tables());
    const auto cost = bench::median_cost(5, [&] { trial.count(0, replicates, counts); });
    bench::print_rate("two binomials and histogram, 1 core", replicates, cost);
}

void boost_binomials() {
    constexpr std::int64_t replicates = 5'000'000;
    const auto cost = bench::median_cost(3, [] {
        random::WordSource words(key, {.purpose = random::Purpose::allocation});
        boost::random::binomial_distribution<int> treated(75, rates.treated);
        boost::random::binomial_distribution<int> control(74, rates.control);
        std::vector<std::uint32_t> counts(76 * 75);
        for (std::int64_t i = 0; i < replicates; ++i) {
            const auto row = static_cast<std::size_t>(treated(words));
            ++counts[row * 75 + static_cast<std::size_t>(control(words))];
        }
    });
    bench::print_rate("the same with Boost.Random", replicates, cost);
}

bench::Cost cost_of_simulate(const std::vector<engine::CellTask>& tasks, unsigned threads) {
    engine::SimulationOptions options;
    options.threads = threads;
    return bench::median_cost(3, [&] { engine::simulate(tasks, options); });
}

void simulate_one_cell() {
    constexpr std::int64_t replicates = 1'000'000'000;
    const std::vector<engine::CellTask> tasks{{trial_at(rates), key, {{0, replicates}}}};
    const auto one = cost_of_simulate(tasks, 1);
    const auto two = cost_of_simulate(tasks, 2);
    bench::print_rate("simulate, 1 thread", replicates, one);
    bench::print_rate("simulate, 2 threads", replicates, two);
    bench::print_note("simulate, 2 threads against 1", one.wall_seconds / two.wall_seconds);
}

void simulate_sweep() {
    constexpr int cells = 1000;
    constexpr std::int64_t replicates = 100'000;
    std::vector<engine::CellTask> tasks;
    for (int cell = 0; cell < cells; ++cell) {
        tasks.push_back({trial_at({0.3 + 0.0006 * cell, rates.control}), key, {{0, replicates}}});
    }
    const unsigned threads = engine::available_threads();
    const auto cost = cost_of_simulate(tasks, threads);
    bench::print_rate("simulate, 1,000 cells x 10^5, all threads", cells * replicates, cost);
    bench::print_note("1,000 cells: wall seconds", cost.wall_seconds);
    bench::print_note("1,000 cells: busy share of all threads",
                      cost.cpu_seconds / (threads * cost.wall_seconds));
}

}  // namespace

int main() {
    guided_inversion();
    boost_binomials();
    simulate_one_cell();
    simulate_sweep();
    return 0;
}
