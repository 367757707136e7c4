#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <rsasim/design/trial_batch.hpp>

/// What is counted in the columns of a batch, 8 trials side by side. Vector instructions are chosen
/// when the program runs; every sum takes the women in their order, so all choices give the same
/// bits.
namespace rsasim::engine {

struct alignas(64) LaneSums {
    double value[design::lanes] = {};
    double& operator[](std::size_t lane) { return value[lane]; }
    double operator[](std::size_t lane) const { return value[lane]; }
};

/// A count over all women, and over those in the treated arm.
struct ArmCounts {
    LaneSums all, treated;

    [[nodiscard]] double control(std::size_t lane) const { return all[lane] - treated[lane]; }
};

/// Women whose number in `column` is above the limit.
ArmCounts count_above(double limit, const double* column, const double* treated, std::size_t women);

struct TableCells {
    ArmCounts women, events;
};

/// The tables of what an analysis sees.
TableCells count_tables(const design::PatientColumns& columns);

/// Strata as combinations of levels, the last factor's fastest, and what a woman of either arm adds
/// to the balance of hers.
struct BalanceTask {
    std::vector<double> levels;  ///< of each factor
    double of_treated = 1, of_control = -1;
    std::size_t strata = 1;
};

/// The greatest distance of a stratum's balance from 0. `balance` is working memory, a number per
/// stratum and lane.
LaneSums largest_balance(const BalanceTask& task, const design::PatientColumns& columns,
                         std::span<double> balance);

}  // namespace rsasim::engine
