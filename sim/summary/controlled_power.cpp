#include "joint_rejections.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/summary/patient_summary.hpp>

namespace rsasim::summary {
namespace {

/// Counts of some replicates in which a table's test c, a patient-level test b, and both reject.
struct JointCounts {
    double n = 0, b = 0, c = 0, both = 0;

    [[nodiscard]] double covariance() const { return both / n - b / n * (c / n); }
    [[nodiscard]] double variance_of_b() const { return b / n * (1 - b / n); }
    [[nodiscard]] double variance_of_c() const { return c / n * (1 - c / n); }
};

JointCounts counts_of(const JointRejections& joint, std::size_t control, std::size_t test) {
    return {static_cast<double>(joint.trials()), static_cast<double>(joint.of_patient_test(test)),
            static_cast<double>(joint.of_table_test(control)),
            static_cast<double>(joint.both(control, test))};
}

JointCounts difference(const JointCounts& all, const JointCounts& part) {
    return {all.n - part.n, all.b - part.b, all.c - part.c, all.both - part.both};
}

/// `all` are the pilot and the replicates after it.
ControlledSummary controlled_by(const ControlTest& control, const JointCounts& pilot,
                                const JointCounts& all) {
    const JointCounts after = difference(all, pilot);
    const double beta = pilot.covariance() / pilot.variance_of_c();
    const double variance =
        after.variance_of_b() - 2 * beta * after.covariance() + beta * beta * after.variance_of_c();
    const double from_truth = beta * control.standard_error;
    ControlledSummary controlled;
    controlled.control_test = static_cast<std::int64_t>(control.test);
    controlled.control_power = control.power;
    controlled.coefficient = beta;
    controlled.power = {after.b / after.n - beta * (after.c / after.n - control.power),
                        std::sqrt(std::max(variance, 0.0) / after.n + from_truth * from_truth)};
    const double error = controlled.power.mcse;
    controlled.variance_reduction.value = all.variance_of_b() / all.n / (error * error);
    return controlled;
}

}  // namespace

std::vector<std::optional<std::size_t>> choose_controls(const PatientState& state) {
    const JointRejections joint(state, Of::pilot);
    std::vector<std::optional<std::size_t>> controls(state.layout->rejections());
    for (std::size_t test = 0; test < controls.size(); ++test) {
        double best = 0;
        for (std::size_t c = 0; c < state.layout->design().analysis().tests.size(); ++c) {
            const JointCounts pilot = counts_of(joint, c, test);
            const double both_vary = pilot.variance_of_b() * pilot.variance_of_c();
            if (!(both_vary > 0)) continue;
            const double correlation = std::abs(pilot.covariance()) / std::sqrt(both_vary);
            if (correlation <= best) continue;
            best = correlation;
            controls[test] = c;
        }
    }
    return controls;
}

void append_controlled_power(CellSummary& summary, const PatientState& state,
                             std::span<const std::optional<ControlTest>> controls) {
    const JointRejections all(state, Of::all);
    const JointRejections of_pilot(state, Of::pilot);
    for (std::size_t test = 0; test < controls.size(); ++test) {
        ControlledSummary controlled;
        if (const auto& control = controls[test]) {
            const JointCounts pilot = counts_of(of_pilot, control->test, test);
            const JointCounts whole = counts_of(all, control->test, test);
            if (whole.n > pilot.n + 1) controlled = controlled_by(*control, pilot, whole);
        }
        summary.controlled.push_back(controlled);
    }
}

}  // namespace rsasim::summary
