#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/design/allocation.hpp>
#include <rsasim/design/conduct.hpp>
#include <rsasim/design/covariate.hpp>
#include <rsasim/design/pathway.hpp>

namespace rsasim::design {

/// The trial as women, not counts. Valid by construction of the scenario's reader: indices exist,
/// distributions are proper, the correlation matrix is positive definite.
struct PatientModel {
    std::vector<Covariate> covariates;
    /// Of the normal scores of the covariates (Gaussian copula), row by row; empty: independent.
    std::vector<double> correlation;
    Eligibility eligibility;
    std::optional<Centres> centres;
    std::vector<Stage> stages;         ///< at least one; the primary outcome is that all are passed
    std::vector<TargetRates> targets;  ///< what stages are solved for, one after the other
    std::vector<Biomarker> biomarkers;
    Allocation allocation;
    std::optional<Dropout> dropout;
    std::optional<Adherence> adherence;
    /// Added to the log odds of every stage: trend * (entry / (women - 1) - 1/2), entry from 0.
    double time_trend = 0;
    /// Where not 0, an investigator guesses the arm that has fewer women so far and enrols a woman
    /// with this added to the log odds of every stage where she guesses treated, subtracted where
    /// she guesses control (Blackwell & Hodges 1957, convergence strategy; within strata where the
    /// scheme has them).
    double selection_bias = 0;

    bool operator==(const PatientModel&) const = default;
    /// Names the model and nothing else, in canonical decimal. What is solved for is named by the
    /// rates it has to meet, so that a model has the same text before and after.
    [[nodiscard]] std::string text() const;
};

}  // namespace rsasim::design
