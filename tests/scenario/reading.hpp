#pragma once

#include <fstream>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario::test {

/// A valid design to which a test adds what it is about.
inline const std::string arms =
    "[arms]\nn = { treated = 75, control = 74 }\ncontrol_rate = 0.6351\ntreated_rate = 0.8\n";

inline Scenario read(const std::string& text, std::initializer_list<FlagSetting> flags = {}) {
    const std::vector<FlagSetting> list(flags);
    return read_scenario(SourceText{"rsa.toml", text}, list);
}

inline Scenario read_flags(std::initializer_list<FlagSetting> flags) {
    const std::vector<FlagSetting> list(flags);
    return read_scenario(std::nullopt, list);
}

/// The messages of a bad input; empty where it was read.
inline std::vector<std::string> faults_of(const std::string& text,
                                          std::initializer_list<FlagSetting> flags = {}) {
    try {
        read(text, flags);
    } catch (const InputErrors& errors) {
        return errors.messages();
    }
    return {};
}

inline std::vector<std::string> faults_of_flags(std::initializer_list<FlagSetting> flags) {
    try {
        read_flags(flags);
    } catch (const InputErrors& errors) {
        return errors.messages();
    }
    return {};
}

inline std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The scenarios that are shipped.
inline std::vector<std::string> shipped() {
    const std::string folder = std::string(RSASIM_SOURCE_DIR) + "/scenarios/";
    return {folder + "tacrolimus.toml", folder + "quickstart.toml", folder + "null.toml",
            folder + "small-trials.toml", folder + "non-inferiority.toml"};
}

}  // namespace rsasim::scenario::test
