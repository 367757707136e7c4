#include "json_values.hpp"
#include "number_text.hpp"
#include "text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/files/status_text.hpp>

namespace rsasim::files {
namespace {

/// Sweeps of more cells are shown by the cells that miss something, at most so many of them.
constexpr std::size_t most_lines = 40;

struct Sums {
    explicit Sums(const SweepStatus& status) {
        for (const auto& cell : status.cells) {
            requested += cell.requested;
            done += cell.done;
            incomplete += cell.missing.empty() ? 0 : 1;
        }
    }
    [[nodiscard]] std::int64_t missing() const { return requested - done; }

    std::int64_t requested = 0, done = 0;
    std::size_t incomplete = 0;
};

/// Rounded down: 100 % is all.
std::string percent_text(std::int64_t done, std::int64_t requested) {
    const double share =
        requested > 0 ? static_cast<double>(done) / static_cast<double>(requested) : 1.0;
    return fixed_text(std::floor(share * 1000) / 10, 1) + " %";
}

std::string table_text(const SweepStatus& status, const TextOptions& options) {
    const bool is_long = status.cells.size() > most_lines;
    TextTable table;
    table.add_column("cell", Align::right);
    for (const auto& [name, value] : status.cells.front().swept)
        table.add_column(name, Align::right, 1);
    table.add_column("done", Align::right);
    table.add_column("missing", Align::right);
    table.add_column("missing replicates", Align::left, 2);
    std::size_t lines = 0, left_out = 0;
    for (std::size_t i = 0; i < status.cells.size(); ++i) {
        const auto& cell = status.cells[i];
        if (is_long && cell.missing.empty()) continue;
        if (++lines > most_lines) {
            ++left_out;
            continue;
        }
        std::vector<std::string> row{fmt::format("{}", i)};
        for (const auto& [name, value] : cell.swept)
            row.push_back(value);
        row.insert(row.end(), {count_text(cell.done), count_text(cell.requested - cell.done),
                               ranges_text(cell.missing)});
        table.add_row(std::move(row));
    }
    if (lines == 0) return "";
    auto [text, unseen] =
        table.render({static_cast<std::size_t>(options.width), 2, options.use_colour});
    if (left_out > 0) text += fmt::format("  and {} more cells that miss replicates\n", left_out);
    if (!unseen.empty()) {
        text += wrapped(fmt::format("No room for {}: a wider terminal has them, and --json.",
                                    fmt::join(unseen, ", ")),
                        static_cast<std::size_t>(options.width), 2);
    }
    return text + "\n";
}

/// Words as a shell takes them, in one line.
std::string shell_words(const std::vector<std::string>& words) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./,:=@%";
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ' ';
        if (word.find_first_not_of(plain) == word.npos) {
            text += word;
            continue;
        }
        text += '\'';
        for (const char c : word)
            text += c == '\'' ? std::string("'\\''") : std::string(1, c);
        text += '\'';
    }
    return text;
}

std::string tasks_text(const SweepStatus& status) {
    if (!status.shards) {
        return "For the missing tasks of a run cut into K shards: rsasim status --shards K FILES\n";
    }
    auto text = fmt::format("Missing of {} tasks: {}. Run them with\n--array={}\n", *status.shards,
                            status.missing_tasks.size(), array_list(status.missing_tasks));
    if (!status.except.empty()) {
        text += fmt::format(
            "These tasks would simulate again what files of another cut hold, and merge would "
            "refuse both.\nWhat they leave out and merge takes:\n"
            "rsasim run SCENARIO --shard I/{} --except {}\n",
            *status.shards, shell_words(status.except));
    }
    return text;
}

}  // namespace

std::string command_to_resume(std::string recorded) {
    constexpr std::string_view force = " --force";
    const auto place = recorded.find(force);
    if (place != std::string::npos) recorded.erase(place, force.size());
    const bool resumes = recorded.find(" --resume") != std::string::npos;
    return recorded + (resumes ? "" : " --resume");
}

std::string array_list(const std::vector<std::int64_t>& sorted) {
    std::string text;
    for (std::size_t i = 0; i < sorted.size();) {
        std::size_t end = i + 1;
        while (end < sorted.size() && sorted[end] == sorted[end - 1] + 1)
            ++end;
        text += fmt::format("{}{}", i > 0 ? "," : "", sorted[i]);
        if (end - i > 1) text += fmt::format("-{}", sorted[end - 1]);
        i = end;
    }
    return text;
}

std::string status_to_text(const SweepStatus& status, const TextOptions& options) {
    const Sums sums(status);
    std::string text = status.title.empty() ? "" : status.title + "\n";
    text += fmt::format("{} file{}, {} cell{}: {} of {} replicates are done ({}).\n\n",
                        status.files, status.files == 1 ? "" : "s", status.cells.size(),
                        status.cells.size() == 1 ? "" : "s", count_text(sums.done),
                        count_text(sums.requested), percent_text(sums.done, sums.requested));
    text += table_text(status, options);
    if (sums.missing() == 0) return text + "Nothing is missing.\n";
    text += fmt::format("{} cell{} miss{} {} replicates.\n", sums.incomplete,
                        sums.incomplete == 1 ? "" : "s", sums.incomplete == 1 ? "es" : "",
                        count_text(sums.missing()));
    return text + tasks_text(status);
}

std::string status_to_json(const SweepStatus& status) {
    const Sums sums(status);
    Json cells = Json::array();
    for (const auto& cell : status.cells) {
        Json swept = Json::object();
        for (const auto& [name, value] : cell.swept)
            swept[name] = value;
        Json ranges = Json::array();
        for (const auto& [first, last] : cell.missing)
            ranges.push_back({first, last});
        cells.push_back({{"swept", swept},
                         {"requested", cell.requested},
                         {"done", cell.done},
                         {"missing", cell.requested - cell.done},
                         {"missing_ranges", ranges}});
    }
    Json json{{"schema", "rsasim.status/1"},
              {"files", status.files},
              {"complete", sums.missing() == 0},
              {"replicates",
               {{"requested", sums.requested}, {"done", sums.done}, {"missing", sums.missing()}}},
              {"shards", nullptr},
              {"missing_tasks", nullptr},
              {"array", nullptr},
              {"except", nullptr},
              {"cells", cells}};
    if (status.shards) {
        json["shards"] = *status.shards;
        json["missing_tasks"] = status.missing_tasks;
        json["array"] = array_list(status.missing_tasks);
        json["except"] = status.except;
    }
    return text_of(json);
}

std::string digests_to_json(const std::vector<FileDigest>& digests) {
    Json files = Json::array();
    for (const auto& digest : digests) {
        files.push_back({{"file", digest.file},
                         {"results_sha256", digest.sha256},
                         {"complete", digest.is_complete}});
    }
    return text_of({{"schema", "rsasim.digest/1"}, {"files", files}});
}

}  // namespace rsasim::files
