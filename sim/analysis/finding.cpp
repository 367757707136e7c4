#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

std::string_view name_of(Status status) {
    switch (status) {
        case Status::ok:
            return "ok";
        case Status::degenerate:
            return "degenerate";
        case Status::undefined:
            return "undefined";
        case Status::not_converged:
            return "not_converged";
        case Status::too_large:
            return "too_large";
        case Status::separated:
            return "separated";
        case Status::collinear:
            return "collinear";
        case Status::not_defined:
            return "not_defined";
    }
    return "undefined";
}

}  // namespace rsasim::analysis
