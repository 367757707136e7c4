#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>

#include <rsasim/summary/performance.hpp>
#include <rsasim/summary/tipping_points.hpp>

namespace rsasim::summary {
namespace {

constexpr std::string_view treated_word = "delta-treated = ";
constexpr std::string_view control_word = "delta-control = ";

double number_after(std::string_view word, std::string_view name) {
    double number = std::numeric_limits<double>::quiet_NaN();
    std::from_chars(word.data() + name.size(), word.data() + word.size(), number);
    return number;
}

/// What the label of a test says of its set: "logistic@per-protocol+delta-treated = -0.5".
struct ImputedTest {
    std::string method;  ///< "logistic"
    std::string others;  ///< "per-protocol"
    double treated = 0;
    double control = 0;
    bool is_imputed = false;

    explicit ImputedTest(std::string_view label) {
        const auto at = std::min(label.rfind('@'), label.size());
        method = label.substr(0, at);
        auto words = label.substr(std::min(at + 1, label.size()));
        while (!words.empty()) {
            const auto end = std::min(words.find('+'), words.size());
            take(words.substr(0, end));
            words.remove_prefix(std::min(end + 1, words.size()));
        }
    }

  private:
    void take(std::string_view word) {
        const bool moves_treated = word.starts_with(treated_word);
        const bool moves_control = word.starts_with(control_word);
        if (moves_treated) treated = number_after(word, treated_word);
        if (moves_control) control = number_after(word, control_word);
        if (moves_treated || moves_control || word == "multiple-imputation") {
            is_imputed = true;
        } else {
            others += others.empty() ? "" : "+";
            others += word;
        }
    }
};

/// Replicates in which `a` rejects and `b` does not.
std::int64_t only_first(std::size_t a, std::size_t b, const CellSummary& cell) {
    if (a == b) return 0;
    const auto [low, high] = std::minmax(a, b);
    const std::size_t tests = cell.tests.size();
    const auto& pair = cell.test_pairs[low * tests - low * (low + 1) / 2 + high - low - 1];
    return a < b ? pair.n_a_not_b : pair.n_b_not_a;
}

void compare_with(std::size_t reference, TippingStep& step, const CellSummary& cell) {
    const std::int64_t significant = cell.tests[reference].n_reject;
    const std::int64_t tipped = only_first(reference, step.test, cell);
    step.power = cell.tests[step.test].power;
    step.still_significant = proportion(significant - tipped, significant);
}

void find_tips(TippingCurve& curve) {
    const auto has_tipped = [](const TippingStep& step) {
        return step.still_significant.value <= 0.5;
    };
    for (const TippingStep& step : curve.steps) {
        if (!has_tipped(step)) continue;
        if (step.delta < 0) curve.tips_below = step.delta;
        if (step.delta > 0 && !curve.tips_above) curve.tips_above = step.delta;
    }
}

}  // namespace

std::vector<TippingCurve> tipping_curves(const std::vector<std::string>& tests,
                                         const CellSummary& cell) {
    /// Control arm, method, other words of the set, delta of the other arm.
    using Group = std::tuple<bool, std::string, std::string, double>;
    std::map<Group, std::vector<TippingStep>> groups;
    for (std::size_t test = 0; test < tests.size(); ++test) {
        const ImputedTest imputed(tests[test]);
        if (!imputed.is_imputed) continue;
        const auto add = [&](bool is_control, double delta, double other_delta) {
            groups[{is_control, imputed.method, imputed.others, other_delta}].push_back(
                {delta, test, {}, {}});
        };
        add(false, imputed.treated, imputed.control);
        add(true, imputed.control, imputed.treated);
    }
    std::vector<TippingCurve> curves;
    for (auto& [group, steps] : groups) {
        const auto reference = std::ranges::find(steps, 0.0, &TippingStep::delta);
        if (steps.size() < 2 || reference == steps.end()) continue;
        const std::size_t at_zero = reference->test;
        std::ranges::sort(steps, {}, &TippingStep::delta);
        for (TippingStep& step : steps)
            compare_with(at_zero, step, cell);
        const char* arm = std::get<bool>(group) ? "control" : "treated";
        TippingCurve curve{tests[at_zero], arm, std::move(steps), {}, {}};
        find_tips(curve);
        curves.push_back(std::move(curve));
    }
    return curves;
}

}  // namespace rsasim::summary
