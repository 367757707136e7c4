#include "file_identity.hpp"

#include "layout.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using hdf5::Error;

std::array<std::int64_t, 2> read_format(const hdf5::Reader& file) {
    const bool is_ours =
        file.has_attribute("/", "filetype") && file.text_attribute("/", "filetype") == file_type;
    if (!is_ours) {
        throw Error("an HDF5 file, but not one of rsasim's results. Check its name");
    }
    const auto version = file.integer_attribute("/", "format_version");
    if (version.size() != format_version.size()) throw Error("its format_version is malformed");
    if (version[0] != format_version[0]) {
        throw Error(
            fmt::format("its format is {}.{}; this program reads format {}. Use {} rsasim "
                        "to read it",
                        version[0], version[1], format_version[0],
                        version[0] > format_version[0] ? "a newer" : "an older"));
    }
    return {version[0], version[1]};
}

std::uint64_t number_of(const std::string& seed) {
    std::uint64_t number = 0;
    const auto* end = seed.data() + seed.size();
    const auto parsed = std::from_chars(seed.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end) throw Error("its seed is not a number");
    return number;
}

summary::Engine engine_of(const std::string& name) {
    for (const auto engine : {summary::Engine::simulation, summary::Engine::enumeration}) {
        if (name == name_of(engine)) return engine;
    }
    throw Error("unknown engine " + name);
}

std::string hexadecimal_sha256(std::string text, const char* name) {
    constexpr std::size_t length = 64;
    const auto is_digit = [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); };
    if (text.size() != length || !std::ranges::all_of(text, is_digit)) {
        throw Error(fmt::format("its {} is not a SHA-256", name));
    }
    return text;
}

}  // namespace

std::int64_t root_integer(const hdf5::Reader& file, const std::string& name) {
    const auto numbers = file.integer_attribute("/", name);
    if (numbers.size() != 1) throw Error(fmt::format("the attribute {} is not one number", name));
    return numbers.front();
}

FileIdentity read_identity(const hdf5::Reader& file) {
    const auto text = [&](const char* name) { return file.text_attribute("/", name); };
    FileIdentity identity;
    identity.format = read_format(file);
    identity.engine = engine_of(text("engine"));
    identity.seed = number_of(text("seed"));
    identity.rng = text("rng");
    identity.scenario_sha256 = hexadecimal_sha256(text("scenario_sha256"), "scenario_sha256");
    identity.results_sha256 = hexadecimal_sha256(text("results_sha256"), "results_sha256");
    identity.is_complete = root_integer(file, "complete") != 0;
    identity.replicates_requested = root_integer(file, "replicates_requested");
    return identity;
}

}  // namespace rsasim::files
