#include "console.hpp"
#include "options.hpp"

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

/// "--output -o": the flags of a command, with blanks between.
std::string flags_of(const CommandDescription& command) {
    std::string flags;
    for (const auto& option : command.options) {
        for (const auto& flag : option.flags)
            flags += (flags.empty() ? "" : " ") + flag;
    }
    return flags;
}

/// What the flags and the words that have a list of values may be.
std::string words_of(const CommandDescription& command) {
    std::string words = flags_of(command);
    for (const auto& option : command.options) {
        if (option.flags.empty() && !option.values.empty())
            words += fmt::format(" {}", fmt::join(option.values, " "));
    }
    return words;
}

std::string names_of(const std::vector<CommandDescription>& commands) {
    std::string names;
    for (const auto& command : commands)
        names += (names.empty() ? "" : " ") + command.name;
    return names;
}

/// As one word of a shell, in single quotes.
std::string quoted(std::string_view text) {
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'') {
            word += R"('\'')";
        } else {
            word += c;
        }
    }
    return word + "'";
}

std::string bash_script(const std::vector<CommandDescription>& commands) {
    std::string cases;
    for (const auto& command : commands) {
        cases += fmt::format("        {}) words=\"{}\" ;;\n", command.name, words_of(command));
    }
    return fmt::format(R"(# Completion of rsasim for bash: source this file, or
#   rsasim completion bash > /etc/bash_completion.d/rsasim
_rsasim() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{}"
    else
        case "${{COMP_WORDS[1]}}" in
{}        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    if [[ "$current" != -* && "$COMP_CWORD" -gt 1 ]]; then
        mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$current")
    fi
}}
complete -o filenames -F _rsasim rsasim
)",
                       names_of(commands), cases);
}

std::string zsh_script(const std::vector<CommandDescription>& commands) {
    std::string descriptions, cases;
    for (const auto& command : commands) {
        descriptions += fmt::format("        {}\n", quoted(command.name + ":" + command.help));
        cases += fmt::format("        {}) compadd -- {} ;;\n", command.name, words_of(command));
    }
    return fmt::format(R"(#compdef rsasim
# Completion of rsasim for zsh: put this file as _rsasim into a folder of $fpath.
_rsasim() {{
    local -a commands=(
{}    )
    if (( CURRENT == 2 )); then
        _describe 'command' commands
        return
    fi
    case "${{words[2]}}" in
{}    esac
    _files
}}
# Loaded by name it completes at once; sourced it is only registered.
if [[ "${{funcstack[1]}}" == _rsasim ]]; then
    _rsasim "$@"
else
    compdef _rsasim rsasim
fi
)",
                       descriptions, cases);
}

/// An option with its help, or the values of a word; empty for other words.
std::string fish_line(const CommandDescription& command, const OptionDescription& option) {
    if (option.flags.empty() && option.values.empty()) return {};
    std::string line =
        fmt::format("complete -c rsasim -n '__fish_seen_subcommand_from {}'", command.name);
    for (const auto& flag : option.flags) {
        const auto name = flag.find_first_not_of('-');
        line += fmt::format(" {} {}", name == 1 ? "-s" : "-l", flag.substr(name));
    }
    const bool takes_value = !option.flags.empty() && !option.value_name.empty();
    if (takes_value) line += " -r";
    if (!option.values.empty()) line += fmt::format(" -f -a '{}'", fmt::join(option.values, " "));
    return line + fmt::format(" -d {}\n", quoted(option.help));
}

std::string fish_script(const std::vector<CommandDescription>& commands) {
    std::string lines = "# Completion of rsasim for fish: rsasim completion fish | source\n";
    for (const auto& command : commands) {
        lines += fmt::format("complete -c rsasim -n __fish_use_subcommand -f -a {} -d {}\n",
                             command.name, quoted(command.help));
        for (const auto& option : command.options)
            lines += fish_line(command, option);
    }
    return lines;
}

}  // namespace

ExitStatus completion(const CompletionOptions& options) {
    if (options.shell == "bash") print(bash_script(options.description.commands));
    if (options.shell == "zsh") print(zsh_script(options.description.commands));
    if (options.shell == "fish") print(fish_script(options.description.commands));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
