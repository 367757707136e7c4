// Speed of the patient level on one core: generating 149 women with two continuous covariates and
// a binary stratum, stratified blocks, one stage, and analysing every replicate. Prints "task <tab>
// replicates per second"; lines with # carry ratios to the limit of the task.

#include "harness.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/scenario/scenario.hpp>

using namespace rsasim;

namespace {

constexpr std::string_view women = R"(
[arms]
total        = 149
ratio        = [1, 1]
control_rate = 0.6351
treated_rate = 0.80

[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
centre = 33
unit = 5

[[covariate]]
name = "marker"
distribution = "log-normal"
mean_log = 0.0
sd_log = 0.5

[[covariate]]
name = "primary"
distribution = "binary"
probability = 0.4

[allocation]
scheme = "stratified-block"
strata = ["primary"]
block_sizes = [4]

[[stage]]
name = "birth"
effects = { age = -0.3, marker = 0.4, primary = 0.5 }

[simulation]
control_variate = false
seed = 20230313

[analysis]
)";

struct Task {
    std::string_view name;
    std::string_view analysis;
    std::int64_t replicates = 0;
    double limit = 0;  ///< replicates per second that are asked for with AVX-512
};

constexpr Task tasks[] = {
    {"149 women, logistic with Wald P",
     "adjust = [\"age\", \"marker\", \"primary\"]\ntests = [\"logistic\"]\nintervals = "
     "[\"conditional_odds_ratio:logistic\"]\n",
     200'000, 200'000},
    {"149 women, table and mantel-haenszel",
     "tests = [\"pearson\", \"fisher\", \"mantel-haenszel\"]\nintervals = [\"odds_ratio:woolf\", "
     "\"conditional_odds_ratio:mantel-haenszel\"]\n",
     400'000, 350'000},
    {"149 women, firth P",
     "adjust = [\"age\", \"marker\", \"primary\"]\ntests = [\"firth\"]\nintervals = "
     "[\"odds_ratio:woolf\"]\n",
     40'000, 40'000},
    {"149 women, firth with profile interval",
     "adjust = [\"age\", \"marker\", \"primary\"]\ntests = [\"firth\"]\nintervals = "
     "[\"conditional_odds_ratio:firth\"]\n",
     20'000, 10'000},
    {"149 women, g-computation",
     "adjust = [\"age\", \"marker\", \"primary\"]\ntests = [\"g-computation\"]\nintervals = "
     "[\"risk_difference:g-computation\"]\n",
     80'000, 80'000},
};

void measure(const Task& task) {
    const auto scenario = scenario::read_scenario(
        scenario::SourceText{"bench.toml", fmt::format("{}{}", women, task.analysis)}, {});
    const engine::CellTask cell{scenario.grid.cells.front().design,
                                random::stream_key(scenario.seed),
                                {{0, task.replicates}}};
    engine::SimulationOptions options;
    options.threads = 1;
    const auto cost = bench::median_cost(3, [&] { engine::simulate({&cell, 1}, options); });
    bench::print_rate(std::string(task.name), static_cast<double>(task.replicates), cost);
    bench::print_note(fmt::format("{}: of the {:.0f} asked for", task.name, task.limit).c_str(),
                      static_cast<double>(task.replicates) / cost.wall_seconds / task.limit);
}

}  // namespace

/// With an argument: only the tasks whose names contain it.
int main(int count, char** arguments) {
    const std::string_view wanted = count > 1 ? arguments[1] : "";
    for (const Task& task : tasks) {
        if (task.name.find(wanted) != std::string_view::npos) measure(task);
    }
}
