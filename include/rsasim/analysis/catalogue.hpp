#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

enum class Role { test, interval, estimate };

/// The one use that will be made of a test: compare this tail's P-value with alpha.
struct Decision {
    Tail tail = Tail::two_sided;
    double alpha = 0.05;
};

/// What a method may prepare for: everything that is the same for all tables of a design.
struct Setting {
    design::ArmSizes sizes;
    double confidence = 0.95;                    ///< of intervals
    std::map<std::string, double> options = {};  ///< complete: defaults filled in
    design::Effect null = {};  ///< of tests; exact intervals that touch it side with their test
    /// Where given, a test may fill that tail alone, with any number on the same side of alpha as
    /// its P-value. Tests that order all tables then need one supremum instead of thousands.
    std::optional<Decision> decision = {};
};

/// The nulls that a test has. A test of any null is another row's test at no effect, and so is left
/// out of the default list there.
enum class Nulls { no_effect, odds_ratio, any };

/// A prepared method: a pure function of the table, safe to call from many threads at once.
/// The table's arms have the sizes that were prepared for where the row `prepares_sizes`.
using Judge = std::function<Finding(const design::Table2x2&)>;

/// An option that a method takes, with its range (both ends allowed).
struct OptionRow {
    std::string_view name;
    double default_value;
    double lowest;
    double highest;
    std::string_view meaning;
};

/// One row of the catalogue. Everything the program knows about a method by name is here.
struct MethodRow {
    Role role;
    design::Measure measure;   ///< the measure of an interval or estimate; odds_ratio for tests
    std::string_view id;       ///< fixed: scenario files, JSON and HDF5 use it
    std::string_view title;    ///< as printed in tables: "Pearson chi-square"
    std::string_view family;   ///< "asymptotic", "exact conditional", "mid-P", "Bayesian", ...
    std::string_view brief{};  ///< the definition in about five words: "pooled score, uncorrected"
    std::string_view definition;  ///< one sentence that settles what could be doubted
    std::string_view citation;    ///< "Author year", semicolons between several
    std::string_view doi;         ///< of the main citation; empty for a book without one
    std::span<const OptionRow> options;
    /// True where one table takes milliseconds: default lists of `exact` and `run` leave it out.
    bool is_costly = false;
    /// True where what is prepared depends on the sizes of the arms and takes more than a table:
    /// other judges take tables of any sizes. Default lists leave it out where sizes vary so much
    /// that trials are tallied one by one (see design::Tallying).
    bool prepares_sizes = false;
    Nulls nulls = Nulls::no_effect;  ///< of a test: no effect alone, any odds ratio, any effect
    Judge (*prepare)(const Setting& setting);
};

/// All rows: tests, then intervals, then estimates, each in the order they are shown.
std::span<const MethodRow> catalogue();

/// The row, or a null pointer. `measure` is ignored for tests.
const MethodRow* find_method(Role role, std::string_view id,
                             design::Measure measure = design::Measure::odds_ratio);

/// True where `test` has the null.
bool has_null(const MethodRow& test, const design::Effect& null);

/// Prepares a chosen method; options that are not given take their defaults (those of `setting` are
/// not looked at). Throws std::invalid_argument for an unknown id or option, an option or
/// confidence out of range, or a null that the test does not have.
Judge prepare(Role role, design::Measure measure, const design::MethodChoice& choice,
              const Setting& setting);

/// A test and the interval that inverts it.
struct PairRow {
    std::string_view test;
    design::Measure measure;
    std::string_view interval;
    /// True where the test is central, so that a one-sided P belongs to one limit.
    bool is_central;
};

/// Which interval belongs to which P-value.
std::span<const PairRow> standard_pairs();

}  // namespace rsasim::analysis
