#include "patient/trial_data.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace patient {

using namespace rsasim;

namespace {

design::Column column_of(std::size_t women, const std::vector<TrialData>& trials,
                         const Numbers& (*pick)(const TrialData&, std::size_t), std::size_t which,
                         double filling) {
    design::Column column(women * design::lanes, filling);
    for (std::size_t lane = 0; lane < trials.size(); ++lane) {
        const Numbers& numbers = pick(trials[lane], which);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            column[i * design::lanes + lane] = numbers[i];
    }
    return column;
}

const Numbers& treated_of(const TrialData& trial, std::size_t) {
    return trial.treated;
}
const Numbers& outcome_of(const TrialData& trial, std::size_t) {
    return trial.outcome;
}
const Numbers& weight_of(const TrialData& trial, std::size_t) {
    return trial.weight;
}
const Numbers& feature_of(const TrialData& trial, std::size_t) {
    return trial.feature;
}
const Numbers& adjust_of(const TrialData& trial, std::size_t which) {
    return trial.adjust[which];
}

}  // namespace

Batch::Batch(const std::vector<TrialData>& trials) {
    std::size_t women = 0;
    bool is_weighted = false;
    for (const TrialData& trial : trials) {
        women = std::max(women, trial.treated.size());
        is_weighted = is_weighted || !trial.weight.empty() || trial.treated.size() < women ||
                      trial.treated.size() != trials.front().treated.size();
    }
    const double nonsense = std::numeric_limits<double>::quiet_NaN();
    treated_ = column_of(women, trials, treated_of, 0, nonsense);
    outcome_ = column_of(women, trials, outcome_of, 0, nonsense);
    columns_.women = women;
    columns_.live = trials.size();
    columns_.treated = treated_.data();
    columns_.outcome = outcome_.data();
    if (is_weighted) {
        std::vector<TrialData> weighted = trials;
        for (TrialData& trial : weighted) {
            if (trial.weight.empty()) trial.weight.assign(trial.treated.size(), 1);
        }
        weight_ = column_of(women, weighted, weight_of, 0, 0);
        columns_.weight = weight_.data();
    }
    for (std::size_t j = 0; j < trials.front().adjust.size(); ++j)
        adjust_.push_back(column_of(women, trials, adjust_of, j, nonsense));
    for (const auto& column : adjust_)
        columns_.adjust.push_back(column.data());
    if (!trials.front().feature.empty()) {
        feature_ = column_of(women, trials, feature_of, 0, nonsense);
        columns_.interaction = feature_.data();
    }
}

std::vector<std::vector<Finding>> find_all(PatientFamily family, const std::vector<Asked>& asked,
                                           const std::vector<TrialData>& trials,
                                           design::Effect null, double confidence) {
    const Batch batch(trials);
    std::vector<design::PatientChoice> choices;
    for (const Asked& one : asked) {
        design::PatientChoice choice;
        choice.id = one.id;
        choice.measure = one.measure;
        choices.push_back(choice);
    }
    analysis::PatientSetting setting;
    setting.women = batch.columns().women;
    setting.adjusting = batch.adjusting();
    setting.confidence = confidence;
    setting.null = null;
    std::vector<Finding> findings(asked.size() * design::lanes);
    analysis::prepare_family(family, choices, setting)->analyse(batch.columns(), findings);
    std::vector<std::vector<Finding>> by_trial(trials.size());
    for (std::size_t lane = 0; lane < trials.size(); ++lane) {
        for (std::size_t k = 0; k < asked.size(); ++k)
            by_trial[lane].push_back(findings[k * design::lanes + lane]);
    }
    return by_trial;
}

Finding find(PatientFamily family, const Asked& asked, const TrialData& trial,
             design::Effect null) {
    return find_all(family, {asked}, {trial}, null)[0][0];
}

TrialData trial_of(int a, int b, int c, int d) {
    TrialData trial;
    const auto add = [&](int women, double treated, double outcome) {
        for (int i = 0; i < women; ++i) {
            trial.treated.push_back(treated);
            trial.outcome.push_back(outcome);
        }
    };
    add(a, 1, 1);
    add(b, 1, 0);
    add(c, 0, 1);
    add(d, 0, 0);
    return trial;
}

namespace {

std::vector<Numbers> embedded(const std::string& data_set, const std::vector<std::string>& names) {
    std::ifstream file(RSASIM_REFERENCE_DIR "/reference.json");
    const auto json = nlohmann::json::parse(file);
    std::vector<Numbers> columns;
    for (const std::string& name : names)
        columns.push_back(json.at("datasets").at(data_set).at("columns").at(name).get<Numbers>());
    return columns;
}

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');) {
        std::erase(field, '"');
        std::erase(field, '\r');
        fields.push_back(field);
    }
    return fields;
}

}  // namespace

std::vector<Numbers> data_columns(const std::string& data_set,
                                  const std::vector<std::string>& names) {
    if (data_set.find(".csv") == std::string::npos) return embedded(data_set, names);
    std::ifstream file(RSASIM_REFERENCE_DIR "/data/" + data_set);
    std::string line;
    if (!std::getline(file, line)) throw std::runtime_error("cannot read " + data_set);
    const std::vector<std::string> header = fields_of(line);
    std::vector<Numbers> columns(names.size());
    while (std::getline(file, line)) {
        const std::vector<std::string> fields = fields_of(line);
        Numbers row;
        for (const std::string& name : names) {
            const auto place = std::ranges::find(header, name) - header.begin();
            const std::string& field = fields.at(static_cast<std::size_t>(place));
            if (field != "NA" && !field.empty()) row.push_back(std::stod(field));
        }
        if (row.size() < names.size()) continue;
        for (std::size_t j = 0; j < names.size(); ++j)
            columns[j].push_back(row[j]);
    }
    return columns;
}

TrialData random_trial(unsigned seed, std::size_t women) {
    std::mt19937_64 engine(seed);
    const auto uniform = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    TrialData trial;
    trial.adjust.resize(3);
    for (std::size_t i = 0; i < women; ++i) {
        const double age = 20 + 20 * uniform(), marker = uniform() + uniform() + uniform();
        const double losses = uniform() < 0.4 ? 1 : 0;
        const double treated = uniform() < 0.5 ? 1 : 0;
        const double logit =
            0.8 * treated - 0.06 * (age - 30) + 0.5 * (marker - 1.5) + 0.4 * losses;
        trial.adjust[0].push_back(age);
        trial.adjust[1].push_back(marker);
        trial.adjust[2].push_back(losses);
        trial.treated.push_back(treated);
        trial.outcome.push_back(uniform() < 1 / (1 + std::exp(-logit)) ? 1 : 0);
    }
    return trial;
}

}  // namespace patient
