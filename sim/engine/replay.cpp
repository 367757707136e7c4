#include "patient_block.hpp"

#include <memory>
#include <optional>

#include <rsasim/engine/replay.hpp>
#include <rsasim/replicate/count_trial.hpp>

namespace rsasim::engine {
namespace {

double first_lane(const design::Column& column, std::size_t woman, double otherwise) {
    return column.empty() ? otherwise : column[woman * design::lanes];
}

design::ReplayedWoman woman_of(const design::TrialBatch& batch, std::size_t woman) {
    design::ReplayedWoman replayed;
    for (const auto& column : batch.covariates)
        replayed.covariates.push_back(first_lane(column, woman, analysis::not_a_number));
    for (const auto& column : batch.biomarkers)
        replayed.biomarkers.push_back(first_lane(column, woman, analysis::not_a_number));
    replayed.is_treated = first_lane(batch.treated, woman, 0) == 1;
    replayed.is_adherent = first_lane(batch.adherent, woman, 1) == 1;
    replayed.stages_passed = static_cast<std::int64_t>(first_lane(batch.passed, woman, 0));
    replayed.has_event = first_lane(batch.outcome, woman, 0) == 1;
    replayed.is_observed = first_lane(batch.observed, woman, 1) == 1;
    return replayed;
}

}  // namespace

struct Replayer::Prepared {
    Prepared(const design::Design& design, random::StreamKey key) {
        if (design.patients() == nullptr) {
            counts.emplace(design, key);
        } else {
            // The methods of the table are judged by whoever shows it.
            patients.emplace(std::make_shared<const PatientCell>(
                design.with_tallying(design::Tallying::by_table), key));
        }
    }

    std::optional<replicate::CountTrial> counts;
    std::optional<PatientWorker> patients;
};

Replayer::Replayer(const design::Design& design, random::StreamKey key)
    : prepared_(std::make_unique<Prepared>(design, key)) {}
Replayer::~Replayer() = default;
Replayer::Replayer(Replayer&&) noexcept = default;
Replayer& Replayer::operator=(Replayer&&) noexcept = default;

ReplayedTrial Replayer::replay(std::int64_t replicate) {
    if (prepared_->counts) return {prepared_->counts->table(replicate), {}, {}};
    const auto [batch, findings] = prepared_->patients->analyse(replicate, 1);
    ReplayedTrial trial;
    trial.table = findings.tables[0];
    for (std::size_t woman = 0; woman < batch->women; ++woman)
        trial.women.push_back(woman_of(*batch, woman));
    for (std::size_t i = 0; i < findings.findings.size(); i += design::lanes)
        trial.findings.push_back(findings.findings[i]);
    return trial;
}

}  // namespace rsasim::engine
