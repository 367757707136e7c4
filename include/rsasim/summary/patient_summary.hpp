#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/summary/cell_summary.hpp>
#include <rsasim/tally/patient_tally.hpp>

namespace rsasim::summary {

/// The integers of a cell whose trials are analysed as they come.
struct PatientState {
    const tally::PatientLayout* layout = nullptr;
    std::span<const std::int64_t> words;  ///< see PatientLayout
    const tally::TableRejections* tables = nullptr;
    const analysis::Judgement* judgement = nullptr;  ///< of the tables
};

/// Appends what the tally holds to a summary of the methods that were judged by table, which is
/// empty where trials are tallied one by one: tests, intervals, estimators, pairs of a test and an
/// interval, the pairs of all tests, statuses and characteristics. Means and errors are those of
/// Performance, from exact integer sums; width quantiles are read off bins of a relative width of
/// 1/64, an unbounded interval ranked last. Tables at which a pair contradicts itself and the
/// fragility of results are not known of trials tallied one by one.
void append_tallied(CellSummary& summary, const PatientState& state);

/// A test of the 2x2 table whose power is known exactly, with the error that the truth's
/// integration leaves in it.
struct ControlTest {
    std::size_t test = 0;  ///< of the plan's tests
    double power = 0;
    double standard_error = 0;
};

/// For each patient-level test (and decision) the table's test that its rejections follow most
/// closely in the pilot; nothing where the pilot shows no variation or there is no such test.
std::vector<std::optional<std::size_t>> choose_controls(const PatientState& state);

/// Power by control variate: p_b - beta (p_c - P_c) over the replicates after the pilot, beta = cov
/// / var from the pilot, so that the estimate is unbiased. `controls` are those of choose_controls
/// with their exact powers. Beside it what that gains over the plain power of all replicates: the
/// squared ratio of their standard errors, below 1 where the replicates left out for the pilot cost
/// more than the control saves. Appends to `summary.controlled`.
/// Source: Glasserman 2004, Monte Carlo Methods in Financial Engineering, section 4.1.
void append_controlled_power(CellSummary& summary, const PatientState& state,
                             std::span<const std::optional<ControlTest>> controls);

}  // namespace rsasim::summary
