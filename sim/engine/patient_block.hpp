#pragma once

#include "table_judge.hpp"
#include "tallying_worker.hpp"
#include "trial_description.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
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

/// Simulates and analyses trials of a patient-level cell.
class PatientWorker : public TallyingWorker {
  public:
    explicit PatientWorker(std::shared_ptr<const PatientCell> cell);

    /// One batch and its findings: replicates first, ..., first + live - 1.
    struct Analysed {
        const design::TrialBatch* batch = nullptr;
        tally::BatchFindings findings;
    };
    Analysed analyse(std::int64_t first, std::size_t live);

  private:
    tally::BatchFindings simulate(std::int64_t first, std::size_t live) override {
        return analyse(first, live).findings;
    }

    /// A family of methods of one set; choice k's findings go to the plan's method `methods[k]`.
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
    TableJudge judge_;
    design::Table2x2 tables_[design::lanes];
};

}  // namespace rsasim::engine
