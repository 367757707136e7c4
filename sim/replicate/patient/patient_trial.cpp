#include "covariate_draws.hpp"
#include "pathway.hpp"
#include "screening.hpp"
#include "wanted.hpp"

#include <algorithm>
#include <stdexcept>

#include <rsasim/replicate/allocation_scheme.hpp>
#include <rsasim/replicate/patient_trial.hpp>

namespace rsasim::replicate {

namespace {

const design::PatientModel& model_of(const design::Design& design) {
    if (design.patients() == nullptr)
        throw std::invalid_argument("PatientTrial: the design has no women");
    if (!design.is_solved())
        throw std::invalid_argument("PatientTrial: the women are described and no more");
    return *design.patients();
}

std::size_t women_of(const design::Design& design) {
    return static_cast<std::size_t>(design.sizes().treated + design.sizes().control);
}

}  // namespace

struct PatientTrial::Prepared {
    design::PatientModel model;
    random::StreamKey key;
    std::size_t women;
    WantedColumns wanted;
    CovariateDraws covariates;
    Screening screening;
    std::unique_ptr<AllocationScheme> scheme;
    Pathway pathway;
    BiomarkerDraws biomarkers;

    Prepared(const design::Design& design, random::StreamKey stream,
             const PatientColumnsNeeded& needed)
        : model(model_of(design)),
          key(stream),
          women(women_of(design)),
          wanted(wanted_columns(model, needed)),
          covariates(model, wanted.covariates),
          screening(model.eligibility, covariates, wanted.covariates, women),
          scheme(make_scheme(model.allocation, design.sizes())),
          pathway(model, women),
          biomarkers(model.biomarkers, wanted.biomarkers) {}
};

struct PatientTrial::Batch {
    design::TrialBatch trial;
    std::vector<design::Column> scores;
    design::Column takes, guess;
    CovariateTargets targets, tile_targets;
    CovariateDraws::Space draw_space;
    Screening::Space screening_space;
    AfterSpace after;
    AllocationTask task;
    TileOfWomen tile;

    explicit Batch(const Prepared& prepared);
    void draw_covariates(const Prepared& prepared, std::uint64_t first);
    void allot(const Prepared& prepared, std::int64_t first, std::size_t live);
    void set_tile(std::size_t first_woman);
};

PatientTrial::Batch::Batch(const Prepared& prepared)
    : draw_space(prepared.covariates.make_space()),
      screening_space(prepared.screening.make_space()) {
    const std::size_t size = prepared.women * design::lanes;
    const auto make = [size](bool wanted) { return design::Column(wanted ? size : 0); };
    trial.women = prepared.women;
    for (const bool wanted : prepared.wanted.covariates.values)
        trial.covariates.push_back(make(wanted));
    for (const bool wanted : prepared.wanted.covariates.scores)
        scores.push_back(make(wanted));
    for (const bool wanted : prepared.wanted.biomarkers)
        trial.biomarkers.push_back(make(wanted));
    const bool may_cross = prepared.model.adherence.has_value();
    trial.treated = make(true);
    trial.adherent = make(may_cross);
    takes = make(may_cross);
    trial.passed = make(true);
    trial.outcome = make(true);
    trial.observed = make(prepared.model.dropout.has_value());
    guess = make(prepared.model.selection_bias != 0);
    for (auto* columns : {&trial.covariates, &scores}) {
        auto& pointers = columns == &scores ? targets.scores : targets.values;
        for (design::Column& column : *columns)
            pointers.push_back(column.empty() ? nullptr : column.data());
    }
    tile_targets = targets;
    tile.covariates.resize(targets.values.size());
    tile.scores.resize(targets.scores.size());
    tile.biomarkers.resize(trial.biomarkers.size());
    task.key = prepared.key;
    task.women = prepared.women;
    for (std::size_t k = 0; k < prepared.model.allocation.strata.size(); ++k)
        trial.levels.push_back(make(true));
    for (const design::Column& column : trial.levels)
        task.levels.push_back(column.data());
}

void PatientTrial::Batch::draw_covariates(const Prepared& prepared, std::uint64_t first) {
    const auto shift = [](std::vector<double*>& pointers, const std::vector<double*>& bases,
                          std::size_t offset) {
        for (std::size_t c = 0; c < bases.size(); ++c)
            pointers[c] = bases[c] == nullptr ? nullptr : bases[c] + offset;
    };
    for (std::size_t woman = 0; woman < trial.women; woman += tile_rows) {
        shift(tile_targets.values, targets.values, woman * design::lanes);
        shift(tile_targets.scores, targets.scores, woman * design::lanes);
        prepared.covariates.draw(
            prepared.key,
            {random::Purpose::covariates, first, static_cast<std::uint32_t>(woman), 0},
            std::min(tile_rows, trial.women - woman), draw_space, tile_targets);
    }
    std::fill_n(trial.screened, design::lanes, static_cast<double>(trial.women));
    if (!prepared.screening.admits_all()) {
        prepared.screening.screen(prepared.key, first, targets, screening_space, draw_space,
                                  trial.screened);
    }
}

void PatientTrial::Batch::allot(const Prepared& prepared, std::int64_t first, std::size_t live) {
    const auto& strata = prepared.model.allocation.strata;
    for (std::size_t k = 0; k < strata.size(); ++k)
        set_levels(strata[k], trial.covariates[strata[k].covariate].data(), trial.levels[k]);
    task.first_replicate = first;
    task.live = live;
    prepared.scheme->allocate(task, {trial.treated.data(), guess.empty() ? nullptr : guess.data(),
                                     trial.correct_guesses});
}

void PatientTrial::Batch::set_tile(std::size_t first_woman) {
    const std::size_t offset = first_woman * design::lanes;
    const auto at = [offset](auto& column) {
        return column.empty() ? nullptr : column.data() + offset;
    };
    tile.first_woman = first_woman;
    tile.rows = std::min(tile_rows, trial.women - first_woman);
    for (std::size_t c = 0; c < trial.covariates.size(); ++c) {
        tile.covariates[c] = at(trial.covariates[c]);
        tile.scores[c] = at(scores[c]);
    }
    for (std::size_t k = 0; k < trial.biomarkers.size(); ++k)
        tile.biomarkers[k] = at(trial.biomarkers[k]);
    tile.treated = at(trial.treated);
    tile.adherent = at(trial.adherent);
    tile.takes = takes.empty() ? tile.treated : at(takes);
    tile.guess = at(guess);
    tile.passed = at(trial.passed);
    tile.outcome = at(trial.outcome);
    tile.observed = at(trial.observed);
}

PatientTrial::PatientTrial(const design::Design& design, random::StreamKey key,
                           const PatientColumnsNeeded& needed)
    : prepared_(std::make_unique<const Prepared>(design, key, needed)) {}

PatientTrial::~PatientTrial() = default;
PatientTrial::PatientTrial(PatientTrial&&) noexcept = default;
PatientTrial& PatientTrial::operator=(PatientTrial&&) noexcept = default;

void PatientTrial::DeleteBatch::operator()(Batch* batch) const {
    delete batch;
}

PatientTrial::BatchPointer PatientTrial::make_batch() const {
    return BatchPointer(new Batch(*prepared_));
}

const design::TrialBatch& PatientTrial::fill(std::int64_t first, std::size_t live,
                                             Batch& batch) const {
    const auto replicate = static_cast<std::uint64_t>(first);
    batch.trial.live = live;
    batch.draw_covariates(*prepared_, replicate);
    batch.allot(*prepared_, first, live);
    const Drawing drawing{prepared_->key, replicate};
    prepared_->pathway.start(drawing, batch.after);
    for (std::size_t woman = 0; woman < batch.trial.women; woman += tile_rows) {
        batch.set_tile(woman);
        prepared_->pathway.follow(drawing, batch.tile, batch.after);
        prepared_->biomarkers.draw(drawing, batch.tile, batch.after);
    }
    return batch.trial;
}

}  // namespace rsasim::replicate
