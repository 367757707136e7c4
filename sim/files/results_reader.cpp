#include "hdf5_reader.hpp"
#include "layout.hpp"
#include "state_reader.hpp"
#include "stored_contradictions.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <numeric>

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

std::vector<std::string> words_of(const std::string& text) {
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
    explicit ResultsReader(const std::string& path) : file_(path) {}

    Results read() && {
        check_format();
        read_root_attributes();
        read_axes();
        read_parameters();
        for_each_kind([&](const auto& kind) { read_kind(kind); });
        read_state(file_, results_);
        read_contradictions(file_, results_);
        results_.provenance = read_provenance(file_);
        if (results_digest(results_) != file_.text_attribute("/", "results_sha256")) {
            throw Error("its tables do not give its results_sha256: it is damaged or was changed");
        }
        return std::move(results_);
    }

  private:
    void check_format() const;
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
    [[nodiscard]] std::int64_t integer(const char* name) const {
        const auto numbers = file_.integer_attribute("/", name);
        if (numbers.size() != 1)
            throw Error(fmt::format("the attribute {} is not one number", name));
        return numbers.front();
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

void ResultsReader::check_format() const {
    if (!file_.has_attribute("/", "filetype") || text("filetype") != file_type) {
        throw Error("an HDF5 file, but not one of rsasim's results");
    }
    const auto version = file_.integer_attribute("/", "format_version");
    if (version.size() != format_version.size()) throw Error("its format_version is malformed");
    if (version[0] != format_version[0]) {
        throw Error(
            fmt::format("its format is {}.{}; this program reads format {}. Use a newer "
                        "rsasim to read it",
                        version[0], version[1], format_version[0]));
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
    const auto engine = text("engine");
    r.direction = direction == name_of(design::Direction::higher_is_better)
                      ? design::Direction::higher_is_better
                      : design::Direction::lower_is_better;
    r.engine = engine == name_of(summary::Engine::simulation) ? summary::Engine::simulation
                                                              : summary::Engine::enumeration;
    if (direction != name_of(r.direction)) throw Error("unknown direction " + direction);
    if (engine != name_of(r.engine)) throw Error("unknown engine " + engine);
    read_null();
    const auto seed = text("seed");
    const auto* end = seed.data() + seed.size();
    const auto parsed = std::from_chars(seed.data(), end, r.seed);
    if (parsed.ec != std::errc() || parsed.ptr != end) throw Error("its seed is not a number");
    r.rng = text("rng");
    r.common_random_numbers = integer("common_random_numbers") != 0;
    r.scenario_sha256 = text("scenario_sha256");
    r.is_complete = integer("complete") != 0;
    r.is_derived = !file_.has_attribute("/", "derived") || integer("derived") != 0;
    r.replicates_requested = integer("replicates_requested");
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
    for (const auto& name : words_of(text("axes"))) {
        design::Axis axis{name, {}};
        const auto keys = file_.has_attribute("/" + name, "zipped")
                              ? words_of(file_.text_attribute("/" + name, "zipped"))
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
            using Stored = std::conditional_t<std::is_same_v<Value, bool>, std::int8_t, Value>;
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

/// Refuses early what HDF5 would refuse in worse words.
void check_is_hdf5(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) throw Error("there is no such file");
    if (std::filesystem::is_directory(status)) throw Error("is a folder, not a results file");
    if (!std::filesystem::is_regular_file(status)) throw Error("is not a regular file");
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error("cannot be opened: " + std::generic_category().message(errno));
    constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
    std::string start(signature.size(), '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    if (file.gcount() == 0) throw Error("is empty");
    if (start != signature) throw Error("is not an HDF5 file, so not one of rsasim's results");
}

}  // namespace

Results read_results(const std::filesystem::path& path) {
    const hdf5::QuietErrors quiet;
    try {
        check_is_hdf5(path);
        return ResultsReader(path.string()).read();
    } catch (const Error& error) {
        throw FileError(fmt::format("{}: {}", path.string(), error.what()));
    }
}

}  // namespace rsasim::files
