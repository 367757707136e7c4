#include "hdf5_image.hpp"
#include "layout.hpp"
#include "replace_file.hpp"
#include "state_writer.hpp"
#include "stored_contradictions.hpp"
#include "stored_provenance.hpp"
#include "trailer.hpp"
#include "variables.hpp"

#include <array>
#include <deque>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/results_file.hpp>

namespace rsasim::files {
namespace {

using hdf5::Attributes;
using hdf5::Dataset;
using hdf5::Dimensions;
using hdf5::Image;
using hdf5::Numbers;
using hdf5::Scale;
using summary::Results;

enum class Content { state, all };

/// Throws std::bad_variant_access for texts.
Numbers numbers_of(const design::AxisValues& values) {
    const auto* integers = std::get_if<std::vector<std::int64_t>>(&values);
    return integers != nullptr ? hdf5::numbers_in(*integers)
                               : hdf5::numbers_in(std::get<std::vector<double>>(values));
}

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

    /// The scale of one swept key or of the index of zipped keys; `name` without a slash.
    const Scale& add_axis_scale(const std::string& name, const design::AxisValues& values);
    void add_zipped_key(const design::SweptKey& key, const Scale& index);
    /// A variable on the axes of the sweep, and on `label` where there is one, still without what
    /// describes it.
    Dataset variable(std::string_view name, const Scale* label, Numbers numbers,
                     const std::string& coordinates) const;

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
    const auto path = fmt::format("/{}", name);
    const auto* texts = std::get_if<std::vector<std::string>>(&values);
    scales_.push_back(texts != nullptr ? image_.add_scale(path, *texts)
                                       : image_.add_scale(path, numbers_of(values)));
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
    auto attributes = described(fmt::format("swept: {}", key.path));
    attributes.emplace_back("scenario_key", key.path);
    const auto* texts = std::get_if<std::vector<std::string>>(&key.values);
    if (texts != nullptr) {
        image_.add_labels(path, index, *texts, attributes);
    } else {
        image_.add_numbers({path, {&index}, numbers_of(key.values), attributes});
    }
    zipped_names_.push_back(name_of(key));
}

Dataset ResultsWriter::variable(std::string_view name, const Scale* label, Numbers numbers,
                                const std::string& coordinates) const {
    Dataset made{fmt::format("/{}", name), axes_, std::move(numbers), {}};
    if (label != nullptr) made.dimensions.push_back(label);
    auto names = zipped_names_;
    if (!coordinates.empty()) names.push_back(coordinates);
    if (!names.empty())
        made.attributes.emplace_back("coordinates", fmt::format("{}", fmt::join(names, " ")));
    return made;
}

void ResultsWriter::write_parameters() {
    std::vector<Dataset> variables;
    const auto add = [&](std::string_view name, std::string_view long_name, Numbers numbers) {
        variables.push_back(variable(name, nullptr, std::move(numbers), ""));
        add_description(variables.back().attributes, long_name);
    };
    for (const auto& row : parameter_rows(results_.null_kind)) {
        if (is_swept_parameter(results_.axes, row.name)) continue;
        std::visit(
            [&](auto member) {
                using Value = std::decay_t<decltype(summary::CellParameters{}.*member)>;
                using Stored = std::conditional_t<std::is_enum_v<Value>, std::int8_t, Value>;
                const auto value = [member](const auto& cell) {
                    return static_cast<Stored>(cell.parameters.*member);
                };
                add(row.name, row.long_name, over_cells<Stored>(results_, value));
            },
            row.member);
    }
    add("replicates", "replicates that are finished",
        over_cells<std::int64_t>(results_, [](const auto& cell) { return cell.replicates; }));
    if (!has_counts(results_)) {
        const auto skipped = [](const auto& cell) { return cell.skipped_probability; };
        add("skipped_probability", "probability of the tables left out",
            over_cells<double>(results_, skipped));
    }
    image_.add_numbers(variables);
}

template <class Summary>
void ResultsWriter::write_kind(const Kind<Summary>& kind) {
    const auto& labels = results_.*kind.labels;
    if (labels.empty()) return;
    scales_.push_back(image_.add_scale(fmt::format("/{}", kind.dimension), labels));
    const auto& scale = scales_.back();
    describe(scale, kind.long_name);
    const auto coordinates = kind.is_measured ? write_labels(kind, scale) : "";
    std::vector<Dataset> variables;
    for (const auto& measure : summary::measures<Summary>()) {
        for (auto& one : variables_of(results_, kind, measure)) {
            variables.push_back(variable(one.name, &scale, std::move(one.numbers), coordinates));
            auto& attributes = variables.back().attributes;
            add_description(attributes, one.long_name);
            attributes.emplace_back("formula", one.formula);
            if (!one.error_name.empty())
                attributes.emplace_back("ancillary_variables", one.error_name);
        }
    }
    image_.add_numbers(variables);
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
    image_.add_labels("/" + measure_name, scale, measures, described("scale of the effect"));
    image_.add_labels("/" + method_name, scale, methods, described("method, by its catalogue id"));
    return measure_name + " " + method_name;
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

std::size_t size_of_results(const Results& results, const ForEach& for_each) {
    return image_of(results, content_of(results), for_each).size();
}

void write_checkpoint(const Results& results, const std::filesystem::path& path,
                      const ForEach& for_each) {
    write(results, Content::state, path, for_each);
}

}  // namespace rsasim::files
