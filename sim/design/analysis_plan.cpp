#include <fmt/format.h>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::design {

std::string MethodChoice::label() const {
    if (options.empty()) return id;
    std::string text = id + "[";
    for (const auto& [name, value] : options) {
        if (text.back() != '[') text += ',';
        text += name + "=" + canonical_decimal(value);
    }
    return text + "]";
}

std::string MeasuredChoice::label() const {
    return fmt::format("{}:{}", name_of(measure), method.label());
}

}  // namespace rsasim::design
