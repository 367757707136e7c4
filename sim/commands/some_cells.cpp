#include "some_cells.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>
#include <vector>

namespace rsasim::commands {
namespace {

/// The values of a swept key at some places of its axis.
design::AxisValues at_places(const design::AxisValues& values,
                             const std::vector<std::size_t>& places) {
    return std::visit(
        [&](const auto& all) -> design::AxisValues {
            std::decay_t<decltype(all)> some;
            for (const std::size_t place : places)
                some.push_back(all[place]);
            return some;
        },
        values);
}

}  // namespace

scenario::Scenario with_cells(const scenario::Scenario& scenario,
                              const std::vector<std::size_t>& cells) {
    scenario::Scenario some = scenario;
    some.grid = {};
    std::vector<std::vector<std::size_t>> places(scenario.grid.axes.size());
    for (const std::size_t cell : cells) {
        some.grid.cells.push_back(scenario.grid.cells[cell]);
        const auto position = scenario.grid.position_of(cell);
        for (std::size_t axis = 0; axis < places.size(); ++axis)
            places[axis].push_back(position[axis]);
    }
    if (places.empty()) return some;
    design::Axis& zipped = some.grid.axes.emplace_back();
    zipped.name = "zip";
    for (std::size_t axis = 0; axis < places.size(); ++axis) {
        for (const auto& key : scenario.grid.axes[axis].keys)
            zipped.keys.push_back({key.path, key.name, at_places(key.values, places[axis])});
    }
    return some;
}

scenario::Scenario with_some_cells(const scenario::Scenario& scenario, std::size_t most) {
    const std::size_t all = scenario.grid.cells.size();
    const std::size_t count = std::min(all, most);
    std::vector<std::size_t> cells;
    for (std::size_t i = 0; i < count; ++i)
        cells.push_back((2 * i + 1) * all / (2 * count));
    return with_cells(scenario, cells);
}

}  // namespace rsasim::commands
