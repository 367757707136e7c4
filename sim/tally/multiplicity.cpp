#include "multiplicity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>
#include <stdexcept>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::tally {

EndpointDecisions::EndpointDecisions(const PatientLayout& layout, const BatchFindings& batch,
                                     std::size_t lane)
    : alpha_(layout.design().analysis().alpha) {
    const auto tail = analysis::deciding_tail(layout.design().analysis());
    const auto& endpoints = layout.plan().multiplicity->endpoints;
    if (endpoints.size() > most_endpoints) {
        throw std::invalid_argument("EndpointDecisions: at most 32 endpoints are tested together");
    }
    for (const std::size_t endpoint : endpoints) {
        const std::size_t method = layout.table_methods() + endpoint;
        const auto& tallied = layout.methods()[method];
        const auto& p = batch.findings[method * design::lanes + lane].p_value;
        if (tallied.is_null) true_nulls_ |= Endpoints{1} << size_;
        p_values_[size_++] = p.of(tallied.is_two_sided ? analysis::Tail::two_sided : tail);
    }
}

EndpointDecisions::Endpoints EndpointDecisions::fixed_sequence() const {
    Endpoints rejected = 0;
    for (std::size_t i = 0; i < size_ && analysis::rejects(p_values_[i], alpha_); ++i)
        rejected |= Endpoints{1} << i;
    return rejected;
}

EndpointDecisions::Endpoints EndpointDecisions::holm() const {
    std::array<std::size_t, most_endpoints> order{};
    const auto used = std::span(order).first(size_);
    std::iota(used.begin(), used.end(), std::size_t{0});
    const auto rank = [&](std::size_t i) {
        return std::isnan(p_values_[i]) ? analysis::infinity : p_values_[i];
    };
    std::ranges::sort(used, [&](std::size_t a, std::size_t b) {
        return rank(a) < rank(b) || (rank(a) == rank(b) && a < b);
    });
    Endpoints rejected = 0;
    for (std::size_t k = 0; k < size_; ++k) {
        const auto left = static_cast<double>(size_ - k);
        if (!analysis::rejects(p_values_[order[k]], alpha_ / left)) break;
        rejected |= Endpoints{1} << order[k];
    }
    return rejected;
}

EndpointDecisions::Endpoints EndpointDecisions::bonferroni() const {
    Endpoints rejected = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        if (analysis::rejects(p_values_[i], alpha_ / static_cast<double>(size_))) {
            rejected |= Endpoints{1} << i;
        }
    }
    return rejected;
}

EndpointDecisions::Endpoints EndpointDecisions::rejected_by(design::Procedure procedure) const {
    switch (procedure) {
        case design::Procedure::fixed_sequence:
            return fixed_sequence();
        case design::Procedure::holm:
            return holm();
        case design::Procedure::bonferroni:
            return bonferroni();
    }
    return 0;
}

bool EndpointDecisions::holds(const TalliedDecision& decision) const {
    const Endpoints rejected = rejected_by(decision.procedure);
    using Asks = TalliedDecision::Asks;
    switch (decision.asks) {
        case Asks::endpoint:
            return (rejected >> decision.endpoint & 1U) != 0;
        case Asks::any:
            return rejected != 0;
        case Asks::all:
            return static_cast<std::size_t>(std::popcount(rejected)) == size_;
        case Asks::any_true_null:
            return (rejected & true_nulls_) != 0;
    }
    return false;
}

}  // namespace rsasim::tally
