#pragma once

#include "faults.hpp"
#include "value.hpp"
#include "vocabulary.hpp"

#include <map>
#include <string_view>
#include <vector>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

/// A key with one value.
struct Constant {
    const KeyRow* row = nullptr;
    Value value;
};

/// A key with a value for each step of an axis.
struct SteppedKey {
    const KeyRow* row = nullptr;
    Place place;
    std::vector<Value> values;
};

/// The keys that move together along one axis, all of the same length.
struct SteppedAxis {
    std::vector<SteppedKey> keys;

    [[nodiscard]] std::size_t size() const { return keys.front().values.size(); }
};

/// What one layer says: the file's keys, the file's sweep, or the command line.
struct Layer {
    std::vector<Constant> constants;
    std::vector<SteppedAxis> axes;
};

/// The settings in force: layers put on top of each other. `arms.n` itself never occurs here, only
/// the size of each arm.
class Settings {
  public:
    /// Refers to the vocabulary, which outlives it.
    explicit Settings(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {}

    [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }

    /// True where any key describes women instead of counts.
    [[nodiscard]] bool is_patient_level() const;

    /// A key of the layer replaces the same key below and displaces its alternatives. An axis that
    /// replaces an axis below takes its place; other axes come last. Alternatives within the layer
    /// and keys given twice are faults.
    void put(Layer layer, Faults& faults);

    /// Gives every key its default, where it has one, is not set, and no alternative of it is. The
    /// confidence beside a test of equivalence is left open: 1 - 2 alpha in each cell. Keys of the
    /// patient level have theirs in its scenarios, those of a table where it is there.
    void fill_defaults();

    /// The value of a key that is not swept, or a null pointer.
    [[nodiscard]] const Value* constant(std::string_view path) const;
    [[nodiscard]] bool has(std::string_view path) const;

    /// Constants that a later layer has replaced, or alternatives of theirs.
    [[nodiscard]] const std::vector<Constant>& displaced() const { return displaced_; }

    [[nodiscard]] std::map<const KeyRow*, Value>& constants() { return constants_; }
    [[nodiscard]] const std::map<const KeyRow*, Value>& constants() const { return constants_; }
    [[nodiscard]] std::vector<SteppedAxis>& axes() { return axes_; }
    [[nodiscard]] const std::vector<SteppedAxis>& axes() const { return axes_; }

  private:
    void displace_alternatives(const KeyRow& row);
    void fill_patient_defaults();
    /// True where a key of the row's table is set, or the table is an entry.
    [[nodiscard]] bool has_table_of(const KeyRow& row) const;
    void put_axis(SteppedAxis axis);
    /// Leaves an axis without keys in its place, for put() to remove.
    void remove(const KeyRow& row);

    const Vocabulary* vocabulary_;
    std::map<const KeyRow*, Value> constants_;
    std::vector<Constant> displaced_;
    std::vector<SteppedAxis> axes_;
};

}  // namespace rsasim::scenario
