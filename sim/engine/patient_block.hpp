#pragma once

#include "trial_description.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/random/stream_key.hpp>
#include <rsasim/replicate/analysis_columns.hpp>
#include <rsasim/replicate/patient_trial.hpp>
#include <rsasim/resample/resampling.hpp>
#include <rsasim/tally/patient_tally.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::engine {

/// What all workers share of a patient-level cell.
struct PatientCell {
    PatientCell(const design::Design& planned, random::StreamKey stream);

    design::Design design;
    random::StreamKey key;
    replicate::PatientTrial trial;
    std::shared_ptr<const tally::PatientLayout> layout;
};

/// What one worker keeps to simulate and analyse trials of a patient-level cell. All memory is made
/// here, before the loop.
class PatientWorker {
  public:
    explicit PatientWorker(std::shared_ptr<const PatientCell> cell);

    [[nodiscard]] const PatientCell& cell() const { return *cell_; }

    /// Simulates and analyses the replicates, which are all of one part, batch by batch until
    /// `pauses` says so or all are done; gives the first that is not. The tally of those that are
    /// is valid until the next call.
    std::int64_t run(const tally::ReplicateRange& replicates, tally::Part part,
                     const std::function<bool()>& pauses);
    [[nodiscard]] const tally::PatientTally& tally() const { return tally_; }

    /// One batch and its findings: replicates first, ..., first + live - 1.
    struct Analysed {
        const design::TrialBatch* batch = nullptr;
        tally::BatchFindings findings;
    };
    Analysed analyse(std::int64_t first, std::size_t live);

  private:
    /// A family of methods of one set; choice k's findings go to the method `methods[k]`.
    struct Family {
        std::size_t set = 0;
        std::vector<std::size_t> methods;
        std::unique_ptr<analysis::PatientAnalysis> analysis;
        std::unique_ptr<resample::ResamplingAnalysis> resampling;
    };
    void prepare_families();
    void prepare_family(std::size_t set, std::vector<std::size_t> methods);

    std::shared_ptr<const PatientCell> cell_;
    replicate::PatientTrial::BatchPointer batch_;
    replicate::AnalysisColumns columns_;
    std::vector<Family> families_;
    std::vector<analysis::Finding> of_family_, findings_;
    std::vector<double> characteristics_;
    TrialDescription description_;
    design::Table2x2 tables_[design::lanes];
    tally::PatientTally tally_;
};

}  // namespace rsasim::engine
