// Any text as a scenario file: it is read, or refused in words. What was read has a resolved form
// that says the same. Truths cost nothing here: the reader is fuzzed, not the integration.
#include "scenario/patient_reading.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <rsasim/scenario/scenario.hpp>

using namespace rsasim;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

scenario::Scenario read(const std::string& text) {
    static const auto truths = scenario::test::quick_truths();
    return scenario::read_scenario_with(scenario::SourceText{"fuzz", text}, {}, truths);
}

void require_same_resolved(const scenario::Scenario& scenario) {
    const auto again =
        scenario::describe_scenario(scenario::SourceText{"again", scenario.resolved}, {});
    require(again.sha256 == scenario.sha256);
    require(again.seed == scenario.seed);
    require(again.grid.cells.size() == scenario.grid.cells.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(bytes, bytes + size);
    try {
        require_same_resolved(read(text));
    } catch (const scenario::InputErrors& errors) {
        require(!errors.messages().empty());
        for (const auto& message : errors.messages())
            require(!message.empty());
    }
    return 0;
}
