#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/table_methods.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/design/trial_batch.hpp>
#include <rsasim/tally/fixed_point.hpp>
#include <rsasim/tally/patient_layout.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::tally {

/// What one batch of trials gave.
struct BatchFindings {
    std::size_t live = design::lanes;
    std::span<const analysis::Finding> findings;  ///< [method * lanes + lane]
    std::span<const design::Table2x2> tables;     ///< of the first set, by lane
    std::span<const double> characteristics;      ///< [characteristic * lanes + lane]; NaN: none
    /// Of trials that are tallied one by one: what each pair says, [pair * lanes + lane], and the
    /// lanes whose table is on the favourable side, a bit each.
    std::span<const analysis::Agreement> agreements = {};
    std::uint8_t favourable = 0;
};

/// Whether replicates belong to the pilot: the first block of each cell, which only the control
/// variate's coefficient is estimated from.
enum class Part { pilot, main };

/// The rejections beside each table, sorted as the tables; empty where trials are tallied one by
/// one.
struct TableRejections {
    TableCounts tables;                    ///< of all replicates
    std::vector<std::int64_t> pilot;       ///< of the pilot's replicates, by table
    std::vector<std::int64_t> rejections;  ///< [table * tests + test], of all replicates
    std::vector<std::int64_t> pilot_rejections;
};

/// The mergeable state of a cell whose trials are analysed as they come: integers only. Its size
/// depends on the layout, and on the tables that came up where they are counted.
class PatientTally {
  public:
    explicit PatientTally(std::shared_ptr<const PatientLayout> layout);

    void add(const BatchFindings& batch, Part part);
    /// Adds another tally of the same layout. Any order of merging gives the same bits.
    void merge(const PatientTally& other);
    /// Adds what words() and tables() of a tally of the same layout gave. Throws
    /// std::invalid_argument where the lists have other lengths.
    void merge(std::span<const std::int64_t> words, const TableRejections& tables);
    /// Forgets what was added and keeps the memory.
    void clear();

    [[nodiscard]] const PatientLayout& layout() const { return *layout_; }
    [[nodiscard]] const std::shared_ptr<const PatientLayout>& shared_layout() const {
        return layout_;
    }
    [[nodiscard]] const std::vector<std::int64_t>& words() const { return words_; }
    [[nodiscard]] TableRejections tables() const;

  private:
    struct TableHash {
        std::size_t operator()(const design::Table2x2& table) const;
    };
    struct OnScale;
    /// `rejecting`: the lanes that the method's test rejects, to be filled; null without a test.
    void add_method(std::size_t method, const BatchFindings& batch, std::uint8_t* rejecting);
    void add_rejected_effect(std::size_t method, double estimate);
    [[nodiscard]] bool is_favourable_to(const TalliedMethod& method,
                                        const analysis::PValues& p) const;
    void add_position(std::size_t method, const analysis::Interval& interval);
    void add_width(std::size_t method, double width, double log_width);
    void add_estimate(std::size_t method, double estimate, double standard_error);
    void decide(const BatchFindings& batch);
    void add_characteristics(const BatchFindings& batch);
    [[nodiscard]] bool rejects(std::size_t method, const analysis::Finding& finding) const;
    void add_agreements(const BatchFindings& batch);
    void add_joint_rejections();
    void count_tables(const BatchFindings& batch, Part part);
    [[nodiscard]] std::size_t row_of(const design::Table2x2& table);
    [[nodiscard]] std::size_t stride() const { return 2 + 2 * layout_->rejections(); }
    void count(std::size_t place) { ++words_[place]; }
    void count(std::size_t place, std::int64_t n) { words_[place] += n; }
    void add_words(std::span<const std::int64_t> words);
    void sum(std::size_t place, double x) { add_moments(&words_[place], x); }

    std::shared_ptr<const PatientLayout> layout_;
    std::vector<std::int64_t> words_;
    std::unordered_map<design::Table2x2, std::size_t, TableHash> row_by_table_;
    /// By row: count, pilot count, rejections, pilot rejections.
    std::vector<std::int64_t> rows_;
    std::vector<std::uint8_t> masks_;  ///< of the batch being added: lanes that reject, by test
};

}  // namespace rsasim::tally
