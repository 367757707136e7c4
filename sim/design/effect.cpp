#include <limits>
#include <stdexcept>

#include <rsasim/design/effect.hpp>

namespace rsasim::design {
namespace {

double ratio(double numerator, double denominator) {
    if (denominator != 0) return numerator / denominator;
    return numerator == 0 ? std::numeric_limits<double>::quiet_NaN()
                          : std::numeric_limits<double>::infinity();
}

}  // namespace

std::string_view name_of(Measure measure) {
    switch (measure) {
        case Measure::odds_ratio:
            return "odds_ratio";
        case Measure::risk_difference:
            return "risk_difference";
        case Measure::risk_ratio:
            return "risk_ratio";
        case Measure::conditional_odds_ratio:
            return "conditional_odds_ratio";
        case Measure::mean_difference:
            return "mean_difference";
    }
    throw std::logic_error("name_of: not a measure");
}

double effect_of(Measure measure, const Rates& rates) {
    switch (measure) {
        case Measure::odds_ratio:
            return ratio(rates.treated * (1 - rates.control), (1 - rates.treated) * rates.control);
        case Measure::risk_difference:
            return rates.treated - rates.control;
        case Measure::risk_ratio:
            return ratio(rates.treated, rates.control);
        case Measure::conditional_odds_ratio:
        case Measure::mean_difference:
            break;  // not a function of two rates
    }
    throw std::logic_error("effect_of: not a measure");
}

double treated_rate_for(Measure measure, double effect, double control_rate) {
    switch (measure) {
        case Measure::odds_ratio: {
            // p1 = theta p0 / (1 - p0 + theta p0); equal rates stay equal to the last bit.
            if (effect == 1) return control_rate;
            const double scaled = effect * control_rate;
            return scaled / (1 - control_rate + scaled);
        }
        case Measure::risk_difference:
            return control_rate + effect;
        case Measure::risk_ratio:
            return control_rate * effect;
        case Measure::conditional_odds_ratio:
        case Measure::mean_difference:
            break;  // not a function of two rates
    }
    throw std::logic_error("treated_rate_for: not a measure");
}

}  // namespace rsasim::design
