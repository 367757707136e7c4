#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <rsasim/design/grid.hpp>
#include <rsasim/summary/cell_summary.hpp>
#include <rsasim/tally/replicate_ranges.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::summary {

enum class Engine { simulation, enumeration };

/// What the tests of a results file test.
enum class NullKind { no_effect, margin, equivalence };

/// A file whose integers went into a merged one.
struct MergedShard {
    std::string file;
    std::string sha256;  ///< of its HDF5 image
    std::string part;    ///< "3/64"; empty where it was not made by --shard
    std::string host, start, end;
    double cpu_seconds = 0;
};

/// What is known about the computation and may differ between two identical ones.
struct Provenance {
    std::string scenario_given;  ///< byte for byte; the command line's flags where there is no file
    std::string scenario_resolved;  ///< the scenario as a file that gives this run by itself
    std::vector<std::pair<std::string, std::string>>
        attributes;                   ///< "version", "commit", "host" ...
    std::vector<MergedShard> shards;  ///< of a merged file
};

/// Whether the truth of a cell lies in the null hypothesis of the tests.
enum class InNull : std::int8_t { not_solved = -1, no = 0, yes = 1 };

/// What a cell is about, as it is labelled in every output.
/// Rates and effects of women whose model is not solved for (those of other shards) are NaN.
struct CellParameters {
    std::int64_t n_treated = 0;
    std::int64_t n_control = 0;
    double control_rate = 0;
    double treated_rate = 0;
    double odds_ratio = 0;
    double risk_ratio = 0;
    double risk_difference = 0;
    double alpha = 0;
    std::int64_t sides = 2;
    double confidence = 0;
    InNull is_null = InNull::no;
    /// The margin where one is tested; NaN beside margins of equivalence, and the other way round.
    double null_value = std::numeric_limits<double>::quiet_NaN();
    double equivalence_lower = std::numeric_limits<double>::quiet_NaN();
    double equivalence_upper = std::numeric_limits<double>::quiet_NaN();
};

CellParameters parameters_of(const design::Design& design);

/// One cell of the results.
struct CellResults {
    CellParameters parameters;
    std::int64_t replicates = 0;  ///< finished; 0 under enumeration
    CellSummary summary;
    /// The weighted tables, sufficient for every unadjusted method; empty where trials were tallied
    /// one by one.
    std::variant<tally::TableCounts, tally::TableProbabilities> tables;
    tally::ReplicateRanges finished;  ///< empty under enumeration
    /// Where trials were analysed as they came: the words (see tally::PatientLayout), as many for
    /// each cell that has replicates, zeros last, and none for others; and beside the tables the
    /// pilot's counts and the rejections of each patient-level test.
    std::vector<std::int64_t> patient_words;
    std::vector<std::int64_t> pilot;
    std::vector<std::int64_t> rejections, pilot_rejections;
    double skipped_probability = 0;  ///< of the tables left out of an enumeration, below 1e-12
};

/// Everything a results file holds, free of any file format.
struct Results {
    std::string title;
    std::string outcome;
    design::Direction direction = design::Direction::higher_is_better;
    NullKind null_kind = NullKind::no_effect;
    design::Measure null_measure = design::Measure::odds_ratio;  ///< of the margins
    Engine engine = Engine::simulation;
    std::uint64_t seed = 0;
    std::string rng;  ///< name of the generator scheme
    bool common_random_numbers = true;
    std::int64_t replicates_requested = 0;  ///< the largest over the cells
    bool is_complete = false;
    /// Whether trials of some cells were tallied one by one: those cells have no tables.
    bool has_untabled_cells = false;
    /// False for a checkpoint or a shard: tables and state alone, no summaries. Read from a file
    /// it has no labels either, beyond rejection_labels.
    bool is_derived = true;
    std::string scenario_sha256;  ///< of what decides the integers: see the reader of scenarios

    std::vector<design::Axis> axes;
    std::vector<std::string> tests;       ///< labels
    std::vector<std::string> intervals;   ///< "odds_ratio:woolf"
    std::vector<std::string> estimators;  ///< "odds_ratio:sample"
    std::vector<std::string> pairs;       ///< "fisher|odds_ratio:baptista-pike"
    std::vector<std::string> test_pairs;  ///< "pearson|fisher"
    std::vector<std::string> analyses;    ///< patient-level methods, "odds_ratio:g-computation"
    std::vector<std::string> characteristics;
    std::vector<std::string> controlled;        ///< tests with a control variate
    std::vector<std::string> rejection_labels;  ///< patient-level tests and decisions
    std::vector<CellResults> cells;             ///< row-major over the axes
    Provenance provenance;
};

}  // namespace rsasim::summary
