#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

enum class Arm { treated, control };

/// The arm whose women change in the fragility index: the one with fewer events. Where both have
/// as many, the one with the lower rate, that is with more women; in equal arms the control arm.
Arm arm_to_change(const design::Table2x2& table);

/// The table with one non-event of the arm made an event; nothing where all women there have it.
std::optional<design::Table2x2> with_one_more_event(const design::Table2x2& table, Arm arm);

/// Whether a test rejects at a table. Asked about tables of the same arm sizes.
using Verdict = std::function<bool(const design::Table2x2&)>;

/// The fragility index: the least number k >= 1 of women in the arm with fewer events whose outcome
/// must change from non-event to event for a significant result to lose significance. The arm is
/// chosen once, at the table itself. Nothing where the table is not significant, and where it stays
/// significant until every woman of the arm has the event, as it can in unequal arms in which the
/// arm with fewer events has the higher rate.
/// Walsh et al. 2014, doi:10.1016/j.jclinepi.2013.10.019. Cost: k + 1 verdicts.
/// Tested against published indices and an independent Fisher test.
std::optional<std::int64_t> fragility_index(const design::Table2x2& table, const Verdict& rejects);

}  // namespace rsasim::analysis
