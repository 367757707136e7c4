#include <map>
#include <memory>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/results.hpp>

namespace {

using namespace rsasim::summary;

template <class Summary>
std::size_t bytes_listed() {
    std::size_t bytes = 0;
    for (const auto& measure : measures<Summary>()) {
        std::visit([&](auto member) { bytes += sizeof(std::declval<Summary>().*member); },
                   measure.member);
    }
    return bytes;
}

/// The datasets of a kind, each figure with its error.
template <class Summary>
void add_datasets(std::multiset<std::string>& names) {
    for (const auto& measure : measures<Summary>()) {
        names.emplace(measure.dataset);
        if (std::holds_alternative<Figure Summary::*>(measure.member)) {
            names.insert(std::string(measure.dataset) + "_mcse");
        }
    }
}

template <class Summary>
std::set<std::string> json_names() {
    std::set<std::string> names;
    for (const auto& measure : measures<Summary>())
        names.emplace(measure.name);
    REQUIRE(names.size() == measures<Summary>().size());
    return names;
}

bool contains_all(const std::set<std::string>& names, const std::set<std::string>& wanted) {
    return std::ranges::includes(names, wanted);
}

}  // namespace

TEST_CASE("Every member of a summary is a reported quantity", "[property]") {
    CHECK(bytes_listed<TestSummary>() == sizeof(TestSummary));
    CHECK(bytes_listed<IntervalSummary>() == sizeof(IntervalSummary));
    CHECK(bytes_listed<EstimatorSummary>() == sizeof(EstimatorSummary));
    CHECK(bytes_listed<PairSummary>() == sizeof(PairSummary));
    CHECK(bytes_listed<TestPairSummary>() == sizeof(TestPairSummary));
}

TEST_CASE("No two datasets of a results file have the same name", "[property]") {
    std::multiset<std::string> names{"n_treated",  "n_control",  "control_rate",    "treated_rate",
                                     "odds_ratio", "risk_ratio", "risk_difference", "alpha",
                                     "sides",      "confidence", "is_null",         "replicates",
                                     "test",       "interval",   "estimator",       "pair",
                                     "test_pair"};
    add_datasets<TestSummary>(names);
    add_datasets<IntervalSummary>(names);
    add_datasets<EstimatorSummary>(names);
    add_datasets<PairSummary>(names);
    add_datasets<TestPairSummary>(names);
    for (const std::string& name : names) {
        INFO(name);
        CHECK(names.count(name) == 1);
    }
}

TEST_CASE("The quantities that scripts rely on have the promised names", "[property]") {
    CHECK(contains_all(json_names<TestSummary>(), {"power", "power_favourable", "evaluable"}));
    CHECK(contains_all(
        json_names<IntervalSummary>(),
        {"truth", "coverage", "miss_below", "miss_above", "infinite", "mean_log_width"}));
    CHECK(contains_all(json_names<EstimatorSummary>(),
                       {"truth", "bias", "empirical_se", "model_se", "mse"}));
    CHECK(contains_all(json_names<PairSummary>(),
                       {"reject_but_covers_null", "accept_but_excludes_null"}));
    CHECK(contains_all(json_names<TestPairSummary>(), {"n_a_not_b", "n_b_not_a"}));
}

TEST_CASE("Every reported quantity says in words and as a formula what it is", "[property]") {
    const auto is_described = [](const auto& measure) {
        return !measure.long_name.empty() && !measure.formula.empty();
    };
    CHECK(std::ranges::all_of(measures<TestSummary>(), is_described));
    CHECK(std::ranges::all_of(measures<IntervalSummary>(), is_described));
    CHECK(std::ranges::all_of(measures<EstimatorSummary>(), is_described));
    CHECK(std::ranges::all_of(measures<PairSummary>(), is_described));
    CHECK(std::ranges::all_of(measures<TestPairSummary>(), is_described));
}

TEST_CASE("The parameters of a cell are those of its design", "[exact]") {
    rsasim::design::AnalysisPlan plan;
    plan.alpha = 0.025;
    plan.sides = rsasim::design::Sides::one;
    plan.confidence = 0.9;
    const rsasim::design::Design design({75, 74}, {0.5, 0.25},
                                        std::make_shared<const rsasim::design::AnalysisPlan>(plan));
    const CellParameters parameters = parameters_of(design);
    CHECK(parameters.n_treated == 75);
    CHECK(parameters.n_control == 74);
    CHECK(parameters.control_rate == 0.25);
    CHECK(parameters.treated_rate == 0.5);
    CHECK(parameters.odds_ratio == 3);
    CHECK(parameters.risk_ratio == 2);
    CHECK(parameters.risk_difference == 0.25);
    CHECK(parameters.alpha == 0.025);
    CHECK(parameters.sides == 1);
    CHECK(parameters.confidence == 0.9);
    CHECK(parameters.is_null == InNull::no);
}
