// Any numbers as the columns of /tables and /state: what the strict check accepts has the sums that
// it promises.
#include "reading.hpp"
#include "state_reader.hpp"

#include <fuzzer/FuzzedDataProvider.h>

using namespace rsasim;

namespace {

constexpr std::size_t most_rows = 12;
constexpr std::size_t most_words = 3;
/// Small numbers mostly, so that some pass, and at times those at the ends.
constexpr int largest_small = 4;

template <class Number>
std::vector<Number> numbers(FuzzedDataProvider& input, std::size_t size) {
    std::vector<Number> column(size);
    for (auto& number : column) {
        number = input.ConsumeBool() ? input.ConsumeIntegralInRange<Number>(0, largest_small)
                                     : input.ConsumeIntegral<Number>();
    }
    return column;
}

files::StateColumns columns_from(FuzzedDataProvider& input, bool is_enumeration) {
    files::StateColumns columns;
    const auto rows = input.ConsumeIntegralInRange<std::size_t>(0, most_rows);
    for (auto* column : {&columns.cell, &columns.x_treated, &columns.n_treated, &columns.x_control,
                         &columns.n_control}) {
        *column = numbers<std::int32_t>(input, rows);
    }
    if (is_enumeration) {
        for (std::size_t i = 0; i < rows; ++i)
            columns.probability.push_back(input.ConsumeFloatingPoint<double>());
        return columns;
    }
    columns.count = numbers<std::int64_t>(input, rows);
    const auto ranges = input.ConsumeIntegralInRange<std::size_t>(0, most_rows);
    columns.ledger_cell = numbers<std::int32_t>(input, ranges);
    columns.first = numbers<std::int64_t>(input, ranges);
    columns.last = numbers<std::int64_t>(input, ranges);
    columns.words_each = input.ConsumeIntegralInRange<std::size_t>(0, most_words);
    columns.has_untabled_cells = input.ConsumeBool();
    columns.has_patients = input.ConsumeBool();
    if (!columns.has_patients) return columns;
    columns.tests.resize(input.ConsumeIntegralInRange<std::size_t>(0, 2));
    columns.pilot_count = numbers<std::int64_t>(input, rows);
    columns.rejections = numbers<std::int64_t>(input, rows * columns.tests.size());
    columns.pilot_rejections = numbers<std::int64_t>(input, rows * columns.tests.size());
    const auto cells = input.ConsumeIntegralInRange<std::size_t>(0, most_rows);
    columns.words_cell = numbers<std::int64_t>(input, cells);
    columns.words = numbers<std::int64_t>(input, cells * columns.words_each);
    return columns;
}

/// Sums in 128 bits, which cannot overflow here.
void require_sums(const files::StateColumns& columns, const files::StateOfFile& state) {
    __extension__ using Wide = __int128;
    Wide counted = 0, finished = 0;
    for (const auto count : columns.count)
        counted += count;
    for (std::size_t i = 0; i < columns.first.size(); ++i)
        finished += static_cast<Wide>(columns.last[i]) - columns.first[i];
    std::size_t rows = 0;
    for (const auto& cell : state.cells) {
        const auto& tables = std::get<tally::TableCounts>(cell.tables);
        rows += tables.size();
        fuzz::require(!cell.finished.empty());
        fuzz::require(!tables.empty() || columns.has_untabled_cells);
        if (tables.empty()) counted += cell.patient_words.front();
        fuzz::require(cell.rejections.size() == tables.size() * state.rejection_labels.size());
        const std::size_t words = columns.has_patients ? columns.words_each : 0;
        fuzz::require(cell.patient_words.size() == words);
    }
    fuzz::require(counted == finished);
    fuzz::require(rows == columns.cell.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    FuzzedDataProvider input(bytes, size);
    const bool is_enumeration = input.ConsumeBool();
    const auto columns = columns_from(input, is_enumeration);
    fuzz::refused_or([&] {
        const auto state = files::check_state(
            columns, is_enumeration ? summary::Engine::enumeration : summary::Engine::simulation);
        if (!is_enumeration) require_sums(columns, state);
    });
    return 0;
}
