#include "file_identity.hpp"
#include "hdf5_reader.hpp"
#include "layout.hpp"
#include "results_image.hpp"
#include "state_reader.hpp"
#include "stored_contradictions.hpp"
#include "stored_provenance.hpp"
#include "trailer.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include <rsasim/files/results_file.hpp>

namespace rsasim::files {
namespace {

using hdf5::Error;
using hdf5::Shape;
using summary::Figure;
using summary::Results;

/// Cells that a file may claim; each takes memory before its numbers are read.
constexpr std::size_t most_cells = 10'000'000;

std::vector<std::string> words_in(const std::string& text) {
    std::vector<std::string> words;
    std::size_t start = 0;
    while (start < text.size()) {
        const auto end = std::min(text.find(' ', start), text.size());
        if (end > start) words.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

class ResultsReader {
  public:
    explicit ResultsReader(std::span<const std::byte> image) : file_(image) {}

    Results read() && {
        const FileIdentity identity = read_identity(file_);
        take(identity);
        read_root_attributes();
        read_axes();
        read_parameters();
        for_each_kind([&](const auto& kind) { read_kind(kind); });
        take(read_state(file_, identity));
        check_replicates();
        read_contradictions(file_, results_);
        results_.provenance = read_provenance(file_);
        return std::move(results_);
    }

  private:
    void take(const FileIdentity& identity);
    void take(StateOfFile state);
    void check_replicates() const;
    void read_root_attributes();
    void read_null();
    void read_axes();
    [[nodiscard]] design::SweptKey read_key(const std::string& name) const;
    void read_parameters();
    void read_parameter(const ParameterRow& row);
    template <class Summary>
    void read_kind(const Kind<Summary>& kind);

    [[nodiscard]] std::string text(const char* name) const {
        return file_.text_attribute("/", name);
    }
    /// One number for each cell.
    template <class Number>
    [[nodiscard]] std::vector<Number> per_cell(std::string_view name) const {
        return file_.read<Number>(fmt::format("/{}", name), shape_);
    }

    hdf5::Reader file_;
    Results results_;
    Shape shape_;  ///< of the axes
};

void ResultsReader::take(const FileIdentity& identity) {
    results_.engine = identity.engine;
    results_.seed = identity.seed;
    results_.rng = identity.rng;
    results_.scenario_sha256 = identity.scenario_sha256;
    results_.is_complete = identity.is_complete;
    results_.replicates_requested = identity.replicates_requested;
}

void ResultsReader::take(StateOfFile state) {
    results_.rejection_labels = std::move(state.rejection_labels);
    results_.has_untabled_cells = state.has_untabled_cells;
    for (auto& cell : results_.cells) {
        if (!has_counts(results_)) cell.tables = tally::TableProbabilities{};
    }
    for (StoredCell& stored : state.cells) {
        if (stored.cell >= results_.cells.size()) {
            throw Error(fmt::format("its tables name cell {}, and it has {} cells", stored.cell,
                                    results_.cells.size()));
        }
        auto& cell = results_.cells[stored.cell];
        cell.tables = std::move(stored.tables);
        cell.finished = std::move(stored.finished);
        cell.pilot = std::move(stored.pilot);
        cell.rejections = std::move(stored.rejections);
        cell.pilot_rejections = std::move(stored.pilot_rejections);
        cell.patient_words = std::move(stored.patient_words);
    }
}

/// The number of replicates of each cell is the one of its ledger.
void ResultsReader::check_replicates() const {
    for (std::size_t i = 0; i < results_.cells.size(); ++i) {
        const auto stated = results_.cells[i].replicates;
        const auto finished = tally::replicates_in(results_.cells[i].finished);
        if (stated == finished) continue;
        throw Error(fmt::format("cell {} states {} replicates, and its ledger has {}", i, stated,
                                finished));
    }
}

/// Files of tests of no effect do not mention the null.
void ResultsReader::read_null() {
    if (!file_.has_attribute("/", "null")) return;
    const auto kind = text("null");
    const auto measure = text("null_measure");
    const auto has_name = [](const auto& wanted) {
        return [&wanted](auto value) { return name_of(value) == wanted; };
    };
    constexpr std::array kinds{summary::NullKind::margin, summary::NullKind::equivalence};
    const auto* const known_kind = std::ranges::find_if(kinds, has_name(kind));
    const auto* const known_measure = std::ranges::find_if(design::all_measures, has_name(measure));
    if (known_kind == kinds.end()) throw Error("unknown null " + kind);
    if (known_measure == design::all_measures.end()) throw Error("unknown null_measure " + measure);
    results_.null_kind = *known_kind;
    results_.null_measure = *known_measure;
}

void ResultsReader::read_root_attributes() {
    auto& r = results_;
    r.title = text("title");
    r.outcome = text("outcome");
    const auto direction = text("direction");
    r.direction = direction == name_of(design::Direction::higher_is_better)
                      ? design::Direction::higher_is_better
                      : design::Direction::lower_is_better;
    if (direction != name_of(r.direction)) throw Error("unknown direction " + direction);
    read_null();
    r.common_random_numbers = root_integer(file_, "common_random_numbers") != 0;
    r.is_derived = !file_.has_attribute("/", "derived") || root_integer(file_, "derived") != 0;
}

design::SweptKey ResultsReader::read_key(const std::string& name) const {
    const auto path = "/" + name;
    const auto shape = file_.shape_of(path);
    if (shape.size() != 1 || shape[0] == 0) throw Error(path + " is not an axis");
    design::SweptKey key{file_.text_attribute(path, "scenario_key"), name, {}};
    if (file_.holds_text(path)) {
        key.values = file_.read_text(path, shape);
    } else if (file_.holds_reals(path)) {
        key.values = file_.read<double>(path, shape);
    } else {
        key.values = file_.read<std::int64_t>(path, shape);
    }
    return key;
}

void ResultsReader::read_axes() {
    std::size_t cells = 1;
    for (const auto& name : words_in(text("axes"))) {
        design::Axis axis{name, {}};
        const auto keys = file_.has_attribute("/" + name, "zipped")
                              ? words_in(file_.text_attribute("/" + name, "zipped"))
                              : std::vector{name};
        for (const auto& key : keys) {
            axis.keys.push_back(read_key(key));
            const auto steps =
                std::visit([](const auto& v) { return v.size(); }, axis.keys.back().values);
            if (steps != axis.size()) throw Error("/" + key + " has another length than its axis");
        }
        if (axis.keys.empty()) throw Error("/" + name + " is not an axis");
        cells *= axis.size();
        if (cells > most_cells)
            throw Error(fmt::format("it claims more than {} cells", most_cells));
        shape_.push_back(axis.size());
        results_.axes.push_back(std::move(axis));
    }
    // Each cell has its number of replicates in the file: do not take memory for more.
    static_cast<void>(per_cell<std::int64_t>("replicates"));
    results_.cells.resize(cells);
}

void ResultsReader::read_parameters() {
    const auto replicates = per_cell<std::int64_t>("replicates");
    const auto skipped = has_counts(results_) ? std::vector<double>(replicates.size())
                                              : per_cell<double>("skipped_probability");
    for (std::size_t cell = 0; cell < replicates.size(); ++cell) {
        results_.cells[cell].replicates = replicates[cell];
        results_.cells[cell].skipped_probability = skipped[cell];
    }
    for (const auto& row : parameter_rows(results_.null_kind))
        read_parameter(row);
}

void ResultsReader::read_parameter(const ParameterRow& row) {
    const auto fill = [&]<class Value>(Value summary::CellParameters::*member, auto value) {
        for (std::size_t cell = 0; cell < results_.cells.size(); ++cell) {
            results_.cells[cell].parameters.*member = static_cast<Value>(value(cell));
        }
    };
    std::visit(
        [&]<class Value>(Value summary::CellParameters::*member) {
            using Stored = std::conditional_t<std::is_enum_v<Value>, std::int8_t, Value>;
            if (!is_swept_parameter(results_.axes, row.name)) {
                const auto values = per_cell<Stored>(row.name);
                fill(member, [&](std::size_t cell) { return values[cell]; });
                return;
            }
            for (std::size_t axis = 0; axis < results_.axes.size(); ++axis) {
                for (const auto& key : results_.axes[axis].keys) {
                    if (key.name != row.name) continue;
                    fill(member, [&](std::size_t cell) {
                        return number_at(key.values, position_of(results_.axes, cell)[axis]);
                    });
                }
            }
        },
        row.member);
}

template <class Summary>
void ResultsReader::read_kind(const Kind<Summary>& kind) {
    const auto path = fmt::format("/{}", kind.dimension);
    if (!file_.has(path)) return;
    const auto label_shape = file_.shape_of(path);
    auto& labels = results_.*kind.labels;
    labels = file_.read_text(path, label_shape);
    auto shape = shape_;
    shape.push_back(labels.size());
    for (auto& cell : results_.cells)
        (cell.summary.*kind.summaries).resize(labels.size());
    const auto fill = [&]<class Number>(const std::string& name, Number, auto assign) {
        const auto numbers = file_.read<Number>("/" + name, shape);
        auto next = numbers.begin();
        for (auto& cell : results_.cells) {
            for (auto& item : cell.summary.*kind.summaries)
                assign(item, *next++);
        }
    };
    for (const auto& measure : summary::measures<Summary>()) {
        const std::string name(measure.dataset);
        if (const auto* figure = std::get_if<Figure Summary::*>(&measure.member)) {
            fill(name, double{}, [&](Summary& item, double x) { (item.**figure).value = x; });
            fill(name + "_mcse", double{},
                 [&](Summary& item, double x) { (item.**figure).mcse = x; });
        } else if (const auto* real = std::get_if<double Summary::*>(&measure.member)) {
            fill(name, double{}, [&](Summary& item, double x) { item.** real = x; });
        } else if (has_counts(results_)) {
            const auto count = std::get<std::int64_t Summary::*>(measure.member);
            fill(name, std::int64_t{}, [&](Summary& item, std::int64_t x) { item.*count = x; });
        }
    }
}

}  // namespace

Results results_in(std::span<const std::byte> image) {
    return ResultsReader(image).read();
}

Results read_results(const std::filesystem::path& path, const Notice& notice) {
    const hdf5::QuietErrors quiet;
    try {
        const auto checked = check_file(path);
        tell_of_missing_trailer(checked, path, notice);
        return results_in(checked.image);
    } catch (const Error& error) {
        throw FileError(fmt::format("{}: {}", path.string(), error.what()));
    }
}

}  // namespace rsasim::files
