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

/// Places within a row of the tables.
constexpr std::size_t row_count = 0;
constexpr std::size_t row_pilot_count = 1;
constexpr std::size_t row_rejections = 2;

}  // namespace

/// Estimates and widths of a method's findings on its scale of analysis, and the widths'
/// logarithms.
struct PatientTally::OnScale {
    std::array<double, lanes> estimates, widths, log_widths;

    OnScale(const TalliedMethod& method, std::span<const Finding> findings)
        : estimates{}, widths{}, log_widths{} {
        for (std::size_t lane = 0; lane < findings.size(); ++lane) {
            const auto& [lower, upper] = findings[lane].interval;
            estimates[lane] = findings[lane].estimate;
            widths[lane] = method.is_ratio ? upper / lower : upper - lower;
        }
        if (method.is_ratio) {
            math::take_logs(std::span(estimates).first(findings.size()));
            math::take_logs(std::span(widths).first(findings.size()));
        }
        log_widths = widths;
        math::take_logs(std::span(log_widths).first(findings.size()));
    }
};

std::size_t PatientTally::TableHash::operator()(const design::Table2x2& table) const {
    // Multiplicative hashing (Knuth, Sorting and Searching, 6.4) of the four counts in one word.
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
    const auto mix = [](std::int64_t a, std::int64_t b) {
        return static_cast<std::uint64_t>(a) << 32 ^ static_cast<std::uint64_t>(b);
    };
    const std::uint64_t events = mix(table.treated.events, table.control.events);
    const std::uint64_t sizes = mix(table.treated.n, table.control.n);
    return static_cast<std::size_t>((events * golden ^ sizes) * golden >> 16);
}

PatientTally::PatientTally(std::shared_ptr<const PatientLayout> layout)
    : layout_(std::move(layout)), words_(layout_->words()), masks_(layout_->rejections()) {}

void PatientTally::clear() {
    std::fill(words_.begin(), words_.end(), 0);
    row_by_table_.clear();
    rows_.clear();
}

bool PatientTally::rejects(std::size_t method, const Finding& finding) const {
    const design::AnalysisPlan& plan = layout_->design().analysis();
    const auto tail = layout_->methods()[method].is_two_sided ? analysis::Tail::two_sided
                                                              : analysis::deciding_tail(plan);
    return analysis::rejects(finding.p_value.of(tail), plan.alpha);
}

void PatientTally::add(const BatchFindings& batch, Part part) {
    count(layout_->trials(), static_cast<std::int64_t>(batch.live));
    std::fill(masks_.begin(), masks_.end(), std::uint8_t{0});
    std::size_t test = 0;
    for (std::size_t m = 0; m < layout_->methods().size(); ++m) {
        const TalliedMethod& method = layout_->methods()[m];
        const auto findings = batch.findings.subspan(m * lanes, batch.live);
        const OnScale on_scale(method, findings);
        for (std::size_t lane = 0; lane < batch.live; ++lane) {
            const Finding& finding = findings[lane];
            const double estimate = on_scale.estimates[lane];
            count(layout_->places(m).statuses + static_cast<std::size_t>(finding.status));
            if (method.has_estimate) add_estimate(m, estimate, finding.standard_error);
            if (method.has_interval) {
                add_position(m, finding.interval);
                add_width(m, on_scale.widths[lane], on_scale.log_widths[lane]);
            }
            if (!method.has_test) continue;
            add_test(m, finding, estimate);
            if (rejects(m, finding)) masks_[test] |= static_cast<std::uint8_t>(1U << lane);
        }
        test += method.has_test ? 1 : 0;
    }
    decide(batch);
    add_rejections(batch, part);
    add_characteristics(batch);
}

void PatientTally::add_test(std::size_t method, const Finding& finding, double estimate) {
    const auto& places = layout_->places(method);
    const TalliedMethod& tallied = layout_->methods()[method];
    const design::AnalysisPlan& plan = layout_->design().analysis();
    const auto& p = finding.p_value;
    if (!std::isnan(p.two_sided) || !std::isnan(p.greater)) count(places.evaluable);
    if (!rejects(method, finding)) return;
    const bool wants_higher = plan.direction == design::Direction::higher_is_better;
    if (!tallied.is_two_sided && (wants_higher ? p.greater < p.less : p.less < p.greater)) {
        count(places.reject_favourable);
    }
    if (!tallied.has_estimate) return;
    if (std::isfinite(estimate)) count(places.reject_finite);
    if (tallied.is_null) return;
    if (estimate * tallied.origin < 0) count(places.wrong_side);
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

std::size_t PatientTally::row_of(const design::Table2x2& table) {
    const auto [found, is_new] = row_by_table_.try_emplace(table, row_by_table_.size());
    if (is_new) rows_.resize(rows_.size() + stride());
    return found->second * stride();
}

void PatientTally::add_rejections(const BatchFindings& batch, Part part) {
    const std::size_t tests = masks_.size();
    for (std::size_t a = 0; a < tests; ++a) {
        if (masks_[a] == 0) continue;
        for (std::size_t b = a; b < tests; ++b) {
            const auto both = static_cast<unsigned>(masks_[a] & masks_[b]);
            count(layout_->both(a, b), std::popcount(both));
        }
    }
    for (std::size_t lane = 0; lane < batch.live; ++lane) {
        std::int64_t* const row = &rows_[row_of(batch.tables[lane])];
        const bool is_pilot = part == Part::pilot;
        ++row[row_count];
        row[row_pilot_count] += is_pilot ? 1 : 0;
        for (std::size_t test = 0; test < tests; ++test) {
            const std::int64_t bit = masks_[test] >> lane & 1;
            row[row_rejections + test] += bit;
            row[row_rejections + tests + test] += is_pilot ? bit : 0;
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

void PatientTally::add_words(std::span<const std::int64_t> words) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (layout_->is_low_word()[i]) {
            add_wide(&words_[i], wide_of(&words[i]));
            ++i;
        } else {
            words_[i] += words[i];
        }
    }
}

void PatientTally::merge(const PatientTally& other) {
    if (other.words_.size() != words_.size() || other.stride() != stride()) {
        throw std::logic_error("PatientTally::merge: the tallies have different layouts");
    }
    add_words(other.words_);
    for (const auto& [table, index] : other.row_by_table_) {
        const std::size_t row = row_of(table);
        for (std::size_t i = 0; i < stride(); ++i)
            rows_[row + i] += other.rows_[index * stride() + i];
    }
}

void PatientTally::merge(std::span<const std::int64_t> words, const TableRejections& tables) {
    const std::size_t tests = masks_.size(), size = tables.tables.size();
    if (words.size() != words_.size() || tables.pilot.size() != size ||
        tables.rejections.size() != size * tests ||
        tables.pilot_rejections.size() != size * tests) {
        throw std::invalid_argument("PatientTally::merge: numbers of another layout");
    }
    add_words(words);
    for (std::size_t i = 0; i < size; ++i) {
        std::int64_t* const row = &rows_[row_of(tables.tables[i].table())];
        row[row_count] += tables.tables[i].weight;
        row[row_pilot_count] += tables.pilot[i];
        for (std::size_t test = 0; test < tests; ++test) {
            row[row_rejections + test] += tables.rejections[i * tests + test];
            row[row_rejections + tests + test] += tables.pilot_rejections[i * tests + test];
        }
    }
}

TableRejections PatientTally::tables() const {
    std::vector<std::pair<design::Table2x2, std::size_t>> sorted(row_by_table_.begin(),
                                                                 row_by_table_.end());
    const auto order = [](const auto& entry) {
        const auto& [treated, control] = entry.first;
        return std::array{treated.n, control.n, treated.events, control.events};
    };
    std::ranges::sort(sorted, {}, order);
    const std::size_t tests = masks_.size();
    TableRejections result;
    for (const auto& [table, index] : sorted) {
        const auto row = rows_.begin() + static_cast<std::ptrdiff_t>(index * stride());
        const auto at = [&](std::size_t i) { return row + static_cast<std::ptrdiff_t>(i); };
        const auto narrow = [](std::int64_t count) { return static_cast<std::int32_t>(count); };
        result.tables.push_back({narrow(table.treated.events), narrow(table.treated.n),
                                 narrow(table.control.events), narrow(table.control.n),
                                 row[row_count]});
        result.pilot.push_back(row[row_pilot_count]);
        result.rejections.insert(result.rejections.end(), at(row_rejections),
                                 at(row_rejections + tests));
        result.pilot_rejections.insert(result.pilot_rejections.end(), at(row_rejections + tests),
                                       at(row_rejections + 2 * tests));
    }
    return result;
}

}  // namespace rsasim::tally
