#include "open_models.hpp"

#include "cell_reader.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
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

/// Tells how many models and truths are found of those that are wanted.
class Progress {
  public:
    explicit Progress(const Solving& how) : tell_(how.on_progress) {}

    void want(std::size_t more) { wanted_ += more; }
    void found_one() {
        if (!tell_) return;
        const std::lock_guard one_at_a_time(mutex_);
        tell_(++found_, wanted_);
    }

  private:
    const std::function<void(std::size_t, std::size_t)>& tell_;
    std::mutex mutex_;
    std::size_t found_ = 0, wanted_ = 0;
};

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

    [[nodiscard]] std::size_t size() const { return askers_.size(); }

    /// Calls `find(cell)` for one cell of each value; where a model cannot be, keeps the reason.
    template <class Find>
    void find_all(unsigned threads, Progress& progress, const Find& find) {
        found_.resize(askers_.size());
        engine::for_each_range(found_.size(), 1, threads, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i) {
                try {
                    found_[i].value = std::make_shared<const Value>(find(askers_[i]));
                } catch (const ImpossibleModel& impossible) {
                    found_[i].problem = impossible.what();
                }
                progress.found_one();
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
    Solver(const OpenModels& open, const std::vector<bool>& wanted, const TruthSource& source,
           design::Grid& grid)
        : open_(open),
          wanted_(wanted),
          source_(source),
          grid_(grid),
          model_of_(wanted.size()),
          truth_of_(wanted.size()) {}

    void solve(const Solving& how) {
        for (std::size_t cell = 0; cell < wanted_.size(); ++cell) {
            if (!wanted_[cell]) continue;
            model_of_[cell] = models_.ask_for(open_.cells[cell].model, cell);
            truth_of_[cell] = truths_.ask_for(truth_key(cell), cell);
        }
        Progress progress(how);
        progress.want(models_.size() + truths_.size());
        models_.find_all(how.threads, progress, [&](std::size_t cell) {
            return source_.calibrated(*open_.cells[cell].model);
        });
        truths_.find_all(how.threads, progress, [&](std::size_t cell) { return truth_of(cell); });
        put_into_grid();
    }

  private:
    using Described = std::shared_ptr<const PatientModel>;
    /// What a truth depends on: model, plan, ratio of the arms, women where their number matters.
    using TruthKey = std::tuple<Described, std::shared_ptr<const design::PatientPlan>, std::int64_t,
                                std::int64_t, std::int64_t>;

    [[nodiscard]] PatientTruth truth_of(std::size_t cell) const {
        const auto& model = models_.at(model_of_[cell]);
        if (!model.value) throw ImpossibleModel(model.problem);
        return source_.truth_of(*model.value, grid_.cells[cell].design.sizes(),
                                *open_.cells[cell].plan);
    }

    [[nodiscard]] TruthKey truth_key(std::size_t cell) const {
        const auto [treated, control] = grid_.cells[cell].design.sizes();
        const auto& [model, plan] = open_.cells[cell];
        const std::int64_t divisor = std::gcd(treated, control);
        return {model, plan, treated / divisor, control / divisor,
                model->time_trend != 0 ? treated + control : 0};
    }

    void put_into_grid() {
        CellFaults faults;
        const CellValues values(open_.settings);
        for (std::size_t cell = 0; cell < wanted_.size(); ++cell) {
            if (wanted_[cell]) put(cell, CellReader(values, cell, faults));
        }
        Faults all(open_.source);
        faults.report(values, all);
        all.throw_if_any();
    }

    void put(std::size_t cell, const CellReader& reader) {
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
        design = design.solved({models_.at(model_of_[cell]).value, truth.value});
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
    const TruthSource& source_;
    design::Grid& grid_;
    FoundOnce<Described, PatientModel> models_;
    FoundOnce<TruthKey, PatientTruth> truths_;
    std::vector<std::size_t> model_of_, truth_of_;  ///< places of each wanted cell's
};

}  // namespace

void solve_cells(const OpenModels& open, const std::vector<bool>& wanted, const Solving& how,
                 const TruthSource& source, design::Grid& grid) {
    Solver(open, wanted, source, grid).solve(how);
}

}  // namespace rsasim::scenario
