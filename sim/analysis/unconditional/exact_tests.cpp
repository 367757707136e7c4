#include "ordered_tables.hpp"
#include "statistics.hpp"
#include "unconditional_methods.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>

namespace rsasim::analysis {

namespace {

using Statistics = std::function<std::vector<double>(const TableGrid&, Tail)>;

/// How the two-sided P comes about.
enum class TwoSided { by_own_order, by_doubling };

/// One tail of a test: its order, and what is asked of its P-values.
class TailTest {
  public:
    TailTest(std::shared_ptr<const NullLine> line, std::vector<double> statistics, double gamma,
             std::optional<double> alpha)
        : tables_(std::move(line), std::move(statistics)), gamma_(gamma) {
        if (alpha && gamma == 0) level_ = tables_.critical_level(*alpha);
        if (alpha) goal_.level = *alpha * (1 + alpha_slack) - gamma;
    }

    [[nodiscard]] double p_value(const design::Table2x2& table) const {
        const double statistic = tables_.statistic(table);
        if (level_) return is_critical(statistic) ? level_->p_value : 1.0;
        if (gamma_ == 0) return std::min(1.0, tables_.p_value(statistic, goal_).upper);
        return std::min(1.0, tables_.p_value(statistic, goal_, likely_range(table)).upper + gamma_);
    }

  private:
    /// Where the control rate lies with confidence 1 - gamma: with all women at no effect, where
    /// the rate is common, with the control arm elsewhere.
    [[nodiscard]] math::UnitRange likely_range(const design::Table2x2& table) const {
        const NullLine& line = tables_.line();
        const auto [lower, upper] =
            line.null().is_no_effect()
                ? math::clopper_pearson(table.events(), table.total(), 1 - gamma_)
                : math::clopper_pearson(table.control.events, table.control.n, 1 - gamma_);
        return {line.position(lower), line.position(upper)};
    }
    [[nodiscard]] bool is_critical(double statistic) const {
        return !level_->is_empty && is_at_least(statistic, level_->statistic);
    }

    OrderedTables tables_;
    double gamma_;
    std::optional<CriticalLevel> level_;
    math::BracketGoal goal_;
};

/// The three tails of a test, or the one that is asked for.
class UnconditionalTest {
  public:
    UnconditionalTest(const Setting& setting, const Statistics& statistics, TwoSided two_sided)
        : two_sided_(two_sided) {
        const auto line = std::make_shared<const NullLine>(setting.sizes, setting.null);
        const double gamma = setting.options.at("berger-boos");
        for (const Tail tail : {Tail::two_sided, Tail::greater, Tail::less}) {
            if (!is_needed(tail, setting.decision)) continue;
            std::optional<double> alpha;
            if (setting.decision) alpha = setting.decision->alpha / (is_doubled(setting) ? 2 : 1);
            tails_[index_of(tail)].emplace(line, statistics(line->grid(), tail), gamma, alpha);
        }
    }

    [[nodiscard]] Finding judge(const design::Table2x2& table) const {
        Finding finding;
        finding.status = Status::ok;
        finding.p_value.greater = p_value(Tail::greater, table);
        finding.p_value.less = p_value(Tail::less, table);
        if (two_sided_ == TwoSided::by_doubling) {
            finding.p_value.two_sided =
                std::min(1.0, 2 * std::min(finding.p_value.greater, finding.p_value.less));
        } else {
            finding.p_value.two_sided = p_value(Tail::two_sided, table);
        }
        return finding;
    }

  private:
    static std::size_t index_of(Tail tail) { return static_cast<std::size_t>(tail); }

    [[nodiscard]] bool is_doubled(const Setting& setting) const {
        return two_sided_ == TwoSided::by_doubling && setting.decision->tail == Tail::two_sided;
    }

    [[nodiscard]] bool is_needed(Tail tail, const std::optional<Decision>& decision) const {
        if (two_sided_ == TwoSided::by_doubling) {
            if (tail == Tail::two_sided) return false;
            return !decision || decision->tail == Tail::two_sided || decision->tail == tail;
        }
        return !decision || decision->tail == tail;
    }

    [[nodiscard]] double p_value(Tail tail, const design::Table2x2& table) const {
        const auto& test = tails_[index_of(tail)];
        return test ? test->p_value(table) : not_a_number;
    }

    TwoSided two_sided_;
    std::array<std::optional<TailTest>, 3> tails_;
};

Judge prepare_test(const Setting& setting, const Statistics& statistics,
                   TwoSided two_sided = TwoSided::by_own_order) {
    if (TableGrid(setting.sizes).size() > most_unconditional_tables) {
        return [](const design::Table2x2&) {
            Finding finding;
            finding.status = Status::too_large;
            return finding;
        };
    }
    const auto test = std::make_shared<const UnconditionalTest>(setting, statistics, two_sided);
    return [test](const design::Table2x2& table) { return test->judge(table); };
}

}  // namespace

Judge prepare_boschloo(const Setting& setting) {
    return prepare_test(setting, fisher_statistics);
}

Judge prepare_boschloo_central(const Setting& setting) {
    return prepare_test(setting, fisher_statistics, TwoSided::by_doubling);
}

Judge prepare_z_pooled_exact(const Setting& setting) {
    return prepare_test(setting, pooled_z_statistics);
}

Judge prepare_z_unpooled_exact(const Setting& setting) {
    return prepare_test(setting, unpooled_z_statistics);
}

Judge prepare_likelihood_ratio_exact(const Setting& setting) {
    return prepare_test(setting, likelihood_ratio_statistics);
}

Judge prepare_score_exact(const Setting& setting) {
    return prepare_test(setting, [null = setting.null](const TableGrid& grid, Tail tail) {
        return score_statistics(grid, tail, null);
    });
}

}  // namespace rsasim::analysis
