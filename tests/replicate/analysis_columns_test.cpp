#include "women.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/replicate/analysis_columns.hpp>

using namespace rsasim;
using design::Comparison;
using design::Handling;
using design::Population;

namespace {

/// Four women in lane 3: treated, treated, control, control; the second and third are lost.
design::TrialBatch four_women() {
    design::TrialBatch batch;
    batch.women = 4;
    const auto column = [](std::vector<double> values) {
        design::Column out(values.size() * design::lanes, -9);
        for (std::size_t woman = 0; woman < values.size(); ++woman)
            out[woman * design::lanes + 3] = values[woman];
        return out;
    };
    batch.covariates = {column({31, 36, 29, 40}), column({1, 0, 1, 0})};
    batch.treated = column({1, 1, 0, 0});
    batch.outcome = column({1, 1, 0, 1});
    batch.observed = column({1, 0, 0, 1});
    batch.adherent = column({1, 1, 0, 0});
    batch.biomarkers = {column({5, 6, 7, 8})};
    batch.levels = {column({1, 0, 1, 0})};
    return batch;
}

design::Design design_with(const design::PatientPlan& plan) {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("age", design::Family::normal, 33, 4),
                        covariate("smoker", design::Family::binary, 0.3)};
    model.biomarkers = {{"later", 0, 0.5, 0, 1, 0, 0}};
    model.dropout = design::Dropout{};
    model.allocation.strata = {{1, {0.5}, "smoker"}};
    design::AnalysisPlan analysis;
    analysis.patients = plan;
    return {{2, 2},
            {0.5, 0.5},
            std::make_shared<const design::AnalysisPlan>(analysis),
            {std::make_shared<const design::PatientModel>(model),
             std::make_shared<const design::PatientTruth>()}};
}

/// Lane 3 of a column; ones where it is left out.
std::vector<double> lane_3(const double* column) {
    if (column == nullptr) return {1, 1, 1, 1};
    return {column[3], column[11], column[19], column[27]};
}

using Row = std::vector<double>;

}  // namespace

TEST_CASE("Missing outcomes become what the handling of the set says", "[exact]") {
    design::PatientPlan plan;
    for (const Handling handling :
         {Handling::failure, Handling::complete_case, Handling::worst_case, Handling::best_case,
          Handling::multiple_imputation}) {
        plan.sets.emplace_back();
        plan.sets.back().handling = handling;
    }
    const design::Design design = design_with(plan);
    replicate::AnalysisColumns columns(design);
    const design::TrialBatch batch = four_women();
    columns.take(batch);
    const auto outcome = [&](std::size_t set) { return lane_3(columns.of_set(set).outcome); };
    const auto weight = [&](std::size_t set) { return lane_3(columns.of_set(set).weight); };
    CHECK(outcome(0) == Row{1, 0, 0, 1});
    CHECK(weight(0) == Row{1, 1, 1, 1});
    CHECK(weight(1) == Row{1, 0, 0, 1});
    CHECK(outcome(2) == Row{1, 0, 1, 1});  // none for the treated, an event for the control woman
    CHECK(outcome(3) == Row{1, 1, 0, 1});
    CHECK(weight(4) == Row{1, 0, 0, 1});
    CHECK(lane_3(columns.of_set(4).missing) == Row{0, 1, 1, 0});
    CHECK(lane_3(columns.of_set(0).treated) == Row{1, 1, 0, 0});
    CHECK(lane_3(columns.of_set(0).biomarkers[0]) == Row{5, 6, 7, 8});
    CHECK(lane_3(columns.of_set(0).baselines[0]) == Row{31, 36, 29, 40});
    CHECK(lane_3(columns.of_set(0).biomarker_weight) == Row{1, 0, 0, 1});
    CHECK(lane_3(columns.of_set(0).allocation_levels[0]) == Row{1, 0, 1, 0});
}

TEST_CASE("Sets leave out who did not adhere and who is not of the subgroup", "[exact]") {
    design::PatientPlan plan;
    plan.sets.resize(3);
    plan.sets[0].population = Population::per_protocol;
    plan.sets[1].subgroup = where(1, Comparison::equal, 1);
    plan.sets[2].population = Population::per_protocol;
    plan.sets[2].subgroup = where(0, Comparison::above, 30);
    plan.sets[2].handling = Handling::complete_case;
    const design::Design design = design_with(plan);
    replicate::AnalysisColumns columns(design);
    const design::TrialBatch batch = four_women();
    columns.take(batch);
    CHECK(lane_3(columns.of_set(0).weight) == Row{1, 1, 0, 0});
    CHECK(lane_3(columns.of_set(1).weight) == Row{1, 0, 1, 0});
    CHECK(lane_3(columns.of_set(2).weight) == Row{1, 0, 0, 0});
}

TEST_CASE("Features and strata are counted from their covariates", "[exact]") {
    design::PatientPlan plan;
    plan.sets.resize(1);
    plan.adjust = {value_of(0, 30, 5), where(1, Comparison::at_least, 1)};
    plan.interaction = where(0, Comparison::below, 31);
    plan.strata = {{0, {30, 36}, "age"}, {1, {0.5}, "smoker"}};
    const design::Design design = design_with(plan);
    replicate::AnalysisColumns columns(design);
    const design::TrialBatch batch = four_women();
    columns.take(batch);
    const design::PatientColumns& seen = columns.of_set(0);
    CHECK(seen.women == 4);
    CHECK(lane_3(seen.adjust[0]) == Row{31, 36, 29, 40});  // neither centred nor scaled
    CHECK(lane_3(seen.adjust[1]) == Row{1, 0, 1, 0});
    CHECK(lane_3(seen.interaction) == Row{0, 0, 1, 0});
    CHECK(lane_3(seen.stratum) == Row{3, 4, 1, 4});  // 2 * age level + smoker
}
