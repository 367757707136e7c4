#include "tails.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <rsasim/math/quantiles.hpp>

namespace rsasim::design {

namespace {

Tails normal_tails(double z) {
    return {math::normal_cdf(z), math::normal_upper_tail(z)};
}

double beta_value(const Distribution& d, const Tails& tails) {
    return tails.below < tails.above ? math::beta_quantile(tails.below, d.first, d.second)
                                     : math::beta_upper_quantile(tails.above, d.first, d.second);
}

double gamma_value(const Distribution& d, const Tails& tails) {
    const double value = tails.below < tails.above
                             ? math::gamma_quantile(tails.below, d.first)
                             : math::gamma_upper_quantile(tails.above, d.first);
    return value / d.second;
}

double uniform_value(const Distribution& d, const Tails& tails) {
    const double width = d.second - d.first;
    return tails.below < tails.above ? d.first + width * tails.below
                                     : d.second - width * tails.above;
}

}  // namespace

Tails continuous_tails(const Distribution& d, double x) {
    switch (d.family) {
        case Family::normal:
            return normal_tails((x - d.first) / d.second);
        case Family::log_normal:
            return x <= 0 ? Tails{0, 1} : normal_tails((std::log(x) - d.first) / d.second);
        case Family::gamma:
            return {math::gamma_cdf(x * d.second, d.first),
                    math::gamma_upper_tail(x * d.second, d.first)};
        case Family::beta:
            return {math::beta_cdf(x, d.first, d.second),
                    math::beta_upper_tail(x, d.first, d.second)};
        case Family::uniform:
            return {std::clamp((x - d.first) / (d.second - d.first), 0.0, 1.0),
                    std::clamp((d.second - x) / (d.second - d.first), 0.0, 1.0)};
        default:
            throw std::invalid_argument("a discrete covariate has no density");
    }
}

double continuous_quantile(const Distribution& d, const Tails& tails) {
    switch (d.family) {
        case Family::normal:
            return d.first + d.second * tails.score();
        case Family::log_normal:
            return std::exp(d.first + d.second * tails.score());
        case Family::gamma:
            return gamma_value(d, tails);
        case Family::beta:
            return beta_value(d, tails);
        case Family::uniform:
            return uniform_value(d, tails);
        default:
            throw std::invalid_argument("a discrete covariate has no density");
    }
}

}  // namespace rsasim::design
