#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <rsasim/design/effect.hpp>
#include <rsasim/design/patient_plan.hpp>

namespace rsasim::design {

enum class Sides { one = 1, two = 2 };

/// Which side of no effect is good for the patient: a higher or a lower event rate.
enum class Direction { higher_is_better, lower_is_better };

/// A method by its catalogue id, with the options that differ from the catalogue's defaults.
struct MethodChoice {
    std::string id;
    std::map<std::string, double> options;

    /// "boschloo", or with options "boschloo[berger-boos=0.001]".
    [[nodiscard]] std::string label() const;
    bool operator==(const MethodChoice&) const = default;
};

/// An interval or an estimate: a method on a measure.
struct MeasuredChoice {
    Measure measure = Measure::odds_ratio;
    MethodChoice method;

    /// "odds_ratio:woolf".
    [[nodiscard]] std::string label() const;
    bool operator==(const MeasuredChoice&) const = default;
};

/// A test and the interval that should agree with it, as indices into the plan's lists.
struct PairChoice {
    std::size_t test = 0;
    std::size_t interval = 0;
    bool operator==(const PairChoice&) const = default;
};

/// The effects between which two treatments count as equivalent, lower < upper.
struct Equivalence {
    Measure measure = Measure::odds_ratio;
    double lower = 0;
    double upper = 0;
    bool operator==(const Equivalence&) const = default;
};

/// What is computed from each trial. Every id is known to the catalogue (the reader of the
/// scenario has checked it), no label occurs twice, 0 < alpha < 1, 0 < confidence < 1.
struct AnalysisPlan {
    double alpha = 0.05;
    Sides sides = Sides::two;
    double confidence = 0.95;
    Direction direction = Direction::higher_is_better;
    /// What the tests test. A margin (any null but "no effect") has one side, the favourable one:
    /// it is rejected where the effect is better than the margin, by non-inferiority or
    /// superiority.
    Effect null;
    /// Where given, the tests are two one-sided ones, `greater` at the lower margin and `less` at
    /// the upper, both rejected or the test is not; `null` is of no consequence and sides is one.
    std::optional<Equivalence> equivalence;
    std::vector<MethodChoice> tests;
    std::vector<MeasuredChoice> intervals;
    std::vector<MeasuredChoice> estimators;
    std::vector<PairChoice> pairs;
    std::optional<PatientPlan> patients;  ///< of a patient-level design

    /// The scale of the margins, or nothing where no effect is tested.
    [[nodiscard]] std::optional<Measure> margin_measure() const;
    /// True where rates lie in the null hypothesis, so that every rejection is an error of the
    /// first kind: two-sided, equal rates; one-sided, an effect that is not better than the null;
    /// equivalence, an effect that does not lie strictly between the margins. An effect within
    /// 1e-9 max(|margin|, 1) of a margin lies on it, and one that is 0/0 is in the null.
    [[nodiscard]] bool has_in_null(const Rates& rates) const;

    bool operator==(const AnalysisPlan&) const = default;
};

}  // namespace rsasim::design
