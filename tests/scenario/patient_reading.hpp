#pragma once

#include "read_with.hpp"
#include "reading.hpp"

#include <cmath>
#include <initializer_list>
#include <string>
#include <vector>

namespace rsasim::scenario::test {

/// Truths that cost nothing: the free stage takes the rates as if features were 0.
inline TruthSource quick_truths() {
    const auto logit = [](double p) { return std::log(p / (1 - p)); };
    TruthSource source;
    source.calibrated = [logit](design::PatientModel model) {
        for (const design::TargetRates& targets : model.targets) {
            design::Stage& stage = model.stages.at(targets.free_stage);
            if (targets.control) stage.intercept = logit(*targets.control);
            if (targets.treated) stage.treatment = logit(*targets.treated) - stage.intercept;
        }
        return model;
    };
    source.truth_of = [](const design::PatientModel&, design::ArmSizes,
                         const design::PatientPlan& plan) {
        design::PatientTruth truth;
        truth.rates = {0.8, 0.6};
        truth.methods.resize(plan.methods.size());
        return truth;
    };
    return source;
}

inline Scenario read_women(const std::string& text, std::initializer_list<FlagSetting> flags = {},
                           const TruthSource& source = quick_truths()) {
    const std::vector<FlagSetting> list(flags);
    return read_scenario_with(SourceText{"rsa.toml", text}, list, source);
}

inline std::vector<std::string> faults_of_women(const std::string& text,
                                                std::initializer_list<FlagSetting> flags = {},
                                                const TruthSource& source = quick_truths()) {
    try {
        read_women(text, flags, source);
    } catch (const InputErrors& errors) {
        return errors.messages();
    }
    return {};
}

/// The scenarios of the patient level that are shipped.
inline std::vector<std::string> shipped_women() {
    const std::string folder = std::string(RSASIM_SOURCE_DIR) + "/scenarios/";
    return {folder + "tacrolimus-patients.toml", folder + "biomarker-enrichment.toml",
            folder + "dropout-sensitivity.toml", folder + "allocation-schemes.toml"};
}

}  // namespace rsasim::scenario::test
