#include "count_window.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/judge_tables.hpp>
#include <rsasim/math/binomial.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/planning/replication.hpp>

namespace rsasim::planning {
namespace {

using design::Measure;
using design::Rates;
using design::Table2x2;

constexpr double sds_of_posterior = 8;
constexpr int steps_per_sd = 16;

void extend(CountWindow& window, const CountWindow& by) {
    window.first = std::min(window.first, by.first);
    window.last = std::max(window.last, by.last);
}

double treated_rate(double log_odds_ratio, double control_rate) {
    return design::treated_rate_for(Measure::odds_ratio, std::exp(log_odds_ratio), control_rate);
}

/// The control rate beside a posterior of the odds ratio: never 0 or 1.
double inner_rate(const design::ArmCounts& arm) {
    if (arm.events > 0 && arm.non_events() > 0) return arm.rate();
    return (static_cast<double>(arm.events) + 0.5) / (static_cast<double>(arm.n) + 1);
}

/// The tables that matter, row by row of treated events, and whether the test rejects there.
class JudgedTables {
  public:
    JudgedTables(const Table2x2& published, const std::vector<AssumedTruth>& truths)
        : published_(published),
          treated_(window_of(published.treated.n, truths.front().rates.treated)),
          control_(window_of(published.control.n, truths.front().rates.control)) {
        const auto n1 = published.treated.n, n0 = published.control.n;
        const double base = inner_rate(published.control);
        extend(control_, window_of(n0, base));
        for (const auto& truth : truths) {
            extend(treated_, window_of(n1, truth.rates.treated));
            if (!truth.posterior) continue;
            for (const auto& [weight, mean, sd] : truth.posterior->components) {
                for (const double end :
                     {mean - sds_of_posterior * sd, mean + sds_of_posterior * sd})
                    extend(treated_, window_of(n1, treated_rate(end, base)));
            }
        }
    }

    [[nodiscard]] std::int64_t size() const { return treated_.size() * control_.size(); }
    [[nodiscard]] const CountWindow& treated() const { return treated_; }
    [[nodiscard]] const CountWindow& control() const { return control_; }

    void judge(const std::shared_ptr<const design::AnalysisPlan>& plan, unsigned threads) {
        const design::Design design({published_.treated.n, published_.control.n}, {0.5, 0.5}, plan);
        engine::TablesOfCell cell{&design, {}};
        cell.tables.reserve(static_cast<std::size_t>(size()));
        for (auto x = treated_.first; x <= treated_.last; ++x) {
            for (auto y = control_.first; y <= control_.last; ++y)
                cell.tables.push_back({{x, published_.treated.n}, {y, published_.control.n}});
        }
        judgement_ = engine::judge_tables({&cell, 1}, threads).front();
    }

    /// Calls visit(table, probability) for every table that the test rejects.
    template <class Visit>
    void for_each_rejected(const Rates& rates, Visit visit) const {
        const auto p1 = math::binomial_probabilities(published_.treated.n, rates.treated,
                                                     treated_.first, treated_.last);
        const auto p0 = math::binomial_probabilities(published_.control.n, rates.control,
                                                     control_.first, control_.last);
        std::size_t row = 0;
        for (const double p_treated : p1) {
            for (const double p_control : p0) {
                if (judgement_->rejects(0, row))
                    visit(judgement_->tables()[row], p_treated * p_control);
                ++row;
            }
        }
    }

    /// P(the test rejects | treated events) for each number of treated events.
    [[nodiscard]] std::vector<double> rejection_by_treated(double control_rate) const {
        const auto p0 = math::binomial_probabilities(published_.control.n, control_rate,
                                                     control_.first, control_.last);
        std::vector<double> probabilities(static_cast<std::size_t>(treated_.size()));
        std::size_t row = 0;
        for (double& sum : probabilities) {
            for (const double p_control : p0)
                sum += judgement_->rejects(0, row++) ? p_control : 0;
        }
        return probabilities;
    }

  private:
    Table2x2 published_;
    CountWindow treated_, control_;
    std::shared_ptr<const analysis::Judgement> judgement_;
};

/// E[power] when the log odds ratio has the posterior.
double average_power(const JudgedTables& tables, const Table2x2& published,
                     const NormalMixture& posterior) {
    const double base = inner_rate(published.control);
    const auto rejection = tables.rejection_by_treated(base);
    const auto power_at = [&](double log_odds_ratio) {
        const auto p1 =
            math::binomial_probabilities(published.treated.n, treated_rate(log_odds_ratio, base),
                                         tables.treated().first, tables.treated().last);
        double power = 0;
        for (std::size_t i = 0; i < p1.size(); ++i)
            power += p1[i] * rejection[i];
        return power;
    };
    double average = 0;
    for (const auto& [weight, mean, sd] : posterior.components) {
        double sum = 0, mass = 0;
        const int steps = sd > 0 ? static_cast<int>(sds_of_posterior) * steps_per_sd : 0;
        for (int i = -steps; i <= steps; ++i) {
            const double z = static_cast<double>(i) / steps_per_sd;
            const double density = std::exp(-z * z / 2);
            sum += density * power_at(mean + z * sd);
            mass += density;
        }
        average += weight * sum / mass;
    }
    return average;
}

/// From the interval of the log odds ratio to 0; not above 0 where it contains 0.
double distance_to_no_effect(const LogOddsRatio& log_odds, double confidence) {
    return std::abs(log_odds.estimate) -
           math::two_sided_normal_quantile(confidence) * log_odds.standard_error;
}

int sign_of(double value) {
    return value > 0 ? 1 : (value < 0 ? -1 : 0);
}

Replication replicate_under(const AssumedTruth& truth, const JudgedTables& tables,
                            const Table2x2& published) {
    const int published_side = design::side_of(published);
    const int true_side = sign_of(truth.rates.treated - truth.rates.control);
    double significant = 0, same = 0, wrong = 0, magnitude = 0;
    tables.for_each_rejected(truth.rates, [&](const Table2x2& table, double probability) {
        const int side = design::side_of(table);
        significant += probability;
        same += side == published_side && side != 0 ? probability : 0;
        wrong += side == -true_side ? probability : 0;
        magnitude += probability * std::abs(gart_log_odds_ratio(table));
    });
    Replication result{significant, same, {}, analysis::not_a_number, analysis::not_a_number};
    if (truth.posterior) result.averaged = average_power(tables, published, *truth.posterior);
    if (!(significant > 0) || true_side == 0) return result;
    result.sign_error = wrong / significant;
    const double true_magnitude = std::abs(std::log(truth.odds_ratio));
    if (std::isfinite(true_magnitude)) {
        result.exaggeration = magnitude / significant / true_magnitude;
    }
    return result;
}

}  // namespace

std::string_view name_of(TruthKind kind) {
    switch (kind) {
        case TruthKind::observed:
            return "observed";
        case TruthKind::cochrane:
            return "cochrane";
        case TruthKind::empirical_bayes:
            return "empirical-bayes";
        case TruthKind::confidence_limit:
            return "confidence-limit";
    }
    return "";
}

std::vector<AssumedTruth> assumed_truths(const Table2x2& published, double confidence) {
    const LogOddsRatio log_odds = log_odds_ratio_of(published);
    const double control = inner_rate(published.control);
    const auto at = [&](TruthKind kind, double log_odds_ratio,
                        std::optional<NormalMixture> posterior) {
        return AssumedTruth{kind,
                            std::exp(log_odds_ratio),
                            {treated_rate(log_odds_ratio, control), control},
                            std::move(posterior)};
    };
    const Rates observed{published.treated.rate(), published.control.rate()};
    std::vector<AssumedTruth> truths{
        {TruthKind::observed, design::effect_of(Measure::odds_ratio, observed), observed, {}}};
    if (published.has_empty_margin()) return truths;
    truths.front().posterior = flat_posterior(log_odds);
    for (const auto& [kind, posterior] :
         {std::pair(TruthKind::cochrane, cochrane_posterior(log_odds)),
          std::pair(TruthKind::empirical_bayes, empirical_bayes_posterior(log_odds))}) {
        truths.push_back(at(kind, posterior.mean(), posterior));
    }
    const double distance = distance_to_no_effect(log_odds, confidence);
    if (distance > 0) {
        truths.push_back(
            at(TruthKind::confidence_limit, std::copysign(distance, log_odds.estimate), {}));
    }
    return truths;
}

std::vector<OmittedTruth> omitted_truths(const Table2x2& published, double confidence) {
    using enum TruthKind;
    if (published.has_empty_margin()) {
        const std::string reason =
            fmt::format("{} had the event, so that the odds ratio has no estimate",
                        published.events() == 0 ? "no woman" : "every woman");
        return {{cochrane, reason}, {empirical_bayes, reason}, {confidence_limit, reason}};
    }
    if (distance_to_no_effect(log_odds_ratio_of(published), confidence) > 0) return {};
    return {{confidence_limit, "the interval contains no effect"}};
}

std::vector<Replication> replicate_trial(const Table2x2& published,
                                         const std::vector<AssumedTruth>& truths,
                                         const std::shared_ptr<const design::AnalysisPlan>& plan,
                                         unsigned threads) {
    JudgedTables tables(published, truths);
    if (tables.size() > most_replication_tables) return {};
    tables.judge(plan, threads);
    std::vector<Replication> replications;
    replications.reserve(truths.size());
    for (const auto& truth : truths)
        replications.push_back(replicate_under(truth, tables, published));
    return replications;
}

}  // namespace rsasim::planning
