#include "sample_results.hpp"

#include <algorithm>
#include <cctype>

#include <catch2/catch.hpp>

#include <rsasim/report/report.hpp>

using namespace rsasim;

TEST_CASE("A title that looks like markup is text on the page", "[exact]") {
    auto results = sample::sweep(summary::Engine::simulation);
    results.title = "</script><img src=x onerror=alert(1)>\"&'";
    const report::Samples samples;
    const report::ReportInput input{results, samples, 0.8, "</pre><b>.h5"};
    if (!report::has_page()) {
        CHECK_THROWS_AS(report::report_page(input), std::logic_error);
        return;
    }
    const auto page = report::report_page(input);
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
    CHECK_THAT(page, Catch::Contains("<title>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
                                     "&quot;&amp;&#39;</title>"));
}

TEST_CASE("The data of the page cannot end its element", "[exact]") {
    if (!report::has_page()) return;
    auto results = sample::sweep(summary::Engine::simulation);
    for (auto& axis : results.axes)
        axis.keys.front().name = "</script><script>alert(1)</script>";
    const report::Samples samples;
    const auto page = report::report_page({results, samples, 0.8, "x.h5"});
    const std::string start = "<script type=\"text/plain\" id=\"data\">";
    const auto begin = page.find(start) + start.size();
    const auto data = page.substr(begin, page.find("</script>", begin) - begin);
    CHECK(data.size() > 100);
    CHECK(std::ranges::all_of(data, [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '+' || letter == '/' || letter == '=';
    }));
}
