#include "guesses.hpp"

#include <array>

namespace rsasim::replicate {

void guess_overall(const AllocationTask& task, const Shares& shares, const AllottedArms& arms) {
    if (arms.guess == nullptr && arms.correct_guesses == nullptr) return;
    const auto up = static_cast<double>(shares.control);
    const auto down = static_cast<double>(shares.treated);
    std::array<double, design::lanes> excess{};  // n1 share0 - n0 share1: whole numbers
    std::array<double, design::lanes> correct{};
    for (std::size_t woman = 0; woman < task.women; ++woman) {
        const double* const treated = arms.treated + woman * design::lanes;
        std::array<double, design::lanes> guess;
        for (std::size_t lane = 0; lane < task.live; ++lane) {
            guess[lane] = 0.5 * ((excess[lane] <= 0 ? 1.0 : 0.0) + (excess[lane] < 0 ? 1.0 : 0.0));
            const bool is_treated = treated[lane] > 0.5;
            correct[lane] += is_treated ? guess[lane] : 1 - guess[lane];
            excess[lane] += is_treated ? up : -down;
        }
        if (arms.guess == nullptr) continue;
        for (std::size_t lane = 0; lane < task.live; ++lane)
            arms.guess[woman * design::lanes + lane] = guess[lane];
    }
    if (arms.correct_guesses == nullptr) return;
    for (std::size_t lane = 0; lane < task.live; ++lane)
        arms.correct_guesses[lane] = correct[lane];
}

}  // namespace rsasim::replicate
