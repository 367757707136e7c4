#include "multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::tally {

EndpointDecisions::EndpointDecisions(const PatientLayout& layout, const BatchFindings& batch,
                                     std::size_t lane)
    : alpha_(layout.design().analysis().alpha) {
    const auto tail = analysis::deciding_tail(layout.design().analysis());
    for (const std::size_t method : layout.plan().multiplicity->endpoints) {
        const auto& tallied = layout.methods()[method];
        const auto& p = batch.findings[method * design::lanes + lane].p_value;
        p_values_.push_back(p.of(tallied.is_two_sided ? analysis::Tail::two_sided : tail));
        is_null_.push_back(tallied.is_null);
    }
}

EndpointDecisions::Rejected EndpointDecisions::fixed_sequence() const {
    Rejected rejected(p_values_.size(), false);
    for (std::size_t i = 0; i < p_values_.size() && analysis::rejects(p_values_[i], alpha_); ++i)
        rejected[i] = true;
    return rejected;
}

EndpointDecisions::Rejected EndpointDecisions::holm() const {
    std::vector<std::size_t> order(p_values_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto rank = [&](std::size_t i) {
        return std::isnan(p_values_[i]) ? analysis::infinity : p_values_[i];
    };
    std::ranges::stable_sort(order, {}, rank);
    Rejected rejected(p_values_.size(), false);
    for (std::size_t k = 0; k < order.size(); ++k) {
        const auto left = static_cast<double>(order.size() - k);
        if (!analysis::rejects(p_values_[order[k]], alpha_ / left)) break;
        rejected[order[k]] = true;
    }
    return rejected;
}

EndpointDecisions::Rejected EndpointDecisions::bonferroni() const {
    Rejected rejected;
    for (const double p : p_values_)
        rejected.push_back(analysis::rejects(p, alpha_ / static_cast<double>(p_values_.size())));
    return rejected;
}

EndpointDecisions::Rejected EndpointDecisions::rejected_by(design::Procedure procedure) const {
    switch (procedure) {
        case design::Procedure::fixed_sequence:
            return fixed_sequence();
        case design::Procedure::holm:
            return holm();
        case design::Procedure::bonferroni:
            return bonferroni();
    }
    return {};
}

bool EndpointDecisions::holds(const TalliedDecision& decision) const {
    const Rejected rejected = rejected_by(decision.procedure);
    using Asks = TalliedDecision::Asks;
    switch (decision.asks) {
        case Asks::endpoint:
            return rejected[decision.endpoint];
        case Asks::any:
            return std::ranges::count(rejected, true) > 0;
        case Asks::all:
            return std::ranges::count(rejected, false) == 0;
        case Asks::any_true_null:
            for (std::size_t i = 0; i < rejected.size(); ++i) {
                if (rejected[i] && is_null_[i]) return true;
            }
            return false;
    }
    return false;
}

}  // namespace rsasim::tally
