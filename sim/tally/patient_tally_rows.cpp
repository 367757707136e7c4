#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <rsasim/tally/patient_tally.hpp>

/// The rows by table of a tally, and how tallies are merged.
namespace rsasim::tally {
namespace {

/// Places within a row of the tables.
constexpr std::size_t row_count = 0;
constexpr std::size_t row_pilot_count = 1;
constexpr std::size_t row_rejections = 2;

}  // namespace

std::size_t PatientTally::TableHash::operator()(const design::Table2x2& table) const {
    // Multiplicative hashing (Knuth, Sorting and Searching, 6.4) of the four counts in one word.
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
    const auto mix = [](std::int64_t a, std::int64_t b) {
        return static_cast<std::uint64_t>(a) << 32 ^ static_cast<std::uint64_t>(b);
    };
    const std::uint64_t events = mix(table.treated.events, table.control.events);
    const std::uint64_t sizes = mix(table.treated.n, table.control.n);
    return static_cast<std::size_t>((events * golden ^ sizes) * golden >> 16);
}

std::size_t PatientTally::row_of(const design::Table2x2& table) {
    const auto [found, is_new] = row_by_table_.try_emplace(table, row_by_table_.size());
    if (is_new) rows_.resize(rows_.size() + stride());
    return found->second * stride();
}

void PatientTally::count_tables(const BatchFindings& batch, Part part) {
    const std::size_t tests = masks_.size();
    for (std::size_t lane = 0; lane < batch.live; ++lane) {
        std::int64_t* const row = &rows_[row_of(batch.tables[lane])];
        const bool is_pilot = part == Part::pilot;
        ++row[row_count];
        row[row_pilot_count] += is_pilot ? 1 : 0;
        for (std::size_t test = 0; test < tests; ++test) {
            const std::int64_t bit = masks_[test] >> lane & 1;
            row[row_rejections + test] += bit;
            row[row_rejections + tests + test] += is_pilot ? bit : 0;
        }
    }
}

void PatientTally::add_words(std::span<const std::int64_t> words) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (layout_->is_low_word()[i]) {
            add_wide(&words_[i], wide_of(&words[i]));
            ++i;
        } else {
            words_[i] += words[i];
        }
    }
}

void PatientTally::merge(const PatientTally& other) {
    if (other.words_.size() != words_.size() || other.stride() != stride()) {
        throw std::logic_error("PatientTally::merge: the tallies have different layouts");
    }
    add_words(other.words_);
    for (const auto& [table, index] : other.row_by_table_) {
        const std::size_t row = row_of(table);
        for (std::size_t i = 0; i < stride(); ++i)
            rows_[row + i] += other.rows_[index * stride() + i];
    }
}

void PatientTally::merge(std::span<const std::int64_t> words, const TableRejections& tables) {
    const std::size_t tests = masks_.size(), size = tables.tables.size();
    if (words.size() != words_.size() || tables.pilot.size() != size ||
        tables.rejections.size() != size * tests ||
        tables.pilot_rejections.size() != size * tests) {
        throw std::invalid_argument("PatientTally::merge: numbers of another layout");
    }
    add_words(words);
    for (std::size_t i = 0; i < size; ++i) {
        std::int64_t* const row = &rows_[row_of(tables.tables[i].table())];
        row[row_count] += tables.tables[i].weight;
        row[row_pilot_count] += tables.pilot[i];
        for (std::size_t test = 0; test < tests; ++test) {
            row[row_rejections + test] += tables.rejections[i * tests + test];
            row[row_rejections + tests + test] += tables.pilot_rejections[i * tests + test];
        }
    }
}

TableRejections PatientTally::tables() const {
    std::vector<std::pair<design::Table2x2, std::size_t>> sorted(row_by_table_.begin(),
                                                                 row_by_table_.end());
    const auto order = [](const auto& entry) {
        const auto& [treated, control] = entry.first;
        return std::array{treated.n, control.n, treated.events, control.events};
    };
    std::ranges::sort(sorted, {}, order);
    const std::size_t tests = masks_.size();
    TableRejections result;
    for (const auto& [table, index] : sorted) {
        const auto row = rows_.begin() + static_cast<std::ptrdiff_t>(index * stride());
        const auto at = [&](std::size_t i) { return row + static_cast<std::ptrdiff_t>(i); };
        const auto narrow = [](std::int64_t count) { return static_cast<std::int32_t>(count); };
        result.tables.push_back({narrow(table.treated.events), narrow(table.treated.n),
                                 narrow(table.control.events), narrow(table.control.n),
                                 row[row_count]});
        result.pilot.push_back(row[row_pilot_count]);
        result.rejections.insert(result.rejections.end(), at(row_rejections),
                                 at(row_rejections + tests));
        result.pilot_rejections.insert(result.pilot_rejections.end(), at(row_rejections + tests),
                                       at(row_rejections + 2 * tests));
    }
    return result;
}

}  // namespace rsasim::tally
