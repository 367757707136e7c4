#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace rsasim::design {

enum class Family {
    normal,             ///< mean, standard deviation
    log_normal,         ///< mean and standard deviation of the logarithm
    gamma,              ///< shape, rate
    beta,               ///< two shapes
    uniform,            ///< lower, upper end
    poisson,            ///< mean
    negative_binomial,  ///< mean, size: variance = mean + mean^2 / size
    binary,             ///< probability of 1
    categorical,        ///< probabilities of the levels 0, 1, ...
};

/// True for the families whose values are whole numbers.
constexpr bool is_discrete(Family family) {
    return family >= Family::poisson;
}

/// The distribution of a covariate among all women, before eligibility.
struct Distribution {
    Family family = Family::normal;
    double first = 0;   ///< the family's first parameter
    double second = 1;  ///< and its second, where it has one
    /// Truncation: values outside [lower, upper] do not occur. Before the shift.
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    double shift = 0;                     ///< added to counts: prior losses from 3 up
    std::vector<double> probabilities{};  ///< of a categorical covariate; sum 1
    bool operator==(const Distribution&) const = default;
};

/// A property of a woman before randomisation.
struct Covariate {
    std::string name;
    Distribution distribution;
    std::vector<std::string> levels;  ///< names of the levels of a categorical covariate
    bool operator==(const Covariate&) const = default;
};

enum class Comparison { none, above, at_least, below, at_most, equal };

/// A number made from one covariate: its value counted from `centre` in steps of `unit`, or 1 where
/// a comparison with the threshold holds and 0 elsewhere.
struct Feature {
    std::size_t covariate = 0;
    Comparison comparison = Comparison::none;
    double threshold = 0;
    double centre = 0;
    double unit = 1;
    std::string label;  ///< as in the scenario: "age", "il33_st2 > 1.2", "race = B"

    [[nodiscard]] double of(double value) const {
        switch (comparison) {
            case Comparison::none:
                return (value - centre) / unit;
            case Comparison::above:
                return value > threshold ? 1 : 0;
            case Comparison::at_least:
                return value >= threshold ? 1 : 0;
            case Comparison::below:
                return value < threshold ? 1 : 0;
            case Comparison::at_most:
                return value <= threshold ? 1 : 0;
            case Comparison::equal:
                return value == threshold ? 1 : 0;
        }
        return 0;
    }
    bool operator==(const Feature&) const = default;
};

/// A covariate cut into levels: the level of a value is the number of cuts at or below it.
struct Factor {
    std::size_t covariate = 0;
    std::vector<double> cuts;  ///< ascending
    std::string label;

    [[nodiscard]] std::size_t levels() const { return cuts.size() + 1; }
    [[nodiscard]] std::size_t level_of(double value) const {
        std::size_t level = 0;
        while (level < cuts.size() && value >= cuts[level])
            ++level;
        return level;
    }
    bool operator==(const Factor&) const = default;
};

/// The number of strata that factors span, 1 for none.
std::size_t strata_of(const std::vector<Factor>& factors);

/// Who may enter: every clause holds, and a clause holds where any of its comparisons does.
struct Eligibility {
    std::vector<std::vector<Feature>> clauses;
    bool operator==(const Eligibility&) const = default;
};

}  // namespace rsasim::design
