#include "conditional_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/math/weighted_rows.hpp>

namespace rsasim::analysis {

namespace {

/// The largest log of a total that is stored as it is, and the largest that is stored at all: from
/// exp(-650) to exp(650), with room for sums and subdivision.
constexpr double largest_plain_log_total = 600;
constexpr double largest_log_total = 1300;

/// How far into [0, 1] an arm's rate reaches along a line: one end is 0 or 1 or both are.
struct Reach {
    double first = 0;
    double last = 1;
};

/// Row j of the matrix that restricts a Bernstein form of degree n to [first, last]: the new
/// coefficient j is sum_i row[i] c_{i + shift}. To [0, b]: binomial(j, b) probabilities; to [a, 1]:
/// those of binomial(n - j, a), moved up by j.
class Smoothing {
  public:
    Smoothing(std::int64_t n, const Reach& reach) : n_(static_cast<std::size_t>(n)) {
        is_upper_ = reach.first > 0;
        const double rate = is_upper_ ? reach.first : reach.last;
        is_identity_ = !is_upper_ && rate == 1;
        if (is_identity_) return;
        binomials_.push_back({1.0});
        for (std::size_t trials = 1; trials <= n_; ++trials) {
            const std::vector<double>& last = binomials_.back();
            std::vector<double> next(trials + 1);
            next.front() = (1 - rate) * last.front();
            for (std::size_t x = 1; x < trials; ++x) {
                next[x] = (1 - rate) * last[x] + rate * last[x - 1];
            }
            next.back() = rate * last.back();
            binomials_.push_back(std::move(next));
        }
    }

    [[nodiscard]] bool is_identity() const { return is_identity_; }
    [[nodiscard]] const std::vector<double>& row(std::size_t j) const {
        return binomials_[is_upper_ ? n_ - j : j];
    }
    [[nodiscard]] std::size_t shift(std::size_t j) const { return is_upper_ ? j : 0; }

  private:
    std::size_t n_;
    bool is_upper_ = false;
    bool is_identity_ = false;
    std::vector<std::vector<double>> binomials_;
};

/// Smooths the first index: new row j = sum_i row_j[i] (row i + shift).
Region smooth_rows(const Region& values, std::size_t length, const Smoothing& smoothing) {
    Region result(values.size());
    for (std::size_t j = 0; j < values.size() / length; ++j) {
        math::weighted_sum_of_rows(smoothing.row(j), &values[smoothing.shift(j) * length],
                                   {&result[j * length], length});
    }
    return result;
}

Region transposed(const Region& values, std::size_t length) {
    Region result(values.size());
    const std::size_t rows = values.size() / length;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t k = 0; k < length; ++k)
            result[k * rows + i] = values[i * length + k];
    }
    return result;
}

Region smooth_columns(const Region& values, std::size_t length, const Smoothing& smoothing) {
    const std::size_t rows = values.size() / length;
    return transposed(smooth_rows(transposed(values, length), rows, smoothing), rows);
}

}  // namespace

NullLine::NullLine(const design::ArmSizes& sizes, const design::Effect& null)
    : grid_(sizes),
      central_(std::make_shared<const std::vector<double>>(conditional_weights(grid_))) {
    take(null);
}

NullLine NullLine::moved_to(const design::Effect& null) const {
    NullLine moved = *this;
    moved.take(null);
    return moved;
}

void NullLine::take(const design::Effect& null) {
    null_ = null;
    first_ = {0, 0};
    last_ = {1, 1};
    odds_scale_ = 1;
    weights_ = central_;
    denominator_.clear();
    const double effect = null.value;
    switch (null.measure) {
        case design::Measure::odds_ratio:
            if (effect > 0 && std::isfinite(effect)) {
                if (effect != 1) take_odds_ratio(effect);
                return;
            }
            break;
        case design::Measure::risk_difference:
            if (effect > -1 && effect < 1) {
                first_ = {std::max(0.0, effect), std::max(0.0, -effect)};
                last_ = {std::min(1.0, 1 + effect), std::min(1.0, 1 - effect)};
                return;
            }
            break;
        case design::Measure::risk_ratio:
            if (effect > 0 && std::isfinite(effect)) {
                last_ = {std::min(1.0, effect), std::min(1.0, 1 / effect)};
                return;
            }
            break;
        case design::Measure::conditional_odds_ratio:
        case design::Measure::mean_difference:
            break;
    }
    throw std::invalid_argument(
        fmt::format("no line of rates has {} = {}", design::name_of(null.measure), effect));
}

void NullLine::take_odds_ratio(double odds_ratio) {
    const design::ArmSizes& sizes = grid_.sizes();
    auto [weights, logarithms] = tilted_weights(grid_, odds_ratio);
    const double largest = *std::ranges::max_element(logarithms);
    if (largest > largest_log_total) {
        throw std::invalid_argument(
            fmt::format("odds_ratio = {} with {} v {} women is beyond the range of doubles",
                        odds_ratio, sizes.treated, sizes.control));
    }
    const double shift = largest > largest_plain_log_total ? largest / 2 : 0;
    for (const double logarithm : logarithms) {
        denominator_.push_back(std::exp(logarithm - shift));
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
        weights[i] *= denominator_[events_of(i)];
    }
    weights_ = std::make_shared<const std::vector<double>>(std::move(weights));
    odds_scale_ = std::pow(odds_ratio, static_cast<double>(sizes.treated) /
                                           static_cast<double>(sizes.treated + sizes.control));
}

Region NullLine::restricted(const Region& region) const {
    const auto [n1, n0] = grid_.sizes();
    const Smoothing treated(n1, {first_.treated, last_.treated});
    const Smoothing control(n0, {first_.control, last_.control});
    Region values = region;
    if (!control.is_identity()) values = smooth_columns(values, grid_.row_length(), control);
    if (!treated.is_identity()) values = smooth_rows(values, grid_.row_length(), treated);
    return values;
}

std::vector<double> NullLine::diagonal(const Region& values) const {
    const std::size_t length = grid_.row_length();
    const std::size_t rows = values.size() / length;
    std::vector<double> sums(rows + length - 1);
    for (std::size_t i = 0; i < rows; ++i) {
        const double* value = &values[i * length];
        const double* weight = &(*weights_)[i * length];
        double* sum = &sums[i];
        for (std::size_t k = 0; k < length; ++k)
            sum[k] += weight[k] * value[k];
    }
    return sums;
}

math::BernsteinRatio NullLine::probability_of(const Region& region) const {
    return {diagonal(is_whole() ? region : restricted(region)), denominator_, relative_error()};
}

NullLine::GrowingRegion::GrowingRegion(const NullLine& line) : line_(&line) {
    const auto [n1, n0] = line.grid().sizes();
    if (line.is_whole()) {
        numerator_.resize(static_cast<std::size_t>(n1 + n0 + 1));
    } else {
        region_.resize(line.grid().size());
    }
}

void NullLine::GrowingRegion::add(std::size_t table) {
    if (line_->is_whole()) {
        numerator_[line_->events_of(table)] += (*line_->weights_)[table];
    } else {
        region_[table] = 1;
    }
}

math::BernsteinRatio NullLine::GrowingRegion::probability() const {
    if (!line_->is_whole()) return line_->probability_of(region_);
    return {numerator_, line_->denominator_, line_->relative_error()};
}

double NullLine::control_rate(double position) const {
    if (null_.measure != design::Measure::odds_ratio) {
        return first_.control + position * (last_.control - first_.control);
    }
    return position / (position + (1 - position) * odds_scale_);
}

double NullLine::position(double control_rate) const {
    if (null_.measure != design::Measure::odds_ratio) {
        return std::clamp((control_rate - first_.control) / (last_.control - first_.control), 0.0,
                          1.0);
    }
    const double scaled = control_rate * odds_scale_;
    return scaled / (scaled + (1 - control_rate));
}

design::Rates NullLine::rates(double position) const {
    const double control = control_rate(position);
    if (null_.measure == design::Measure::odds_ratio) {
        return {design::treated_rate_for(null_.measure, null_.value, control), control};
    }
    return {first_.treated + position * (last_.treated - first_.treated), control};
}

double NullLine::relative_error() const {
    const auto [n1, n0] = grid_.sizes();
    return 16 * static_cast<double>(n1 + n0 + 4) * std::numeric_limits<double>::epsilon() / 2;
}

}  // namespace rsasim::analysis
