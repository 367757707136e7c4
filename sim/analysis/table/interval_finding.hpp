#pragma once

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/effect.hpp>

namespace rsasim::analysis {

/// The finding of an interval that has both limits: `degenerate` where it has no width or a limit
/// lies at the edge of the scale.
inline Finding interval_finding(design::Measure measure, double lower, double upper) {
    const double least = design::is_ratio(measure) ? 0 : -1;
    const double greatest = design::is_ratio(measure) ? infinity : 1;
    const bool is_proper = lower > least && upper < greatest && lower < upper;
    Finding finding;
    finding.status = is_proper ? Status::ok : Status::degenerate;
    finding.interval = {lower, upper};
    return finding;
}

/// (0, infinity): the table says nothing about the ratio.
inline Finding uninformative_ratio() {
    return interval_finding(design::Measure::odds_ratio, 0, infinity);
}

/// The finding of an interval whose limits could not be found.
inline Finding unconverged_finding() {
    Finding finding;
    finding.status = Status::not_converged;
    return finding;
}

}  // namespace rsasim::analysis
