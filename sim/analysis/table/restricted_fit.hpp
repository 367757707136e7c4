#pragma once

#include "cells.hpp"

#include <algorithm>

namespace rsasim::analysis {

/// The fitted tables at odds ratios below the observed one. Given an odds ratio, maximum likelihood
/// keeps both margins and moves `moved` events: a - moved, b + moved, c + moved, d - moved. The
/// table is described by what is `left` of the smaller of a and d, which stays exact where the odds
/// ratio goes to 0; `left` falls from most_left() at the observed table to 0.
class FittedTables {
  public:
    explicit FittedTables(const Cells& observed)
        : observed_(observed), most_left_(std::min(observed.a, observed.d)) {}

    [[nodiscard]] const Cells& observed() const { return observed_; }
    [[nodiscard]] double most_left() const { return most_left_; }
    [[nodiscard]] double moved(double left) const { return most_left_ - left; }
    [[nodiscard]] Cells at(double left) const {
        const double shift = moved(left);
        return {observed_.a - most_left_ + left, observed_.b + shift, observed_.c + shift,
                observed_.d - most_left_ + left};
    }

  private:
    Cells observed_;
    double most_left_;
};

}  // namespace rsasim::analysis
