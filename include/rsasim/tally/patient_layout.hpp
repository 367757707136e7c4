#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::tally {

/// The bins of an interval's width w (log width for ratios): bin k holds the widths with
/// floor(64 log w) = lowest + k; the first and the last also what lies beyond, the last infinite
/// widths too.
struct WidthBins {
    static constexpr int lowest = -640;  // e^-10
    static constexpr std::size_t bins = 1024;
    static constexpr double steps = 64;

    /// Of log w; the first bin also of no number.
    static std::size_t bin_of(double log_width);
    /// The middle of a bin on the log scale; infinite for the last.
    static double width_at(std::size_t bin);
};

/// A method of the plan as the tally sees it: what is counted, and against which truth.
struct TalliedMethod {
    bool is_of_table = false;  ///< asked about the 2x2 table: its P-value stands as two-sided
    bool has_test = false;
    bool has_interval = false;
    bool has_estimate = false;              ///< that is reported
    bool weighs_effect = false;             ///< of rejections: exaggeration and sign of an effect
    bool is_ratio = false;                  ///< analysed on the log scale
    bool is_two_sided = false;              ///< whatever the plan: biomarkers
    double truth = analysis::not_a_number;  ///< on the measure's own scale
    double origin = 0;  ///< of errors: the truth on the scale of analysis, 0 where it is not finite
    double side = 0;    ///< its sign is that of the truth against no effect; 0: not looked at
    bool is_null = false;  ///< the truth is no effect, or lies in the null
};

/// A decision on several endpoints: which procedure, and what it asks.
struct TalliedDecision {
    enum class Asks { endpoint, any, all, any_true_null };
    design::Procedure procedure = design::Procedure::fixed_sequence;
    Asks asks = Asks::any;
    std::size_t endpoint = 0;  ///< of the multiplicity's list
    std::string label;         ///< "holm(logistic)", "holm(any)"
};

/// Means over trials beside the analyses.
struct Characteristic {
    std::string label;
    std::string meaning;
};

/// What trials that are analysed as they come leave behind, and where each number lies in the flat
/// list of words that is the state: merging is adding words, or pairs of words for 128-bit sums.
/// Those are the trials of patient-level designs, with the methods for women, and of designs whose
/// tables are too many to be counted, with all methods of the 2x2 table.
class PatientLayout {
  public:
    /// Throws std::logic_error for a design of counts that are tallied by table.
    explicit PatientLayout(const design::Design& design);

    [[nodiscard]] const design::Design& design() const { return design_; }
    /// Of a patient-level design.
    [[nodiscard]] const design::PatientPlan& plan() const { return *design_.analysis().patients; }
    /// Those of the table, where it is tallied one by one (tests, intervals, estimators, each in
    /// the plan's order), then those for women.
    [[nodiscard]] const std::vector<TalliedMethod>& methods() const { return methods_; }
    /// How many methods are of the table: the first ones.
    [[nodiscard]] std::size_t table_methods() const { return table_methods_; }
    [[nodiscard]] const std::vector<TalliedDecision>& decisions() const { return decisions_; }
    [[nodiscard]] const std::vector<Characteristic>& characteristics() const {
        return characteristics_;
    }
    /// Methods with a test, in their order, then the decisions: the bits of a rejection mask.
    [[nodiscard]] const std::vector<std::size_t>& tests() const { return tests_; }
    [[nodiscard]] std::size_t rejections() const { return tests_.size() + decisions_.size(); }
    [[nodiscard]] std::size_t words() const { return words_; }
    /// Words where 128-bit sums begin; all other words are counts.
    [[nodiscard]] const std::vector<bool>& is_low_word() const { return is_low_word_; }

    /// Places of a method's words.
    struct MethodPlaces {
        std::size_t statuses = 0;  ///< of methods for women
        std::size_t evaluable = 0, reject_favourable = 0, reject_finite = 0, wrong_side = 0;
        std::size_t exaggeration = 0;  ///< moments
        std::size_t cover = 0, miss_below = 0, miss_above = 0, infinite = 0, undefined = 0;
        std::size_t bounded = 0;
        std::size_t width = 0;       ///< moments
        std::size_t width_bins = 0;  ///< WidthBins::bins counts
        std::size_t finite = 0, infinite_estimates = 0, undefined_estimates = 0, overflow = 0;
        std::size_t error = 0, squared_error = 0;  ///< moments
        std::size_t with_se = 0;
        std::size_t variance = 0;  ///< moments
    };
    [[nodiscard]] const MethodPlaces& places(std::size_t method) const { return places_[method]; }
    [[nodiscard]] std::size_t trials() const { return trials_; }
    /// Places of a pair of a table's test and interval, in the plan's order: three counts.
    struct PairPlaces {
        std::size_t reject_but_covers_null = 0, accept_but_excludes_null = 0, undefined = 0;
    };
    [[nodiscard]] const std::vector<PairPlaces>& pairs() const { return pairs_; }
    /// Replicates in which both a < b reject; for a = b, in which a rejects.
    [[nodiscard]] std::size_t both(std::size_t a, std::size_t b) const {
        return both_ + a * rejections() - a * (a + 1) / 2 + b;
    }
    /// Moments of a characteristic; its count comes after them.
    [[nodiscard]] std::size_t characteristic(std::size_t i) const {
        return first_characteristic_ + i * (4 + 1);
    }

  private:
    std::size_t take(std::size_t words);
    std::size_t take_moments();
    void describe_table_methods();
    void describe_methods();
    void describe_decisions();
    void describe_characteristics();
    void place_method(const TalliedMethod& method);

    design::Design design_;
    std::vector<TalliedMethod> methods_;
    std::vector<TalliedDecision> decisions_;
    std::vector<Characteristic> characteristics_;
    std::vector<std::size_t> tests_;
    std::vector<MethodPlaces> places_;
    std::vector<PairPlaces> pairs_;
    std::vector<bool> is_low_word_;
    std::size_t table_methods_ = 0;
    std::size_t words_ = 0, trials_ = 0, both_ = 0, first_characteristic_ = 0;
};

}  // namespace rsasim::tally
