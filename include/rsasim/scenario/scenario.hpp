#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/design/grid.hpp>
#include <rsasim/design/rates_prior.hpp>

namespace rsasim::scenario {

/// A scenario file that has been read into memory. At most 1 MiB.
struct SourceText {
    std::string name;  ///< as it is to appear in messages: "rsa.toml"
    std::string text;
};

/// One setting from the command line, in the order given.
/// A design flag ("--odds-ratio", "1.5,2.0") or --set ("--set", "arms.odds_ratio=1.5").
struct FlagSetting {
    std::string flag;
    std::string value;
    std::string
        typed{};  ///< what messages call it, where a command has a flag of its own for --set
};

/// A flag that sets a scenario key, for the command line's help.
struct FlagRow {
    std::string_view flag;  ///< "--odds-ratio"
    std::string_view value_name;
    std::string_view help;
    bool is_repeatable;
    std::string_view path;  ///< of the key: "arms.odds_ratio"; empty for --set, which takes any
};

/// All design, analysis and simulation flags that stand for scenario keys.
std::span<const FlagRow> flags();

/// Every fault of the input, one message a line: where, what was given, the rule, the remedy.
class InputErrors : public std::runtime_error {
  public:
    explicit InputErrors(std::vector<std::string> messages);
    [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

  private:
    std::vector<std::string> messages_;
};

/// What solving for the models of women needs of a scenario that has been read.
class OpenModels;

/// A checked scenario.
struct Scenario {
    std::string title;
    std::string outcome;
    design::Grid grid;
    std::uint64_t seed = 0;
    bool common_random_numbers = true;
    std::optional<double> precision;
    std::optional<design::RatesPrior> prior;  ///< what [prior] says; the control rate as of cell 0
    std::string given;     ///< the file, byte for byte; the flags as a command line without one
    std::string resolved;  ///< a complete scenario file that gives the same run by itself
    /// SHA-256 (hex) of what decides the simulated integers: trial model of every cell, common
    /// random numbers or not. Neither the analyses nor the number of replicates enter.
    std::string sha256;
    std::vector<std::string> notes;  ///< for the user: e.g. that alpha is used as given
    std::shared_ptr<const OpenModels> open_models;  ///< for solve(); null where trials are counts
};

/// What is integrated for patient-level designs: what every analysis estimates, or no more than the
/// rates of the 2x2 table, which is quicker; the truths of the methods are then NaN.
enum class Truths { all, rates_alone };

/// Reads, checks and resolves. `source` may be absent where the flags give the whole design. Women
/// are described and no more (see design::Patients). Throws InputErrors with all faults at once.
Scenario describe_scenario(const std::optional<SourceText>& source,
                           std::span<const FlagSetting> flags);

/// How models are solved for.
struct Solving {
    unsigned threads = 1;
    Truths truths = Truths::all;
    /// Called after each model that is solved for and each truth that is integrated, with how many
    /// are there and how many are wanted in all; by one thread at a time.
    std::function<void(std::size_t found, std::size_t all)> on_progress{};
};

/// To solve() with: an element for each cell, all true.
std::vector<bool> every_cell(const Scenario& scenario);

/// Solves for the models of the cells that are wanted and integrates their truths: other cells stay
/// as they are. Adds a note where a truth is known less well than its replicates ask. Cells of one
/// model, analysis and ratio are solved once. Throws InputErrors where a model cannot be. `wanted`
/// has an element for each cell.
void solve(Scenario& scenario, const std::vector<bool>& wanted, const Solving& how);

/// Describes a scenario and solves for all of its models.
Scenario read_scenario(const std::optional<SourceText>& source,
                       std::span<const FlagSetting> settings, Truths truths = Truths::all);

/// The nearest of `known` to a mistyped word, or empty where none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace rsasim::scenario
