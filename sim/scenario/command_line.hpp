#pragma once

#include "faults.hpp"
#include "settings.hpp"

#include <span>
#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {

/// The layer of the command line: flags and --set, a flag given repeatedly being one axis.
Layer read_command_line(std::span<const FlagSetting> settings, Vocabulary& vocabulary,
                        Faults& faults);

/// The flags as a shell would read them: --n 75,74 --title 'Two words'.
std::string as_command_line(std::span<const FlagSetting> settings);

}  // namespace rsasim::scenario
