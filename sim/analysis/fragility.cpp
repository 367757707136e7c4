#include <rsasim/analysis/fragility.hpp>

namespace rsasim::analysis {

Arm arm_to_change(const design::Table2x2& table) {
    if (table.treated.events != table.control.events) {
        return table.treated.events < table.control.events ? Arm::treated : Arm::control;
    }
    return table.treated.n > table.control.n ? Arm::treated : Arm::control;
}

std::optional<design::Table2x2> with_one_more_event(const design::Table2x2& table, Arm arm) {
    design::Table2x2 changed = table;
    design::ArmCounts& counts = arm == Arm::treated ? changed.treated : changed.control;
    if (counts.non_events() == 0) return std::nullopt;
    ++counts.events;
    return changed;
}

std::optional<std::int64_t> fragility_index(const design::Table2x2& table, const Verdict& rejects) {
    if (!rejects(table)) return std::nullopt;
    const Arm arm = arm_to_change(table);
    std::int64_t changes = 0;
    for (auto next = with_one_more_event(table, arm); next;
         next = with_one_more_event(*next, arm)) {
        ++changes;
        if (!rejects(*next)) return changes;
    }
    return std::nullopt;
}

}  // namespace rsasim::analysis
