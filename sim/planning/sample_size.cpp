#include <algorithm>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/planning/sample_size.hpp>
#include <rsasim/planning/test_power.hpp>

namespace rsasim::planning {

namespace {

/// Sizes that are asked in one go.
constexpr std::int64_t steps_per_round = 64;

class Search {
  public:
    explicit Search(const SampleSizeQuestion& question) : question_(&question) {}

    [[nodiscard]] bool reaches(std::int64_t steps) const {
        const design::ArmSizes sizes = question_->ratio.sizes(steps);
        const TestRule rule(sizes, *question_->plan, question_->test);
        return power_against(sizes, rule, question_->rates, question_->power).lower >=
               question_->power;
    }

    /// Whether each of the sizes [first, last] reaches the target.
    [[nodiscard]] std::vector<char> reach(std::int64_t first, std::int64_t last) const {
        std::vector<char> answers(static_cast<std::size_t>(last - first + 1));
        engine::for_each_range(answers.size(), 1, question_->threads,
                               [&](std::size_t begin, std::size_t end) {
                                   for (std::size_t i = begin; i < end; ++i)
                                       answers[i] = reaches(first + static_cast<std::int64_t>(i));
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
        return sized(question_->ratio.sizes(steps));
    }
    [[nodiscard]] SizedPower sized(const design::ArmSizes& sizes) const {
        const TestRule rule(sizes, *question_->plan, question_->test);
        return {sizes, exact_power(sizes, rule, question_->rates)};
    }

  private:
    const SampleSizeQuestion* question_;
};

}  // namespace

void require_target(double power) {
    if (power > 0 && power <= largest_target) return;
    throw std::invalid_argument(fmt::format(
        "a power of {} is not to be had: it lies above 0 and is at most 1 - 1e-9", power));
}

void require_answerable(const design::AnalysisPlan& plan, const design::Rates& rates,
                        double power) {
    require_target(power);
    if (plan.has_in_null(rates)) {
        throw std::invalid_argument(
            fmt::format("rates of {} (treated) and {} (control) lie in the null hypothesis, so "
                        "that no number of women gives power",
                        rates.treated, rates.control));
    }
}

std::vector<SizedPower> power_by_size(const SampleSizeQuestion& question,
                                      const design::ArmSizes& first, const design::ArmSizes& last) {
    const Search search(question);
    const std::int64_t begin = std::max<std::int64_t>(1, first.control / question.ratio.control());
    const std::int64_t end = last.control / question.ratio.control();
    std::vector<SizedPower> curve(
        static_cast<std::size_t>(std::max<std::int64_t>(0, end - begin + 1)));
    engine::for_each_range(curve.size(), 1, question.threads,
                           [&](std::size_t from, std::size_t to) {
                               for (std::size_t i = from; i < to; ++i)
                                   curve[i] = search.sized(begin + static_cast<std::int64_t>(i));
                           });
    return curve;
}

std::vector<SizedPower> splits_near(const SampleSizeQuestion& question,
                                    const design::ArmSizes& sizes) {
    const Search search(question);
    std::vector<SizedPower> splits;
    for (std::int64_t treated = sizes.treated - 1; treated <= sizes.treated + 1; ++treated) {
        for (std::int64_t control = sizes.control - 1; control <= sizes.control + 1; ++control) {
            if (treated < 1 || control < 1) continue;
            splits.push_back(search.sized(design::ArmSizes{treated, control}));
        }
    }
    return splits;
}

SampleSize exact_sample_size(const SampleSizeQuestion& question) {
    require_answerable(*question.plan, question.rates, question.power);
    const Search search(question);
    const std::int64_t per_step = question.ratio.women_per_step();
    SampleSize answer;
    const auto first = search.first_step(question.cap / per_step);
    if (!first) return answer;
    answer.first = search.sized(*first);
    answer.horizon = question.horizon.value_or(2 * *first * per_step);
    const std::int64_t last = std::max(*first, answer.horizon / per_step);
    const std::int64_t stable = search.stable_step(*first, last);
    if (stable <= last) answer.stable = search.sized(stable);
    return answer;
}

}  // namespace rsasim::planning
