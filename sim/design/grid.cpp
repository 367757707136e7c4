#include <rsasim/design/grid.hpp>

namespace rsasim::design {

std::size_t Axis::size() const {
    return std::visit([](const auto& values) { return values.size(); }, keys.front().values);
}

std::vector<std::size_t> Grid::position_of(std::size_t cell) const {
    std::vector<std::size_t> position(axes.size());
    for (std::size_t axis = axes.size(); axis-- > 0;) {
        position[axis] = cell % axes[axis].size();
        cell /= axes[axis].size();
    }
    return position;
}

}  // namespace rsasim::design
