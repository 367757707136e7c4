#include "console.hpp"
#include "cost.hpp"
#include "input.hpp"
#include "options.hpp"
#include "solving.hpp"

#include <chrono>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/check_text.hpp>

namespace rsasim::commands {

ExitStatus check(const CheckOptions& options) {
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    const auto start = std::chrono::steady_clock::now();
    auto scenario = describe_input(options.input);
    solve_models(scenario, every_cell(scenario), threads, !options.json);
    if (!options.json) tell_notes(scenario);
    const std::chrono::duration<double> reading = std::chrono::steady_clock::now() - start;
    Cost cost = predict_cost(scenario, threads);
    cost.seconds += reading.count();
    const files::ExpectedCost expected{total_replicates(scenario), threads, cost.seconds,
                                       cost.memory_bytes, cost.file_bytes};
    print(options.json ? files::check_to_json(scenario, expected)
                       : files::check_to_text(scenario, expected));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
