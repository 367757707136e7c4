#include "reading.hpp"
#include "text_checks.hpp"

#include <catch2/catch.hpp>

using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string only_fault_of(const std::string& text) {
    const auto messages = faults_of(text);
    REQUIRE(messages.size() == 1);
    return messages.front();
}

std::string repeated(const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += part;
    return text;
}

}  // namespace

TEST_CASE("Malformed TOML is reported with file, line and column", "[exact]") {
    CHECK_THAT(only_fault_of("[arms]\ncontrol_rate = \n"),
               StartsWith("rsa.toml:2:16: this is not TOML: "));
    CHECK_THAT(only_fault_of("a = [1,\n"), StartsWith("rsa.toml:1:"));
    CHECK_THAT(only_fault_of("[arms]\ntotal = 3\ntotal = 4\n"),
               StartsWith("rsa.toml:3:") && Contains("total"));
    CHECK_THAT(only_fault_of("[arms\ntotal = 3\n"), StartsWith("rsa.toml:1:"));
    CHECK_THAT(only_fault_of("x = 99999999999999999999\n"), StartsWith("rsa.toml:1:"));
    CHECK_THAT(only_fault_of("x = 1e999\n"), StartsWith("rsa.toml:1:"));
}

TEST_CASE("Short texts that stop the TOML parser's assertions are refused", "[exact]") {
    for (const std::string text :
         {"[;",   "[",      "[[",   "=",    "[a",  "[[a]", "a",    "a=",   "'",    "\"",
          "'''",  "\"\"\"", "{",    "}",    "]",   ".",    "a.",   "[.]",  "[a.]", "\\",
          "a=\\", "a=\"\\", "a=0x", "a=1_", "a=+", "a=-",  "a=1e", "a=.5", "a=5."}) {
        INFO(text);
        CHECK_FALSE(faults_of(text).empty());
    }
}

TEST_CASE("Deep brackets are refused before they are parsed", "[exact]") {
    CHECK_THAT(only_fault_of(std::string("x = ") + repeated("[", 500'000)), Contains("8 deep"));
    CHECK_THAT(only_fault_of(std::string("x = ") + repeated("{a=", 300'000)), Contains("8 deep"));
    CHECK_THAT(only_fault_of(std::string("\n\n") + repeated("[", 9)), StartsWith("rsa.toml:3:9: "));
    CHECK_FALSE(find_text_fault("x = [[[[[[[[1]]]]]]]]"));
}

TEST_CASE("Dotted keys of very many parts are refused before they are parsed", "[exact]") {
    CHECK_THAT(only_fault_of(std::string("a") + repeated(".a", 300'000) + " = 1"),
               Contains("8 parts"));
    CHECK_THAT(only_fault_of(std::string("[a") + repeated(" . a", 100'000) + "]"),
               Contains("8 parts"));
    CHECK_THAT(only_fault_of(std::string("\"a\"") + repeated(".\"a\"", 100'000) + " = 1"),
               Contains("8 parts"));
    CHECK_THAT(only_fault_of(std::string("x = { a") + repeated(".'a'", 8) + " = 1 }"),
               Contains("8 parts"));
    CHECK_FALSE(find_text_fault("a.b.c.d.e.f.g.h = 0.5"));
    CHECK_FALSE(find_text_fault("x = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]"));
}

TEST_CASE("Brackets and dots in strings and comments are not counted", "[exact]") {
    const std::string deep = repeated("[.", 50);
    CHECK_FALSE(find_text_fault("# " + deep + "\n"));
    CHECK_FALSE(find_text_fault("x = \"" + deep + "\"\n"));
    CHECK_FALSE(find_text_fault("x = '" + deep + "'\n"));
    CHECK_FALSE(find_text_fault("x = \"\\\"" + deep + "\\\\\"\n"));
    CHECK_FALSE(find_text_fault("x = \"\"\"\n" + deep + "\"\" \\\"\"\"\n" + deep + "\"\"\"\"\"\n"));
    CHECK_FALSE(find_text_fault("x = '''\n" + deep + "''\n\\" + deep + "''''\n"));
    CHECK(find_text_fault("x = '''a'''\ny = " + deep));
    CHECK(find_text_fault("x = \"\"\ny = " + deep));
    CHECK(find_text_fault("x = '\\'\ny = " + deep));
    CHECK(find_text_fault("x = \"\"\"a\\\\\"\"\"\ny = " + deep));
}

TEST_CASE("A text above one MiB is refused", "[exact]") {
    const std::string comment =
        std::string("#") + repeated("x", largest_source - arms.size() - 2) + "\n";
    CHECK(faults_of(arms + comment).empty());
    CHECK_THAT(only_fault_of(arms + "#" + comment), Contains("at most 1 MiB"));
}

TEST_CASE("Text that is not UTF-8 is refused with its line", "[exact]") {
    CHECK_THAT(only_fault_of("# fine\n# \xE9t\xE9\n"),
               StartsWith("rsa.toml:2:") && Contains("UTF-8"));
    for (const std::string bytes : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82",
                                    "\x80", "\xFF", "\xF0\x80\x80\x80", "\xE0\x80\x80"}) {
        CHECK_FALSE(is_utf8(bytes));
    }
    for (const std::string bytes : {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x91\xB6",
                                    "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(is_utf8(bytes));
    }
}

TEST_CASE("Control characters are refused with their place", "[exact]") {
    CHECK_THAT(only_fault_of("x = 1\n# a\x01\n"),
               StartsWith("rsa.toml:2:4: ") && Contains("U+0001"));
    CHECK_THAT(only_fault_of(std::string("x = \"a\0b\"\n", 10)), Contains("U+0000"));
    CHECK_THAT(only_fault_of("x = 1\ry = 2\n"), Contains("U+000D"));
    CHECK_THAT(only_fault_of("x = 1\v"), Contains("U+000B"));
    CHECK(
        has_control_character("a\xC2\x9B"
                              "b"));
    CHECK_FALSE(has_control_character("\xC2\xA0\xC3\x9B"));
}

TEST_CASE("Letters outside ASCII stand in strings and comments only", "[exact]") {
    for (const std::string letter : {"\xC2\xA0", "\xC3\xA9", "\xD8\x80", "\xE2\x80\x83",
                                     "\xE2\x80\xA8", "\xEF\xBB\xBF", "\xF0\x9F\x91\xB6"}) {
        CHECK_THAT(only_fault_of("x = 1\ny" + letter + " = 2\n"),
                   StartsWith("rsa.toml:2:2: ") && Contains("outside ASCII"));
        CHECK_THAT(only_fault_of("x = " + letter), Contains("outside ASCII"));
        CHECK(faults_of(arms + "# " + letter + "\n[trial]\ntitle = '" + letter + "'\noutcome = \"" +
                        letter + "\"\n")
                  .empty());
    }
}

TEST_CASE("Windows line ends and a byte order mark change nothing", "[property]") {
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : arms + "[trial]\ntitle = \"T\"\n") {
        if (c == '\n') windows += '\r';
        windows += c;
    }
    const Scenario scenario = read(windows);
    CHECK(scenario.title == "T");
    CHECK(scenario.sha256 == read(arms).sha256);
    CHECK(scenario.given == windows);
    CHECK_THAT(only_fault_of(windows + "alpha = 1\r\n"), StartsWith("rsa.toml:7: trial.alpha"));
}
