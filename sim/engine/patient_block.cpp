#include "patient_block.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace rsasim::engine {
namespace {

using design::lanes;

/// The covariates and biomarkers that the plan's analyses read.
replicate::PatientColumnsNeeded needed_by(const design::Design& design) {
    const design::PatientModel& model = *design.patients();
    const design::PatientPlan& plan = *design.analysis().patients;
    replicate::PatientColumnsNeeded needed{std::vector<bool>(model.covariates.size()),
                                           std::vector<bool>(model.biomarkers.size())};
    for (const auto& feature : plan.adjust)
        needed.covariates[feature.covariate] = true;
    for (const auto& factor : plan.strata)
        needed.covariates[factor.covariate] = true;
    if (plan.interaction) needed.covariates[plan.interaction->covariate] = true;
    for (const auto& set : plan.sets) {
        if (set.subgroup) needed.covariates[set.subgroup->covariate] = true;
    }
    for (const auto& method : plan.methods) {
        if (!method.endpoint) continue;
        needed.biomarkers[*method.endpoint] = true;
        const auto& baseline = model.biomarkers[*method.endpoint].baseline;
        if (baseline) needed.covariates[*baseline] = true;
    }
    return needed;
}

analysis::PatientSetting setting_of(const design::Design& design) {
    const design::AnalysisPlan& plan = design.analysis();
    analysis::PatientSetting setting;
    setting.women = static_cast<std::size_t>(design.sizes().treated + design.sizes().control);
    setting.adjusting = plan.patients->adjust.size();
    setting.strata = design::strata_of(plan.patients->strata);
    setting.confidence = plan.confidence;
    setting.null = plan.null;
    return setting;
}

}  // namespace

PatientCell::PatientCell(const design::Design& planned, random::StreamKey stream)
    : design(planned),
      key(stream),
      trial(planned, stream, needed_by(planned)),
      layout(std::make_shared<const tally::PatientLayout>(planned)) {}

PatientWorker::PatientWorker(std::shared_ptr<const PatientCell> cell)
    : TallyingWorker(cell->layout),
      cell_(std::move(cell)),
      batch_(cell_->trial.make_batch()),
      columns_(cell_->design),
      findings_(cell_->layout->methods().size() * lanes),
      characteristics_(cell_->layout->characteristics().size() * lanes),
      description_(cell_->layout),
      judge_(cell_->layout) {
    prepare_families();
}

void PatientWorker::prepare_families() {
    const design::PatientPlan& plan = cell_->layout->plan();
    std::map<std::pair<std::size_t, int>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < plan.methods.size(); ++i) {
        const auto& choice = plan.methods[i];
        const bool is_imputed =
            plan.sets[choice.set].handling == design::Handling::multiple_imputation;
        const auto family = analysis::find_patient_method(choice.id, choice.measure)->family;
        groups[{choice.set, is_imputed ? -1 : static_cast<int>(family)}].push_back(i);
    }
    for (auto& [group, methods] : groups)
        prepare_family(group.first, std::move(methods));
}

void PatientWorker::prepare_family(std::size_t set, std::vector<std::size_t> methods) {
    const design::Design& design = cell_->design;
    const design::PatientPlan& plan = *design.analysis().patients;
    std::vector<design::PatientChoice> choices;
    for (const std::size_t method : methods)
        choices.push_back(plan.methods[method]);
    const auto setting = setting_of(design);
    const auto* row = analysis::find_patient_method(choices.front().id, choices.front().measure);
    Family family;
    family.set = set;
    family.methods = std::move(methods);
    if (plan.sets[set].handling == design::Handling::multiple_imputation) {
        family.resampling = resample::prepare_imputation(
            choices, setting,
            {plan.imputations, plan.sets[set].delta_treated, plan.sets[set].delta_control});
    } else if (row->family == analysis::PatientFamily::rerandomisation) {
        family.resampling = resample::prepare_rerandomisation(choices, setting, design);
    } else {
        family.analysis = analysis::prepare_family(row->family, choices, setting);
    }
    of_family_.resize(std::max(of_family_.size(), family.methods.size() * lanes));
    families_.push_back(std::move(family));
}

PatientWorker::Analysed PatientWorker::analyse(std::int64_t first, std::size_t live) {
    const design::TrialBatch& batch = cell_->trial.fill(first, live, *batch_);
    columns_.take(batch);
    const std::size_t of_table = cell_->layout->table_methods();
    for (Family& family : families_) {
        const auto found = std::span(of_family_).first(family.methods.size() * lanes);
        const auto& columns = columns_.of_set(family.set);
        if (family.analysis) {
            family.analysis->analyse(columns, found);
        } else {
            family.resampling->analyse(columns, {cell_->key, first}, found);
        }
        for (std::size_t k = 0; k < family.methods.size(); ++k) {
            const std::size_t method = of_table + family.methods[k];
            std::copy_n(&found[k * lanes], lanes, &findings_[method * lanes]);
        }
    }
    collapse(columns_.of_set(0), tables_);
    judge_.judge(std::span(tables_).first(live), findings_);
    description_.write(batch, columns_.of_set(0), characteristics_);
    return {&batch,
            {live, findings_, tables_, characteristics_, judge_.agreements(), judge_.favourable()}};
}

}  // namespace rsasim::engine
