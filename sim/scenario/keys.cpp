#include "margin_keys.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/scenario/keys.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

constexpr auto largest_arm = static_cast<double>(design::Design::largest_arm);
constexpr Range arm_range{1, largest_arm, Ends::closed};
constexpr Range total_range{2, 2 * largest_arm, Ends::closed};
/// Shares are small whole numbers; the bound keeps total times share within 64 bits.
constexpr Range share_range{1, 1e6, Ends::closed};
constexpr Range rate_range{0, 1, Ends::closed};
constexpr Range ratio_range{0, std::numeric_limits<double>::infinity(), Ends::open};
constexpr Range level_range{0, 1, Ends::open};
/// More replicates would take centuries.
constexpr Range replicates_range{1, 1e15, Ends::closed};
constexpr Range precision_range{smallest_precision, largest_precision, Ends::closed};
/// TOML's whole numbers have 64 bits with a sign.
constexpr Range seed_range{0, 9223372036854775807.0, Ends::closed};

constexpr std::array<std::string_view, 2> directions{"higher-is-better", "lower-is-better"};

constexpr std::string_view arm_rule = "an arm has 1 to 100,000,000 women";
constexpr std::string_view arm_remedy = "Give a whole number of women.";
constexpr std::string_view rate_rule = "a rate lies between 0 and 1";
constexpr std::string_view rate_remedy = "Write 63.5 % as 0.635.";
constexpr std::string_view ratio_rule = "a ratio of odds or risks is finite and lies above 0";
constexpr std::string_view ratio_remedy = "Write 1 for no effect.";

/// Numbers that belong together; `way` as of the question what the effect may be.
constexpr KeyRow prior_row(std::string_view path, int way, std::string_view meaning,
                           std::string_view rule, std::string_view remedy) {
    return {.path = path,
            .kind = Kind::numbers,
            .range = ratio_range,
            .fewest = 2,
            .most = 2,
            .question = way == 0 ? Question::none : Question::effect_prior,
            .way = way,
            .meaning = meaning,
            .rule = rule,
            .remedy = remedy};
}
constexpr std::string_view log_normal_rule = "a log-normal prior has two numbers above 0";
constexpr std::string_view log_normal_remedy =
    "Write [2.3, 0.35]: the median, and the standard deviation of the logarithm.";

constexpr std::array key_rows{
    KeyRow{.path = "trial.title",
           .kind = Kind::text,
           .flag = "--title",
           .value_name = "TEXT",
           .meaning = "Title shown above the results",
           .rule = "a title is one line of at most 1,000 bytes",
           .remedy = "Shorten it and leave out line breaks."},
    KeyRow{.path = "trial.outcome",
           .kind = Kind::text,
           .default_text = "event",
           .meaning = "The event that is counted, in words",
           .rule = "an outcome is one line of at most 1,000 bytes",
           .remedy = "Shorten it and leave out line breaks."},
    KeyRow{.path = "trial.direction",
           .kind = Kind::choice,
           .words = directions,
           .default_text = "higher-is-better",
           .flag = "--direction",
           .value_name = "WORD",
           .meaning = "Which event rate favours the patient: higher-is-better or lower-is-better"},

    KeyRow{.path = "arms.n",
           .kind = Kind::arms,
           .range = arm_range,
           .sweep = Sweep::allowed,
           .question = Question::sizes,
           .way = 1,
           .flag = "--n",
           .value_name = "TREATED,CONTROL",
           .given = Given::repeatedly,
           .meaning = "Women per arm; repeat it to sweep",
           .rule = "both arms are needed",
           .remedy = "Write { treated = 75, control = 74 }."},
    KeyRow{.path = "arms.n.treated",
           .kind = Kind::whole,
           .range = arm_range,
           .sweep = Sweep::allowed,
           .question = Question::sizes,
           .way = 1,
           .axis_name = "n_treated",
           .meaning = "Women in the treated arm",
           .rule = arm_rule,
           .remedy = arm_remedy},
    KeyRow{.path = "arms.n.control",
           .kind = Kind::whole,
           .range = arm_range,
           .sweep = Sweep::allowed,
           .question = Question::sizes,
           .way = 1,
           .axis_name = "n_control",
           .meaning = "Women in the control arm",
           .rule = arm_rule,
           .remedy = arm_remedy},
    KeyRow{.path = "arms.total",
           .kind = Kind::whole,
           .range = total_range,
           .sweep = Sweep::allowed,
           .question = Question::sizes,
           .way = 2,
           .flag = "--total",
           .value_name = "N",
           .meaning = "Women in both arms, split by the ratio",
           .rule = "a trial has 2 to 200,000,000 women",
           .remedy = arm_remedy},
    KeyRow{.path = "arms.ratio",
           .kind = Kind::ratio,
           .range = share_range,
           .sweep = Sweep::allowed,
           .default_text = "1,1",
           .question = Question::sizes,
           .way = 2,
           .flag = "--ratio",
           .value_name = "TREATED,CONTROL",
           .given = Given::repeatedly,
           .meaning = "Shares of the arms in the total; repeat it to sweep",
           .rule = "every arm needs a positive share, a whole number up to 1,000,000",
           .remedy = "Give each arm 1 or more."},
    KeyRow{.path = "arms.control_rate",
           .kind = Kind::number,
           .range = rate_range,
           .sweep = Sweep::allowed,
           .flag = "--control-rate",
           .value_name = "P",
           .meaning = "Event rate of the control arm",
           .rule = rate_rule,
           .remedy = rate_remedy},
    KeyRow{.path = "arms.treated_rate",
           .kind = Kind::number,
           .range = rate_range,
           .sweep = Sweep::allowed,
           .question = Question::effect,
           .way = 1,
           .flag = "--treated-rate",
           .value_name = "P",
           .meaning = "Event rate of the treated arm",
           .rule = rate_rule,
           .remedy = rate_remedy},
    KeyRow{.path = "arms.odds_ratio",
           .kind = Kind::number,
           .range = ratio_range,
           .sweep = Sweep::allowed,
           .question = Question::effect,
           .way = 2,
           .flag = "--odds-ratio",
           .value_name = "OR",
           .meaning = "Odds ratio, treated against control",
           .rule = ratio_rule,
           .remedy = ratio_remedy},
    KeyRow{.path = "arms.risk_ratio",
           .kind = Kind::number,
           .range = ratio_range,
           .sweep = Sweep::allowed,
           .question = Question::effect,
           .way = 3,
           .flag = "--risk-ratio",
           .value_name = "RR",
           .meaning = "Risk ratio, treated against control",
           .rule = ratio_rule,
           .remedy = ratio_remedy},
    KeyRow{.path = "arms.risk_difference",
           .kind = Kind::number,
           .range = {-1, 1, Ends::closed},
           .sweep = Sweep::allowed,
           .question = Question::effect,
           .way = 4,
           .flag = "--risk-difference",
           .value_name = "RD",
           .meaning = "Risk difference, treated minus control",
           .rule = "a difference of rates lies between -1 and 1",
           .remedy = "Write 16.5 percentage points as 0.165."},

    KeyRow{.path = "analysis.alpha",
           .kind = Kind::number,
           .range = level_range,
           .sweep = Sweep::allowed,
           .default_text = "0.05",
           .margin_text = "0.025",
           .flag = "--alpha",
           .value_name = "A",
           .meaning = "Significance level, used as given on one side or two; 0.025 at a margin",
           .rule = "a significance level lies above 0 and below 1",
           .remedy = "Write 5 % as 0.05."},
    KeyRow{.path = "analysis.sides",
           .kind = Kind::whole,
           .range = {1, 2, Ends::closed},
           .sweep = Sweep::allowed,
           .default_text = "2",
           .margin_text = "1",
           .flag = "--sides",
           .value_name = "1|2",
           .meaning = "Sides of the tests; one side is the favourable one, and the only one at a "
                      "margin",
           .rule = "a test has one side or two",
           .remedy = "Write 1 or 2."},
    KeyRow{.path = "analysis.confidence",
           .kind = Kind::number,
           .range = level_range,
           .sweep = Sweep::allowed,
           .default_text = "0.95",
           .flag = "--confidence",
           .value_name = "C",
           .meaning = "Confidence level of the intervals",
           .rule = "a confidence level lies above 0 and below 1",
           .remedy = "Write 95 % as 0.95."},
    KeyRow{.path = "analysis.tests",
           .kind = Kind::tests,
           .flag = "--tests",
           .value_name = "ID,...",
           .meaning = "Tests; unless given, all that have the null",
           .rule = "a list of tests is needed",
           .remedy = "Write [\"pearson\", \"fisher\"]."},
    KeyRow{.path = "analysis.intervals",
           .kind = Kind::intervals,
           .flag = "--intervals",
           .value_name = "ID,...",
           .meaning = "Intervals, as ID or MEASURE:ID, or all; unless given, all but the costly",
           .rule = "a list of intervals is needed",
           .remedy = "Write [\"woolf\", \"risk_difference:score\"]."},
    KeyRow{.path = "analysis.pairs",
           .kind = Kind::pairs,
           .meaning = "Pairs of a test and an interval to compare, beside the standard ones",
           .rule = "a list of pairs is needed",
           .remedy = "Write [[\"fisher\", \"odds_ratio:woolf\"]]."},

    KeyRow{.path = "simulation.replicates",
           .kind = Kind::whole,
           .range = replicates_range,
           .sweep = Sweep::allowed,
           .default_text = "1000000",
           .flag = "--replicates",
           .value_name = "N",
           .meaning = "Simulated trials per cell",
           .rule = "1 to 10^15 replicates are simulated",
           .remedy = "Give a whole number, as 1_000_000 or 1e6."},
    KeyRow{.path = "simulation.seed",
           .kind = Kind::whole,
           .range = seed_range,
           .default_text = "1",
           .flag = "--seed",
           .value_name = "S",
           .meaning = "Seed of the random numbers",
           .rule = "a seed is a whole number from 0 to 9223372036854775807",
           .remedy = "Give any such number, as 20230313."},
    KeyRow{.path = "simulation.precision",
           .kind = Kind::number,
           .range = precision_range,
           .flag = "--precision",
           .value_name = "E",
           .meaning = "Stop when every power and coverage has this Monte Carlo error; at most "
                      "--replicates, by default as many as any power may need",
           .rule = "a Monte Carlo error lies between 0.0000001 and 0.25",
           .remedy = "Give one, as 0.001."},
    KeyRow{.path = "simulation.common_random_numbers",
           .kind = Kind::truth,
           .default_text = "true",
           .meaning = "Whether all cells of a sweep share their random numbers",
           .rule = "true or false is needed",
           .remedy = "Write it without quotes."},

    prior_row("prior.control_rate", 0, "Beta prior of the control rate, for assurance: two shapes",
              "a beta prior has two shapes, numbers above 0", "Write [47.5, 27.5]."),
    prior_row("prior.treated_rate", 1, "Beta prior of the treated rate: two shapes",
              "a beta prior has two shapes, numbers above 0", "Write [60.5, 15.5]."),
    prior_row("prior.odds_ratio", 2,
              "Log-normal prior of the odds ratio: its median, and the standard deviation of its "
              "logarithm",
              log_normal_rule, log_normal_remedy),
    prior_row("prior.risk_ratio", 3,
              "Log-normal prior of the risk ratio: its median, and the standard deviation of its "
              "logarithm",
              log_normal_rule, log_normal_remedy),
};

constexpr std::array flag_rows{
    FlagRow{null_flag, "MEASURE=VALUE",
            "Margin that the tests test instead of no effect, as odds_ratio=0.8", false,
            "analysis.null"},
    FlagRow{equivalence_flag, "MEASURE=LOWER:UPPER",
            "Margins of equivalence, as risk_difference=-0.1:0.1", false, "analysis.equivalence"},
};

constexpr FlagRow set_row{"--set", "KEY=VALUE", "Override any key of the scenario by its path",
                          true, ""};

}  // namespace

std::span<const KeyRow> keys() {
    static const std::vector<KeyRow> rows = [] {
        std::vector<KeyRow> joined(key_rows.begin(), key_rows.end());
        const auto place = std::ranges::find(joined, "analysis.tests", &KeyRow::path);
        joined.insert(place, margin_rows.begin(), margin_rows.end());
        return joined;
    }();
    return rows;
}

std::span<const FlagRow> flags() {
    static const std::vector<FlagRow> rows = [] {
        std::vector<FlagRow> list;
        for (const KeyRow& row : keys()) {
            if (row.path == margin_rows.front().path) {
                list.insert(list.end(), flag_rows.begin(), flag_rows.end());
            }
            if (row.flag.empty()) continue;
            list.push_back(
                {row.flag, row.value_name, row.meaning, row.given == Given::repeatedly, row.path});
        }
        list.push_back(set_row);
        return list;
    }();
    return rows;
}

}  // namespace rsasim::scenario
