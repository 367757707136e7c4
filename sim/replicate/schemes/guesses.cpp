#include "guesses.hpp"

#include <array>

namespace rsasim::replicate {

void guess_overall(const AllocationTask& task, const Shares& shares, const AllottedArms& arms) {
    if (arms.guess == nullptr && arms.correct_guesses == nullptr) return;
    std::array<Guesses, design::lanes> guesses{};
    for (std::size_t woman = 0; woman < task.women; ++woman) {
        for (std::size_t lane = 0; lane < task.live; ++lane) {
            const std::size_t place = woman * design::lanes + lane;
            const std::uint32_t treated = arms.treated[place] > 0.5 ? 1 : 0;
            const std::uint32_t guess = guesses[lane].take(treated, shares);
            if (arms.guess != nullptr) arms.guess[place] = 0.5 * guess;
        }
    }
    if (arms.correct_guesses == nullptr) return;
    for (std::size_t lane = 0; lane < task.live; ++lane)
        arms.correct_guesses[lane] = 0.5 * guesses[lane].doubled_correct;
}

}  // namespace rsasim::replicate
