#include <boost/math/quadrature/gauss.hpp>

#include <rsasim/math/panel_rule.hpp>

namespace rsasim::math {

std::vector<WeightedPoint> panel_rule(double lower, double upper, std::size_t panels) {
    std::vector<WeightedPoint> rule;
    if (!(lower < upper)) return rule;
    // Boost gives the positive half of the symmetric rule.
    using Gauss = boost::math::quadrature::gauss<double, points_per_panel>;
    const auto& half = Gauss::abscissa();
    const auto& weights = Gauss::weights();
    const double radius = (upper - lower) / (2 * static_cast<double>(panels));
    rule.reserve(panels * points_per_panel);
    for (std::size_t panel = 0; panel < panels; ++panel) {
        const double middle = lower + (2 * static_cast<double>(panel) + 1) * radius;
        for (std::size_t i = half.size(); i-- > 0;)
            rule.push_back({middle - half[i] * radius, weights[i] * radius});
        for (std::size_t i = 0; i < half.size(); ++i)
            rule.push_back({middle + half[i] * radius, weights[i] * radius});
    }
    return rule;
}

}  // namespace rsasim::math
