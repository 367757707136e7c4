#include "stored_provenance.hpp"

#include "state_writer.hpp"

#include <array>

namespace rsasim::files {
namespace {

using summary::MergedShard;

const std::string group_path = "/provenance";
const std::string index_path = "/provenance/merged";
const std::string seconds_path = "/provenance/merged_cpu_seconds";

struct TextColumn {
    const char* path;
    const char* long_name;
    std::string MergedShard::*member;
};

constexpr std::array text_columns{
    TextColumn{"/provenance/merged_file", "file that was merged", &MergedShard::file},
    TextColumn{"/provenance/merged_sha256", "SHA-256 of its HDF5 image: all but its trailer",
               &MergedShard::sha256},
    TextColumn{"/provenance/merged_part", "part of the work, I/K", &MergedShard::part},
    TextColumn{"/provenance/merged_host", "host that simulated it", &MergedShard::host},
    TextColumn{"/provenance/merged_start", "when that began", &MergedShard::start},
    TextColumn{"/provenance/merged_end", "when that ended", &MergedShard::end},
};

void write_shards(hdf5::Image& image, const std::vector<MergedShard>& shards) {
    if (shards.empty()) return;
    const auto index = image.add_scale(index_path, hdf5::steps(shards.size()));
    describe(index, "file that was merged, from 0");
    for (const auto& column : text_columns) {
        std::vector<std::string> texts;
        texts.reserve(shards.size());
        for (const auto& shard : shards)
            texts.push_back(shard.*column.member);
        image.add_labels(column.path, index, texts, described(column.long_name));
    }
    std::vector<double> seconds;
    seconds.reserve(shards.size());
    for (const auto& shard : shards)
        seconds.push_back(shard.cpu_seconds);
    image.add_numbers({seconds_path,
                       {&index},
                       hdf5::numbers_in(seconds),
                       described("seconds of processor time")});
}

std::vector<MergedShard> read_shards(const hdf5::Reader& file) {
    if (!file.has(index_path)) return {};
    const auto shape = file.shape_of(index_path);
    if (shape.size() != 1) throw hdf5::Error(index_path + " is not a list");
    // Its numbers are in the file, so that many entries can be there.
    std::vector<MergedShard> shards(file.read<std::int64_t>(index_path, shape).size());
    for (const auto& column : text_columns) {
        auto texts = file.read_text(column.path, shape);
        for (std::size_t i = 0; i < shards.size(); ++i)
            shards[i].*column.member = std::move(texts[i]);
    }
    const auto seconds = file.read<double>(seconds_path, shape);
    for (std::size_t i = 0; i < shards.size(); ++i)
        shards[i].cpu_seconds = seconds[i];
    return shards;
}

}  // namespace

void write_provenance(hdf5::Image& image, const summary::Provenance& provenance) {
    const auto group = image.add_group(group_path);
    const auto add_text = [&](const std::string& name, const std::string& text) {
        image.add_text(group_path + "/" + name, text);
    };
    for (const auto& [name, value] : provenance.attributes) {
        if (value.size() <= hdf5::Object::longest_attribute) {
            group.set(name, value);
        } else {
            add_text(name, value);
        }
    }
    add_text("scenario_given", provenance.scenario_given);
    add_text("scenario_resolved", provenance.scenario_resolved);
    write_shards(image, provenance.shards);
}

summary::Provenance read_provenance(const hdf5::Reader& file) {
    summary::Provenance provenance;
    for (const auto& name : file.attribute_names(group_path)) {
        provenance.attributes.emplace_back(name, file.text_attribute(group_path, name));
    }
    for (const auto& name : file.names_in(group_path)) {
        const auto path = group_path + "/" + name;
        if (!file.holds_text(path) || !file.shape_of(path).empty()) continue;
        auto text = file.read_text(path, {}).front();
        if (name == "scenario_given") {
            provenance.scenario_given = std::move(text);
        } else if (name == "scenario_resolved") {
            provenance.scenario_resolved = std::move(text);
        } else {
            provenance.attributes.emplace_back(name, std::move(text));
        }
    }
    provenance.shards = read_shards(file);
    return provenance;
}

}  // namespace rsasim::files
