// exact_power TEST N_TREATED N_CONTROL RATE_TREATED RATE_CONTROL
// Prints the exact two-sided power of a test at alpha = 0.05: the probability of all tables that it
// rejects.
#include <cstdio>
#include <exception>
#include <memory>
#include <string>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/engine/enumerate.hpp>

namespace {

double power_of(const std::string& test, rsasim::design::ArmSizes sizes,
                rsasim::design::Rates rates) {
    using namespace rsasim;
    const auto plan = std::make_shared<const design::AnalysisPlan>();
    const auto judge = analysis::prepare(analysis::Role::test, design::Measure::odds_ratio,
                                         {test, {}}, {.sizes = sizes});
    double power = 0;
    for (const auto& row : engine::enumerate(design::Design(sizes, rates, plan)).tables) {
        const auto finding = judge(row.table());
        if (analysis::rejects(finding.p_value.two_sided, plan->alpha)) power += row.weight;
    }
    return power;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::fputs("usage: exact_power TEST N_TREATED N_CONTROL RATE_TREATED RATE_CONTROL\n",
                   stderr);
        return 2;
    }
    try {
        std::printf("%.10f\n", power_of(argv[1], {std::stoll(argv[2]), std::stoll(argv[3])},
                                        {std::stod(argv[4]), std::stod(argv[5])}));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "exact_power: %s\n", error.what());
        return 2;
    }
}
