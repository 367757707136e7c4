#include "truth_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::scenario {
namespace {

constexpr double always_enough = 1e-6;
constexpr double share_of_mcse = 0.1;

/// An arm's rate with the variance of its estimate in one trial.
struct ArmRate {
    ArmRate(double rate_in_truth, std::int64_t women)
        : rate(rate_in_truth), variance(rate * (1 - rate) / static_cast<double>(women)) {}
    double rate, variance;
};

/// The large-sample variance of an estimate in one trial, on the scale of analysis; NaN where it
/// depends on more than the rates.
double variance_of(design::Measure measure, const ArmRate& treated, const ArmRate& control) {
    using enum design::Measure;
    const auto over = [](const ArmRate& arm, double scale) {
        return arm.variance / (scale * scale);
    };
    switch (measure) {
        case risk_difference:
            return treated.variance + control.variance;
        case risk_ratio:
            return over(treated, treated.rate) + over(control, control.rate);
        case odds_ratio:
        case conditional_odds_ratio:
            return over(treated, treated.rate * (1 - treated.rate)) +
                   over(control, control.rate * (1 - control.rate));
        case mean_difference:
            break;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

/// A truth whose error exceeds what its replicates allow, `excess` times.
struct Excess {
    double excess = 1;
    double error = 0, bound = 0;
    std::size_t cell = 0;
    std::string what;
};

class WorstTruth {
  public:
    explicit WorstTruth(const design::Grid& grid) {
        for (std::size_t cell = 0; cell < grid.cells.size(); ++cell)
            add(cell, grid.cells[cell]);
    }

    [[nodiscard]] const Excess& worst() const { return worst_; }

  private:
    void add(std::size_t index, const design::Cell& cell) {
        const design::Design& design = cell.design;
        if (design.patient_truth() == nullptr) return;
        const auto replicates = static_cast<double>(cell.replicates);
        const ArmRate treated(design.rates().treated, design.sizes().treated);
        const ArmRate control(design.rates().control, design.sizes().control);
        const design::PatientTruth& truth = *design.patient_truth();
        compare(index, "the rates of the table", truth.rates_standard_error,
                std::min(treated.variance, control.variance) / replicates);
        const auto& methods = design.analysis().patients->methods;
        for (std::size_t i = 0; i < methods.size(); ++i) {
            if (!methods[i].measure) continue;
            const auto& [value, error] = truth.methods[i];
            compare(index, analysis::measured_label(methods[i]),
                    design::is_ratio(*methods[i].measure) ? error / value : error,
                    variance_of(*methods[i].measure, treated, control) / replicates);
        }
    }

    void compare(std::size_t cell, const std::string& what, double error, double variance) {
        const double bound = std::max(share_of_mcse * std::sqrt(variance), always_enough);
        if (error / bound > worst_.excess) worst_ = {error / bound, error, bound, cell, what};
    }

    Excess worst_;
};

}  // namespace

void add_truth_errors(const design::Grid& grid, std::vector<std::string>& notes) {
    const Excess worst = WorstTruth(grid).worst();
    if (worst.error == 0) return;
    const double replicates = static_cast<double>(grid.cells[worst.cell].replicates);
    const double enough = replicates / (worst.excess * worst.excess);
    notes.push_back(fmt::format(
        "Truths are integrated with errors: {} of cell {} within {:.1e}, where a tenth of the "
        "Monte "
        "Carlo error that judges it is {:.1e}. A bias or a coverage near its Monte Carlo error may "
        "be the integration's; {:.1g} replicates keep below it.",
        worst.what, worst.cell, worst.error, worst.bound, enough));
}

}  // namespace rsasim::scenario
