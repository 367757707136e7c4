#include "reading.hpp"

#include <random>

#include <catch2/catch.hpp>

using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

namespace {

/// Changes a text in a few places: bytes, swaps, repeated and removed pieces, TOML's own marks.
class Mutator {
  public:
    explicit Mutator(std::uint32_t seed) : numbers_(seed) {}

    std::string mutate(std::string text) {
        const std::size_t edits = 1 + below(4);
        for (std::size_t i = 0; i < edits && !text.empty(); ++i)
            edit(text);
        return text;
    }

  private:
    std::size_t below(std::size_t bound) { return numbers_() % bound; }

    void edit(std::string& text) {
        static const std::vector<std::string> marks{"[",
                                                    "]",
                                                    "[[",
                                                    "]]",
                                                    "{",
                                                    "}",
                                                    "=",
                                                    ".",
                                                    ",",
                                                    "\"",
                                                    "'",
                                                    "\"\"\"",
                                                    "'''",
                                                    "#",
                                                    "\n",
                                                    "\\",
                                                    "\r\n",
                                                    "-1",
                                                    "1e999",
                                                    "nan",
                                                    "inf",
                                                    "0",
                                                    "true",
                                                    "\xC3\xA9",
                                                    "\xFF",
                                                    "sweep",
                                                    "arms.",
                                                    "[sweep]\n",
                                                    "[[sweep.zip]]\n",
                                                    "1979-05-27",
                                                    "\\u0000",
                                                    "9999999999999999999"};
        const std::size_t at = below(text.size());
        const std::size_t length = 1 + below(12);
        switch (below(5)) {
            case 0:
                text[at] = static_cast<char>(below(256));
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(below(text.size()), text.substr(at, length));
                break;
            case 3:
                text.insert(at, marks[below(marks.size())]);
                break;
            default:
                text.replace(at, length, marks[below(marks.size())]);
        }
    }

    std::mt19937 numbers_;
};

}  // namespace

TEST_CASE("Mutated scenarios are read or refused, nothing else", "[property]") {
    constexpr int mutations_each = 1500;
    Mutator mutator(20230313);
    int read_well = 0;
    int refused = 0;
    for (const std::string& path : shipped()) {
        const std::string original = file_text(path);
        for (int i = 0; i < mutations_each; ++i) {
            const std::string text = mutator.mutate(original);
            INFO(text);
            try {
                const Scenario scenario = read(text);
                if (scenario.grid.cells.empty()) FAIL("a scenario without cells");
                ++read_well;
            } catch (const InputErrors& errors) {
                if (errors.messages().empty()) FAIL("a refusal without a reason");
                ++refused;
            }
        }
    }
    CHECK(read_well > 100);
    CHECK(refused > 100);
}

TEST_CASE("Mutated flags are read or refused, nothing else", "[property]") {
    const std::vector<FlagSetting> flags{
        {"--n", "75,74"},
        {"--control-rate", "0.3:0.7:0.2"},
        {"--odds-ratio", "1.5,2.0,2.5"},
        {"--tests", "pearson,fisher,wald-gart"},
        {"--set", "arms.ratio=[1, 1]"},
        {"--set", "analysis.pairs=[[\"fisher\", \"odds_ratio:woolf\"]]"},
        {"--set", "analysis.alpha={from=0.01, to=0.05, step=0.01}"},
    };
    Mutator mutator(75);
    int refused = 0;
    for (int i = 0; i < 300; ++i) {
        for (const FlagSetting& flag : flags) {
            const FlagSetting mutated{flag.flag, mutator.mutate(flag.value)};
            INFO(mutated.flag << " " << mutated.value);
            if (!faults_of(arms, {mutated}).empty()) ++refused;
        }
    }
    CHECK(refused > 100);
}
