#include "cell_reader.hpp"
#include "patient_cells.hpp"

#include <map>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <tuple>

#include <fmt/format.h>

#include <rsasim/replicate/allocation_scheme.hpp>
#include <rsasim/replicate/screening_limit.hpp>

namespace rsasim::scenario {
namespace {

using analysis::ImpossibleModel;
using design::PatientModel;
using design::PatientTruth;

using replicate::least_eligible;

/// Models and truths by what decides them; null where there is none.
class Solver {
  public:
    explicit Solver(const TruthSource& source) : source_(source) {}

    design::Patients solve(const CellReader& cell, const PatientCell& patients,
                           design::ArmSizes sizes) {
        auto model = solved(cell, patients, sizes);
        if (model == nullptr || !is_possible(cell, *model, sizes)) return {};
        auto truth = truth_of(cell, *model, patients, sizes);
        if (truth == nullptr) return {};
        return {std::move(model), std::move(truth)};
    }

  private:
    using Model = std::shared_ptr<const PatientModel>;
    using Truth = std::shared_ptr<const PatientTruth>;

    Model solved(const CellReader& cell, const PatientCell& patients, design::ArmSizes sizes) {
        std::string key = patients.model.text();
        auto targets = patients.targets;
        for (auto& target : targets) {
            target.women = women_that_matter(patients.model, sizes);
            key += fmt::format("target={} {} {} {}\n", target.control.value_or(-1),
                               target.treated.value_or(-1), target.free_stage, target.women);
        }
        const auto found = models_.find(key);
        if (found != models_.end()) return found->second;
        PatientModel model = patients.model;
        try {
            for (const auto& target : targets)
                model = source_.calibrated(std::move(model), target);
        } catch (const ImpossibleModel& impossible) {
            report(cell, impossible.what());
            return models_[key] = nullptr;
        }
        return models_[key] = std::make_shared<const PatientModel>(std::move(model));
    }

    /// Their number matters to the mean of a time trend alone; 0 elsewhere.
    static std::int64_t women_that_matter(const PatientModel& model, design::ArmSizes sizes) {
        return model.time_trend != 0 ? sizes.treated + sizes.control : 0;
    }

    static bool is_possible(const CellReader& cell, const PatientModel& model,
                            design::ArmSizes sizes) {
        try {
            replicate::make_scheme(model.allocation, sizes);
            return true;
        } catch (const std::invalid_argument& refusal) {
            cell.fault_at(
                cell.find("allocation.scheme")->place,
                fmt::format("allocation.scheme: {}. Change it, or the arms.", refusal.what()));
            return false;
        }
    }

    Truth truth_of(const CellReader& cell, const PatientModel& model, const PatientCell& patients,
                   design::ArmSizes sizes) {
        const std::int64_t divisor = std::gcd(sizes.treated, sizes.control);
        const Key key{model.text(), patients.plan_text, sizes.treated / divisor,
                      sizes.control / divisor, women_that_matter(model, sizes)};
        const auto found = truths_.find(key);
        if (found != truths_.end()) return found->second;
        Truth& truth = truths_[key];
        try {
            truth =
                std::make_shared<const PatientTruth>(source_.truth_of(model, sizes, patients.plan));
        } catch (const ImpossibleModel& impossible) {
            report(cell, impossible.what());
            return nullptr;
        }
        if (truth->eligible < least_eligible) {
            cell.fault_at(eligibility_place(cell),
                          fmt::format("eligibility: only {:.3g} of all women may enter, at least "
                                      "{:g} are needed. Relax the conditions, or correct the "
                                      "covariates.",
                                      truth->eligible, least_eligible));
            truth = nullptr;
        }
        return truth;
    }

    static Place eligibility_place(const CellReader& cell) {
        for (const std::string_view path : {"eligibility.all", "eligibility.any"}) {
            if (const Value* value = cell.find(path)) return value->place;
        }
        return {};
    }

    static void report(const CellReader& cell, const std::string& what) {
        const Value* rate = cell.find("arms.control_rate");
        const Place place = rate == nullptr ? eligibility_place(cell) : rate->place;
        cell.fault_at(place, fmt::format("this model cannot be: {}", what));
    }

    /// What a truth depends on: model, plan, ratio of the arms, women.
    using Key = std::tuple<std::string, std::string, std::int64_t, std::int64_t, std::int64_t>;

    const TruthSource& source_;
    std::map<std::string, Model> models_;
    std::map<Key, Truth> truths_;
};

}  // namespace

std::vector<design::Patients> solve_patients(const CellValues& values,
                                             const std::vector<Arms>& arms,
                                             const std::vector<PatientCell>& cells,
                                             const TruthSource& source, Faults& faults) {
    CellFaults cell_faults;
    Solver solver(source);
    std::vector<design::Patients> solved;
    solved.reserve(cells.size());
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        const CellReader reader(values, cell, cell_faults);
        solved.push_back(solver.solve(reader, cells[cell], arms[cell].sizes));
    }
    cell_faults.report(values, faults);
    return solved;
}

}  // namespace rsasim::scenario
