#include "stratified_distribution.hpp"

#include "cells.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rsasim::analysis {

namespace {

/// Weights below this share of the largest are left out, and all beyond them.
constexpr double least_weight = 1e-290;

}  // namespace

StratifiedDistribution StratifiedDistribution::reflected() const {
    StratifiedDistribution mirror = *this;
    mirror.is_reflected_ = !is_reflected_;
    return mirror;
}

SideSums StratifiedDistribution::above(std::int64_t count, double odds_ratio) const {
    double weight = 1;
    SideSums sums;
    for (std::int64_t j = count; j < highest_; ++j) {
        weight *= odds_ratio * ratio(j);
        const auto step = static_cast<double>(j + 1 - count);
        sums.mass += weight;
        sums.first += step * weight;
        sums.second += step * step * weight;
        // j^2 w_j rises to one peak and falls; an overflow also ends the loop.
        if (!(step * step * weight > negligible_share * sums.second)) break;
    }
    if (!std::isfinite(sums.second)) {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        return {infinite, infinite, infinite};
    }
    return sums;
}

StratifiedTables::StratifiedTables(std::size_t strata, std::size_t women) {
    tables_.reserve(strata);
    for (auto* memory : {&weights_, &stratum_, &product_, &ratios_})
        memory->reserve(women + 1);
}

void StratifiedTables::add(const design::Table2x2& table) {
    if (table.treated.n == 0 || table.control.n == 0 || table.has_empty_margin()) return;
    tables_.push_back(table);
}

double StratifiedTables::cost() const {
    double terms = 1, products = 0;
    for (const design::Table2x2& table : tables_) {
        const auto highest = static_cast<double>(ConditionalDistribution(table).highest());
        products += terms * (highest + 1);
        terms += highest;
    }
    return products;
}

double StratifiedTables::rough_log_odds_ratio() const {
    double r = 0.5, s = 0.5;
    for (const design::Table2x2& table : tables_) {
        const Cells cells = cells_of(table);
        r += cells.a * cells.d / cells.total();
        s += cells.b * cells.c / cells.total();
    }
    return std::log(r / s);
}

void StratifiedTables::set_stratum(const ConditionalDistribution& distribution, double odds_ratio) {
    const auto highest = static_cast<std::size_t>(distribution.highest());
    stratum_.resize(highest + 1);
    std::size_t mode = 0;
    while (mode < highest && odds_ratio * distribution.ratio(static_cast<std::int64_t>(mode)) > 1)
        ++mode;
    stratum_[mode] = 1;
    for (std::size_t k = mode; k < highest; ++k) {
        stratum_[k + 1] =
            stratum_[k] * odds_ratio * distribution.ratio(static_cast<std::int64_t>(k));
    }
    for (std::size_t k = mode; k > 0; --k) {
        stratum_[k - 1] =
            stratum_[k] / (odds_ratio * distribution.ratio(static_cast<std::int64_t>(k - 1)));
    }
}

void StratifiedTables::multiply_by_stratum() {
    product_.assign(weights_.size() + stratum_.size() - 1, 0.0);
    for (std::size_t i = 0; i < stratum_.size(); ++i) {
        for (std::size_t j = 0; j < weights_.size(); ++j)
            product_[i + j] += stratum_[i] * weights_[j];
    }
    const double scale = 1 / *std::ranges::max_element(product_);
    for (double& weight : product_)
        weight *= scale;
    std::swap(product_, weights_);
}

StratifiedTables::Observed StratifiedTables::convolve() {
    const double odds_ratio = std::exp(rough_log_odds_ratio());
    weights_.assign(1, 1.0);
    std::int64_t total = 0;
    for (const design::Table2x2& table : tables_) {
        set_stratum(ConditionalDistribution(table), odds_ratio);
        multiply_by_stratum();
        total += ConditionalDistribution::count_of(table);
    }
    const auto is_kept = [](double weight) { return weight > least_weight; };
    // The observed total is kept in any case: it has a weight of its own by the choice of the odds
    // ratio.
    const auto observed = weights_.begin() + total;
    const auto first = std::min(std::ranges::find_if(weights_, is_kept), observed);
    const auto last =
        std::max(std::find_if(weights_.rbegin(), weights_.rend(), is_kept).base() - 1, observed);
    ratios_.clear();
    for (auto weight = first; weight < last; ++weight)
        ratios_.push_back(*(weight + 1) / *weight / odds_ratio);
    return {StratifiedDistribution(ratios_.data(), last - first), observed - first};
}

}  // namespace rsasim::analysis
