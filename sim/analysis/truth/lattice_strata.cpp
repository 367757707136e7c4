#include "lattice_strata.hpp"

#include "score_piece.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <rsasim/design/covariate_distribution.hpp>

namespace rsasim::analysis {
namespace {

constexpr std::size_t most_boxes = 32;
constexpr std::size_t most_divided_values = 4;

/// A piece of one covariate with a value in it, for which comparisons are what they are throughout.
struct Part {
    ScoreRange range;
    double value;
};

std::vector<Part> parts_of(const design::Distribution& distribution, const CovariateUse& use) {
    std::vector<Part> parts;
    if (design::is_discrete(distribution.family)) {
        const design::DiscreteSteps steps = design::discrete_steps(distribution);
        CovariateUse divided = use;
        if (steps.values.size() <= most_divided_values) divided.cuts = steps.values;
        for (const ScorePiece& piece : discrete_pieces(steps.values, steps.scores, divided))
            parts.push_back({{piece.lower, piece.upper}, piece.values.front()});
        return parts;
    }
    for (const ScorePiece& piece : continuous_pieces(distribution, use)) {
        const double middle = (piece.finite_lower() + piece.finite_upper()) / 2;
        parts.push_back({{piece.lower, piece.upper}, design::value_at_score(distribution, middle)});
    }
    return parts;
}

/// A box so far, with the values of the covariates that are divided.
struct Open {
    ScoreBox box;
    std::map<std::size_t, double> values;
};

bool may_be_eligible(const design::Eligibility& eligibility, const Open& open) {
    const auto may_hold = [&](const design::Feature& feature) {
        const auto value = open.values.find(feature.covariate);
        return value == open.values.end() || feature.of(value->second) != 0;
    };
    return std::ranges::all_of(eligibility.clauses, [&](const auto& clause) {
        return std::ranges::any_of(clause, may_hold);
    });
}

/// Every box divided by the parts of one covariate.
std::vector<Open> divided(const std::vector<Open>& boxes, std::size_t slot, std::size_t covariate,
                          const std::vector<Part>& parts, const design::Eligibility& eligibility) {
    std::vector<Open> result;
    for (const Open& open : boxes) {
        for (const Part& part : parts) {
            Open next = open;
            next.box[slot] = part.range;
            next.values[covariate] = part.value;
            if (may_be_eligible(eligibility, next)) result.push_back(std::move(next));
        }
    }
    return result;
}

/// True where the values of a discrete covariate make steps that nothing divides.
bool has_steps(const design::Distribution& distribution, const CovariateUse& use) {
    return design::is_discrete(distribution.family) && use.is_smooth() &&
           design::discrete_steps(distribution).values.size() > most_divided_values;
}

bool is_read_by(const design::Eligibility& eligibility, std::size_t covariate) {
    return std::ranges::any_of(eligibility.clauses, [&](const auto& clause) {
        return std::ranges::any_of(
            clause, [&](const design::Feature& f) { return f.covariate == covariate; });
    });
}

}  // namespace

LatticeStrata lattice_strata(const design::PatientModel& model,
                             const std::vector<CovariateUse>& uses) {
    LatticeStrata strata;
    std::vector<Open> boxes{{ScoreBox(uses.size()), {}}};
    for (const bool decides : {true, false}) {  // eligibility first: it leaves boxes out
        for (std::size_t slot = 0; slot < uses.size(); ++slot) {
            const std::size_t covariate = uses[slot].covariate;
            if (is_read_by(model.eligibility, covariate) != decides) continue;
            const auto parts = parts_of(model.covariates[covariate].distribution, uses[slot]);
            const bool is_divisible = boxes.size() * parts.size() <= most_boxes;
            if (!is_divisible || has_steps(model.covariates[covariate].distribution, uses[slot]))
                strata.have_jumps = true;
            if (is_divisible && parts.size() > 1)
                boxes = divided(boxes, slot, covariate, parts, model.eligibility);
        }
    }
    for (Open& open : boxes)
        strata.boxes.push_back(std::move(open.box));
    return strata;
}

}  // namespace rsasim::analysis
