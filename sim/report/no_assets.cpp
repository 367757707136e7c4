#include "assets.hpp"

namespace rsasim::report {

std::string_view page_script() {
    return {};
}

std::string_view page_style() {
    return {};
}

}  // namespace rsasim::report
