#include <cmath>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/planning/printed_number.hpp>

using namespace rsasim::planning;

namespace {

PrintedNumber printed(const std::string& text) {
    const auto number = read_printed_number(text);
    INFO(text);
    REQUIRE(number);
    return *number;
}

Agreement agreement(const std::string& text, double value) {
    return agreement_of(printed(text), value);
}

}  // namespace

TEST_CASE("A printed number keeps its digits", "[exact]") {
    CHECK(printed("2.30").decimals == 2);
    CHECK(printed("2.30").digits == 230);
    CHECK(printed("2.3").decimals == 1);
    CHECK(printed(".03").digits == 3);
    CHECK(printed("= 0.03").value() == 0.03);
    CHECK(printed(" 2·30 ").value() == 2.3);
    CHECK(printed("−0.05").value() == -0.05);
    CHECK(printed("16.5%").value() == Approx(0.165).epsilon(1e-15));
    CHECK(printed("<0.001").relation == Relation::below);
    CHECK(printed("≤ 0.001").relation == Relation::below);
    CHECK(printed(">0.5").relation == Relation::above);
    CHECK(std::isinf(printed("inf").value()));
    CHECK(printed("2.30").text == "2.30");
}

TEST_CASE("What is not a printed number is refused", "[exact]") {
    for (const auto* text : {"", ".", "abc", "1.2.3", "1,2", "--1", "0x10", "1e-5", "nan", "<", "%",
                             "<inf", "1234567890.123456", "0.03 x"}) {
        INFO(text);
        CHECK_FALSE(read_printed_number(text));
    }
}

TEST_CASE("A figure is printed by numbers that round to it at its own decimals", "[exact]") {
    CHECK(agreement("2.30", 2.2979) == Agreement::always);
    CHECK(agreement("2.3", 2.2979) == Agreement::always);
    CHECK(agreement("2.300", 2.2979) == Agreement::none);
    CHECK(agreement("0.03", 0.0250001) == Agreement::always);
    CHECK(agreement("0.03", 0.0349999) == Agreement::always);
    CHECK(agreement("0.03", 0.0350001) == Agreement::none);
    CHECK(agreement("0.03", 0.0249999) == Agreement::none);
    CHECK(agreement("-0.05", -0.0512) == Agreement::always);
    CHECK(agreement("0.05", -0.0512) == Agreement::none);
    CHECK(agreement("0", 0.4) == Agreement::always);
    CHECK(agreement("-0.0", 0.04) == Agreement::always);
    CHECK(agreement("16.5%", 0.16486) == Agreement::always);
    CHECK(agreement("inf", INFINITY) == Agreement::always);
    CHECK(agreement("9.99", INFINITY) == Agreement::none);
    CHECK(agreement("0.03", NAN) == Agreement::none);
}

TEST_CASE("The two ways of rounding differ at halves, and there alone", "[exact]") {
    CHECK(agreement("0.13", 0.125) == Agreement::half_up);
    CHECK(agreement("0.12", 0.125) == Agreement::half_even);
    CHECK(agreement("0.38", 0.375) == Agreement::always);
    CHECK(agreement("0.37", 0.375) == Agreement::none);
    CHECK(agreement("-0.13", -0.125) == Agreement::half_up);
    CHECK(agreement("-0.12", -0.125) == Agreement::half_even);
    // 0.145 as a double lies below the decimal; as a fraction of counts it is a half.
    CHECK(agreement("0.15", 29.0 / 200) == Agreement::half_up);
    CHECK(agreement("0.14", 29.0 / 200) == Agreement::half_even);
    CHECK(agreement("0.14", 0.1449999) == Agreement::always);
}

TEST_CASE("An inequality is met by every number on its side", "[exact]") {
    CHECK(agreement("<0.001", 0.0009) == Agreement::always);
    CHECK(agreement("<0.001", 0.001) == Agreement::none);
    CHECK(agreement("<0.05", 1e-300) == Agreement::always);
    CHECK(agreement(">0.5", 0.51) == Agreement::always);
    CHECK(agreement(">0.5", 0.5) == Agreement::none);
}

TEST_CASE("A number is shown at the digits of the figure", "[exact]") {
    CHECK(printed_like(printed("2.30"), 4.804899) == "4.80");
    CHECK(printed_like(printed("2.30"), 4.809353) == "4.81");
    CHECK(printed_like(printed("16.5%"), 0.164865) == "16.5%");
    CHECK(printed_like(printed("0.1"), -0.04) == "0.0");
    CHECK(printed_like(printed("0.1"), INFINITY) == "inf");
    CHECK(printed_like(printed("<0.001"), 0.0253) == "0.025");
    CHECK(digits_off(printed("0.03"), 0.0253) == 0);
    CHECK(digits_off(printed("0.03"), 0.045) == Approx(1.5));
    CHECK(std::isinf(digits_off(printed("0.03"), NAN)));
}

TEST_CASE("An interval is read with any of the usual separators", "[exact]") {
    for (const auto* text :
         {"1.10,4.81", "1.10, 4.81", "(1.10; 4.81)", "[1.10 to 4.81]", "1.10–4.81", "1.10-4.81"}) {
        INFO(text);
        const auto interval = read_printed_interval(text);
        REQUIRE(interval);
        CHECK(interval->lower.digits == 110);
        CHECK(interval->upper.digits == 481);
    }
    const auto negative = read_printed_interval("-0.05--0.01");
    REQUIRE(negative);
    CHECK(negative->lower.value() == -0.05);
    CHECK(negative->upper.value() == -0.01);
    for (const auto* text : {"", "1.10", "1.10,", ",4.81", "1.10,4.81,5", "a,b", "1.10-"}) {
        INFO(text);
        CHECK_FALSE(read_printed_interval(text));
    }
}
