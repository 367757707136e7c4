#include <charconv>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/design.hpp>
#include <rsasim/design/possible_tables.hpp>

namespace rsasim::design {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

void require(bool holds, const char* rule) {
    if (!holds) throw std::invalid_argument(fmt::format("Design: {}", rule));
}

bool is_arm_size(std::int64_t n) {
    return n >= 1 && n <= Design::largest_arm;
}
bool is_rate(double p) {
    return p >= 0 && p <= 1;
}

}  // namespace

Design::Design(ArmSizes sizes, Rates rates, std::shared_ptr<const AnalysisPlan> analysis,
               Patients patients)
    : sizes_(sizes), rates_(rates), analysis_(std::move(analysis)), patients_(std::move(patients)) {
    require(is_arm_size(sizes_.treated) && is_arm_size(sizes_.control),
            "every arm needs 1 to 100,000,000 women");
    require(analysis_ != nullptr, "an analysis plan is needed");
    require(patients_.model || !patients_.truth, "a truth comes with the model of its women");
    if (!is_solved()) rates_ = {not_known, not_known};
    require(!is_solved() || (is_rate(rates_.treated) && is_rate(rates_.control)),
            "rates lie in [0, 1]");
    if (possible_tables(*this) > most_counted_tables) tallying_ = Tallying::one_by_one;
}

Design Design::solved(Patients patients) const {
    Design same = *this;
    same.rates_ = patients.truth->rates;
    same.patients_ = std::move(patients);
    return same;
}

Design Design::with_tallying(Tallying tallying) const {
    Design same = *this;
    same.tallying_ = tallying;
    return same;
}

std::string Design::model_text() const {
    const std::string sizes =
        fmt::format("arms.n.treated={}\narms.n.control={}\n", sizes_.treated, sizes_.control);
    if (patients_.model) return sizes + patients_.model->text();
    return fmt::format("{}arms.rate.treated={}\narms.rate.control={}\n", sizes,
                       canonical_decimal(rates_.treated), canonical_decimal(rates_.control));
}

std::string canonical_decimal(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
    if (error != std::errc{}) throw std::logic_error("canonical_decimal: the buffer is too small");
    return {std::begin(text), end};
}

}  // namespace rsasim::design
