#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include <rsasim/summary/cell_summary.hpp>

namespace rsasim::summary {

/// One reported quantity: what it is called and where it is in the summary. A Figure has a
/// companion `<name>_mcse`. Counts are not written under enumeration.
template <class Summary>
struct Measure {
    /// Within its own kind (tests, intervals, ...): the key in JSON.
    std::string_view name;
    /// Among all kinds: the dataset in HDF5 and the column in CSV. Differs from `name` only where
    /// two kinds report a quantity of the same name.
    std::string_view dataset;
    std::string_view long_name;
    std::string_view formula;
    std::variant<std::int64_t Summary::*, double Summary::*, Figure Summary::*> member;
};

/// The rows of an output quantity: add one here and every format writes it.
template <class Summary>
std::span<const Measure<Summary>> measures();

template <>
std::span<const Measure<TestSummary>> measures<TestSummary>();
template <>
std::span<const Measure<IntervalSummary>> measures<IntervalSummary>();
template <>
std::span<const Measure<EstimatorSummary>> measures<EstimatorSummary>();
template <>
std::span<const Measure<PairSummary>> measures<PairSummary>();
template <>
std::span<const Measure<TestPairSummary>> measures<TestPairSummary>();
template <>
std::span<const Measure<AnalysisSummary>> measures<AnalysisSummary>();
template <>
std::span<const Measure<CharacteristicSummary>> measures<CharacteristicSummary>();
template <>
std::span<const Measure<ControlledSummary>> measures<ControlledSummary>();

}  // namespace rsasim::summary
