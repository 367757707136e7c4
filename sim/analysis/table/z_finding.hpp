#pragma once

#include <rsasim/analysis/finding.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

/// The finding of a test whose signed root `z` is standard normal under no effect; positive where
/// the treated arm has the higher rate. z may be infinite: P is 0 then.
inline Finding z_finding(double statistic, double z) {
    Finding finding;
    finding.status = Status::ok;
    finding.statistic = statistic;
    finding.p_value.two_sided = math::normal_two_sided_tail(z);
    finding.p_value.greater = math::normal_upper_tail(z);
    finding.p_value.less = math::normal_upper_tail(-z);
    return finding;
}

/// The finding of a method that says nothing about this table.
inline Finding degenerate_finding() {
    Finding finding;
    finding.status = Status::degenerate;
    return finding;
}

}  // namespace rsasim::analysis
