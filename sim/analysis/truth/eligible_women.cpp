#include "eligible_women.hpp"

#include "lattice_population.hpp"
#include "tensor_population.hpp"

namespace rsasim::analysis {

std::vector<Population> eligible_women(const design::PatientModel& model,
                                       const design::PatientPlan* plan) {
    const auto uses = covariate_uses(model, plan);
    std::vector<Population> populations;
    if (auto product = tensor_population(model, uses)) {
        populations.push_back(std::move(*product));
    } else {
        populations = lattice_populations(model, uses);
    }
    for (Population& population : populations)
        keep_eligible(model.eligibility, population);
    return populations;
}

}  // namespace rsasim::analysis
