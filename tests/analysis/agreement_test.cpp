#include "judging.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include <catch2/catch.hpp>
#include <support/effort.hpp>

#include <rsasim/analysis/decisions.hpp>

namespace {

namespace analysis = rsasim::analysis;
using analysis::PairRow;
using analysis::Position;
using judging::Role;
using judging::Table2x2;

/// Not fractions of small integers: at a P-value equal to alpha a closed interval touches the null
/// while P <= alpha rejects, which is no contradiction.
constexpr std::array alphas{0.0107, 0.0503, 0.1009, 0.2003};

struct PreparedPair {
    analysis::Judge test;
    analysis::Judge two_sided;  ///< at confidence 1 - alpha
    analysis::Judge one_sided;  ///< at confidence 1 - 2 alpha
    double null;
};

PreparedPair prepare_pair(const PairRow& pair, rsasim::design::ArmSizes sizes, double alpha) {
    const auto* test = analysis::find_method(Role::test, pair.test);
    const auto* interval = analysis::find_method(Role::interval, pair.interval, pair.measure);
    return {judging::prepare(*test, sizes), judging::prepare(*interval, sizes, 1 - alpha),
            judging::prepare(*interval, sizes, 1 - 2 * alpha),
            rsasim::design::no_effect(pair.measure)};
}

/// For hull intervals only "accepted implies covered" is a theorem.
bool is_hull(const PairRow& pair) {
    constexpr std::array<std::string_view, 4> hulls{"baptista-pike", "baptista-pike-midp", "blaker",
                                                    "unconditional-score"};
    return std::ranges::find(hulls, pair.interval) != hulls.end();
}

std::string two_sided_complaint(const PairRow& pair, const PreparedPair& prepared,
                                const Table2x2& table, double alpha) {
    const double p = prepared.test(table).p_value.two_sided;
    const auto position = analysis::position_of(prepared.two_sided(table).interval, prepared.null);
    if (position == Position::undefined) return "no limits";
    const bool is_rejected = analysis::rejects(p, alpha);  // no P-value rejects nothing
    const bool is_covered = position == Position::covers;
    if (!is_rejected && !is_covered) return "accepted, but the interval excludes no effect";
    if (is_rejected && is_covered && !is_hull(pair)) return "rejected, but covered";
    return "";
}

std::string one_sided_complaint(const PreparedPair& prepared, const Table2x2& table, double alpha) {
    const auto p = prepared.test(table).p_value;
    const auto position = analysis::position_of(prepared.one_sided(table).interval, prepared.null);
    if (analysis::rejects(p.greater, alpha) != (position == Position::misses_above)) {
        return "P greater contradicts the lower limit";
    }
    if (analysis::rejects(p.less, alpha) != (position == Position::misses_below)) {
        return "P less contradicts the upper limit";
    }
    return "";
}

/// Checks every table with these arm sizes; `complain(pair, prepared, table, alpha)`.
template <class Complain>
void walk_pairs(Complain&& complain) {
    const std::int64_t largest_arm = rsasim::test::largest_small_arm();
    for (const PairRow& pair : analysis::standard_pairs()) {
        // Ordering all tables at every effect takes its time: one alpha for these.
        const auto* test = analysis::find_method(Role::test, pair.test);
        const bool is_costly = test->family == "exact unconditional";
        for (const double alpha : std::span(alphas).first(is_costly ? 1 : alphas.size())) {
            for (std::int64_t n1 = 1; n1 <= largest_arm; ++n1) {
                for (std::int64_t n0 = 1; n0 <= largest_arm; ++n0) {
                    const PreparedPair prepared = prepare_pair(pair, {n1, n0}, alpha);
                    judging::for_each_table(n1, n0, [&](const Table2x2& table) {
                        const std::string found = complain(pair, prepared, table, alpha);
                        if (found.empty()) return;
                        FAIL_CHECK(pair.test << " and " << pair.interval << " at "
                                             << judging::describe(table) << ", alpha " << alpha
                                             << ": " << found);
                    });
                }
            }
        }
    }
}

}  // namespace

TEST_CASE("Two-sided P-values and their intervals agree on every small table", "[property]") {
    walk_pairs(two_sided_complaint);
}

TEST_CASE("One-sided P-values and limits of central pairs agree on every small table",
          "[property]") {
    walk_pairs(
        [](const PairRow& pair, const PreparedPair& prepared, const Table2x2& table, double alpha) {
            return pair.is_central ? one_sided_complaint(prepared, table, alpha) : std::string();
        });
}
