#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/student_t.hpp>

namespace math = rsasim::math;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("Student's tails reach the ends of the scale without NaN", "[exact]") {
    for (const double v : {0.5, 1.0, 7.3, 1e6, infinity}) {
        CHECK(math::student_t_two_sided_tail(0, v) == 1);
        CHECK(math::student_t_two_sided_tail(infinity, v) == 0);
        CHECK(math::student_t_two_sided_tail(-infinity, v) == 0);
        CHECK(math::student_t_upper_tail(-infinity, v) == 1);
        CHECK(math::student_t_upper_tail(0, v) == 0.5);
    }
}

TEST_CASE("Student's tails and quantiles agree with R's pt and qt", "[reference]") {
    CHECK(math::student_t_two_sided_tail(9, 3.7) == Approx(0.0012013808531001356).epsilon(1e-13));
    CHECK(math::student_t_two_sided_tail(0.3, 20) == Approx(0.76727300324376024).epsilon(1e-13));
    CHECK(math::student_t_two_sided_tail(1e-9, 20) == Approx(0.99999999921202276).epsilon(1e-14));
    CHECK(math::student_t_two_sided_tail(-1.98, 146.3) ==
          Approx(0.049579536006489462).epsilon(1e-13));
    CHECK(math::student_t_two_sided_tail(200, 146.3) ==
          Approx(2.8203959894637813e-180).epsilon(1e-12));
    CHECK(math::student_t_two_sided_tail(9, 1e5) == Approx(2.2954090050231594e-19).epsilon(1e-12));
    CHECK(math::student_t_upper_tail(1.5, 12.5) == Approx(0.079221293494824929).epsilon(1e-13));
    CHECK(math::student_t_upper_tail(-1.5, 12.5) == Approx(0.92077870650517513).epsilon(1e-14));
    CHECK(math::student_t_upper_tail(30, 12.5) == Approx(2.5153042708338123e-13).epsilon(1e-12));
    CHECK(math::two_sided_student_t_quantile(0.95, 1) == Approx(12.706204736174707).epsilon(1e-12));
    CHECK(math::two_sided_student_t_quantile(0.95, 20) ==
          Approx(2.0859634472658648).epsilon(1e-12));
    CHECK(math::two_sided_student_t_quantile(0.999, 146.3) ==
          Approx(3.3582701801339834).epsilon(1e-12));
}

TEST_CASE("Infinitely many degrees of freedom give the normal", "[exact]") {
    CHECK(math::student_t_upper_tail(1.7, infinity) ==
          Approx(math::normal_upper_tail(1.7)).epsilon(1e-14));
    CHECK(math::two_sided_student_t_quantile(0.9, infinity) ==
          math::two_sided_normal_quantile(0.9));
    CHECK(math::student_t_two_sided_tail(2, 1e12) ==
          Approx(math::normal_two_sided_tail(2)).epsilon(1e-10));
}
