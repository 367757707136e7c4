#include "build_grid.hpp"

#include "nulls.hpp"

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

using design::AnalysisPlan;

/// Makes each combination of alpha, sides, confidence and null once.
class Plans {
  public:
    Plans(const CellValues& values, AnalysisPlan methods)
        : methods_(std::move(methods)),
          alpha_(values.column("analysis.alpha")),
          sides_(values.column("analysis.sides")),
          confidence_(values.column("analysis.confidence")),
          nulls_(values) {
        const auto* direction = values.settings().constant("trial.direction");
        methods_.direction = *direction->as<std::string>() == "lower-is-better"
                                 ? design::Direction::lower_is_better
                                 : design::Direction::higher_is_better;
    }

    /// `patients` is a null pointer where the scenario gives counts.
    std::shared_ptr<const AnalysisPlan> plan(std::size_t cell, const PatientCell* patients) {
        const double alpha = alpha_.number(cell);
        const double confidence = confidence_.is_set() ? confidence_.number(cell) : 1 - 2 * alpha;
        const Key key(alpha, sides_.whole(cell), confidence, nulls_.numbers(cell),
                      patients == nullptr ? nullptr : patients->plan.get());
        auto& plan = plans_[key];
        if (plan == nullptr) {
            AnalysisPlan made = methods_;
            made.alpha = alpha;
            made.sides = sides_.whole(cell) == 1 ? design::Sides::one : design::Sides::two;
            made.confidence = confidence;
            nulls_.put_into(made, cell);
            if (patients != nullptr) made.patients = *patients->plan;
            plan = std::make_shared<const AnalysisPlan>(std::move(made));
        }
        return plan;
    }

  private:
    using Key = std::tuple<double, std::int64_t, double, std::tuple<double, double, double>,
                           const design::PatientPlan*>;

    AnalysisPlan methods_;
    CellValues::Column alpha_, sides_, confidence_;
    NullColumns nulls_;
    std::map<Key, std::shared_ptr<const AnalysisPlan>> plans_;
};

/// A ratio is swept by its name: "2:1". Words are their own.
std::string swept_text(const Value& value) {
    if (const auto* word = value.as<std::string>()) return *word;
    const auto& shares = std::get<Array>(value.data);
    return fmt::format("{}:{}", to_toml(shares[0]), to_toml(shares[1]));
}

design::AxisValues axis_values(const SteppedKey& key) {
    if (key.row->kind == Kind::whole) {
        std::vector<std::int64_t> values;
        for (const Value& value : key.values)
            values.push_back(std::get<std::int64_t>(value.data));
        return values;
    }
    if (key.row->kind == Kind::number) {
        std::vector<double> values;
        for (const Value& value : key.values)
            values.push_back(std::get<double>(value.data));
        return values;
    }
    std::vector<std::string> values;
    for (const Value& value : key.values)
        values.push_back(swept_text(value));
    return values;
}

std::vector<design::Axis> build_axes(const Settings& settings) {
    std::vector<design::Axis> axes;
    int zips = 0;
    for (const SteppedAxis& stepped : settings.axes()) {
        design::Axis axis;
        for (const SteppedKey& key : stepped.keys) {
            axis.keys.push_back(
                {std::string(key.row->path), axis_name(*key.row, settings), axis_values(key)});
        }
        axis.name = axis.keys.front().name;
        if (axis.is_zipped()) axis.name = ++zips == 1 ? "zip" : fmt::format("zip_{}", zips);
        axes.push_back(std::move(axis));
    }
    return axes;
}

}  // namespace

design::Grid build_grid(const CellValues& values, const std::vector<Arms>& arms,
                        const AnalysisPlan& methods, const std::vector<PatientCell>& women) {
    design::Grid grid;
    grid.axes = build_axes(values.settings());
    Plans plans(values, methods);
    const auto replicates = values.column("simulation.replicates");
    grid.cells.reserve(arms.size());
    for (std::size_t cell = 0; cell < arms.size(); ++cell) {
        const PatientCell* patients = women.empty() ? nullptr : &women[cell];
        design::Patients described;
        if (patients != nullptr) described.model = patients->model;
        grid.cells.push_back({design::Design(arms[cell].sizes, arms[cell].rates,
                                             plans.plan(cell, patients), std::move(described)),
                              replicates.whole(cell)});
    }
    return grid;
}

}  // namespace rsasim::scenario
