#pragma once

#include "value.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rsasim::scenario {

/// Collects every fault of an input, so that all are reported at once.
class Faults {
  public:
    /// `source` names the input where a fault has no line: "rsa.toml", or "design flags".
    explicit Faults(std::string source) : source_(std::move(source)) {}

    /// `message` says what was given, the rule and the remedy; the place is put before it.
    void add(const Place& place, const std::string& message);

    /// As `add`, with the column: for text that is not TOML.
    void add_syntax(const Place& place, const std::string& message);

    /// As `add`, and marks the key or table as faulty.
    void add_for(std::string_view path, const Place& place, const std::string& message);

    /// Marks a key or table that a fault concerns, so that it is not reported as missing as well
    /// and nothing is derived from it.
    void mark(std::string_view path) { marked_.emplace(path); }
    /// True where the path or a table that holds it is marked.
    [[nodiscard]] bool is_marked(std::string_view path) const;

    /// False once there are more faults than are shown: a suggestion costs time and nobody would
    /// read it.
    [[nodiscard]] bool want_suggestions() const;

    /// Throws InputErrors, in the order of the file and then of the command line, where there is
    /// any fault.
    void throw_if_any() const;

  private:
    struct Fault {
        Place place;
        std::string text;
    };
    std::string source_;
    std::vector<Fault> faults_;
    std::set<std::string, std::less<>> marked_;
};

}  // namespace rsasim::scenario
