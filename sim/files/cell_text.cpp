#include "cell_text.hpp"

#include "contradictions_text.hpp"
#include "layout.hpp"
#include "patient_text.hpp"
#include "titles.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rsasim::files {
namespace {

using analysis::Role;
using design::Measure;
using summary::CellResults;
using summary::Figure;
using summary::Results;

using Texts = std::vector<std::string>;

/// A column of figures with their errors.
template <class Summary>
Texts with_errors(const std::vector<Summary>& items, Figure Summary::*member,
                  summary::Engine engine) {
    std::vector<Figure> figures;
    for (const auto& item : items)
        figures.push_back(item.*member);
    const int decimals = decimals_for(figures, engine);
    Texts texts;
    for (const auto& figure : figures)
        texts.push_back(figure_text(figure, decimals));
    return texts;
}

/// The same without the errors, in the decimals that the errors allow.
template <class Summary>
Texts without_errors(const std::vector<Summary>& items, Figure Summary::*member,
                     summary::Engine engine) {
    std::vector<Figure> figures;
    for (const auto& item : items)
        figures.push_back(item.*member);
    const int decimals = decimals_for(figures, engine);
    Texts texts;
    for (const auto& figure : figures)
        texts.push_back(fixed_text(figure.value, decimals));
    return texts;
}

/// A table that is filled column by column.
class TitledColumns {
  public:
    void add(std::string heading, Align align, int importance, Texts texts) {
        table_.add_column(std::move(heading), align, importance);
        columns_.push_back(std::move(texts));
    }
    [[nodiscard]] TextTable table() && {
        for (std::size_t row = 0; row < columns_.front().size(); ++row) {
            Texts cells;
            for (const auto& column : columns_)
                cells.push_back(column[row]);
            table_.add_row(std::move(cells));
        }
        return std::move(table_);
    }

  private:
    TextTable table_;
    std::vector<Texts> columns_;
};

/// Power of each test minus power of the first, with the error of the paired difference.
Texts differences_from_first(const CellResults& cell, summary::Engine engine) {
    const std::size_t others = cell.summary.tests.size() - 1;
    std::vector<Figure> figures;
    for (std::size_t i = 0; i < others && i < cell.summary.test_pairs.size(); ++i) {
        auto figure = cell.summary.test_pairs[i].power_difference;  // the pairs (0, 1), (0, 2), ...
        figure.value = -figure.value;
        figures.push_back(figure);
    }
    const int decimals = decimals_for(figures, engine);
    Texts texts{""};
    for (const auto& figure : figures) {
        texts.push_back(
            fmt::format("{}{}", figure.value > 0 ? "+" : "", figure_text(figure, decimals)));
    }
    texts.resize(others + 1);
    return texts;
}

/// What the tests of a cell test. Files of tests of no effect have no null: theirs is no number.
std::string heading_of_tests(const Results& results, const summary::CellParameters& cell) {
    const auto measure = results.null_measure;
    switch (results.null_kind) {
        case summary::NullKind::margin:
            return tests_heading({measure, cell.null_value}, std::nullopt);
        case summary::NullKind::equivalence:
            return tests_heading(
                {}, design::Equivalence{measure, cell.equivalence_lower, cell.equivalence_upper});
        case summary::NullKind::no_effect:
            break;
    }
    return tests_heading({}, std::nullopt);
}

std::string tests_text(const Results& results, const CellResults& cell,
                       const TextOptions& options) {
    using S = summary::TestSummary;
    if (results.tests.empty()) return "";
    Texts titles;
    for (const auto& label : results.tests) {
        titles.push_back(title_of(Role::test, Measure::odds_ratio, label));
    }
    const auto& items = cell.summary.tests;
    const auto engine = results.engine;
    TitledColumns columns;
    columns.add("test", Align::left, 0, std::move(titles));
    columns.add("id", Align::left, 3, results.tests);
    columns.add(power_heading(cell.parameters.is_null), Align::right, 0,
                with_errors(items, &S::power, engine));
    columns.add("favourable", Align::right, 2, without_errors(items, &S::power_favourable, engine));
    columns.add("evaluable", Align::right, 4, without_errors(items, &S::evaluable, engine));
    if (items.size() > 1) {
        columns.add("minus the first", Align::right, 1, differences_from_first(cell, engine));
    }
    return titled(heading_of_tests(results, cell.parameters), std::move(columns).table(), options);
}

/// What is true of the trials that a test rejects; empty where no test rejects any.
std::string rejections_text(const Results& results, const CellResults& cell,
                            const TextOptions& options) {
    using S = summary::TestSummary;
    const auto& items = cell.summary.tests;
    const auto rejects = [](const S& item) { return item.power.value > 0; };
    if (std::ranges::none_of(items, rejects)) return "";
    Texts titles;
    for (const auto& label : results.tests) {
        titles.push_back(title_of(Role::test, Measure::odds_ratio, label));
    }
    const auto engine = results.engine;
    TitledColumns columns;
    columns.add("test", Align::left, 0, std::move(titles));
    columns.add("id", Align::left, 4, results.tests);
    if (cell.parameters.is_null != summary::InNull::yes) {
        columns.add("exaggeration", Align::right, 0,
                    with_errors(items, &S::exaggeration_ratio, engine));
        columns.add("wrong side", Align::right, 0, without_errors(items, &S::sign_error, engine));
    }
    columns.add("finite", Align::right, 3, without_errors(items, &S::reject_finite, engine));
    columns.add("mean fragility", Align::right, 1,
                without_errors(items, &S::fragility_mean, engine));
    Texts medians;
    for (const auto& item : items)
        medians.push_back(fixed_text(item.fragility_median.value, 0));
    columns.add("median", Align::right, 2, std::move(medians));
    return titled("Among the trials that a test rejects", std::move(columns).table(), options);
}

std::string intervals_text(const Results& results, const CellResults& cell, Measure measure,
                           const TextOptions& options) {
    using S = summary::IntervalSummary;
    std::vector<S> items;
    Texts titles, ids;
    for (std::size_t i = 0; i < results.intervals.size(); ++i) {
        const auto parts = parts_of(results.intervals[i]);
        if (parts.measure != design::name_of(measure)) continue;
        items.push_back(cell.summary.intervals[i]);
        ids.push_back(parts.method);
        titles.push_back(title_of(Role::interval, measure, parts.method));
    }
    if (items.empty()) return "";
    const auto engine = results.engine;
    const auto width = design::is_ratio(measure) ? &S::mean_log_width : &S::mean_width;
    TitledColumns columns;
    columns.add("interval", Align::left, 0, std::move(titles));
    columns.add("id", Align::left, 4, std::move(ids));
    const bool have_one_truth = std::ranges::all_of(items, [&](const S& item) {
        return fixed_text(item.truth, 4) == fixed_text(items.front().truth, 4);
    });
    if (!have_one_truth) {
        Texts truths;
        for (const auto& item : items)
            truths.push_back(fixed_text(item.truth, 4));
        columns.add("truth", Align::right, 0, std::move(truths));
    }
    columns.add("coverage", Align::right, 0, with_errors(items, &S::coverage, engine));
    columns.add("below", Align::right, 0, without_errors(items, &S::miss_below, engine));
    columns.add("above", Align::right, 0, without_errors(items, &S::miss_above, engine));
    columns.add("infinite", Align::right, 2, without_errors(items, &S::infinite, engine));
    columns.add("undefined", Align::right, 5, without_errors(items, &S::undefined, engine));
    columns.add(design::is_ratio(measure) ? "mean log width" : "mean width", Align::right, 1,
                without_errors(items, width, engine));
    columns.add("median", Align::right, 3, without_errors(items, &S::width_q50, engine));
    const auto truth =
        have_one_truth ? fmt::format(", truth {}", fixed_text(items.front().truth, 4)) : "";
    return titled(
        fmt::format("{} % intervals of the {}{}", shortest_text(100 * cell.parameters.confidence),
                    words_of(measure), truth),
        std::move(columns).table(), options);
}

std::string estimators_text(const Results& results, const CellResults& cell,
                            const TextOptions& options) {
    using S = summary::EstimatorSummary;
    if (results.estimators.empty()) return "";
    Texts measures, titles, truths;
    for (std::size_t i = 0; i < results.estimators.size(); ++i) {
        const auto parts = parts_of(results.estimators[i]);
        const auto measure = measure_named(parts.measure);
        measures.push_back(design::is_ratio(measure) ? fmt::format("log {}", words_of(measure))
                                                     : words_of(measure));
        titles.push_back(title_of(Role::estimate, measure, parts.method));
        const double truth = cell.summary.estimators[i].truth;
        truths.push_back(fixed_text(design::is_ratio(measure) ? std::log(truth) : truth, 4));
    }
    const auto& items = cell.summary.estimators;
    const auto engine = results.engine;
    TitledColumns columns;
    columns.add("of the", Align::left, 0, std::move(measures));
    columns.add("estimate", Align::left, 0, std::move(titles));
    columns.add("truth", Align::right, 3, std::move(truths));
    columns.add("bias", Align::right, 0, with_errors(items, &S::bias, engine));
    columns.add("empirical SE", Align::right, 0, without_errors(items, &S::empirical_se, engine));
    columns.add("model SE", Align::right, 1, without_errors(items, &S::model_se, engine));
    columns.add("MSE", Align::right, 2, without_errors(items, &S::mse, engine));
    columns.add("finite", Align::right, 1, without_errors(items, &S::finite, engine));
    return titled("Estimates (ratios on the log scale, over the finite ones)",
                  std::move(columns).table(), options);
}

std::string pairs_text(const Results& results, const CellResults& cell,
                       const TextOptions& options) {
    using S = summary::PairSummary;
    if (results.pairs.empty()) return "";
    Texts tests, intervals;
    for (const auto& label : results.pairs) {
        const auto bar = std::min(label.find('|'), label.size());
        tests.push_back(label.substr(0, bar));
        intervals.push_back(label.substr(std::min(bar + 1, label.size())));
    }
    const auto& items = cell.summary.pairs;
    TitledColumns columns;
    columns.add("test", Align::left, 0, std::move(tests));
    columns.add("its interval", Align::left, 0, std::move(intervals));
    columns.add("rejects yet covers", Align::right, 0,
                with_errors(items, &S::reject_but_covers_null, results.engine));
    columns.add("accepts yet excludes", Align::right, 0,
                with_errors(items, &S::accept_but_excludes_null, results.engine));
    auto text = titled("Contradictions of a test and its interval about the null",
                       std::move(columns).table(), options);
    if (results.axes.empty()) {
        text += contradictions_text(results, cell,
                                    static_cast<std::size_t>(std::max(options.width, 1)));
    }
    return text;
}

}  // namespace

int decimals_for(const std::vector<Figure>& column, summary::Engine engine) {
    double largest = 0;
    for (const auto& figure : column) {
        if (std::isfinite(figure.mcse)) largest = std::max(largest, figure.mcse);
    }
    return decimals_for(largest, engine);
}

int decimals_for(double largest_mcse, summary::Engine engine) {
    constexpr int exact = 6, fewest = 4;
    if (engine == summary::Engine::enumeration) return exact;
    return largest_mcse > 0 ? decimals_for(largest_mcse) : fewest;
}

std::string power_heading(summary::InNull is_null) {
    return is_null == summary::InNull::yes ? "type I error" : "power";
}

std::string titled(const std::string& heading, const TextTable& table, const TextOptions& options) {
    const auto rendered =
        table.render({static_cast<std::size_t>(std::max(options.width, 1)), 2, options.use_colour});
    return fmt::format("\n{}\n{}", emphasised(heading, options.use_colour), rendered.text);
}

std::string cell_text(const Results& results, std::size_t cell, const TextOptions& options) {
    const auto& one = results.cells[cell];
    auto text = tests_text(results, one, options) + rejections_text(results, one, options);
    for (const auto measure : design::every_measure) {
        text += intervals_text(results, one, measure, options);
    }
    const auto remark = extreme_shares_remark(results, {&one, 1});
    if (!remark.empty()) {
        const auto width = static_cast<std::size_t>(std::max(options.width, 1));
        text += fmt::format("\n{}", wrapped(remark, width, 2));
    }
    return text + estimators_text(results, one, options) + pairs_text(results, one, options) +
           patients_text(results, one, options);
}

}  // namespace rsasim::files
