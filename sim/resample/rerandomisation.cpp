#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include <rsasim/random/address.hpp>
#include <rsasim/resample/resampling.hpp>

namespace rsasim::resample {
namespace {

using analysis::Finding;
using design::lanes;

constexpr double default_draws = 999;

/// Differences this close are ties: relative as for all statistics, and absolute for differences
/// that are 0 but for rounding.
constexpr double relative_tie = 1e-9;
constexpr double absolute_tie = 1e-12;

using Lanes = std::array<double, lanes>;

/// Draws at which a statistic was at least as extreme as the observed one.
struct Reached {
    std::int64_t two_sided = 0;
    std::int64_t greater = 0;
    std::int64_t less = 0;
};

std::uint32_t draws_of(const design::PatientChoice& choice) {
    if (choice.id != "rerandomisation") {
        throw std::invalid_argument(
            fmt::format("prepare_rerandomisation: \"{}\" is another method", choice.id));
    }
    const auto option = choice.options.find("draws");
    const double draws = option == choice.options.end() ? default_draws : option->second;
    if (!(draws >= 1 && draws <= random::draws_per_address) || draws != std::floor(draws)) {
        throw std::invalid_argument(
            fmt::format("rerandomisation: draws = {}: must be a whole number from 1 to {}", draws,
                        random::draws_per_address));
    }
    return static_cast<std::uint32_t>(draws);
}

/// P = (1 + reached) / (1 + draws): the trial's own allocation is one of them, so that the test
/// keeps its level at any number of draws.
Finding finding_of(double observed, const Reached& reached, std::uint32_t draws) {
    Finding finding;
    finding.statistic = observed;
    if (std::isnan(observed)) {
        finding.status = analysis::Status::degenerate;
        return finding;
    }
    const auto share = [draws](std::int64_t count) {
        return static_cast<double>(1 + count) / (1.0 + draws);
    };
    finding.status = analysis::Status::ok;
    finding.p_value = {share(reached.two_sided), share(reached.greater), share(reached.less)};
    return finding;
}

class Rerandomisation final : public ResamplingAnalysis {
  public:
    Rerandomisation(std::span<const design::PatientChoice> choices, std::size_t women,
                    const design::Design& design)
        : scheme_(replicate::make_scheme(design.patients()->allocation, design.sizes())),
          events_(women * lanes),
          weights_(women * lanes),
          treated_(women * lanes) {
        for (const design::PatientChoice& choice : choices)
            draws_.push_back(draws_of(choice));
        if (!draws_.empty()) most_draws_ = *std::max_element(draws_.begin(), draws_.end());
    }

    void analyse(const design::PatientColumns& columns, const DrawPlace& place,
                 std::span<Finding> findings) override {
        take(columns);
        task_.key = place.key;
        task_.first_replicate = place.first_replicate;
        task_.live = columns.live;
        task_.women = columns.women;
        task_.purpose = random::Purpose::rerandomisation;
        task_.levels.assign(columns.allocation_levels.begin(), columns.allocation_levels.end());
        const Lanes observed = differences(columns.treated);
        std::array<Reached, lanes> reached{};
        for (std::uint32_t draw = 0; draw < most_draws_; ++draw) {
            task_.first_draw = draw;
            scheme_->allocate(task_, {.treated = treated_.data()});
            const Lanes drawn = differences(treated_.data());
            for (std::size_t lane = 0; lane < columns.live; ++lane)
                compare(drawn[lane], observed[lane], reached[lane]);
            report(draw + 1, observed, reached, findings);
        }
    }

  private:
    void take(const design::PatientColumns& columns) {
        women_ = columns.women;
        all_events_ = {};
        all_women_ = {};
        for (std::size_t woman = 0; woman < women_; ++woman) {
            for (std::size_t lane = 0; lane < columns.live; ++lane) {
                const std::size_t i = woman * lanes + lane;
                const double weight = columns.weight == nullptr ? 1 : columns.weight[i];
                weights_[i] = weight;
                events_[i] = weight > 0 ? columns.outcome[i] : 0;
                all_women_[lane] += weights_[i];
                all_events_[lane] += events_[i];
            }
        }
    }

    /// Event rate of the treated less that of the others, NaN where an arm has nobody. All lanes,
    /// for the sake of vectors.
    [[nodiscard]] Lanes differences(const double* treated) const {
        Lanes number{};
        Lanes events{};
        for (std::size_t woman = 0; woman < women_; ++woman) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const std::size_t i = woman * lanes + lane;
                number[lane] += treated[i] * weights_[i];
                events[lane] += treated[i] * events_[i];
            }
        }
        Lanes differences{};
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double others = all_women_[lane] - number[lane];
            const bool is_defined = number[lane] > 0 && others > 0;
            differences[lane] = is_defined ? events[lane] / number[lane] -
                                                 (all_events_[lane] - events[lane]) / others
                                           : analysis::not_a_number;
        }
        return differences;
    }

    /// A draw that leaves an arm empty counts as extreme on every side: P is never too small.
    static void compare(double drawn, double observed, Reached& reached) {
        const double slack = relative_tie * std::abs(observed) + absolute_tie;
        reached.two_sided += std::abs(drawn) < std::abs(observed) - slack ? 0 : 1;
        reached.greater += drawn < observed - slack ? 0 : 1;
        reached.less += drawn > observed + slack ? 0 : 1;
    }

    void report(std::uint32_t draws, const Lanes& observed,
                const std::array<Reached, lanes>& reached, std::span<Finding> findings) const {
        for (std::size_t choice = 0; choice < draws_.size(); ++choice) {
            if (draws_[choice] != draws) continue;
            for (std::size_t lane = 0; lane < task_.live; ++lane)
                findings[choice * lanes + lane] = finding_of(observed[lane], reached[lane], draws);
        }
    }

    std::unique_ptr<replicate::AllocationScheme> scheme_;
    std::vector<std::uint32_t> draws_;  ///< by choice
    std::uint32_t most_draws_ = 0;
    replicate::AllocationTask task_;
    design::Column events_;   ///< 1: of weight 1, with the event
    design::Column weights_;  ///< of the women
    design::Column treated_;  ///< of a draw
    Lanes all_events_{};
    Lanes all_women_{};
    std::size_t women_ = 0;
};

}  // namespace

std::unique_ptr<ResamplingAnalysis> prepare_rerandomisation(
    std::span<const design::PatientChoice> choices, const analysis::PatientSetting& setting,
    const design::Design& design) {
    if (design.patients() == nullptr)
        throw std::invalid_argument("prepare_rerandomisation: the design has no patients");
    return std::make_unique<Rerandomisation>(choices, setting.women, design);
}

}  // namespace rsasim::resample
