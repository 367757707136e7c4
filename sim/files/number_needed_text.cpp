#include "number_needed_text.hpp"

#include "number_text.hpp"

#include <fmt/format.h>

namespace rsasim::files {
namespace {

constexpr int women_decimals = 1;

std::string range_text(const char* name, const analysis::NumberRange& range) {
    const auto from = fmt::format("{} {}", name, fixed_text(range.from, women_decimals));
    if (range.from == range.to) return from;
    return fmt::format("{} to {}", from, fixed_text(range.to, women_decimals));
}

}  // namespace

std::string number_needed_text(const analysis::NumberNeeded& number) {
    const auto& [benefit, harm] = number;
    if (benefit && harm) {
        return fmt::format("{} to NNTH {}", range_text("NNTB", *benefit),
                           fixed_text(harm->from, women_decimals));
    }
    if (benefit) return range_text("NNTB", *benefit);
    if (harm) return range_text("NNTH", *harm);
    return fixed_text(analysis::infinity, women_decimals);
}

}  // namespace rsasim::files
