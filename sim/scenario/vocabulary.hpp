#pragma once

#include "value.hpp"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

/// One of several tables with a name: a covariate, a stage.
struct NamedEntry {
    std::string name;
    Place place;
};

/// All keys that a scenario may give: those of every scenario, those of the patient level, and
/// those of the entries that the scenario names: "covariate.age.mean" where there is a covariate
/// "age". Rows keep their address.
class Vocabulary {
  public:
    Vocabulary();
    Vocabulary(const Vocabulary&) = delete;
    Vocabulary& operator=(const Vocabulary&) = delete;
    Vocabulary(Vocabulary&&) = delete;
    Vocabulary& operator=(Vocabulary&&) = delete;
    ~Vocabulary() = default;

    /// Adds the keys of an entry of a table: "covariate". The name is new to the table.
    void add_entry(std::string_view table, NamedEntry entry);

    /// The row of a path, or a null pointer. Log odds of features ("stage.conception.effects.age")
    /// are keys once find_or_add has been asked for them; blanks and quotes in them do not count.
    [[nodiscard]] const KeyRow* find(std::string_view path) const;
    const KeyRow* find_or_add(std::string_view path);

    /// True for "arms", "arms.n", "covariate.age" and "stage.conception.effects": a table of keys.
    [[nodiscard]] bool is_table(std::string_view path) const;

    /// In the order in which they became known.
    [[nodiscard]] const std::vector<const KeyRow*>& rows() const { return rows_; }
    [[nodiscard]] const std::vector<NamedEntry>& entries(std::string_view table) const;
    [[nodiscard]] bool has_entries() const { return !entries_.empty(); }

    /// The key or table that a mistyped or misplaced path most likely means; empty where none is
    /// near.
    [[nodiscard]] std::string suggested(std::string_view path) const;

  private:
    const std::string& keep(std::string text);
    const KeyRow* add_row(KeyRow row, std::string path);

    std::deque<std::string> texts_;
    std::deque<KeyRow> owned_;
    std::vector<const KeyRow*> rows_;
    std::map<std::string_view, const KeyRow*> by_path_;
    std::map<std::string, std::vector<NamedEntry>, std::less<>> entries_;
};

/// The feature of "stage.conception.effects.age": "age"; empty where the path is no such key.
std::string_view feature_in(std::string_view path);

}  // namespace rsasim::scenario
