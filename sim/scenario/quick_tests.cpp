#include "quick_tests.hpp"

#include "method_lists.hpp"
#include "pairs.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::scenario {
namespace {

bool is_slow(const design::MethodChoice& test) {
    const auto* row = analysis::find_method(analysis::Role::test, test.id);
    return row != nullptr && row->prepares_sizes;
}

}  // namespace

design::AnalysisPlan with_quick_tests(const design::AnalysisPlan& methods,
                                      const Settings& settings) {
    if (settings.constant(tests_path) != nullptr) return methods;
    const auto given =
        methods.pairs.begin() + static_cast<std::ptrdiff_t>(standard_pairs_in(methods, settings));
    const auto is_named = [&](std::size_t test) {
        return std::any_of(given, methods.pairs.end(),
                           [&](const design::PairChoice& pair) { return pair.test == test; });
    };
    design::AnalysisPlan quick = methods;
    quick.tests.clear();
    quick.pairs.clear();
    const std::size_t left_out = methods.tests.size();
    std::vector<std::size_t> place(methods.tests.size(), left_out);
    for (std::size_t i = 0; i < methods.tests.size(); ++i) {
        if (is_slow(methods.tests[i]) && !is_named(i)) continue;
        place[i] = quick.tests.size();
        quick.tests.push_back(methods.tests[i]);
    }
    for (const auto& [test, interval] : methods.pairs) {
        if (place[test] != left_out) quick.pairs.push_back({place[test], interval});
    }
    return quick;
}

}  // namespace rsasim::scenario
