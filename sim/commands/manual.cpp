#include "manual.hpp"

#include "console.hpp"
#include "options.hpp"
#include "roff.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include <rsasim/files/text_file.hpp>

namespace rsasim::commands {
namespace {

/// The text of each page by its name: "rsasim-run".
using Pages = std::map<std::string, std::string>;

constexpr std::string_view scenario_name = "rsasim-scenario";

int section_of(std::string_view page) {
    return page == scenario_name ? 5 : 1;
}

std::string page_of(const CommandDescription& command) {
    return "rsasim-" + command.name;
}

std::string tag_of(const OptionDescription& option) {
    if (option.flags.empty()) return roff::italic(option.value_name);
    std::string tag;
    for (const std::string& flag : option.flags)
        tag += (tag.empty() ? "" : ", ") + roff::bold(flag);
    return option.value_name.empty() ? tag : tag + " " + roff::italic(option.value_name);
}

std::string text_of(const OptionDescription& option) {
    const bool are_listed = !option.values.empty() && option.help.empty();
    const std::string values =
        are_listed ? fmt::format("One of {}.", fmt::join(option.values, ", ")) : "";
    const bool ends_sentence = option.help.ends_with('.');
    return option.help + values + (ends_sentence || are_listed ? "" : ".") +
           (option.is_required ? " Required." : "");
}

/// The words first, under ARGUMENTS, then the flags by their groups in the order of --help.
std::string options_text(const CommandDescription& command) {
    std::vector<std::string> headings;
    std::map<std::string, std::string> texts;
    for (const OptionDescription& option : command.options) {
        const std::string heading = option.flags.empty() ? "Arguments" : option.group;
        if (!texts.contains(heading)) {
            headings.insert(option.flags.empty() ? headings.begin() : headings.end(), heading);
        }
        texts[heading] += roff::tagged(tag_of(option), text_of(option));
    }
    std::string text;
    for (const std::string& heading : headings)
        text += roff::heading(heading) + texts[heading];
    return text;
}

std::string synopsis_of(const CommandDescription& command) {
    std::string text = roff::bold("rsasim " + command.name) + " [" + roff::italic("OPTIONS") + "]";
    for (const OptionDescription& option : command.options) {
        if (!option.flags.empty()) continue;
        const std::string word =
            roff::italic(option.value_name) + (option.is_repeatable ? " ..." : "");
        text += option.is_required ? " " + word : " [" + word + "]";
    }
    return text + "\n";
}

std::string see_also(const std::vector<std::string>& pages) {
    std::string text = roff::heading("See also");
    for (std::size_t i = 0; i < pages.size(); ++i) {
        text += fmt::format(".BR {} ({}){}\n", roff::plain(pages[i]), section_of(pages[i]),
                            i + 1 < pages.size() ? "," : "");
    }
    return text;
}

std::string command_page(const CommandDescription& command) {
    return roff::title(page_of(command), 1) + roff::heading("Name") +
           roff::plain(page_of(command)) + " \\- " + roff::plain(command.help) + "\n" +
           roff::heading("Synopsis") + synopsis_of(command) + options_text(command) +
           roff::footer(command.footer) + see_also({"rsasim", std::string(scenario_name)});
}

/// "rsasim: power and coverage ..." without the name of the program, on one line.
std::string purpose_of(const CommandDescription& program) {
    std::string text = program.help.substr(program.help.find(": ") + 2);
    std::ranges::replace(text, '\n', ' ');
    return text;
}

std::string program_page(const ProgramDescription& description) {
    const CommandDescription& program = description.program;
    std::string text = roff::title("rsasim", 1) + roff::heading("Name") + "rsasim \\- " +
                       roff::plain(purpose_of(program)) + "\n" + roff::heading("Synopsis") +
                       roff::bold("rsasim") + " " + roff::italic("COMMAND") + " [" +
                       roff::italic("OPTIONS") + "]\n" + roff::heading("Commands");
    std::vector<std::string> pages;
    for (const CommandDescription& command : description.commands) {
        text += roff::tagged(roff::bold(command.name), command.help + ".");
        pages.push_back(page_of(command));
    }
    pages.emplace_back(scenario_name);
    return text + options_text(program) + roff::footer(program.footer) + see_also(pages);
}

Pages all_pages(const ProgramDescription& description) {
    Pages pages;
    pages["rsasim"] = program_page(description);
    for (const CommandDescription& command : description.commands)
        pages[page_of(command)] = command_page(command);
    pages[std::string(scenario_name)] = scenario_page();
    return pages;
}

void write_pages(const Pages& pages, const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);  // writing says what is wrong
    for (const auto& [name, text] : pages) {
        files::write_text(folder / fmt::format("{}.{}", name, section_of(name)), text, true);
    }
}

}  // namespace

ExitStatus manual(const ManualOptions& options) {
    const Pages pages = all_pages(options.description);
    if (options.folder) {
        write_pages(pages, *options.folder);
        return ExitStatus::success;
    }
    const auto page = pages.find(options.page);
    if (page == pages.end()) {
        throw scenario::InputErrors({fmt::format(
            "manual: \"{}\" is not a page. The pages are rsasim, rsasim-COMMAND and {}.",
            options.page, scenario_name)});
    }
    print(page->second);
    return ExitStatus::success;
}

}  // namespace rsasim::commands
