#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/analysis/patient_methods.hpp>

/// Trials typed by hand, one a lane, and what a family finds about them.
namespace patient {

namespace analysis = rsasim::analysis;
namespace design = rsasim::design;

struct Woman {
    double treated = 0;
    double outcome = 0;
    double stratum = 0;
    double y = 0;  ///< a biomarker
    double x = 0;  ///< and its baseline
    double weight = 1;
};

using Trial = std::vector<Woman>;

/// a, b, c, d: treated events and non-events, control events and non-events.
using Stratum = std::array<int, 4>;

/// The women of 2x2 tables, arms and strata mixed.
inline Trial trial_of(const std::vector<Stratum>& strata) {
    Trial trial;
    for (std::size_t cell = 0; cell < 4; ++cell) {
        for (std::size_t stratum = 0; stratum < strata.size(); ++stratum) {
            Woman woman;
            woman.treated = cell < 2 ? 1 : 0;
            woman.outcome = cell % 2 == 0 ? 1 : 0;
            woman.stratum = static_cast<double>(stratum);
            trial.insert(trial.end(), static_cast<std::size_t>(strata[stratum][cell]), woman);
        }
    }
    return trial;
}

/// Up to 8 trials as columns; shorter ones are filled up with women of weight 0.
class Lanes {
  public:
    explicit Lanes(const std::vector<Trial>& trials, bool has_baseline = true) {
        columns_.live = trials.size();
        for (const Trial& trial : trials)
            columns_.women = std::max(columns_.women, trial.size());
        for (auto* column : {&treated_, &outcome_, &stratum_, &y_, &x_, &weight_})
            column->assign(columns_.women * design::lanes, 0.0);
        for (std::size_t lane = 0; lane < trials.size(); ++lane) {
            for (std::size_t i = 0; i < trials[lane].size(); ++i)
                put(trials[lane][i], i * design::lanes + lane);
        }
        columns_.treated = treated_.data();
        columns_.outcome = outcome_.data();
        columns_.stratum = stratum_.data();
        columns_.weight = weight_.data();
        columns_.biomarkers = {y_.data()};
        columns_.baselines = {has_baseline ? x_.data() : nullptr};
    }
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    [[nodiscard]] const design::PatientColumns& columns() const { return columns_; }

  private:
    void put(const Woman& woman, std::size_t i) {
        treated_[i] = woman.treated;
        outcome_[i] = woman.outcome;
        stratum_[i] = woman.stratum;
        y_[i] = woman.y;
        x_[i] = woman.x;
        weight_[i] = woman.weight;
    }

    design::Column treated_, outcome_, stratum_, y_, x_, weight_;
    design::PatientColumns columns_;
};

inline design::PatientChoice choice(const std::string& id, std::optional<design::Measure> measure) {
    design::PatientChoice chosen;
    chosen.id = chosen.label = id;
    chosen.measure = measure;
    chosen.endpoint = 0;
    return chosen;
}

/// Findings by lane of one choice, whose row gives the family.
inline std::vector<analysis::Finding> analyse(const Lanes& lanes,
                                              const design::PatientChoice& chosen,
                                              analysis::PatientSetting setting = {}) {
    setting.women = lanes.columns().women;
    setting.strata = setting.strata == 1 ? 16 : setting.strata;
    const auto* row = analysis::find_patient_method(chosen.id, chosen.measure);
    if (row == nullptr) throw std::invalid_argument(chosen.id);
    const auto prepared = analysis::prepare_family(row->family, {&chosen, 1}, setting);
    std::vector<analysis::Finding> findings(design::lanes);
    prepared->analyse(lanes.columns(), findings);
    findings.resize(lanes.columns().live);
    return findings;
}

inline analysis::Finding analyse(const Trial& trial, const design::PatientChoice& chosen,
                                 const analysis::PatientSetting& setting = {}) {
    return analyse(Lanes({trial}), chosen, setting).front();
}

}  // namespace patient
