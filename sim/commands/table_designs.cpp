#include "table_designs.hpp"

#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/table_reduction.hpp>

namespace rsasim::commands {

scenario::Scenario as_tables(scenario::Scenario scenario) {
    std::map<const design::AnalysisPlan*, std::shared_ptr<const design::AnalysisPlan>> plans;
    for (auto& cell : scenario.grid.cells) {
        const design::Design& design = cell.design;
        if (design.patients() == nullptr) continue;
        auto& plan = plans[&design.analysis()];
        if (!plan) {
            auto of_tables = std::make_shared<design::AnalysisPlan>(design.analysis());
            of_tables->patients.reset();
            plan = std::move(of_tables);
        }
        cell.design = design::Design(design.sizes(), design.rates(), plan);
    }
    return scenario;
}

scenario::Scenario reduced_to_tables(scenario::Scenario scenario, std::string_view command) {
    for (std::size_t i = 0; i < scenario.grid.cells.size(); ++i) {
        const auto reason = design::why_not_a_table(scenario.grid.cells[i].design);
        if (reason.empty()) continue;
        throw scenario::InputErrors({fmt::format(
            "{}: the trials of cell {} are not two binomial counts of fixed sizes: {}. "
            "Simulate them: rsasim run.",
            command, i, reason)});
    }
    return as_tables(std::move(scenario));
}

}  // namespace rsasim::commands
