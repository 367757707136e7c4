#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/planning/sample_size.hpp>

namespace rsasim::planning {
namespace {

/// Sizes that are asked in one go.
constexpr std::int64_t steps_per_round = 64;
/// Women in an arm up to which answers are checked by every table.
constexpr std::int64_t most_checked = 2000;
constexpr double agreement = 1e-9;

/// How a search asks its goal about sizes.
struct Asked {
    std::function<bool(const design::ArmSizes&)> is_reached;
    std::function<double(const design::ArmSizes&)> probability;
};

/// A search over the multiples of a ratio.
class Search {
  public:
    Search(const SampleSizeQuestion& question, Asked asked)
        : question_(&question), asked_(std::move(asked)) {}

    [[nodiscard]] SampleSize answer() const {
        const std::int64_t per_step = question_->ratio.women_per_step();
        SampleSize answer;
        const std::int64_t cap = judged_step(question_->cap / per_step);
        if (cap < question_->cap / per_step) answer.judged_up_to = cap * per_step;
        const auto first = first_step(cap);
        if (!first) return answer;
        answer.first = sized(*first);
        const std::int64_t horizon = question_->horizon.value_or(2 * *first * per_step);
        require_beyond(*first * per_step, horizon);
        const std::int64_t last = judged_step(horizon / per_step);
        const bool is_cut = last < horizon / per_step;
        answer.horizon = is_cut ? last * per_step : horizon;
        answer.judged_up_to = is_cut ? std::optional(answer.horizon) : std::nullopt;
        const std::int64_t stable = stable_step(*first, last);
        if (stable <= last) answer.stable = stable == *first ? answer.first : sized(stable);
        return answer;
    }

  private:
    /// The last of [0, last] at which the goal is judged.
    [[nodiscard]] std::int64_t judged_step(std::int64_t last) const {
        const auto is_judged = [&](std::int64_t step) {
            return question_->goal->is_judged(question_->ratio.sizes(step));
        };
        if (last < 1 || is_judged(last)) return last;
        std::int64_t judged = 0, too_large = last;
        while (too_large - judged > 1) {
            const std::int64_t middle = judged + (too_large - judged) / 2;
            (is_judged(middle) ? judged : too_large) = middle;
        }
        return judged;
    }

    static void require_beyond(std::int64_t first, std::int64_t horizon) {
        if (horizon >= first) return;
        throw std::invalid_argument(fmt::format(
            "a horizon of {} women in all lies below the first size, which has {}. Give a larger "
            "--horizon, or leave it out for twice the first size",
            horizon, first));
    }

    /// Whether each of the sizes [first, last] reaches the target.
    [[nodiscard]] std::vector<char> reach(std::int64_t first, std::int64_t last) const {
        std::vector<char> answers(static_cast<std::size_t>(last - first + 1));
        engine::for_each_range(
            answers.size(), 1, question_->threads, [&](std::size_t begin, std::size_t end) {
                for (std::size_t i = begin; i < end; ++i) {
                    const auto steps = first + static_cast<std::int64_t>(i);
                    answers[i] = asked_.is_reached(question_->ratio.sizes(steps));
                }
            });
        return answers;
    }

    /// The first of [1, last] that reaches the target.
    [[nodiscard]] std::optional<std::int64_t> first_step(std::int64_t last) const {
        for (std::int64_t begin = 1; begin <= last; begin += steps_per_round) {
            const auto answers = reach(begin, std::min(last, begin + steps_per_round - 1));
            const auto found = std::ranges::find(answers, 1);
            if (found != answers.end()) return begin + (found - answers.begin());
        }
        return std::nullopt;
    }

    /// The size after the last of [first, last] that does not reach the target.
    [[nodiscard]] std::int64_t stable_step(std::int64_t first, std::int64_t last) const {
        for (std::int64_t end = last; end > first; end -= steps_per_round) {
            const std::int64_t begin = std::max(first + 1, end - steps_per_round + 1);
            const auto answers = reach(begin, end);
            const auto found = std::find(answers.rbegin(), answers.rend(), 0);
            if (found != answers.rend()) return end + 1 - (found - answers.rbegin());
        }
        return first;
    }

    [[nodiscard]] SizedPower sized(std::int64_t steps) const {
        const auto sizes = question_->ratio.sizes(steps);
        return {sizes, asked_.probability(sizes)};
    }

    const SampleSizeQuestion* question_;
    Asked asked_;
};

/// The answers and the sizes one step below.
std::vector<design::ArmSizes> sizes_to_check(const SampleSize& answer,
                                             const AllocationRatio& ratio) {
    std::vector<design::ArmSizes> sizes;
    for (const auto& sized : {answer.first, answer.stable}) {
        if (!sized) continue;
        const std::int64_t steps = sized->sizes.control / ratio.control();
        for (const std::int64_t at : {steps - 1, steps}) {
            const auto checked = ratio.sizes(at);
            if (at >= 1 && std::max(checked.treated, checked.control) <= most_checked)
                sizes.push_back(checked);
        }
    }
    std::ranges::sort(sizes);
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    return sizes;
}

bool agrees_with_every_table(const SizeGoal& goal, const std::vector<design::ArmSizes>& sizes,
                             unsigned threads) {
    std::vector<char> agrees(sizes.size());
    engine::for_each_range(sizes.size(), 1, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            agrees[i] = std::abs(goal.at(sizes[i]) - goal.by_every_table(sizes[i])) <= agreement;
        }
    });
    return std::ranges::find(agrees, 0) == agrees.end();
}

/// The goal at each of the sizes.
std::vector<SizedPower> powers_at(const SampleSizeQuestion& question,
                                  const std::vector<design::ArmSizes>& sizes) {
    std::vector<SizedPower> powers(sizes.size());
    engine::for_each_range(sizes.size(), 1, question.threads,
                           [&](std::size_t begin, std::size_t end) {
                               for (std::size_t i = begin; i < end; ++i)
                                   powers[i] = {sizes[i], question.goal->at(sizes[i])};
                           });
    return powers;
}

}  // namespace

void require_target(double target) {
    if (target > 0 && target <= largest_target) return;
    throw std::invalid_argument(fmt::format(
        "a power of {} is not to be had: it lies above 0 and is at most 1 - 1e-9", target));
}

std::vector<SizedPower> power_by_size(const SampleSizeQuestion& question,
                                      const design::ArmSizes& first, const design::ArmSizes& last) {
    const std::int64_t begin = std::max<std::int64_t>(1, first.control / question.ratio.control());
    const std::int64_t end = last.control / question.ratio.control();
    std::vector<design::ArmSizes> sizes;
    for (std::int64_t steps = begin; steps <= end; ++steps) {
        if (question.goal->is_judged(question.ratio.sizes(steps)))
            sizes.push_back(question.ratio.sizes(steps));
    }
    return powers_at(question, sizes);
}

std::vector<SizedPower> splits_near(const SampleSizeQuestion& question,
                                    const design::ArmSizes& sizes) {
    std::vector<design::ArmSizes> splits;
    for (std::int64_t treated = sizes.treated - 1; treated <= sizes.treated + 1; ++treated) {
        for (std::int64_t control = sizes.control - 1; control <= sizes.control + 1; ++control) {
            const bool is_trial = treated >= 1 && control >= 1;
            if (is_trial && question.goal->is_judged({treated, control}))
                splits.push_back({treated, control});
        }
    }
    return powers_at(question, splits);
}

SampleSize exact_sample_size(const SampleSizeQuestion& question) {
    require_target(question.target);
    const SizeGoal& goal = *question.goal;
    const double target = question.target;
    using Sizes = design::ArmSizes;
    const Asked quick{[&](const Sizes& sizes) { return goal.is_reached(sizes, target); },
                      [&](const Sizes& sizes) { return goal.at(sizes); }};
    auto answer = Search(question, quick).answer();
    const auto checked = sizes_to_check(answer, question.ratio);
    if (agrees_with_every_table(goal, checked, question.threads)) return answer;
    const Asked thorough{[&](const Sizes& sizes) { return goal.by_every_table(sizes) >= target; },
                         [&](const Sizes& sizes) { return goal.by_every_table(sizes); }};
    return Search(question, thorough).answer();
}

}  // namespace rsasim::planning
