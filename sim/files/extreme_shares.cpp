#include "cell_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/summary/precision.hpp>

namespace rsasim::files {

std::string extreme_shares_remark(const summary::Results& results,
                                  std::span<const summary::CellResults> cells) {
    if (results.engine == summary::Engine::enumeration) return "";
    const auto is_extreme = [](const summary::Figure& share) {
        return share.value == 0 || share.value == 1;
    };
    std::int64_t fewest = 0;
    for (const auto& cell : cells) {
        const bool has_any =
            std::ranges::any_of(cell.summary.tests,
                                [&](const auto& test) { return is_extreme(test.power); }) ||
            std::ranges::any_of(cell.summary.intervals,
                                [&](const auto& one) { return is_extreme(one.coverage); });
        if (has_any && (fewest == 0 || cell.replicates < fewest)) fewest = cell.replicates;
    }
    if (fewest == 0) return "";
    return fmt::format(
        "Shares of 0 and 1 have no Monte Carlo error; with {} replicates their 95 % Wilson "
        "intervals have a width of {:.2g}. ",
        count_text(fewest), summary::wilson_limits(0, fewest).upper);
}

}  // namespace rsasim::files
