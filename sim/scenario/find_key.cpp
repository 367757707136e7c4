#include <algorithm>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {
namespace {

const KeyRow* row_where(std::string_view KeyRow::*field, std::string_view value) {
    const auto row = std::ranges::find(keys(), value, field);
    return row == keys().end() ? nullptr : &*row;
}

}  // namespace

const KeyRow* find_key(std::string_view path) {
    return row_where(&KeyRow::path, path);
}

const KeyRow* find_flag(std::string_view flag) {
    return flag.empty() ? nullptr : row_where(&KeyRow::flag, flag);
}

}  // namespace rsasim::scenario
