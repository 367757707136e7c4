#include "one_woman.hpp"

#include <cmath>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/random/philox.hpp>

using namespace rsasim;
using random::Purpose;

namespace {

/// The uniform number of an address, as its normal score and its log odds.
class Numbers {
  public:
    Numbers(random::StreamKey key, std::int64_t replicate)
        : key_(key), replicate_(static_cast<std::uint64_t>(replicate)) {}

    [[nodiscard]] double score(Purpose purpose, std::size_t position, std::size_t draw,
                               std::size_t word) const {
        const double w = this->word(purpose, position, draw, word);
        return w < 2147483648.0 ? math::normal_quantile((w + 0.5) / 4294967296.0)
                                : math::normal_upper_quantile((4294967295.5 - w) / 4294967296.0);
    }
    [[nodiscard]] bool event(Purpose purpose, std::size_t woman, std::size_t draw,
                             double log_odds) const {
        const double u = (word(purpose, woman / 4, draw, woman % 4) + 0.5) / 4294967296.0;
        return u < 1 / (1 + std::exp(-log_odds));
    }

  private:
    [[nodiscard]] double word(Purpose purpose, std::size_t position, std::size_t draw,
                              std::size_t word) const {
        return random::block_at(key_, {purpose, replicate_, static_cast<std::uint32_t>(position),
                                       static_cast<std::uint32_t>(draw)})[word];
    }
    random::StreamKey key_;
    std::uint64_t replicate_;
};

using Woman = std::vector<double>;

struct Scored {
    Woman values, scores;
};

/// Row by row, columns one after the other; empty without a matrix.
std::vector<double> cholesky_factor(const std::vector<double>& r, std::size_t n) {
    std::vector<double> factor(r.size());
    for (std::size_t j = 0; !r.empty() && j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double rest = r[i * n + j];
            for (std::size_t k = 0; k < j; ++k)
                rest -= factor[i * n + k] * factor[j * n + k];
            factor[i * n + j] = i == j ? std::sqrt(rest) : rest / factor[j * n + j];
        }
    }
    return factor;
}

Scored screened_woman(const design::PatientModel& model, const Numbers& numbers, std::size_t woman,
                      std::size_t round, const std::vector<double>& factor) {
    const std::size_t n = model.covariates.size();
    Scored out;
    for (std::size_t c = 0; c < n; ++c) {
        const auto raw = [&](std::size_t j) {
            return numbers.score(Purpose::covariates, woman, round * 256 + j / 4, j % 4);
        };
        double z = raw(c);
        if (!factor.empty()) {
            z = 0;
            for (std::size_t j = 0; j <= c; ++j)
                z += factor[c * n + j] * raw(j);
        }
        out.scores.push_back(z);
        out.values.push_back(design::value_at_score(model.covariates[c].distribution, z));
    }
    return out;
}

bool may_enter(const design::Eligibility& rules, const Woman& values) {
    for (const auto& clause : rules.clauses) {
        bool holds = false;
        for (const design::Feature& feature : clause)
            holds = holds || feature.of(values[feature.covariate]) != 0;
        if (!holds) return false;
    }
    return true;
}

double sum_of(const std::vector<design::Term>& terms, const Woman& values) {
    double sum = 0;
    for (const design::Term& term : terms)
        sum += term.log_odds * term.feature.of(values[term.feature.covariate]);
    return sum;
}

std::size_t stratum_of(const design::PatientModel& model, const Woman& values) {
    std::size_t stratum = 0;
    for (const design::Factor& factor : model.allocation.strata)
        stratum = stratum * factor.levels() + factor.level_of(values[factor.covariate]);
    return stratum;
}

}  // namespace

OneTrial drawn_one_by_one(const design::PatientModel& model, random::StreamKey key,
                          std::int64_t replicate, const std::vector<double>& allotted) {
    const Numbers numbers(key, replicate);
    const std::size_t women = allotted.size();
    const auto factor = cholesky_factor(model.correlation, model.covariates.size());
    OneTrial trial;
    trial.treated = allotted;
    trial.covariates.resize(model.covariates.size());
    trial.biomarkers.resize(model.biomarkers.size());
    std::vector<double> balance(design::strata_of(model.allocation.strata));
    for (std::size_t woman = 0; woman < women; ++woman) {
        Scored drawn;
        for (std::size_t round = 0;; ++round) {
            drawn = screened_woman(model, numbers, woman, round, factor);
            trial.screened += 1;
            if (may_enter(model.eligibility, drawn.values)) break;
        }
        const Woman& values = drawn.values;
        for (std::size_t c = 0; c < values.size(); ++c)
            trial.covariates[c].push_back(values[c]);

        const bool treated = allotted[woman] == 1;
        double& lead = balance[stratum_of(model, values)];
        const double guess = lead < 0 ? 1 : lead > 0 ? 0 : 0.5;
        lead += treated ? 1 : -1;
        trial.correct_guesses += guess == 0.5 ? 0.5 : (guess == 1) == treated ? 1 : 0;

        double g = treated ? 1 : 0;
        if (model.adherence) {
            const auto& [of_treated, of_control, effects] = *model.adherence;
            const double eta = (treated ? of_treated : of_control) + sum_of(effects, values);
            const bool adheres = numbers.event(Purpose::adherence, woman, 0, eta);
            trial.adherent.push_back(adheres ? 1 : 0);
            if (!adheres) g = 1 - g;
        }
        double shared = model.selection_bias * (2 * guess - 1);
        if (women > 1)
            shared += model.time_trend *
                      (static_cast<double>(woman) / static_cast<double>(women - 1) - 0.5);
        if (model.centres) {
            const auto centre = static_cast<std::size_t>(values[model.centres->covariate]);
            shared += model.centres->sd * numbers.score(Purpose::accrual, centre, 0, 0);
        }
        std::size_t passed = 0;
        while (passed < model.stages.size()) {
            const design::Stage& stage = model.stages[passed];
            const double eta = stage.intercept + sum_of(stage.effects, values) + shared +
                               g * (stage.treatment + sum_of(stage.interactions, values));
            if (!numbers.event(Purpose::outcomes, woman, passed, eta)) break;
            ++passed;
        }
        const double event = passed == model.stages.size() ? 1 : 0;
        trial.passed.push_back(static_cast<double>(passed));
        trial.outcome.push_back(event);
        if (model.dropout) {
            const auto& arm = treated ? model.dropout->treated : model.dropout->control;
            const double eta = arm.log_odds + event * arm.outcome_log_odds_ratio +
                               sum_of(model.dropout->effects, values);
            trial.observed.push_back(numbers.event(Purpose::drop_out, woman, 0, eta) ? 0 : 1);
        }
        for (std::size_t k = 0; k < model.biomarkers.size(); ++k) {
            const design::Biomarker& marker = model.biomarkers[k];
            const double r = marker.baseline ? marker.correlation : 0;
            const double z = marker.baseline ? drawn.scores[*marker.baseline] : 0;
            const double e = numbers.score(Purpose::biomarkers, woman / 4, k, woman % 4);
            trial.biomarkers[k].push_back(
                marker.mean + marker.sd * (r * z + std::sqrt(1 - r * r) * e) +
                marker.treatment_shift * g + marker.outcome_shift * event);
        }
    }
    return trial;
}
