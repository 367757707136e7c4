#include "patient_block.hpp"

#include <memory>

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

ReplayedTrial replay(const design::Design& design, random::StreamKey key, std::int64_t replicate) {
    if (design.patients() == nullptr) {
        return {replicate::CountTrial(design, key).table(replicate), {}, {}};
    }
    PatientWorker worker(std::make_shared<const PatientCell>(design, key));
    const auto [batch, findings] = worker.analyse(replicate, 1);
    ReplayedTrial trial;
    trial.table = findings.tables[0];
    for (std::size_t woman = 0; woman < batch->women; ++woman)
        trial.women.push_back(woman_of(*batch, woman));
    for (std::size_t i = 0; i < findings.findings.size(); i += design::lanes)
        trial.findings.push_back(findings.findings[i]);
    return trial;
}

}  // namespace rsasim::engine
