#include "finding_rules.hpp"

#include <algorithm>
#include <cmath>

namespace finding_rules {

namespace {

using judging::Finding;
using judging::MethodRow;
using judging::Role;
using rsasim::analysis::Status;

bool is_probability(double p) {
    return p >= 0 && p <= 1;
}

std::string test_complaint(const MethodRow& row, const Finding& finding) {
    const auto& p = finding.p_value;
    if (finding.status != Status::ok) {
        return std::isnan(p.two_sided) && std::isnan(p.greater) && std::isnan(p.less)
                   ? ""
                   : "a P-value without the status ok";
    }
    if (!is_probability(p.two_sided)) return "two-sided P is not in [0, 1]";
    if (!is_probability(p.greater) || !is_probability(p.less)) {
        return "a one-sided P is not in [0, 1]";
    }
    // Boschloo's two tails have orders of their own: neither is the other one's reverse.
    const bool has_one_order = !row.id.starts_with("boschloo");
    if (has_one_order && p.greater + p.less < 1 - 1e-12)
        return "one-sided P-values add to less than 1";
    return "";
}

std::string interval_complaint(const MethodRow& row, const Finding& finding) {
    const auto [lower, upper] = finding.interval;
    if (finding.status != Status::ok && finding.status != Status::degenerate) {
        return std::isnan(lower) && std::isnan(upper) ? "" : "limits without a status that allows";
    }
    const bool is_ratio = rsasim::design::is_ratio(row.measure);
    if (std::isnan(lower) || std::isnan(upper)) return "a limit is NaN";
    if (lower > upper) return "the limits cross";
    if (lower < (is_ratio ? 0 : -1)) return "the lower limit is off the scale";
    if (!is_ratio && upper > 1) return "the upper limit is off the scale";
    const bool is_open = is_ratio && (lower == 0 || std::isinf(upper));
    if (finding.status == Status::ok && is_open) return "ok with a limit at 0 or infinity";
    return "";
}

std::string estimate_complaint(const MethodRow& row, const Finding& finding) {
    const double value = finding.estimate;
    const bool is_ratio = rsasim::design::is_ratio(row.measure);
    switch (finding.status) {
        case Status::ok:
            if (!std::isfinite(value)) return "ok without a finite estimate";
            if (is_ratio ? value <= 0 : std::abs(value) > 1) return "the estimate is off the scale";
            return finding.standard_error < 0 ? "a negative standard error" : "";
        case Status::degenerate:
            return is_ratio && (value == 0 || std::isinf(value))
                       ? ""
                       : "degenerate, but neither 0 nor infinite";
        default:
            return std::isnan(value) ? "" : "an estimate without a status that allows it";
    }
}

}  // namespace

std::string complaint(const MethodRow& row, const Finding& finding) {
    switch (row.role) {
        case Role::test:
            return test_complaint(row, finding);
        case Role::interval:
            return interval_complaint(row, finding);
        case Role::estimate:
            return estimate_complaint(row, finding);
    }
    return "an unknown role";
}

}  // namespace finding_rules
