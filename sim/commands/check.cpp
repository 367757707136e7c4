#include "console.hpp"
#include "cost.hpp"
#include "input.hpp"
#include "options.hpp"

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/check_text.hpp>

namespace rsasim::commands {

ExitStatus check(const CheckOptions& options) {
    const auto scenario = read_input(options.input, options.json);
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    const Cost cost = predict_cost(scenario, threads);
    const files::ExpectedCost expected{total_replicates(scenario), threads, cost.seconds,
                                       cost.memory_bytes, cost.file_bytes};
    print(options.json ? files::check_to_json(scenario, expected)
                       : files::check_to_text(scenario, expected));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
