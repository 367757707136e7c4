#include "file_layers.hpp"

#include "sweep_values.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

std::string joined(std::string_view prefix, std::string_view key) {
    return prefix.empty() ? std::string(key) : fmt::format("{}.{}", prefix, key);
}

void add_patient_level(const std::string& path, const Place& place, Faults& faults) {
    faults.add(place, fmt::format("[{}] describes single women, and this version simulates counts "
                                  "only: no covariates, eligibility, allocation schemes, stages, "
                                  "drop-out or adherence. Remove the table.",
                                  shortened(path.substr(0, path.find('.')))));
}

/// Adds an axis with its place, so that axes can be put into the order of the source.
class SweepReader {
  public:
    explicit SweepReader(Faults& faults) : faults_(faults) {}

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
        const KeyRow* row = find_key(path);
        const auto* table = entry.value.as<Table>();
        if (is_patient_level(path)) {
            add_patient_level(path, entry.place, faults_);
        } else if (is_table_of_keys(path) && table != nullptr) {
            for (const Entry& inner : *table)
                read_key(inner, path, take);
        } else if (row == nullptr) {
            add_unknown_key(path, entry.place, entry.value, faults_);
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
            faults_.add(key.place,
                        fmt::format("{} has {} values and {} has {}: keys that move together need "
                                    "lists of one length. Make them equally long.",
                                    key.row->path, key.values.size(), axis.keys.front().row->path,
                                    axis.size()));
            for (const SteppedKey& each : axis.keys)
                faults_.mark(each.row->path);
            return false;
        }
        return true;
    }

    Faults& faults_;
    std::vector<PlacedAxis> axes_;
};

void read_sweep(const Entry& entry, Layer& layer, Faults& faults) {
    const auto* table = entry.value.as<Table>();
    if (table == nullptr) {
        faults.add(entry.place, fmt::format("sweep = {}: a table is needed, not {}. Write [sweep] "
                                            "and below it \"arms.total\" = [100, 200].",
                                            shown(entry.value), type_of(entry.value)));
        return;
    }
    SweepReader reader(faults);
    reader.read(*table, {});
    layer.axes = std::move(reader).in_order_of_source();
}

void read_table(const Table& table, std::string_view prefix, FileLayers& layers, Faults& faults) {
    for (const Entry& entry : table) {
        const std::string path = joined(prefix, entry.key);
        const KeyRow* row = find_key(path);
        const auto* inner = entry.value.as<Table>();
        if (path == "sweep") {
            read_sweep(entry, layers.sweep, faults);
        } else if (is_patient_level(path)) {
            add_patient_level(path, entry.place, faults);
        } else if (row != nullptr && row->kind == Kind::arms) {
            std::ranges::move(arm_constants(entry.value, faults),
                              std::back_inserter(layers.keys.constants));
        } else if (row != nullptr) {
            layers.keys.constants.push_back({row, entry.value});
        } else if (!is_table_of_keys(path)) {
            add_unknown_key(path, entry.place, entry.value, faults);
        } else if (inner != nullptr) {
            read_table(*inner, path, layers, faults);
        } else {
            faults.add_for(path, entry.place,
                           fmt::format("{} = {}: a table is needed, not {}. Write [{}] and below "
                                       "it its keys.",
                                       path, shown(entry.value), type_of(entry.value), path));
        }
    }
}

}  // namespace

FileLayers read_file_layers(const Table& root, Faults& faults) {
    FileLayers layers;
    read_table(root, {}, layers, faults);
    return layers;
}

}  // namespace rsasim::scenario
