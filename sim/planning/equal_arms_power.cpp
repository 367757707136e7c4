#include "equal_arms_power.hpp"

#include "count_window.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>

namespace rsasim::planning {
namespace {

using analysis::Tail;

/// A test prepared for equal arms.
class Verdicts {
  public:
    Verdicts(const design::AnalysisPlan& plan, std::int64_t n)
        : n_(n), tail_(analysis::deciding_tail(plan)), alpha_(plan.alpha) {
        analysis::Setting setting{{n, n}};
        setting.decision = analysis::Decision{tail_, alpha_};
        judge_ = analysis::prepare(analysis::Role::test, design::Measure::odds_ratio,
                                   plan.tests.front(), setting);
    }
    [[nodiscard]] bool rejects(std::int64_t treated, std::int64_t control) const {
        const auto finding = judge_({{treated, n_}, {control, n_}});
        return analysis::rejects(finding.p_value.of(tail_), alpha_);
    }
    [[nodiscard]] Tail tail() const { return tail_; }
    [[nodiscard]] double alpha() const { return alpha_; }

  private:
    std::int64_t n_;
    Tail tail_;
    double alpha_;
    analysis::Judge judge_;
};

/// Probabilities of an arm's counts in their window.
struct Arm {
    CountWindow window;
    std::vector<double> probabilities;

    Arm(std::int64_t n, double rate)
        : window(window_of(n, rate)),
          probabilities(math::binomial_probabilities(n, rate, window.first, window.last)) {}
};

/// The boundary of one side: `step` 1 for many treated events, -1 for few. Treated counts from
/// `edge` on in that direction reject.
class Boundary {
  public:
    Boundary(const Verdicts& verdicts, const CountWindow& treated, int step)
        : verdicts_(&verdicts), treated_(treated), step_(step) {}

    /// Moves to a number of control events. At equal counts no test rejects, so that the search
    /// begins there, or where the boundary was. False where a count nearby contradicts it.
    bool move_to(std::int64_t control) {
        if (!is_placed_) {
            edge_ = place(control);
            is_placed_ = true;
        } else {
            while (is_inside(edge_ - step_) && (edge_ - step_ - control) * step_ > 0 &&
                   verdicts_->rejects(edge_ - step_, control))
                edge_ -= step_;
            while (is_inside(edge_) && !verdicts_->rejects(edge_, control))
                edge_ += step_;
        }
        return is_confirmed(control);
    }
    /// The first count that rejects; one beyond the window where none does.
    [[nodiscard]] std::int64_t edge() const { return edge_; }

  private:
    [[nodiscard]] bool is_inside(std::int64_t count) const {
        return treated_.first <= count && count <= treated_.last;
    }
    /// By bisection between equal counts and the end of the window.
    [[nodiscard]] std::int64_t place(std::int64_t control) const {
        std::int64_t accepts = std::clamp(control, treated_.first - 1, treated_.last + 1);
        std::int64_t rejects = step_ > 0 ? treated_.last + 1 : treated_.first - 1;
        if ((rejects - accepts) * step_ <= 0) return rejects;
        while ((rejects - accepts) * step_ > 1) {
            const std::int64_t middle = accepts + (rejects - accepts) / 2;
            (verdicts_->rejects(middle, control) ? rejects : accepts) = middle;
        }
        return rejects;
    }
    [[nodiscard]] bool is_confirmed(std::int64_t control) const {
        const auto agrees = [&](std::int64_t count) {
            const bool is_beyond = (count - edge_) * step_ >= 0;
            return !is_inside(count) || (count - control) * step_ <= 0 ||
                   verdicts_->rejects(count, control) == is_beyond;
        };
        for (auto away = -EqualArmsPower::band; away <= EqualArmsPower::band; ++away) {
            if (!agrees(edge_ + away)) return false;
        }
        return agrees(step_ > 0 ? treated_.last : treated_.first);
    }

    const Verdicts* verdicts_;
    CountWindow treated_;
    int step_;
    bool is_placed_ = false;
    std::int64_t edge_ = 0;
};

double power_of_all_tables(const Verdicts& verdicts, const Arm& treated, const Arm& control) {
    double power = 0;
    for (auto y = control.window.first; y <= control.window.last; ++y) {
        double row = 0;
        for (auto x = treated.window.first; x <= treated.window.last; ++x) {
            if (verdicts.rejects(x, y)) {
                row += treated.probabilities[static_cast<std::size_t>(x - treated.window.first)];
            }
        }
        power += row * control.probabilities[static_cast<std::size_t>(y - control.window.first)];
    }
    return power;
}

/// Nothing where a count contradicts the boundaries.
std::optional<double> power_by_boundaries(const Verdicts& verdicts, const Arm& treated,
                                          const Arm& control) {
    // P(fewer events than first + i) and P(at least so many), each summed from its own end.
    const auto& p1 = treated.probabilities;
    std::vector<double> below(p1.size() + 1), from(p1.size() + 1);
    std::partial_sum(p1.begin(), p1.end(), below.begin() + 1);
    std::partial_sum(p1.rbegin(), p1.rend(), from.rbegin() + 1);
    const auto place = [&](std::int64_t count) {
        return static_cast<std::size_t>(count - treated.window.first);
    };
    Boundary upper(verdicts, treated.window, 1), lower(verdicts, treated.window, -1);
    double power = 0;
    for (auto y = control.window.first; y <= control.window.last; ++y) {
        double row = 0;
        if (verdicts.tail() != Tail::less) {
            if (!upper.move_to(y)) return std::nullopt;
            row += from[place(upper.edge())];
        }
        if (verdicts.tail() != Tail::greater) {
            if (!lower.move_to(y)) return std::nullopt;
            row += below[place(lower.edge() + 1)];
        }
        power += row * control.probabilities[static_cast<std::size_t>(y - control.window.first)];
    }
    return power;
}

}  // namespace

EqualArmsPower::EqualArmsPower(std::shared_ptr<const design::AnalysisPlan> plan,
                               const design::Rates& rates)
    : plan_(std::move(plan)), rates_(rates) {}

double EqualArmsPower::operator()(std::int64_t n) const {
    const Verdicts verdicts(*plan_, n);
    const Arm treated(n, rates_.treated), control(n, rates_.control);
    // From alpha 1/2 on a one-sided test may reject at equal counts.
    if (n > always_whole && verdicts.alpha() < 0.5) {
        const auto power = power_by_boundaries(verdicts, treated, control);
        if (power) return *power;
    }
    return power_of_all_tables(verdicts, treated, control);
}

}  // namespace rsasim::planning
