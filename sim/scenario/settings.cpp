#include "settings.hpp"

#include "flag_text.hpp"
#include "nulls.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

struct Mention {
    const KeyRow* row = nullptr;
    Place place;
};

std::vector<Mention> mentions_of(const Layer& layer) {
    std::vector<Mention> mentions;
    for (const Constant& constant : layer.constants) {
        mentions.push_back({constant.row, constant.value.place});
    }
    for (const SteppedAxis& axis : layer.axes) {
        for (const SteppedKey& key : axis.keys)
            mentions.push_back({key.row, key.place});
    }
    return mentions;
}

std::string where(const Place& place) {
    return place.is_in_file() ? fmt::format("in line {}", place.line) : "by " + place.flag;
}

std::string_view name_of(Question question) {
    switch (question) {
        case Question::sizes:
            return "arm sizes";
        case Question::effect:
            return "effect";
        case Question::null:
            return "null hypothesis";
        case Question::effect_prior:
            return "prior of the effect";
        case Question::none:
            break;
    }
    return "answer";
}

bool are_alternatives(const KeyRow& a, const KeyRow& b) {
    return a.question != Question::none && a.question == b.question && a.way != b.way;
}

/// A key may be given once in a layer, and only one of several alternatives.
void check_layer(const std::vector<Mention>& mentions, Faults& faults) {
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const Mention& later = mentions[i];
        const auto end = mentions.begin() + static_cast<std::ptrdiff_t>(i);
        const auto clash = std::find_if(mentions.begin(), end, [&](const Mention& earlier) {
            return earlier.row == later.row || are_alternatives(*earlier.row, *later.row);
        });
        if (clash == end) continue;
        if (clash->row == later.row) {
            faults.add_for(later.row->path, later.place,
                           fmt::format("{} is already given {}. Keep one of the two.",
                                       later.row->path, where(clash->place)));
        } else {
            faults.add_for(
                later.row->path, later.place,
                fmt::format("{} contradicts {}, given {}: there is one way to give the {}. Keep "
                            "one of the two.",
                            later.row->path, clash->row->path, where(clash->place),
                            name_of(later.row->question)));
        }
    }
}

/// As many replicates as any share needs for simulation.precision: p (1 - p) is at most 1/4.
/// Nothing where no precision is asked for, or none that makes sense.
std::optional<std::int64_t> enough_replicates(const Settings& settings) {
    constexpr std::int64_t fewest = 4096;
    const Value* value = settings.constant("simulation.precision");
    const double* error = value != nullptr ? value->as<double>() : nullptr;
    if (error == nullptr || !(*error >= smallest_precision)) return {};
    return std::max(fewest, static_cast<std::int64_t>(std::ceil(0.25 / (*error * *error))));
}

}  // namespace

void Settings::put(Layer layer, Faults& faults) {
    const std::vector<Mention> mentions = mentions_of(layer);
    check_layer(mentions, faults);
    for (const Mention& mention : mentions)
        displace_alternatives(*mention.row);
    for (Constant& constant : layer.constants) {
        remove(*constant.row);
        constants_.insert_or_assign(constant.row, std::move(constant.value));
    }
    for (SteppedAxis& axis : layer.axes)
        put_axis(std::move(axis));
    std::erase_if(axes_, [](const SteppedAxis& axis) { return axis.keys.empty(); });
}

void Settings::displace_alternatives(const KeyRow& row) {
    for (const KeyRow& other : keys()) {
        if (are_alternatives(row, other)) remove(other);
    }
}

void Settings::remove(const KeyRow& row) {
    if (auto constant = constants_.extract(&row)) {
        displaced_.push_back({&row, std::move(constant.mapped())});
    }
    for (SteppedAxis& axis : axes_) {
        std::erase_if(axis.keys, [&row](const SteppedKey& key) { return key.row == &row; });
    }
}

void Settings::put_axis(SteppedAxis axis) {
    const auto is_replaced = [&axis](const SteppedAxis& below) {
        return !below.keys.empty() &&
               std::ranges::all_of(below.keys, [&axis](const SteppedKey& key) {
                   return std::ranges::count(axis.keys, key.row, &SteppedKey::row) > 0;
               });
    };
    const auto found = std::ranges::find_if(axes_, is_replaced);
    for (const SteppedKey& key : axis.keys)
        remove(*key.row);
    if (found == axes_.end()) {
        axes_.push_back(std::move(axis));
    } else {
        *found = std::move(axis);
    }
}

void Settings::fill_defaults() {
    const bool has_margin = margin_measure(*this).has_value();
    const bool is_equivalence = has_equivalence(*this);
    for (const KeyRow& row : keys()) {
        const bool is_answered = std::ranges::any_of(keys(), [&](const KeyRow& other) {
            return are_alternatives(row, other) && has(other.path);
        });
        if (row.default_text.empty() || has(row.path) || is_answered) continue;
        if (is_equivalence && row.path == "analysis.confidence") continue;  // 1 - 2 alpha
        if (row.path == "simulation.replicates") {
            if (const auto enough = enough_replicates(*this)) {
                constants_.emplace(&row, Value{{}, *enough});
                continue;
            }
        }
        const bool is_other = has_margin && !row.margin_text.empty();
        const auto text = is_other ? row.margin_text : row.default_text;
        constants_.emplace(&row, value_from_text(row, text, {}));
    }
    if (is_patient_level()) fill_patient_defaults();
}

bool Settings::is_patient_level() const {
    const auto is_of_women = [](const KeyRow* row) { return row->level == Level::patients; };
    const auto is_axis_of_women = [&](const SteppedAxis& axis) {
        return std::ranges::any_of(axis.keys, is_of_women, &SteppedKey::row);
    };
    return vocabulary_->has_entries() ||
           std::ranges::any_of(constants_,
                               [&](const auto& set) { return is_of_women(set.first); }) ||
           std::ranges::any_of(axes_, is_axis_of_women);
}

bool Settings::has_table_of(const KeyRow& row) const {
    const std::string_view table = row.path.substr(0, row.path.find('.') + 1);
    if (row.level == Level::patient_analysis || table == "allocation.") return true;
    if (is_entry_table(table.substr(0, table.size() - 1))) return true;
    return std::ranges::any_of(vocabulary_->rows(), [&](const KeyRow* other) {
        return other->path.starts_with(table) && has(other->path);
    });
}

void Settings::fill_patient_defaults() {
    std::vector<const KeyRow*> unset;
    for (const KeyRow* row : vocabulary_->rows()) {
        const bool is_wanted = row->level != Level::counts && !row->default_text.empty();
        if (is_wanted && !has(row->path) && has_table_of(*row)) unset.push_back(row);
    }
    for (const KeyRow* row : unset)
        constants_.emplace(row, value_from_text(*row, row->default_text, {}));
}

const Value* Settings::constant(std::string_view path) const {
    const auto found = constants_.find(vocabulary_->find(path));
    return found == constants_.end() ? nullptr : &found->second;
}

bool Settings::has(std::string_view path) const {
    if (constant(path) != nullptr) return true;
    return std::ranges::any_of(axes_, [path](const SteppedAxis& axis) {
        return std::ranges::any_of(axis.keys,
                                   [path](const SteppedKey& key) { return key.row->path == path; });
    });
}

}  // namespace rsasim::scenario
