#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/design/table.hpp>

namespace rsasim::planning {

/// Tables less probable than this are never visited: all of them together stay below 1e-12.
inline constexpr double least_probability = 1e-22;

/// The tables of two independent arms in order of contours of their probability, highest first, so
/// that small probabilities are added to sums last.
class ContourWalk {
  public:
    ContourWalk(const design::ArmSizes& sizes, const design::Rates& rates);

    /// Calls visit(table, probability) for every table that has weight.
    template <class Visit>
    void visit_all(Visit&& visit) {
        while (level_ >= least_probability)
            descend(visit);
    }

    /// The same, contour by contour, until is_enough() after one of them.
    template <class Visit, class IsEnough>
    void visit_until(Visit&& visit, IsEnough&& is_enough) {
        while (level_ >= least_probability && !is_enough())
            descend(visit);
    }

  private:
    /// The numbers of events of an arm that have any weight.
    struct ArmWeights {
        std::int64_t n = 0;
        std::int64_t lowest = 0;
        std::vector<double> weights;
        std::size_t mode = 0;  // index of the largest

        ArmWeights(std::int64_t women, double rate);
        [[nodiscard]] design::ArmCounts arm(std::size_t index) const {
            return {lowest + static_cast<std::int64_t>(index), n};
        }
    };
    /// The columns of a row that were visited: [first, last).
    struct Visited {
        std::size_t first = 0;
        std::size_t last = 0;
    };
    /// From one contour to the next.
    static constexpr double contour_step = 0.25;

    template <class Visit>
    void descend(Visit& visit) {
        level_ *= contour_step;
        for (std::size_t row = 0; row < visited_.size(); ++row) {
            const double weight = treated_.weights[row];
            const auto& columns = control_.weights;
            auto& [first, last] = visited_[row];
            while (last < columns.size() && weight * columns[last] >= level_)
                visit_one(visit, row, last++);
            while (first > 0 && weight * columns[first - 1] >= level_)
                visit_one(visit, row, --first);
        }
    }
    template <class Visit>
    void visit_one(Visit& visit, std::size_t row, std::size_t column) {
        visit(design::Table2x2{treated_.arm(row), control_.arm(column)},
              treated_.weights[row] * control_.weights[column]);
    }

    ArmWeights treated_, control_;
    std::vector<Visited> visited_;
    double level_;
};

}  // namespace rsasim::planning
