#include <cmath>
#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/math/portable_exp.hpp>
#include <rsasim/math/vector_logs.hpp>

namespace rsasim::math {

TEST_CASE("Logarithms of a list are portable_log's, whatever stands beside them", "[property]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> x;
    for (int i = 0; i < 201; ++i)
        x.push_back(std::exp(0.37 * (i - 100)));
    x[3] = 0;
    x[77] = infinity;
    x[78] = -2;
    x[140] = std::numeric_limits<double>::denorm_min();
    std::vector<double> logs = x;
    take_logs(logs);
    CHECK(logs[3] == -infinity);
    CHECK(logs[77] == infinity);
    CHECK(std::isnan(logs[78]));
    CHECK(logs[140] == std::log(x[140]));
    for (const std::size_t i : {0, 1, 2, 4, 63, 64, 76, 79, 139, 141, 200}) {
        INFO(i);
        CHECK(logs[i] == portable_log(x[i]));
    }
}

}  // namespace rsasim::math
