#include "analysis_tables_text.hpp"
#include "number_text.hpp"
#include "replan_words.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::files {
namespace {

using analysis::Tail;
using planning::Agreement;
using planning::EffectReproduction;
using planning::PrintedInterval;
using planning::Reproduction;

std::string paragraph(const std::string& text, std::size_t indent = 2) {
    return wrapped(text, analysis_width, indent);
}

/// " (halves up)" where only one way of rounding gives the figure.
std::string remark_on(Agreement agreement) {
    if (agreement == Agreement::half_up) return ", halves rounded up";
    return agreement == Agreement::half_even ? ", halves rounded to even" : "";
}

/// "pearson (0.0253)" of each test.
std::vector<std::string> shown(const std::vector<const planning::TestReproduction*>& tests) {
    std::vector<std::string> texts;
    for (const auto* one : tests) {
        texts.push_back(fmt::format("{} ({}{})", one->method.label(), p_value_text(one->p_value),
                                    remark_on(one->agreement)));
    }
    return texts;
}

/// "two-sided", "one-sided (treated higher)".
std::string sides_of(Tail tail) {
    if (tail == Tail::two_sided) return "two-sided";
    return tail == Tail::greater ? "one-sided (treated higher)" : "one-sided (treated lower)";
}

/// " Two-sided it is printed by: ..." and so on, of the tails where it was not looked for.
std::string elsewhere_text(const Reproduction& reproduction) {
    std::vector<std::string> one_sided, two_sided;
    const auto tests = reproduction.tests_that_print_elsewhere();
    const auto texts = shown(tests);
    for (std::size_t i = 0; i < tests.size(); ++i)
        (tests[i]->tail == Tail::two_sided ? two_sided : one_sided).push_back(texts[i]);
    const bool is_two_sided = reproduction.tail == Tail::two_sided;
    std::string text;
    if (!two_sided.empty())
        text += fmt::format(" Two-sided it is printed by: {}.", fmt::join(two_sided, ", "));
    if (!one_sided.empty()) {
        text += fmt::format(" {} it is printed by: {}.",
                            is_two_sided ? "One-sided" : "One-sided the other way",
                            fmt::join(one_sided, ", "));
    }
    return text;
}

/// "P = 0.03", "P < 0.001".
std::string equation(const std::string& name, const planning::PrintedNumber& printed) {
    const bool has_relation = printed.relation != planning::Relation::rounded;
    return fmt::format("{} {}{}", name, has_relation || printed.text.starts_with('=') ? "" : "= ",
                       printed.text);
}

std::string p_value_text_of(const Reproduction& reproduction) {
    const auto& printed = *reproduction.p_value;
    const auto what = equation("P", printed);
    const auto tests = shown(reproduction.tests_that_print());
    if (!tests.empty()) {
        const auto* how = reproduction.tail == Tail::two_sided ? "" : " one-sided";
        return paragraph(fmt::format("{} is printed{} by: {}.", what, how, fmt::join(tests, ", ")));
    }
    auto text = fmt::format("{}: no {} test prints it.", what, sides_of(reproduction.tail));
    const auto* near = planning::nearest(printed, reproduction.tests, reproduction.tail);
    if (near != nullptr) {
        text += fmt::format(" The nearest is {}, which prints {} ({}).", near->method.label(),
                            planning::printed_like(printed, near->p_value),
                            p_value_text(near->p_value));
    }
    return paragraph(text + elsewhere_text(reproduction));
}

std::string shown(const planning::EstimateReproduction& one) {
    return fmt::format("({}{})", value_text(one.estimate), remark_on(one.agreement));
}

std::string shown(const planning::IntervalReproduction& one) {
    return fmt::format("({} to {}{})", value_text(one.interval.lower),
                       value_text(one.interval.upper), remark_on(one.agreement));
}

std::string printed_by(const planning::PrintedNumber& printed,
                       const planning::EstimateReproduction& one) {
    return planning::printed_like(printed, one.estimate);
}

std::string printed_by(const PrintedInterval& printed, const planning::IntervalReproduction& one) {
    return fmt::format("{} to {}", planning::printed_like(printed.lower, one.interval.lower),
                       planning::printed_like(printed.upper, one.interval.upper));
}

/// Which methods print one figure, and with which roundings on the way.
template <class List, class Printed>
std::string figure_text_of(const std::string& what, const List& list, const Printed& printed) {
    std::vector<std::string> direct;
    std::string stepwise;
    for (const auto& one : list) {
        if (one.agreement == Agreement::none) continue;
        if (prints_directly(one)) {
            direct.push_back(fmt::format("{} {}", one.method.label(), shown(one)));
        } else {
            stepwise += paragraph(fmt::format("{} {} {}", one.method.label(),
                                              planning::describe(one.route), shown(one)),
                                  4);
        }
    }
    if (!direct.empty()) {
        return paragraph(fmt::format("{} is printed by: {}.", what, fmt::join(direct, ", ")));
    }
    const auto nearest_direct = [&] {
        List at_full_precision;
        std::ranges::copy_if(list, std::back_inserter(at_full_precision), [](const auto& one) {
            return one.route.step == planning::Step::none;
        });
        const auto* near = planning::nearest(printed, at_full_precision);
        if (near == nullptr) return std::string();
        return fmt::format(" The nearest is {}, which prints {} {}.", near->method.label(),
                           printed_by(printed, *near), shown(*near));
    }();
    auto text = paragraph(
        fmt::format("{}: no method prints it at full precision.{}", what, nearest_direct));
    if (!stepwise.empty()) {
        text += paragraph("It comes out when a step on the way is rounded:") + stepwise;
    }
    return text;
}

std::string effect_text(const EffectReproduction& effect) {
    const auto words = words_of(effect.printed.measure);
    std::string text;
    if (effect.printed.estimate) {
        text += figure_text_of(equation(fmt::format("The {}", words), *effect.printed.estimate),
                               effect.estimates, *effect.printed.estimate);
    }
    if (effect.printed.interval) {
        text += figure_text_of(
            fmt::format("The interval {} of the {}", effect.printed.interval->text(), words),
            effect.intervals, *effect.printed.interval);
    }
    return text;
}

/// "wald with woolf", each once.
std::vector<std::string> own_pairs(const std::vector<PrintedCombination>& combinations) {
    std::vector<std::string> pairs;
    for (const auto& one : combinations) {
        if (!one.belong_together) continue;
        auto pair =
            fmt::format("{} with {}", one.test->method.label(), one.interval->method.label());
        if (std::ranges::find(pairs, pair) == pairs.end()) pairs.push_back(std::move(pair));
    }
    return pairs;
}

std::string combinations_text(const Reproduction& reproduction) {
    const auto combinations = combinations_of(reproduction);
    if (combinations.empty()) return "";
    const auto own = own_pairs(combinations);
    return paragraph(fmt::format(
        "Combinations of a test and a way to the interval that print both: {}. {}",
        combinations.size(),
        own.empty() ? "In none of them does the interval invert the test."
                    : fmt::format("The interval inverts the test in: {}.", fmt::join(own, ", "))));
}

bool inverts(const design::MethodChoice& interval, design::Measure measure,
             const design::MethodChoice& test) {
    return std::ranges::any_of(analysis::standard_pairs(), [&](const analysis::PairRow& pair) {
        return pair.test == test.id && pair.measure == measure && pair.interval == interval.id;
    });
}

}  // namespace

std::string_view name_of(Agreement agreement) {
    switch (agreement) {
        case Agreement::none:
            return "none";
        case Agreement::always:
            return "always";
        case Agreement::half_up:
            return "half up";
        case Agreement::half_even:
            return "half even";
    }
    return "";
}

std::vector<PrintedCombination> combinations_of(const Reproduction& reproduction) {
    std::vector<PrintedCombination> list;
    for (const auto* test : reproduction.tests_that_print()) {
        for (const auto& effect : reproduction.effects) {
            const auto measure = effect.printed.measure;
            for (const auto& interval : effect.intervals) {
                if (interval.agreement == Agreement::none) continue;
                list.push_back(
                    {test, measure, &interval, inverts(interval.method, measure, test->method)});
            }
        }
    }
    return list;
}

std::string figures_text(const Reproduction& reproduction, bool use_colour) {
    if (!reproduction.p_value && reproduction.effects.empty()) return "";
    auto text = fmt::format("\n{}\n", emphasised("Printed figures", use_colour));
    if (reproduction.p_value) text += p_value_text_of(reproduction);
    for (const auto& effect : reproduction.effects)
        text += effect_text(effect);
    for (const auto& other : reproduction.other_readings) {
        text += paragraph(fmt::format(
            "Read as {}, the figures of the {} are printed:", planning::describe(other.reading),
            words_of(other.printed.measure)));
        text += effect_text(other);
    }
    return text + combinations_text(reproduction);
}

}  // namespace rsasim::files
