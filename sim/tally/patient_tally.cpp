#include "multiplicity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/vector_logs.hpp>
#include <rsasim/tally/patient_tally.hpp>

namespace rsasim::tally {
namespace {

using analysis::Finding;
using design::lanes;

/// upper / lower for ratios, upper - lower for differences; infinite where a limit is on the scale
/// of analysis, NaN without limits.
double width_of(const analysis::Interval& interval, bool is_ratio) {
    const auto& [lower, upper] = interval;
    if (!is_ratio) return upper - lower;
    if (std::isnan(lower) || std::isnan(upper)) return analysis::not_a_number;
    const bool is_bounded = lower > 0 && std::isfinite(upper);
    return is_bounded ? upper / lower : analysis::infinity;
}

}  // namespace

/// Estimates and widths of a method's findings on its scale of analysis, and the widths'
/// logarithms.
struct PatientTally::OnScale {
    std::array<double, lanes> estimates, widths, log_widths;

    OnScale(const TalliedMethod& method, std::span<const Finding> findings)
        : estimates{}, widths{}, log_widths{} {
        for (std::size_t lane = 0; lane < findings.size(); ++lane) {
            estimates[lane] = findings[lane].estimate;
            widths[lane] = width_of(findings[lane].interval, method.is_ratio);
        }
        if (method.is_ratio) {
            math::take_logs(std::span(estimates).first(findings.size()));
            math::take_logs(std::span(widths).first(findings.size()));
        }
        log_widths = widths;
        math::take_logs(std::span(log_widths).first(findings.size()));
    }
};

PatientTally::PatientTally(std::shared_ptr<const PatientLayout> layout)
    : layout_(std::move(layout)), words_(layout_->words()), masks_(layout_->rejections()) {}

void PatientTally::clear() {
    std::fill(words_.begin(), words_.end(), 0);
    row_by_table_.clear();
    rows_.clear();
}

bool PatientTally::rejects(std::size_t method, const Finding& finding) const {
    const design::AnalysisPlan& plan = layout_->design().analysis();
    const TalliedMethod& tallied = layout_->methods()[method];
    const auto tail = tallied.is_two_sided || tallied.is_of_table ? analysis::Tail::two_sided
                                                                  : analysis::deciding_tail(plan);
    return analysis::rejects(finding.p_value.of(tail), plan.alpha);
}

void PatientTally::add(const BatchFindings& batch, Part part) {
    count(layout_->trials(), static_cast<std::int64_t>(batch.live));
    std::fill(masks_.begin(), masks_.end(), std::uint8_t{0});
    std::size_t test = 0;
    for (std::size_t m = 0; m < layout_->methods().size(); ++m) {
        const bool has_test = layout_->methods()[m].has_test;
        add_method(m, batch, has_test ? &masks_[test] : nullptr);
        test += has_test ? 1 : 0;
    }
    decide(batch);
    add_joint_rejections();
    add_agreements(batch);
    if (!layout_->design().is_tallied_one_by_one()) count_tables(batch, part);
    add_characteristics(batch);
}

void PatientTally::add_method(std::size_t method, const BatchFindings& batch,
                              std::uint8_t* rejecting) {
    const TalliedMethod& tallied = layout_->methods()[method];
    const auto& places = layout_->places(method);
    const auto findings = batch.findings.subspan(method * lanes, batch.live);
    const OnScale on_scale(tallied, findings);
    for (std::size_t lane = 0; lane < batch.live; ++lane) {
        const Finding& finding = findings[lane];
        const double estimate = on_scale.estimates[lane];
        if (!tallied.is_of_table) count(places.statuses + static_cast<std::size_t>(finding.status));
        if (tallied.has_estimate) add_estimate(method, estimate, finding.standard_error);
        if (tallied.has_interval) {
            add_position(method, finding.interval);
            add_width(method, on_scale.widths[lane], on_scale.log_widths[lane]);
        }
        if (!tallied.has_test) continue;
        const auto& p = finding.p_value;
        if (!std::isnan(p.two_sided) || !std::isnan(p.greater)) count(places.evaluable);
        if (!rejects(method, finding)) continue;
        *rejecting |= static_cast<std::uint8_t>(1U << lane);
        const bool is_favourable = tallied.is_of_table ? (batch.favourable >> lane & 1) != 0
                                                       : is_favourable_to(tallied, p);
        if (is_favourable) count(places.reject_favourable);
        if (tallied.weighs_effect) add_rejected_effect(method, estimate);
    }
}

bool PatientTally::is_favourable_to(const TalliedMethod& method, const analysis::PValues& p) const {
    if (method.is_two_sided) return false;
    const auto direction = layout_->design().analysis().direction;
    return direction == design::Direction::higher_is_better ? p.greater < p.less
                                                            : p.less < p.greater;
}

void PatientTally::add_rejected_effect(std::size_t method, double estimate) {
    const auto& places = layout_->places(method);
    const TalliedMethod& tallied = layout_->methods()[method];
    if (std::isfinite(estimate)) count(places.reject_finite);
    if (tallied.is_null) return;
    if (estimate * tallied.side < 0) count(places.wrong_side);
    const double exaggeration = std::abs(estimate) / std::abs(tallied.origin);
    if (fits(exaggeration)) sum(places.exaggeration, exaggeration);
}

void PatientTally::add_position(std::size_t method, const analysis::Interval& interval) {
    const auto& places = layout_->places(method);
    const TalliedMethod& tallied = layout_->methods()[method];
    switch (analysis::position_of(interval, tallied.truth)) {
        case analysis::Position::covers:
            count(places.cover);
            break;
        case analysis::Position::misses_below:
            count(places.miss_below);
            break;
        case analysis::Position::misses_above:
            count(places.miss_above);
            break;
        case analysis::Position::undefined:
            count(places.undefined);
            break;
    }
}

void PatientTally::add_width(std::size_t method, double width, double log_width) {
    const auto& places = layout_->places(method);
    if (std::isnan(width)) return;
    count(places.width_bins + WidthBins::bin_of(log_width));
    if (fits(width)) {
        count(places.bounded);
        sum(places.width, width);
    } else {
        count(places.infinite);
    }
}

void PatientTally::add_estimate(std::size_t method, double estimate, double standard_error) {
    const auto& places = layout_->places(method);
    const TalliedMethod& tallied = layout_->methods()[method];
    if (std::isnan(estimate)) return count(places.undefined_estimates);
    if (std::isinf(estimate)) return count(places.infinite_estimates);
    const double error = estimate - tallied.origin;
    if (!fits(error) || !fits(error * error)) return count(places.overflow);
    count(places.finite);
    sum(places.error, error);
    sum(places.squared_error, error * error);
    const double variance = standard_error * standard_error;
    if (!fits(variance)) return;
    count(places.with_se);
    sum(places.variance, variance);
}

void PatientTally::decide(const BatchFindings& batch) {
    if (layout_->decisions().empty()) return;
    for (std::size_t lane = 0; lane < batch.live; ++lane) {
        const EndpointDecisions decided(*layout_, batch, lane);
        for (std::size_t i = 0; i < layout_->decisions().size(); ++i) {
            if (!decided.holds(layout_->decisions()[i])) continue;
            masks_[layout_->tests().size() + i] |= static_cast<std::uint8_t>(1U << lane);
        }
    }
}

void PatientTally::add_joint_rejections() {
    const std::size_t tests = masks_.size();
    for (std::size_t a = 0; a < tests; ++a) {
        if (masks_[a] == 0) continue;
        for (std::size_t b = a; b < tests; ++b) {
            const auto both = static_cast<unsigned>(masks_[a] & masks_[b]);
            count(layout_->both(a, b), std::popcount(both));
        }
    }
}

void PatientTally::add_agreements(const BatchFindings& batch) {
    for (std::size_t i = 0; i < layout_->pairs().size(); ++i) {
        const auto& places = layout_->pairs()[i];
        for (const auto agreement : batch.agreements.subspan(i * lanes, batch.live)) {
            switch (agreement) {
                case analysis::Agreement::agree:
                    break;
                case analysis::Agreement::reject_but_covers_null:
                    count(places.reject_but_covers_null);
                    break;
                case analysis::Agreement::accept_but_excludes_null:
                    count(places.accept_but_excludes_null);
                    break;
                case analysis::Agreement::undefined:
                    count(places.undefined);
                    break;
            }
        }
    }
}

void PatientTally::add_characteristics(const BatchFindings& batch) {
    for (std::size_t i = 0; i < layout_->characteristics().size(); ++i) {
        const std::size_t place = layout_->characteristic(i);
        for (std::size_t lane = 0; lane < batch.live; ++lane) {
            const double value = batch.characteristics[i * lanes + lane];
            if (!fits(value)) continue;
            sum(place, value);
            count(place + moment_words);
        }
    }
}

}  // namespace rsasim::tally
