#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/resample/resampling.hpp>

/// Trials with missing outcomes, one a lane.
namespace missing_trials {

namespace analysis = rsasim::analysis;
namespace design = rsasim::design;
namespace resample = rsasim::resample;

struct Woman {
    double treated = 0;
    double outcome = 0;
    double feature = 0;
    bool is_missing = false;
};

using Trial = std::vector<Woman>;

/// Trials of the same size in the lanes.
class Lanes {
  public:
    explicit Lanes(const std::vector<Trial>& trials) {
        columns_.live = trials.size();
        columns_.women = trials.front().size();
        for (auto* column : {&treated_, &outcome_, &feature_, &weight_, &missing_})
            column->assign(columns_.women * design::lanes, 0.0);
        for (std::size_t lane = 0; lane < trials.size(); ++lane)
            set(lane, trials[lane]);
        columns_.treated = treated_.data();
        columns_.outcome = outcome_.data();
        columns_.weight = weight_.data();
        columns_.missing = missing_.data();
        columns_.adjust = {feature_.data()};
    }
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    void set(std::size_t lane, const Trial& trial) {
        for (std::size_t woman = 0; woman < trial.size(); ++woman) {
            const std::size_t i = woman * design::lanes + lane;
            treated_[i] = trial[woman].treated;
            outcome_[i] = trial[woman].outcome;
            feature_[i] = trial[woman].feature;
            weight_[i] = trial[woman].is_missing ? 0 : 1;
            missing_[i] = trial[woman].is_missing ? 1 : 0;
        }
    }
    [[nodiscard]] const design::PatientColumns& columns() const { return columns_; }

  private:
    design::Column treated_, outcome_, feature_, weight_, missing_;
    design::PatientColumns columns_;
};

inline design::PatientChoice choice(const std::string& id, std::optional<design::Measure> measure) {
    design::PatientChoice chosen;
    chosen.id = chosen.label = id;
    chosen.measure = measure;
    return chosen;
}

inline const auto woolf = choice("woolf", design::Measure::odds_ratio);
inline const auto gart = choice("gart", design::Measure::odds_ratio);
inline const auto mantel_haenszel =
    choice("mantel-haenszel", design::Measure::conditional_odds_ratio);

inline analysis::PatientSetting setting_of(const Lanes& lanes, std::size_t adjusting) {
    analysis::PatientSetting setting;
    setting.women = lanes.columns().women;
    setting.adjusting = adjusting;
    return setting;
}

/// The columns with so many of the features.
inline design::PatientColumns columns_of(const Lanes& lanes, std::size_t adjusting) {
    design::PatientColumns columns = lanes.columns();
    columns.adjust.resize(adjusting);
    return columns;
}

/// Findings of one choice by lane.
inline std::vector<analysis::Finding> impute(const Lanes& lanes,
                                             const design::PatientChoice& chosen,
                                             std::size_t adjusting,
                                             const resample::ImputationPlan& plan = {},
                                             std::int64_t first_replicate = 0) {
    const auto prepared =
        resample::prepare_imputation({&chosen, 1}, setting_of(lanes, adjusting), plan);
    std::vector<analysis::Finding> findings(design::lanes);
    prepared->analyse(columns_of(lanes, adjusting),
                      {rsasim::random::stream_key(11), first_replicate}, findings);
    findings.resize(lanes.columns().live);
    return findings;
}

/// 44 women in control, 40 treated; z = (17 i mod 23) / 10 - 1 with i from 0 in each arm, event
/// where (29 i + 7 arm) mod 31 < 14 + 5 arm - 6 z, missing where i mod 5 = 2 arm.
inline Trial formula_trial() {
    Trial trial;
    for (int arm = 0; arm < 2; ++arm) {
        for (int i = 0; i < (arm == 0 ? 44 : 40); ++i) {
            const double z = 17 * i % 23 / 10.0 - 1;
            const bool event = (29 * i + 7 * arm) % 31 < 14 + 5 * arm - 6 * z;
            trial.push_back({static_cast<double>(arm), event ? 1.0 : 0.0, z, i % 5 == 2 * arm});
        }
    }
    return trial;
}

}  // namespace missing_trials
