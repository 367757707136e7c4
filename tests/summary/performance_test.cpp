#include "support/reference.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/summary/performance.hpp>

namespace {

using rsasim::summary::Figure;
using rsasim::summary::Performance;

struct Replicates {
    std::vector<double> estimates;
    std::vector<double> standard_errors;
};

std::string without_quotes(std::string text) {
    std::erase(text, '"');
    std::erase(text, '\r');
    return text;
}

std::vector<std::string> split(const std::string& line, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(line);
    for (std::string part; std::getline(stream, part, separator);) {
        const auto first = part.find_first_not_of(' ');
        const auto last = part.find_last_not_of(' ');
        parts.push_back(first == std::string::npos ? "" : part.substr(first, last - first + 1));
    }
    return parts;
}

/// "n == 50, model == Cox" as a map.
std::map<std::string, std::string> conditions(const std::string& filter) {
    std::map<std::string, std::string> wanted;
    for (const std::string& part : split(filter, ',')) {
        const auto equals = part.find(" == ");
        wanted[part.substr(0, equals)] = part.substr(equals + 4);
    }
    return wanted;
}

Replicates read_data_set(const reference::Json& input) {
    std::ifstream file(RSASIM_SOURCE_DIR "/" + input.at("dataset").get<std::string>());
    std::string line;
    REQUIRE(std::getline(file, line));
    const auto header = split(without_quotes(line), ',');
    const auto wanted = conditions(input.at("filter"));
    Replicates replicates;
    while (std::getline(file, line)) {
        const auto fields = split(without_quotes(line), ',');
        std::map<std::string, std::string> row;
        for (std::size_t i = 0; i < header.size() && i < fields.size(); ++i)
            row[header[i]] = fields[i];
        bool is_wanted = true;
        for (const auto& [column, value] : wanted)
            is_wanted = is_wanted && row.at(column) == value;
        if (!is_wanted) continue;
        replicates.estimates.push_back(std::stod(row.at(input.at("estimate"))));
        replicates.standard_errors.push_back(std::stod(row.at(input.at("se"))));
    }
    return replicates;
}

Replicates replicates_of(const reference::Json& input) {
    if (input.contains("dataset")) return read_data_set(input);
    return {input.at("estimate").get<std::vector<double>>(),
            input.at("se").get<std::vector<double>>()};
}

void check(const reference::Json& entry, const char* name, const Figure& figure, double scale = 1) {
    const auto& expected = entry.at("expected").at(name);
    INFO(entry.at("id") << " " << name << ": " << scale * figure.value << " with error "
                        << scale * figure.mcse << ", expected " << expected);
    CHECK(reference::agrees(scale * figure.value, expected.at(0), entry.at("tolerance")));
    CHECK(reference::agrees(scale * figure.mcse, expected.at(1), entry.at("tolerance")));
}

/// Share of the replicates whose estimate is within z standard errors of `centre`.
Figure share_within(const Replicates& replicates, double centre) {
    const double z = 1.959963984540054;  // 97.5 % point of the normal distribution
    std::int64_t within = 0;
    for (std::size_t i = 0; i < replicates.estimates.size(); ++i) {
        const double distance = std::abs(replicates.estimates[i] - centre);
        within += distance < z * replicates.standard_errors[i] ? 1 : 0;
    }
    return rsasim::summary::proportion(within,
                                       static_cast<std::int64_t>(replicates.estimates.size()));
}

}  // namespace

TEST_CASE("Performance and its Monte Carlo errors equal those of rsimsum", "[reference]") {
    for (const auto& entry : reference::entries("mc_performance")) {
        const Replicates replicates = replicates_of(entry.at("input"));
        const double theta = entry.at("input").at("true");
        REQUIRE(replicates.estimates.size() == entry.at("expected").at("nsim"));
        const std::vector<double> once(replicates.estimates.size(), 1.0);
        const Performance found = rsasim::summary::performance({replicates.estimates, once},
                                                               replicates.standard_errors, theta);
        check(entry, "bias", found.bias);
        check(entry, "empse", found.empirical_se);
        check(entry, "mse", found.mse);
        check(entry, "modelse", found.model_se);
        check(entry, "relerror_pct", found.model_se_error, 100);
        check(entry, "cover", share_within(replicates, theta));
        check(entry, "becover", share_within(replicates, found.mean.value));
        const Figure accepted = share_within(replicates, 0);
        check(entry, "power", {1 - accepted.value, accepted.mcse});
    }
}

TEST_CASE("A proportion of the size that Morris et al. give has the Monte Carlo error aimed at",
          "[reference]") {
    for (const auto& entry : reference::entries("mc_performance_formula")) {
        const double p = entry.at("input").at("p");
        const auto n = entry.at("expected").at("nsim").get<std::int64_t>();
        const Figure figure =
            rsasim::summary::proportion(std::llround(p * static_cast<double>(n)), n);
        CHECK(figure.value == Approx(p).epsilon(1e-14));
        CHECK(figure.mcse ==
              Approx(entry.at("input").at("target_mcse").get<double>()).epsilon(1e-12));
    }
}

TEST_CASE("A count as weight is the same as repeating the replicate", "[property]") {
    const std::vector<double> estimates{0.3, -1.2, 2.5};
    const std::vector<double> errors{0.5, 0.7, 1.1};
    const std::vector<double> counts{3, 1, 2};
    std::vector<double> repeated_estimates, repeated_errors;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        for (int k = 0; k < static_cast<int>(counts[i]); ++k) {
            repeated_estimates.push_back(estimates[i]);
            repeated_errors.push_back(errors[i]);
        }
    }
    const std::vector<double> once(repeated_estimates.size(), 1.0);
    const auto weighted = rsasim::summary::performance({estimates, counts}, errors, 0.25);
    const auto repeated =
        rsasim::summary::performance({repeated_estimates, once}, repeated_errors, 0.25);
    const auto same = [](const Figure& a, const Figure& b) {
        return a.value == Approx(b.value).epsilon(1e-13) && a.mcse == Approx(b.mcse).epsilon(1e-13);
    };
    CHECK(same(weighted.mean, repeated.mean));
    CHECK(same(weighted.bias, repeated.bias));
    CHECK(same(weighted.empirical_se, repeated.empirical_se));
    CHECK(same(weighted.model_se, repeated.model_se));
    CHECK(same(weighted.mse, repeated.mse));
    CHECK(same(weighted.model_se_error, repeated.model_se_error));
}

TEST_CASE("The standard deviation of estimates far from zero keeps its digits", "[exact]") {
    // Values c - 1 and c + 1, 10^12 replicates in all: the variance is n / (n - 1).
    const std::vector<double> estimates{1e6 - 1, 1e6 + 1};
    const std::vector<double> counts{5e11, 5e11};
    const std::vector<double> errors{1, 1};
    const auto found = rsasim::summary::performance({estimates, counts}, errors, 1e6);
    CHECK(found.bias.value == 0);
    CHECK(found.empirical_se.value == Approx(1 + 0.5e-12).epsilon(1e-15));
    CHECK(found.mse.value == 1);
    CHECK(found.mse.mcse == 0);
    CHECK(found.bias.mcse == Approx(1e-6).epsilon(1e-11));
}

TEST_CASE("Standard errors that are missing are left out of the model standard error", "[exact]") {
    const std::vector<double> estimates{0, 1, 2};
    const std::vector<double> errors{3, std::nan(""), 4};
    const std::vector<double> once{1, 1, 1};
    const auto found = rsasim::summary::performance({estimates, once}, errors, 1);
    CHECK(found.model_se.value == Approx(std::sqrt(12.5)));
    CHECK(found.empirical_se.value == Approx(1));
    const std::vector<double> none(3, std::nan(""));
    const auto without = rsasim::summary::performance({estimates, once}, none, 1);
    CHECK(std::isnan(without.model_se.value));
    CHECK(std::isnan(without.model_se.mcse));
    CHECK(std::isnan(without.model_se_error.value));
    CHECK(without.mse.value == Approx(2.0 / 3));
}
