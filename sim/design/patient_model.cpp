#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/design/design.hpp>
#include <rsasim/design/patient_model.hpp>

namespace rsasim::design {
namespace {

std::string text_of(double value) {
    return canonical_decimal(value);
}

std::string text_of(const std::vector<double>& values) {
    std::string text;
    for (const double value : values)
        text += text_of(value) + " ";
    return text;
}

std::string text_of(const Feature& f) {
    return fmt::format("x{} {} {} {} {}", f.covariate, static_cast<int>(f.comparison),
                       text_of(f.threshold), text_of(f.centre), text_of(f.unit));
}

std::string text_of(const std::vector<Term>& terms) {
    std::string text;
    for (const Term& term : terms)
        text += fmt::format("[{}: {}]", text_of(term.feature), text_of(term.log_odds));
    return text;
}

std::string text_of(const std::vector<Factor>& factors) {
    std::string text;
    for (const Factor& factor : factors)
        text += fmt::format("[x{}: {}]", factor.covariate, text_of(factor.cuts));
    return text;
}

std::string text_of(const Distribution& d) {
    return fmt::format("{} {} {} {} {} {} {}", static_cast<int>(d.family), text_of(d.first),
                       text_of(d.second), text_of(d.lower), text_of(d.upper), text_of(d.shift),
                       text_of(d.probabilities));
}

std::string text_of(const Eligibility& eligibility) {
    std::string text;
    for (const auto& clause : eligibility.clauses) {
        for (const Feature& feature : clause)
            text += text_of(feature) + " or ";
        text += "and ";
    }
    return text;
}

std::string text_of(const Stage& stage, bool has_free_intercept, bool has_free_treatment) {
    return fmt::format("stage={} {} {} {}\n",
                       has_free_intercept ? "free" : text_of(stage.intercept),
                       has_free_treatment ? "free" : text_of(stage.treatment),
                       text_of(stage.effects), text_of(stage.interactions));
}

/// All stages, then the rates that those which are free have to meet.
std::string text_of(const std::vector<Stage>& stages, const std::vector<TargetRates>& targets) {
    std::string text;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const auto is_free = [&](std::optional<double> TargetRates::*rate) {
            return std::ranges::any_of(targets, [&](const TargetRates& target) {
                return target.free_stage == i && (target.*rate).has_value();
            });
        };
        text += text_of(stages[i], is_free(&TargetRates::control), is_free(&TargetRates::treated));
    }
    const auto rate_text = [](const std::optional<double>& rate) {
        return rate ? text_of(*rate) : "none";
    };
    for (const TargetRates& target : targets) {
        text += fmt::format("target={} {} {} {}\n", target.free_stage, rate_text(target.control),
                            rate_text(target.treated), target.women);
    }
    return text;
}

std::string text_of(const Biomarker& b) {
    return fmt::format("biomarker={} {} {} {} {} {}\n",
                       b.baseline ? fmt::format("x{}", *b.baseline) : "none",
                       text_of(b.correlation), text_of(b.mean), text_of(b.sd),
                       text_of(b.treatment_shift), text_of(b.outcome_shift));
}

std::string text_of(const Allocation& a) {
    return fmt::format("allocation={} {}:{} {} {} {} {} {} {} {}\n", name_of(a.scheme),
                       a.treated_share, a.control_share, fmt::join(a.block_sizes, ","),
                       text_of(a.probability), a.limit, a.urn_start, a.urn_added, text_of(a.strata),
                       text_of(a.weights));
}

std::string text_of(const Dropout& d) {
    return fmt::format("dropout={} {} {} {} {}\n", text_of(d.treated.log_odds),
                       text_of(d.treated.outcome_log_odds_ratio), text_of(d.control.log_odds),
                       text_of(d.control.outcome_log_odds_ratio), text_of(d.effects));
}

std::string text_of(const Adherence& a) {
    return fmt::format("adherence={} {} {}\n", text_of(a.treated_log_odds),
                       text_of(a.control_log_odds), text_of(a.effects));
}

}  // namespace

std::string PatientModel::text() const {
    std::string text;
    for (const Covariate& covariate : covariates)
        text += fmt::format("covariate={}\n", text_of(covariate.distribution));
    text +=
        fmt::format("correlation={}\neligibility={}\n", text_of(correlation), text_of(eligibility));
    if (centres) text += fmt::format("centres=x{} {}\n", centres->covariate, text_of(centres->sd));
    text += text_of(stages, targets);
    for (const Biomarker& biomarker : biomarkers)
        text += text_of(biomarker);
    text += text_of(allocation);
    if (dropout) text += text_of(*dropout);
    if (adherence) text += text_of(*adherence);
    return text + fmt::format("time_trend={}\nselection_bias={}\n", text_of(time_trend),
                              text_of(selection_bias));
}

}  // namespace rsasim::design
