#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/design/trial_batch.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::replicate {

/// Covariates and biomarkers that the analyses read, beside those the trial itself needs; the
/// others are not drawn. Empty: all are.
struct PatientColumnsNeeded {
    std::vector<bool> covariates;
    std::vector<bool> biomarkers;
};

/// Simulates trials of a patient-level design, 8 at a time. Immutable; safe to call from many
/// threads at once, each with its own batch.
///
/// Women are addressed by their place of entry, so that any replicate can be drawn alone, in any
/// lane, and the women of a small trial are the first of a large one.
class PatientTrial {
  public:
    PatientTrial(const design::Design& design, random::StreamKey key,
                 const PatientColumnsNeeded& needed = {});
    ~PatientTrial();
    PatientTrial(PatientTrial&&) noexcept;
    PatientTrial& operator=(PatientTrial&&) noexcept;
    PatientTrial(const PatientTrial&) = delete;
    PatientTrial& operator=(const PatientTrial&) = delete;

    /// A batch with memory for all that fill() writes, and its working memory.
    struct Batch;
    struct DeleteBatch {
        void operator()(Batch* batch) const;
    };
    using BatchPointer = std::unique_ptr<Batch, DeleteBatch>;
    [[nodiscard]] BatchPointer make_batch() const;

    /// Replicates first, ..., first + live - 1 in the lanes 0, ..., live - 1.
    const design::TrialBatch& fill(std::int64_t first, std::size_t live, Batch& batch) const;

  private:
    struct Prepared;
    std::unique_ptr<const Prepared> prepared_;
};

}  // namespace rsasim::replicate
