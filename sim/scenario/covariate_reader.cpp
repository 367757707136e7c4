#include "patient_covariates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include <fmt/format.h>

#include <rsasim/design/covariate_distribution.hpp>

namespace rsasim::scenario {
namespace {

using design::Distribution;
using design::Family;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What a family's parameters are called, and where its values lie.
struct FamilyRow {
    std::string_view word;
    Family family;
    std::string_view first{};
    std::string_view second{};
    double lowest = -infinity;
    double highest = infinity;

    [[nodiscard]] bool has_levels() const {
        return family == Family::binary || family == Family::categorical;
    }
    [[nodiscard]] bool is_count() const {
        return family == Family::poisson || family == Family::negative_binomial;
    }
    [[nodiscard]] bool may_have(std::string_view key) const {
        if (key == first || key == second) return true;
        if (key == "levels") return family == Family::categorical;
        if (key == "shift") return is_count();
        if (key == "centre" || key == "unit") return family != Family::categorical;
        if (key == "lower" || key == "upper" || key == "cuts") return !has_levels();
        return key == "distribution";
    }
};

constexpr std::array families{
    FamilyRow{"normal", Family::normal, "mean", "sd"},
    FamilyRow{"log-normal", Family::log_normal, "mean_log", "sd_log", 0},
    FamilyRow{"gamma", Family::gamma, "shape", "rate", 0},
    FamilyRow{"beta", Family::beta, "shape1", "shape2", 0, 1},
    FamilyRow{"uniform", Family::uniform, "lower", "upper"},
    FamilyRow{"poisson", Family::poisson, "mean", "", 0},
    FamilyRow{"negative-binomial", Family::negative_binomial, "mean", "size", 0},
    FamilyRow{"binary", Family::binary, "probability", ""},
    FamilyRow{"categorical", Family::categorical, "probabilities", ""}};

/// Reads one [[covariate]].
class CovariateReader {
  public:
    CovariateReader(const CellReader& cell, const NamedEntry& entry)
        : cell_(cell), entry_(entry), prefix_(fmt::format("covariate.{}.", entry.name)) {}

    CovariateEntry read() {
        CovariateEntry result;
        result.covariate.name = entry_.name;
        if (!cell_.has(path("distribution"))) {
            add_missing("distribution", "Write distribution = \"normal\", with its mean and sd.");
            return result;
        }
        const FamilyRow& family =
            *std::ranges::find(families, cell_.text(path("distribution")), &FamilyRow::word);
        result.covariate.distribution.family = family.family;
        check_keys(family);
        read_parameters(family, result.covariate.distribution);
        if (family.family == Family::categorical) read_levels(result.covariate);
        read_ends(family, result.covariate.distribution);
        result.centre = cell_.number(path("centre")).value_or(0);
        result.unit = cell_.number(path("unit")).value_or(1);
        read_cuts(result.cuts);
        return result;
    }

  private:
    [[nodiscard]] std::string path(std::string_view key) const {
        return prefix_ + std::string(key);
    }

    void add_missing(std::string_view key, std::string_view remedy) {
        cell_.fault_at(entry_.place, fmt::format("{} is needed. {}", path(key), remedy));
    }

    /// With a swept distribution each key is for some of them.
    void check_keys(const FamilyRow& family) {
        if (cell_.settings().constant(path("distribution")) == nullptr) return;
        for (const KeyRow* row : cell_.vocabulary().rows()) {
            if (!row->path.starts_with(prefix_) || !cell_.has(row->path)) continue;
            const auto key = row->last_part();
            if (family.may_have(key)) continue;
            cell_.fault(row->path,
                        fmt::format("a {} covariate has no {}. Its parameters are {}. Remove the "
                                    "key.",
                                    family.word, key, parameters_of(family)));
        }
    }

    static std::string parameters_of(const FamilyRow& family) {
        if (family.second.empty()) return std::string(family.first);
        return fmt::format("{} and {}", family.first, family.second);
    }

    void read_parameters(const FamilyRow& family, Distribution& distribution) {
        if (family.family == Family::categorical) {
            distribution.probabilities = cell_.numbers(path("probabilities"));
            if (!cell_.has(path("probabilities"))) {
                add_missing("probabilities", "Write probabilities = [0.5, 0.3, 0.2].");
            }
            return;
        }
        distribution.first = parameter(family, family.first);
        if (!family.second.empty()) distribution.second = parameter(family, family.second);
        if (family.is_count() && distribution.first <= 0 && cell_.has(path("mean"))) {
            cell_.fault(path("mean"),
                        "the mean of a count lies above 0. Give such a number; shift "
                        "moves the counts.");
        }
    }

    double parameter(const FamilyRow& family, std::string_view key) {
        if (const auto number = cell_.number(path(key))) return *number;
        add_missing(key, fmt::format("A {} covariate has {}.", family.word, parameters_of(family)));
        return 1;
    }

    void read_levels(design::Covariate& covariate) {
        const auto& probabilities = covariate.distribution.probabilities;
        if (probabilities.empty()) return;
        double sum = 0;
        for (const double probability : probabilities)
            sum += probability;
        if (probabilities.size() < 2 || !(std::abs(sum - 1) <= sum_slack)) {
            cell_.fault(path("probabilities"),
                        fmt::format("two or more probabilities that add up to 1 are needed, these "
                                    "add up to {:.6g}. Correct them.",
                                    sum));
        }
        covariate.levels = cell_.texts(path("levels"));
        if (covariate.levels.empty()) {
            for (std::size_t level = 1; level <= probabilities.size(); ++level)
                covariate.levels.push_back(fmt::format("{}", level));
        } else {
            check_levels(covariate.levels, probabilities.size());
        }
    }

    void check_levels(const std::vector<std::string>& levels, std::size_t needed) {
        std::set<std::string> seen;
        for (const std::string& level : levels) {
            const bool is_plain = canonical_condition("x = " + level) == "x = " + level &&
                                  level.find_first_of("<>=\"") == std::string::npos;
            if (is_plain && !level.empty() && seen.insert(level).second) continue;
            cell_.fault(path("levels"),
                        fmt::format("{} is no name of a level, or stands twice. Give each level "
                                    "its own name, without <, > and =.",
                                    quoted(shortened(level))));
            return;
        }
        if (levels.size() != needed) {
            cell_.fault(path("levels"), fmt::format("{} names are needed, one for each of the "
                                                    "probabilities. Correct the list.",
                                                    needed));
        }
    }

    void read_ends(const FamilyRow& family, Distribution& distribution) {
        const auto lower = cell_.number(path("lower")), upper = cell_.number(path("upper"));
        const std::string upper_path = path("upper");
        if (lower && upper && !(*lower < *upper)) {
            cell_.fault(upper_path, fmt::format("the upper end lies above the lower one, {}. "
                                                "Correct them.",
                                                number_text(*lower)));
            return;
        }
        if (family.is_count()) {
            distribution.shift = static_cast<double>(cell_.whole(path("shift")).value_or(0));
        }
        if (family.family == Family::uniform || family.has_levels()) return;
        distribution.lower = lower.value_or(-infinity);
        distribution.upper = upper.value_or(infinity);
        if (family.is_count()) {
            check_count(family, distribution);
        } else if (lower || upper) {
            check_truncation(family, distribution);
        }
    }

    void refuse_ends(const FamilyRow& family, double highest) {
        const auto upper = cell_.number(path("upper"));
        const bool is_low = upper && *upper <= highest;
        cell_.fault(
            path(is_low || !cell_.has(path("lower")) ? "upper" : "lower"),
            fmt::format("a {} covariate has no values there. Widen its ends{}.", family.word,
                        family.is_count() ? ", which are before the shift" : ""));
    }

    /// Counts are tabled: they have a value between their ends, and not too many.
    void check_count(const FamilyRow& family, const Distribution& distribution) {
        constexpr double most_sds = 8, largest_sd = 1e5;
        const double mean = distribution.first;
        const bool is_poisson = family.family == Family::poisson;
        const double sd = std::sqrt(is_poisson ? mean : mean + mean * mean / distribution.second);
        if (mean > 0 && !(sd <= largest_sd)) {
            cell_.fault(path("mean"),
                        "these counts spread over too many values: the standard "
                        "deviation is at most 100,000. Count in larger steps.");
        }
        if (!(mean > 0 && sd <= largest_sd)) return;
        const double least = std::ceil(std::max(distribution.lower, 0.0));
        const double most = std::floor(distribution.upper);
        const bool has_values =
            least <= most && least <= mean + most_sds * (sd + 1) && most >= mean - most_sds * sd;
        if (!has_values) refuse_ends(family, 0);
    }

    /// Ends between which a continuous distribution has next to nothing.
    void check_truncation(const FamilyRow& family, const Distribution& truncated) {
        constexpr double least_share = 1e-9;
        Distribution whole = truncated;
        whole.lower = -infinity;
        whole.upper = infinity;
        const auto score = [&](double value) {
            if (value <= family.lowest) return -infinity;
            return value >= family.highest ? infinity : design::score_of(whole, value);
        };
        const double low = score(truncated.lower), high = score(truncated.upper);
        // Differences of tails on the side where they are small.
        const auto tail = [](double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); };
        const double share = low > 0 ? tail(low) - tail(high) : tail(-high) - tail(-low);
        if (!(share >= least_share)) refuse_ends(family, family.lowest);
    }

    void read_cuts(std::vector<double>& cuts) {
        cuts = cell_.numbers(path("cuts"));
        if (std::ranges::adjacent_find(cuts, std::greater_equal{}) == cuts.end()) return;
        cell_.fault(path("cuts"), "cuts rise from each to the next. Sort them.");
    }

    const CellReader& cell_;
    const NamedEntry& entry_;
    std::string prefix_;
};

}  // namespace

CovariateEntry read_covariate(const CellReader& cell, const NamedEntry& entry) {
    return CovariateReader(cell, entry).read();
}

}  // namespace rsasim::scenario
