#include "manual.hpp"
#include "roff.hpp"

#include <string_view>

#include <fmt/format.h>

#include <rsasim/scenario/keys.hpp>
#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::commands {
namespace {

using scenario::KeyRow;

constexpr std::string_view introduction =
    "A scenario is a TOML file. It needs the sizes of the arms, the control rate and one way to "
    "give the effect; everything else has a default. Treated is always compared with control: an "
    "odds ratio above 1 means more events under treatment. Give the sizes as n or as total with "
    "ratio, and the effect in exactly one of its four ways.";

constexpr std::string_view on_women =
    "A scenario with any of the following keys simulates single women. Lists of tables name their "
    "entries, and NAME stands for that name: [[covariate]] with name = \"age\" has "
    "covariate.age.mean. Correlations name two covariates: between = [\"age\", \"il33\"].";

constexpr std::string_view on_sweeps =
    "[sweep] takes keys by their paths, in quotes, with a list of values or a range: "
    "\"arms.total\" = { from = 100, to = 300, step = 50 }. Each combination of their values is a "
    "cell. The keys of one [[sweep.zip]] move together and need lists of one length. A swept key "
    "takes the place of its alternatives above. All numbers and words can be swept but "
    "those below that say otherwise.";

constexpr std::string_view on_features =
    "dropout.effects.FEATURE, adherence.effects.FEATURE, stage.NAME.effects.FEATURE and "
    "stage.NAME.interactions.FEATURE are log odds per unit of a feature: a covariate that is a "
    "number, or a condition such as \"il33_st2 > 1.2\" or \"race = B\".";

std::string entry_of(const KeyRow& row) {
    std::string text = fmt::format("{}: {}.", row.meaning, scenario::type_words(row));
    if (!row.default_text.empty()) text += fmt::format(" Default: {}.", row.default_text);
    if (!row.margin_text.empty()) text += fmt::format(" Default at a margin: {}.", row.margin_text);
    const bool is_plain = row.is_numeric() || row.kind == scenario::Kind::choice;
    if (is_plain && row.sweep == scenario::Sweep::never) text += " Cannot be swept.";
    if (!row.flag.empty()) text += fmt::format(" Flag: {} {}.", row.flag, row.value_name);
    return roff::tagged(roff::bold(row.path), text);
}

/// The rows, under a heading for each table.
std::string entries_of(std::span<const KeyRow> rows) {
    std::string text;
    std::string_view table;
    for (const KeyRow& row : rows) {
        const auto own = row.path.substr(0, row.path.find('.'));
        if (own != table) {
            const bool is_list = scenario::is_entry_table(own);
            text += roff::subheading(
                fmt::format("{}{}{}", is_list ? "[[" : "[", own, is_list ? "]]" : "]"));
            table = own;
        }
        text += entry_of(row);
    }
    return text;
}

}  // namespace

std::string scenario_page() {
    return roff::title("rsasim-scenario", 5) + roff::heading("Name") +
           roff::plain("rsasim-scenario") + " \\- scenario files of rsasim\n" +
           roff::heading("Description") + roff::plain(introduction) + "\n" +
           roff::heading("Keys of every scenario") + entries_of(scenario::keys()) +
           roff::heading("Keys of women") + roff::plain(on_women) + "\n" +
           entries_of(scenario::patient_keys()) + entries_of(scenario::entry_keys()) +
           roff::subheading("Log odds of features") + roff::plain(on_features) + "\n" +
           roff::heading("Sweeps") + roff::plain(on_sweeps) + "\n" + roff::heading("See also") +
           ".BR rsasim (1),\n.BR rsasim\\-init (1),\n.BR rsasim\\-schema (1)\n";
}

}  // namespace rsasim::commands
