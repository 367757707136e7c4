#include "formula_json.hpp"

namespace rsasim::files {
namespace {

Json formula_json(const FormulaRow& row) {
    const auto& [formula, real, sizes, power] = row.size;
    Json json{{"id", planning::id_of(formula)},
              {"title", planning::title_of(formula)},
              {"n_treated", sizes.treated},
              {"n_control", sizes.control},
              {"n_treated_real", real.treated},
              {"n_control_real", real.control},
              {"power", power},
              {"exact_power", nullptr}};
    if (row.exact_power) {
        json["exact_power"] = *row.exact_power;
    } else {
        json["status"]["exact_power"] = "not computed";
    }
    return json;
}

}  // namespace

Json formulas_json(const std::vector<FormulaRow>& rows) {
    Json json = Json::array();
    for (const FormulaRow& row : rows)
        json.push_back(formula_json(row));
    return json;
}

}  // namespace rsasim::files
