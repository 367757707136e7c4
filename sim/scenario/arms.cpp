#include "arms.hpp"

#include "cell_faults.hpp"
#include "check_values.hpp"
#include "value.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

using design::Measure;

/// Rates this close to 0 or 1 come from rounding: 0.8 times 1.25 may end beyond 1 by two units in
/// the last place, 4.4e-16.
constexpr double rate_slack = 1e-12;

struct EffectKey {
    std::string_view path;
    std::optional<Measure> measure;  ///< none: the rate itself
};

constexpr std::array effect_keys{
    EffectKey{"arms.treated_rate", std::nullopt},
    EffectKey{"arms.odds_ratio", Measure::odds_ratio},
    EffectKey{"arms.risk_ratio", Measure::risk_ratio},
    EffectKey{"arms.risk_difference", Measure::risk_difference},
};

/// The treated rate of each cell from whichever key gives the effect.
class RateReader {
  public:
    explicit RateReader(const CellValues& values) : control_(values.column("arms.control_rate")) {
        for (const EffectKey& key : effect_keys) {
            if (!values.settings().has(key.path)) continue;
            key_ = key;
            effect_ = values.column(key.path);
        }
    }

    design::Rates rates(std::size_t cell, CellFaults& faults) const {
        const double control = control_.number(cell);
        const double effect = effect_.number(cell);
        if (!key_.measure) return {effect, control};
        if (key_.measure == Measure::odds_ratio && (control == 0 || control == 1)) {
            faults.add(cell, place(cell),
                       fmt::format("{}: an odds ratio needs a control rate above 0 and below 1. "
                                   "Give treated_rate instead.",
                                   given(effect, control)));
            return {};
        }
        const double treated = design::treated_rate_for(*key_.measure, effect, control);
        if (treated < -rate_slack || treated > 1 + rate_slack) {
            faults.add(cell, place(cell),
                       fmt::format("{} gives a treated rate of {:.6g}: a rate lies between 0 and "
                                   "1. Choose {} nearer to no effect.",
                                   given(effect, control), treated, a_measure()));
            return {};
        }
        return {std::clamp(treated, 0.0, 1.0), control};
    }

  private:
    /// Of the two values the one from the higher layer, which is named last on the way up.
    [[nodiscard]] const Place& place(std::size_t cell) const {
        const Place& effect = effect_.at(cell).place;
        const Place& control = control_.at(cell).place;
        return effect.is_in_file() && !control.flag.empty() ? control : effect;
    }
    [[nodiscard]] std::string given(double effect, double control) const {
        return fmt::format("{} = {} with arms.control_rate = {}", key_.path, number_text(effect),
                           number_text(control));
    }
    [[nodiscard]] std::string_view a_measure() const {
        return key_.measure == Measure::risk_ratio ? "a risk ratio" : "a risk difference";
    }

    CellValues::Column control_;
    CellValues::Column effect_;
    EffectKey key_{};
};

class SizeReader {
  public:
    explicit SizeReader(const CellValues& values)
        : treated_(values.column("arms.n.treated")),
          control_(values.column("arms.n.control")),
          total_(values.column("arms.total")),
          ratio_(values.column("arms.ratio")) {}

    design::ArmSizes sizes(std::size_t cell, CellFaults& faults) const {
        if (!total_.is_set()) return {treated_.whole(cell), control_.whole(cell)};
        const auto& shares = std::get<Array>(ratio_.at(cell).data);
        const std::int64_t total = total_.whole(cell);
        const std::int64_t treated_share = std::get<std::int64_t>(shares[0].data);
        const std::int64_t control_share = std::get<std::int64_t>(shares[1].data);
        const design::ArmSizes sizes = split_total(total, treated_share, control_share);
        const auto [smaller, larger] = std::minmax(sizes.treated, sizes.control);
        if (smaller < 1 || larger > design::Design::largest_arm) {
            faults.add(
                cell, total_.at(cell).place,
                fmt::format("arms.total = {} in the ratio {}:{} gives arms of {} and {} "
                            "women: an arm has 1 to 100,000,000. Change the total or the "
                            "ratio.",
                            total, treated_share, control_share, sizes.treated, sizes.control));
        }
        return sizes;
    }

  private:
    CellValues::Column treated_, control_, total_, ratio_;
};

}  // namespace

design::ArmSizes split_total(std::int64_t total, std::int64_t treated_share,
                             std::int64_t control_share) {
    const std::int64_t shares = treated_share + control_share;
    const std::int64_t treated = total * treated_share / shares;
    const std::int64_t control = total * control_share / shares;
    const bool is_exact = treated + control == total;
    if (is_exact) return {treated, control};
    // One woman is left; she goes where the remainder is larger.
    const std::int64_t treated_remainder = total * treated_share % shares;
    const std::int64_t control_remainder = total * control_share % shares;
    return treated_remainder >= control_remainder ? design::ArmSizes{treated + 1, control}
                                                  : design::ArmSizes{treated, control + 1};
}

std::vector<Arms> arms_of_cells(const CellValues& values, Faults& faults) {
    const RateReader rates(values);
    const bool has_rates = has_effect(values.settings());
    const SizeReader sizes(values);
    CellFaults rate_faults;
    CellFaults size_faults;
    std::vector<Arms> arms;
    arms.reserve(values.cells());
    for (std::size_t cell = 0; cell < values.cells(); ++cell) {
        arms.push_back({sizes.sizes(cell, size_faults),
                        has_rates ? rates.rates(cell, rate_faults) : design::Rates{}});
    }
    size_faults.report(values, faults);
    rate_faults.report(values, faults);
    return arms;
}

}  // namespace rsasim::scenario
