#include "file_layers.hpp"

#include "named_entries.hpp"
#include "sweep_values.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

std::string joined(std::string_view prefix, std::string_view key) {
    return prefix.empty() ? std::string(key) : fmt::format("{}.{}", prefix, key);
}

/// Adds an axis with its place, so that axes can be put into the order of the source.
class SweepReader {
  public:
    SweepReader(Vocabulary& vocabulary, Faults& faults)
        : vocabulary_(vocabulary), faults_(faults) {}

    /// `prefix` is not empty within [sweep] where keys are written without quotes.
    void read(const Table& table, std::string_view prefix) {
        for (const Entry& entry : table) {
            if (prefix.empty() && entry.key == "zip") {
                read_zips(entry);
                continue;
            }
            read_key(entry, prefix, [this](const Place& place, SteppedAxis axis) {
                axes_.push_back({place, std::move(axis)});
            });
        }
    }

    std::vector<SteppedAxis> in_order_of_source() && {
        std::ranges::stable_sort(axes_, {}, [](const PlacedAxis& axis) {
            return std::tuple(axis.place.line, axis.place.column);
        });
        std::vector<SteppedAxis> result;
        for (PlacedAxis& placed : axes_)
            result.push_back(std::move(placed.axis));
        return result;
    }

  private:
    struct PlacedAxis {
        Place place;
        SteppedAxis axis;
    };

    template <class Take>
    void read_key(const Entry& entry, std::string_view prefix, Take take) {
        const std::string path = joined(prefix, entry.key);
        const KeyRow* row = vocabulary_.find_or_add(path);
        const auto* table = entry.value.as<Table>();
        if (vocabulary_.is_table(path) && table != nullptr) {
            for (const Entry& inner : *table)
                read_key(inner, path, take);
        } else if (row == nullptr) {
            add_unknown_key(path, entry.place, entry.value, vocabulary_, faults_);
        } else if (auto axis = stepped_axis(*row, entry.place, entry.value, faults_)) {
            take(entry.place, *std::move(axis));
        }
    }

    void read_zips(const Entry& zip) {
        const auto* list = zip.value.as<Array>();
        if (list == nullptr) {
            faults_.add(zip.place,
                        "sweep.zip: a list of tables is needed. Write [[sweep.zip]] and below it "
                        "the keys that move together.");
            return;
        }
        for (const Value& element : *list)
            read_zip(element);
    }

    void read_zip(const Value& element) {
        const auto* table = element.as<Table>();
        if (table == nullptr || table->empty()) {
            faults_.add(element.place, fmt::format("sweep.zip = {}: a table of keys that move "
                                                   "together is needed. Write [[sweep.zip]] and "
                                                   "below it \"arms.control_rate\" = [0.5, 0.6].",
                                                   shown(element)));
            return;
        }
        SteppedAxis axis;
        for (const Entry& entry : *table) {
            read_key(entry, {}, [&axis](const Place&, SteppedAxis one) {
                std::ranges::move(one.keys, std::back_inserter(axis.keys));
            });
        }
        if (axis.keys.empty() || !has_one_length(axis)) return;
        axes_.push_back({element.place, std::move(axis)});
    }

    bool has_one_length(const SteppedAxis& axis) {
        for (const SteppedKey& key : axis.keys) {
            if (key.values.size() == axis.size()) continue;
            faults_.add(
                key.place,
                fmt::format("{} has {} value{} and {} has {}: keys that move together need "
                            "lists of one length. Make them equally long.",
                            key.row->path, key.values.size(), key.values.size() == 1 ? "" : "s",
                            axis.keys.front().row->path, axis.size()));
            for (const SteppedKey& each : axis.keys)
                faults_.mark(each.row->path);
            return false;
        }
        return true;
    }

    Vocabulary& vocabulary_;
    Faults& faults_;
    std::vector<PlacedAxis> axes_;
};

void read_sweep(const Entry& entry, Layer& layer, Vocabulary& vocabulary, Faults& faults) {
    const auto* table = entry.value.as<Table>();
    if (table == nullptr) {
        faults.add(entry.place, fmt::format("sweep = {}: a table is needed, not {}. Write [sweep] "
                                            "and below it \"arms.total\" = [100, 200].",
                                            shown(entry.value), type_of(entry.value)));
        return;
    }
    SweepReader reader(vocabulary, faults);
    reader.read(*table, {});
    layer.axes = std::move(reader).in_order_of_source();
}

/// Puts the keys of tables into the layers.
class TableReader {
  public:
    TableReader(Vocabulary& vocabulary, Faults& faults)
        : vocabulary_(vocabulary), faults_(faults) {}

    void read(const Table& table, std::string_view prefix) {
        for (const Entry& entry : table)
            read_entry(entry, prefix);
    }

    FileLayers layers() && { return std::move(layers_); }

  private:
    /// Dots in quotes divide keys below [sweep] alone, and belong to the names of features.
    static bool is_divided_in_quotes(const Entry& entry, std::string_view prefix) {
        const bool is_feature = !feature_in(joined(prefix, "feature")).empty();
        return !is_feature && entry.key.find('.') != std::string::npos;
    }

    void read_entry(const Entry& entry, std::string_view prefix) {
        const std::string path = joined(prefix, entry.key);
        if (is_divided_in_quotes(entry, prefix)) {
            faults_.add_for(path, entry.place,
                            fmt::format("{} = {}: a key in quotes is one name, and there is none "
                                        "such. Outside [sweep] write dots without quotes.",
                                        quoted(shortened(path)), shown(entry.value)));
            return;
        }
        const KeyRow* row = vocabulary_.find_or_add(path);
        const auto* inner = entry.value.as<Table>();
        if (path == "sweep") {
            read_sweep(entry, layers_.sweep, vocabulary_, faults_);
        } else if (is_entry_table(path)) {
            read_named(path, entry.value);
        } else if (row != nullptr && row->kind == Kind::arms) {
            std::ranges::move(arm_constants(entry.value, faults_),
                              std::back_inserter(layers_.keys.constants));
        } else if (row != nullptr) {
            layers_.keys.constants.push_back({row, entry.value});
        } else if (!vocabulary_.is_table(path)) {
            add_unknown_key(path, entry.place, entry.value, vocabulary_, faults_);
        } else if (inner != nullptr) {
            read(*inner, path);
        } else {
            faults_.add_for(path, entry.place,
                            fmt::format("{} = {}: a table is needed, not {}. Write [{}] and below "
                                        "it its keys.",
                                        path, shown(entry.value), type_of(entry.value), path));
        }
    }

    /// False without a name, and for the second of two entries of one name.
    [[nodiscard]] bool is_entry(std::string_view table, std::string_view name,
                                const Place& place) const {
        return std::ranges::any_of(vocabulary_.entries(table), [&](const NamedEntry& entry) {
            return entry.name == name && entry.place.line == place.line &&
                   entry.place.column == place.column;
        });
    }

    /// [[covariate]]: each entry under its name. What is no entry has been reported.
    void read_named(const std::string& table, const Value& value) {
        const auto* list = value.as<Array>();
        if (list == nullptr) return;
        for (const Value& element : *list) {
            const std::string name = entry_name(table, element);
            if (!is_entry(table, name, element.place)) continue;
            const std::string path = joined(table, name);
            for (const Entry& entry : std::get<Table>(element.data)) {
                if (entry.key != name_key(table)) read_entry(entry, path);
            }
        }
    }

    Vocabulary& vocabulary_;
    Faults& faults_;
    FileLayers layers_;
};

}  // namespace

FileLayers read_file_layers(const Table& root, Vocabulary& vocabulary, Faults& faults) {
    read_entry_names(root, vocabulary, faults);
    TableReader reader(vocabulary, faults);
    reader.read(root, {});
    return std::move(reader).layers();
}

}  // namespace rsasim::scenario
