// Any text as a scenario file: it is read, or refused in words. What was read has a resolved form
// that says the same.
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

void require_same_resolved(const scenario::Scenario& scenario) {
    const auto again =
        scenario::read_scenario(scenario::SourceText{"again", scenario.resolved}, {});
    require(again.sha256 == scenario.sha256);
    require(again.seed == scenario.seed);
    require(again.grid.cells.size() == scenario.grid.cells.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(bytes, bytes + size);
    try {
        require_same_resolved(scenario::read_scenario(scenario::SourceText{"fuzz", text}, {}));
    } catch (const scenario::InputErrors& errors) {
        require(!errors.messages().empty());
        for (const auto& message : errors.messages())
            require(!message.empty());
    }
    return 0;
}
