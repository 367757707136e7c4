#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/results.hpp>

/// What all formats share: the names of the quantities and how the cells are labelled.
namespace rsasim::files {

inline constexpr std::string_view file_type = "rsasim-results";
/// Readers refuse a larger first number; a larger second one only adds.
inline constexpr std::array<std::int32_t, 2> format_version{1, 0};

/// "simulation", "enumeration".
std::string_view name_of(summary::Engine engine);
/// "no-effect", "margin", "equivalence".
std::string_view name_of(summary::NullKind null_kind);
/// "higher-is-better", "lower-is-better".
std::string_view name_of(design::Direction direction);

/// A parameter of a cell under the name that every format gives it.
struct ParameterRow {
    std::string_view name;
    std::string_view long_name;
    std::variant<std::int64_t summary::CellParameters::*, double summary::CellParameters::*,
                 summary::InNull summary::CellParameters::*>
        member;
    /// The null that a file must have to hold the row; nothing where all do.
    std::optional<summary::NullKind> null_kind = {};
};

/// The parameters that cells have under a null.
std::vector<ParameterRow> parameter_rows(summary::NullKind null_kind);

/// A kind of summary: its dimension in HDF5, its key in JSON, its labels and its numbers.
template <class Summary>
struct Kind {
    std::string_view dimension;  ///< "interval"
    std::string_view key;        ///< "intervals"
    std::string_view long_name;
    std::vector<std::string> summary::Results::*labels;
    std::vector<Summary> summary::CellSummary::*summaries;
    bool is_measured;  ///< labels are "measure:method"
};

/// Calls `visit` with each Kind, in the order of the formats.
template <class Visitor>
void for_each_kind(Visitor&& visit) {
    using summary::CellSummary;
    using summary::Results;
    visit(Kind<summary::TestSummary>{"test", "tests", "test of the null hypothesis",
                                     &Results::tests, &CellSummary::tests, false});
    visit(Kind<summary::IntervalSummary>{"interval", "intervals", "confidence interval",
                                         &Results::intervals, &CellSummary::intervals, true});
    visit(Kind<summary::EstimatorSummary>{"estimator", "estimators", "estimator of the effect",
                                          &Results::estimators, &CellSummary::estimators, true});
    visit(Kind<summary::PairSummary>{"pair", "pairs", "test and interval that should agree",
                                     &Results::pairs, &CellSummary::pairs, false});
    visit(Kind<summary::TestPairSummary>{"test_pair", "test_pairs", "two tests on the same trials",
                                         &Results::test_pairs, &CellSummary::test_pairs, false});
    visit(Kind<summary::AnalysisSummary>{"analysis", "analyses", "patient-level method",
                                         &Results::analyses, &CellSummary::analyses, false});
    visit(Kind<summary::CharacteristicSummary>{
        "characteristic", "characteristics", "number that describes a trial",
        &Results::characteristics, &CellSummary::characteristics, false});
    visit(Kind<summary::ControlledSummary>{"controlled", "controlled_power",
                                           "test with a control variate", &Results::controlled,
                                           &CellSummary::controlled, false});
}

/// "odds_ratio:woolf" as its two parts.
struct MeasuredLabel {
    std::string measure;
    std::string method;
};
MeasuredLabel parts_of(const std::string& label);

/// A value that labels a cell.
using LabelValue = std::variant<std::int64_t, double, bool, std::string>;
struct CellLabel {
    std::string name;
    LabelValue value;
};

/// How a cell is labelled: `swept` has the keys of the axes, in their order; `parameters` all
/// parameters. A parameter that is swept has the value of the axis, to the last bit.
struct CellLabels {
    std::vector<CellLabel> swept;
    std::vector<CellLabel> parameters;
};
CellLabels labels_of(const summary::Results& results, std::size_t cell);

/// The name under which a swept key is written: its own, or its path with _ where that name means
/// something else in a results file.
std::string name_of(const design::SweptKey& key);

/// True where a swept key of this name and type gives a parameter its values.
bool replaces_parameter(const design::SweptKey& key);

/// True where a swept key gives the parameter of this name its values.
bool is_swept_parameter(const std::vector<design::Axis>& axes, std::string_view name);

/// A number of an axis. Throws std::bad_variant_access for an axis of texts.
double number_at(const design::AxisValues& values, std::size_t index);

/// Row-major position of the cell on each axis.
std::vector<std::size_t> position_of(const std::vector<design::Axis>& axes, std::size_t cell);

/// Of /tables: there, and 1, where cells with replicates may have no tables.
inline constexpr std::string_view one_by_one_attribute = "tallied_one_by_one";

/// True where counts are reported.
inline bool has_counts(const summary::Results& results) {
    return results.engine == summary::Engine::simulation;
}

/// Throws std::logic_error unless every list has the length that axes and labels imply.
void check_shape(const summary::Results& results);

}  // namespace rsasim::files
