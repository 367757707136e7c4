#include "open_models.hpp"

#include "cell_reader.hpp"

#include <map>
#include <memory>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/replicate/screening_limit.hpp>

namespace rsasim::scenario {
namespace {

using analysis::ImpossibleModel;
using design::PatientModel;
using design::PatientTruth;

using replicate::least_eligible;

/// What several cells ask for and is found once for all of them.
template <class Key, class Value>
class FoundOnce {
  public:
    /// The place where the cell's value will be found.
    std::size_t ask_for(const Key& key, std::size_t cell) {
        const auto [place, is_new] = places_.emplace(key, askers_.size());
        if (is_new) askers_.push_back(cell);
        return place->second;
    }

    /// Calls `find(cell)` for one cell of each value; where a model cannot be, keeps the reason.
    template <class Find>
    void find_all(unsigned threads, const Find& find) {
        found_.resize(askers_.size());
        engine::for_each_range(found_.size(), 1, threads, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i) {
                try {
                    found_[i].value = std::make_shared<const Value>(find(askers_[i]));
                } catch (const ImpossibleModel& impossible) {
                    found_[i].problem = impossible.what();
                }
            }
        });
    }

    struct Found {
        std::shared_ptr<const Value> value;  ///< null where it cannot be
        std::string problem;
    };
    [[nodiscard]] const Found& at(std::size_t place) const { return found_[place]; }

  private:
    std::map<Key, std::size_t> places_;
    std::vector<std::size_t> askers_;  ///< the first cell that asked, by place
    std::vector<Found> found_;
};

class Solver {
  public:
    Solver(const OpenModels& open, const std::vector<bool>& wanted, unsigned threads,
           const TruthSource& source, design::Grid& grid)
        : open_(open), wanted_(wanted), threads_(threads), source_(source), grid_(grid) {}

    void solve() {
        calibrate();
        integrate();
        CellFaults faults;
        const CellValues values(open_.settings);
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (wanted_[i]) put(i, CellReader(values, i, faults));
        }
        Faults all(open_.source);
        faults.report(values, all);
        all.throw_if_any();
    }

  private:
    using Described = std::shared_ptr<const PatientModel>;
    /// What a truth depends on: model, plan, ratio of the arms, women where their number matters.
    using TruthKey = std::tuple<Described, std::shared_ptr<const design::PatientPlan>, std::int64_t,
                                std::int64_t, std::int64_t>;

    void calibrate() {
        model_of_.resize(wanted_.size());
        for (std::size_t cell = 0; cell < wanted_.size(); ++cell) {
            if (wanted_[cell]) model_of_[cell] = models_.ask_for(open_.cells[cell].model, cell);
        }
        models_.find_all(threads_, [&](std::size_t cell) {
            return source_.calibrated(*open_.cells[cell].model);
        });
    }

    void integrate() {
        truth_of_.resize(wanted_.size());
        for (std::size_t cell = 0; cell < wanted_.size(); ++cell) {
            if (!wanted_[cell] || !models_.at(model_of_[cell]).value) continue;
            truth_of_[cell] = truths_.ask_for(truth_key(cell), cell);
        }
        truths_.find_all(threads_, [&](std::size_t cell) {
            return source_.truth_of(*models_.at(model_of_[cell]).value,
                                    grid_.cells[cell].design.sizes(), *open_.cells[cell].plan);
        });
    }

    [[nodiscard]] TruthKey truth_key(std::size_t cell) const {
        const auto [treated, control] = grid_.cells[cell].design.sizes();
        const auto& [model, plan] = open_.cells[cell];
        const std::int64_t divisor = std::gcd(treated, control);
        return {model, plan, treated / divisor, control / divisor,
                model->time_trend != 0 ? treated + control : 0};
    }

    void put(std::size_t cell, const CellReader& reader) {
        const auto& model = models_.at(model_of_[cell]);
        if (!model.value) return report(reader, model.problem);
        const auto& truth = truths_.at(truth_of_[cell]);
        if (!truth.value) return report(reader, truth.problem);
        if (truth.value->eligible < least_eligible) {
            reader.fault_at(eligibility_place(reader),
                            fmt::format("eligibility: only {:.3g} of all women may enter, at least "
                                        "{:g} are needed. Relax the conditions, or correct the "
                                        "covariates.",
                                        truth.value->eligible, least_eligible));
            return;
        }
        auto& design = grid_.cells[cell].design;
        design = design.solved({model.value, truth.value});
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

    const OpenModels& open_;
    const std::vector<bool>& wanted_;
    unsigned threads_;
    const TruthSource& source_;
    design::Grid& grid_;
    FoundOnce<Described, PatientModel> models_;
    FoundOnce<TruthKey, PatientTruth> truths_;
    std::vector<std::size_t> model_of_;  ///< of each wanted cell
    std::vector<std::size_t> truth_of_;  ///< of those whose model can be
};

}  // namespace

void solve_cells(const OpenModels& open, const std::vector<bool>& wanted, unsigned threads,
                 const TruthSource& source, design::Grid& grid) {
    Solver(open, wanted, threads, source, grid).solve();
}

}  // namespace rsasim::scenario
