#include "hdf5_image.hpp"
#include "layout.hpp"
#include "replace_file.hpp"
#include "state_writer.hpp"
#include "stored_contradictions.hpp"
#include "stored_provenance.hpp"
#include "trailer.hpp"

#include <array>
#include <deque>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/results_file.hpp>

namespace rsasim::files {
namespace {

using hdf5::Dimensions;
using hdf5::Image;
using hdf5::Numbers;
using hdf5::Object;
using hdf5::Scale;
using summary::Figure;
using summary::Results;

enum class Content { state, all };

/// The axes and labels of a results file and what stands on them.
class ResultsWriter {
  public:
    ResultsWriter(const Results& results, Content content, const ForEach& for_each)
        : results_(results), has_summaries_(content == Content::all), image_(for_each) {}

    std::vector<std::byte> write() && {
        write_root_attributes();
        for (const auto& axis : results_.axes)
            write_axis(axis);
        write_parameters();
        if (has_summaries_) for_each_kind([&](const auto& kind) { write_kind(kind); });
        write_state(image_, results_);
        if (has_summaries_) write_contradictions(image_, results_);
        write_provenance(image_, results_.provenance);
        scales_.clear();
        return std::move(image_).close();
    }

  private:
    void write_root_attributes();
    void write_axis(const design::Axis& axis);
    void write_parameters();
    template <class Summary>
    void write_kind(const Kind<Summary>& kind);
    template <class Summary>
    std::string write_labels(const Kind<Summary>& kind, const Scale& scale);
    template <class Summary>
    void write_measure(const Kind<Summary>& kind, const summary::Measure<Summary>& measure,
                       const Scale& scale, const std::string& coordinates);

    /// The scale of one swept key or of the index of zipped keys; `name` without a slash.
    const Scale& add_axis_scale(const std::string& name, const design::AxisValues& values);
    void add_zipped_key(const design::SweptKey& key, const Scale& index);
    /// A variable on the axes of the sweep, and on `label` where there is one.
    Object add_variable(std::string_view name, const Scale* label, Numbers values,
                        const std::string& coordinates);
    template <class Number, class Value>
    std::vector<Number> over_cells(Value value) const {
        std::vector<Number> values;
        values.reserve(results_.cells.size());
        for (const auto& cell : results_.cells)
            values.push_back(static_cast<Number>(value(cell)));
        return values;
    }

    const Results& results_;
    bool has_summaries_;
    Image image_;
    std::deque<Scale> scales_;  ///< addresses stay valid while it grows
    Dimensions axes_;
    std::vector<std::string> zipped_names_;  ///< auxiliary coordinates of every data variable
};

void ResultsWriter::write_root_attributes() {
    const auto root = image_.root();
    root.set("filetype", file_type);
    root.set("format_version", std::span<const std::int32_t>(format_version));
    root.set("title", results_.title);
    root.set("source", "rsasim");
    root.set("outcome", results_.outcome);
    root.set("direction", name_of(results_.direction));
    if (results_.null_kind != summary::NullKind::no_effect) {
        root.set("null", name_of(results_.null_kind));
        root.set("null_measure", design::name_of(results_.null_measure));
    }
    root.set("engine", name_of(results_.engine));
    root.set("seed", fmt::format("{}", results_.seed));
    root.set("rng", results_.rng);
    root.set("common_random_numbers", static_cast<std::int8_t>(results_.common_random_numbers));
    root.set("scenario_sha256", results_.scenario_sha256);
    root.set("results_sha256", results_digest(results_));
    root.set("complete", static_cast<std::int8_t>(has_summaries_ && results_.is_complete));
    root.set("derived", static_cast<std::int8_t>(has_summaries_));
    root.set("replicates_requested", results_.replicates_requested);
    std::vector<std::string> names;
    for (const auto& axis : results_.axes)
        names.push_back(axis.is_zipped() ? axis.name : name_of(axis.keys.front()));
    root.set("axes", fmt::format("{}", fmt::join(names, " ")));
}

const Scale& ResultsWriter::add_axis_scale(const std::string& name,
                                           const design::AxisValues& values) {
    scales_.push_back(std::visit(
        [&](const auto& list) {
            return image_.add_scale(fmt::format("/{}", name), std::span(list));
        },
        values));
    axes_.push_back(&scales_.back());
    return scales_.back();
}

void ResultsWriter::write_axis(const design::Axis& axis) {
    if (!axis.is_zipped()) {
        const auto& key = axis.keys.front();
        const auto& scale = add_axis_scale(name_of(key), key.values);
        describe(scale, fmt::format("swept: {}", key.path));
        scale.set("scenario_key", key.path);
        return;
    }
    std::vector<std::int64_t> steps(axis.size());
    std::iota(steps.begin(), steps.end(), 0);
    const auto& index = add_axis_scale(axis.name, steps);
    std::vector<std::string> names, paths;
    for (const auto& key : axis.keys) {
        names.push_back(name_of(key));
        paths.push_back(key.path);
        add_zipped_key(key, index);
    }
    describe(index, fmt::format("step of {}", fmt::join(paths, " and ")));
    index.set("zipped", fmt::format("{}", fmt::join(names, " ")));
}

void ResultsWriter::add_zipped_key(const design::SweptKey& key, const Scale& index) {
    const auto path = fmt::format("/{}", name_of(key));
    const auto* texts = std::get_if<std::vector<std::string>>(&key.values);
    const auto* integers = std::get_if<std::vector<std::int64_t>>(&key.values);
    const auto* reals = std::get_if<std::vector<double>>(&key.values);
    const auto object =
        texts != nullptr ? image_.add_labels(path, index, *texts)
        : integers != nullptr
            ? image_.add_numbers(path, {&index}, std::span<const std::int64_t>(*integers))
            : image_.add_numbers(path, {&index}, std::span<const double>(*reals));
    describe(object, fmt::format("swept: {}", key.path));
    object.set("scenario_key", key.path);
    zipped_names_.push_back(name_of(key));
}

Object ResultsWriter::add_variable(std::string_view name, const Scale* label, Numbers values,
                                   const std::string& coordinates) {
    Dimensions dimensions = axes_;
    if (label != nullptr) dimensions.push_back(label);
    auto object = image_.add_numbers(fmt::format("/{}", name), dimensions, values);
    auto names = zipped_names_;
    if (!coordinates.empty()) names.push_back(coordinates);
    if (!names.empty()) object.set("coordinates", fmt::format("{}", fmt::join(names, " ")));
    return object;
}

void ResultsWriter::write_parameters() {
    const auto write = [&](std::string_view name, std::string_view long_name, auto zero,
                           auto value) {
        const auto values = over_cells<decltype(zero)>(value);
        describe(add_variable(name, nullptr, std::span(values), ""), long_name);
    };
    for (const auto& row : parameter_rows(results_.null_kind)) {
        if (is_swept_parameter(results_.axes, row.name)) continue;
        std::visit(
            [&](auto member) {
                using Value = std::decay_t<decltype(summary::CellParameters{}.*member)>;
                using Stored = std::conditional_t<std::is_same_v<Value, bool>, std::int8_t, Value>;
                write(row.name, row.long_name, Stored{},
                      [&](const auto& cell) { return cell.parameters.*member; });
            },
            row.member);
    }
    write("replicates", "replicates that are finished", std::int64_t{},
          [](const auto& cell) { return cell.replicates; });
    if (!has_counts(results_)) {
        write("skipped_probability", "probability of the tables left out", double{},
              [](const auto& cell) { return cell.skipped_probability; });
    }
}

template <class Summary>
void ResultsWriter::write_kind(const Kind<Summary>& kind) {
    const auto& labels = results_.*kind.labels;
    if (labels.empty()) return;
    scales_.push_back(image_.add_scale(fmt::format("/{}", kind.dimension), std::span(labels)));
    const auto& scale = scales_.back();
    describe(scale, kind.long_name);
    const auto coordinates = kind.is_measured ? write_labels(kind, scale) : "";
    for (const auto& measure : summary::measures<Summary>())
        write_measure(kind, measure, scale, coordinates);
}

/// The auxiliary labels of "measure:method"; returns their names.
template <class Summary>
std::string ResultsWriter::write_labels(const Kind<Summary>& kind, const Scale& scale) {
    std::vector<std::string> measures, methods;
    for (const auto& label : results_.*kind.labels) {
        auto parts = parts_of(label);
        measures.push_back(std::move(parts.measure));
        methods.push_back(std::move(parts.method));
    }
    const auto measure_name = fmt::format("{}_measure", kind.dimension);
    const auto method_name = fmt::format("{}_method", kind.dimension);
    describe(image_.add_labels("/" + measure_name, scale, measures), "scale of the effect");
    describe(image_.add_labels("/" + method_name, scale, methods), "method, by its catalogue id");
    return measure_name + " " + method_name;
}

template <class Summary>
void ResultsWriter::write_measure(const Kind<Summary>& kind,
                                  const summary::Measure<Summary>& measure, const Scale& scale,
                                  const std::string& coordinates) {
    const auto write = [&](const std::string& name, auto number) {
        std::vector<decltype(number(Summary{}))> values;
        values.reserve(results_.cells.size() * scale.size());
        for (const auto& cell : results_.cells) {
            for (const auto& item : cell.summary.*kind.summaries)
                values.push_back(number(item));
        }
        return add_variable(name, &scale, std::span<const decltype(number(Summary{}))>(values),
                            coordinates);
    };
    const auto write_described = [&](auto number) {
        auto object = write(std::string(measure.dataset), number);
        describe(object, measure.long_name);
        object.set("formula", measure.formula);
        return object;
    };
    if (const auto* figure = std::get_if<Figure Summary::*>(&measure.member)) {
        const auto error_name = fmt::format("{}_mcse", measure.dataset);
        write_described([&](const Summary& item) {
            return (item.**figure).value;
        }).set("ancillary_variables", error_name);
        const auto error =
            write(error_name, [&](const Summary& item) { return (item.**figure).mcse; });
        describe(error, fmt::format("Monte Carlo standard error of {}", measure.dataset));
        error.set("formula", "see Morris, White & Crowther 2019, table 6; 0 under enumeration");
    } else if (const auto* real = std::get_if<double Summary::*>(&measure.member)) {
        write_described([&](const Summary& item) { return item.**real; });
    } else if (has_counts(results_)) {
        const auto count = std::get<std::int64_t Summary::*>(measure.member);
        write_described([&](const Summary& item) { return item.*count; });
    }
}

std::vector<std::byte> image_of(const Results& results, Content content, const ForEach& for_each) {
    const hdf5::QuietErrors quiet;
    auto bytes = ResultsWriter(results, content, for_each).write();
    append_trailer(bytes);
    return bytes;
}

Content content_of(const Results& results) {
    return results.is_derived ? Content::all : Content::state;
}

void write(const Results& results, Content content, const std::filesystem::path& path,
           const ForEach& for_each) {
    std::vector<std::byte> bytes;
    try {
        bytes = image_of(results, content, for_each);
    } catch (const hdf5::Error& error) {
        throw FileError(fmt::format("{}: cannot be written: {}", path.string(), error.what()));
    }
    replace_file(path, bytes);
}

}  // namespace

void write_results(const Results& results, const std::filesystem::path& path,
                   const ForEach& for_each) {
    check_shape(results);
    write(results, content_of(results), path, for_each);
}

std::size_t size_of_results(const Results& results) {
    return image_of(results, content_of(results), for_each_in_order).size();
}

void write_checkpoint(const Results& results, const std::filesystem::path& path,
                      const ForEach& for_each) {
    write(results, Content::state, path, for_each);
}

}  // namespace rsasim::files
