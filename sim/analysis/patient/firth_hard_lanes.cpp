#include "patient/firth_hard_lanes.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::analysis {

namespace {

constexpr int most_trials = 100;
/// In standard errors, the distance of a limit from which Newton's last step is made.
constexpr double converged_step = 1e-6;
/// Of the distance from the estimate: how much farther a next trial may lie.
constexpr double farthest = 3;
/// Where, in distances of a limit, the profile is asked whether it is outside for good.
constexpr double beyond = 1.2;

/// Newton's method for the distance from the estimate at which the profile's depth, the root of
/// twice its fall, reaches `reach`: nearly a straight line. Held between distances that were found
/// too near and too far.
class Search {
  public:
    Search(double first, double reach) : reach_(reach), next_(first) {}

    [[nodiscard]] double next() const { return next_; }
    /// What was found at next(), with the profile's slope outwards. False: next() is the answer to
    /// within `close`.
    bool goes_on(double fall, double slope, double close) {
        const double depth = std::sqrt(2 * std::max(fall, 0.0));
        (depth < reach_ ? near_ : far_) = next_;
        const double step = (reach_ - depth) * depth / -slope;
        const double newton = next_ + step;
        if (std::abs(step) < close && slope < 0) {
            next_ = newton;
            return false;
        }
        const double most = std::min(far_, farthest * next_);
        const bool is_inside = slope < 0 && newton > near_ && newton < most;
        next_ = is_inside ? newton : (far_ < infinity ? (near_ + far_) / 2 : 2 * next_);
        return true;
    }
    /// Nothing could be found at next(): it lies too far.
    void come_nearer() {
        far_ = next_;
        next_ = (near_ + far_) / 2;
    }

  private:
    double reach_, near_ = 0, far_ = infinity, next_;
};

}  // namespace

bool FirthHardLanes::take(const LogisticRows& rows, std::size_t lane) {
    lane_ = lane;
    if (!fit_ || fit_->columns() != rows.columns) fit_.emplace(most_women_, rows.columns);
    row_.resize(rows.columns);
    fit_->clear();
    for (std::size_t woman = 0; woman < rows.women; ++woman) {
        if (rows.at(woman, 1, lane) == 0) continue;
        row_[0] = 1;
        for (std::size_t j = 1; j < rows.columns; ++j)
            row_[j] = rows.at(woman, 1 + j, lane);
        fit_->add(row_, rows.at(woman, 0, lane));
    }
    if (fit_->fit() != FitStatus::ok) return false;
    maximum_.assign(fit_->coefficients().begin(), fit_->coefficients().end());
    likelihood_ = fit_->penalised_log_likelihood();
    standard_error_ = fit_->standard_error(rows.columns - 1);
    return true;
}

void FirthHardLanes::store_maximum(FirthFit& to) const {
    for (std::size_t j = 0; j < maximum_.size(); ++j)
        to.coefficients[j][lane_] = maximum_[j];
    to.covariance[maximum_.size() - 1][lane_] = standard_error_ * standard_error_;
    to.likelihood[lane_] = likelihood_;
    to.active[lane_] = 0;
}

void FirthHardLanes::hold_last(double value, FirthFit& to) {
    fit_->move_to(maximum_);
    if (fit_->fit_with_last(value) != FitStatus::ok) return;
    for (std::size_t j = 0; j < maximum_.size(); ++j)
        to.coefficients[j][lane_] = fit_->coefficients()[j];
    to.likelihood[lane_] = fit_->penalised_log_likelihood();
    to.active[lane_] = 0;
}

void FirthHardLanes::follow_profile(double direction, double drop, FirthFit& to) {
    const auto found = limit(direction, drop);
    if (!found) return;
    to.coefficients[maximum_.size() - 1][lane_] = *found;
    to.active[lane_] = 0;
}

/// Penalised likelihoods of data that hardly overlap may have several maxima: the highest of those
/// reached from the last point inside, from the maximum and from zero.
bool FirthHardLanes::hold_best(double value) {
    double highest = -infinity;
    row_.assign(maximum_.size(), 0.0);
    best_ = inside_;
    for (const std::vector<double>* start : {&inside_, &maximum_, &row_}) {
        fit_->move_to(*start);
        if (fit_->fit_with_last(value) != FitStatus::ok) continue;
        if (!(fit_->penalised_log_likelihood() > highest)) continue;
        highest = fit_->penalised_log_likelihood();
        best_.assign(fit_->coefficients().begin(), fit_->coefficients().end());
    }
    fit_->move_to(best_);
    if (!(highest > -infinity) || fit_->fit_with_last(value) != FitStatus::ok) return false;
    inside_ = best_;
    return true;
}

/// Whether the profile has another maximum there that is higher than the one followed.
bool FirthHardLanes::is_within(double value, double drop) {
    return hold_best(value) && likelihood_ - fit_->penalised_log_likelihood() < drop;
}

std::optional<double> FirthHardLanes::limit(double direction, double drop) {
    const double reach = std::sqrt(2 * drop), estimate = maximum_.back();
    Search search(reach * standard_error_, reach);
    inside_ = maximum_;
    for (int trial = 0; trial < most_trials; ++trial) {
        if (!hold_best(estimate + direction * search.next())) {
            search.come_nearer();
            continue;
        }
        const double fall = likelihood_ - fit_->penalised_log_likelihood();
        const double slope = direction * fit_->last_slope();
        if (search.goes_on(fall, slope, converged_step * standard_error_)) continue;
        const double found = search.next();
        if (!is_within(estimate + direction * beyond * found, drop))
            return estimate + direction * found;
        search = Search(beyond * found, reach);
    }
    return std::nullopt;
}

}  // namespace rsasim::analysis
