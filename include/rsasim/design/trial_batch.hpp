#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace rsasim::design {

/// Trials that are simulated and analysed side by side.
inline constexpr std::size_t lanes = 8;

/// Memory on the boundaries of cache lines, which vectors of 8 doubles fill.
template <class T>
struct CacheLineAllocator {
    using value_type = T;
    static constexpr std::align_val_t alignment{64};

    CacheLineAllocator() = default;
    template <class U>
    explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
    T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), alignment)); }
    void deallocate(T* p, std::size_t) { ::operator delete(p, alignment); }
    template <class U>
    bool operator==(const CacheLineAllocator<U>&) const {
        return true;
    }
};

/// A number of every woman of a batch: column[woman * lanes + lane].
using Column = std::vector<double, CacheLineAllocator<double>>;

/// 8 simulated trials of the same size, women in their order of entry. Indicators are 0 or 1.
/// Columns that nothing needs are empty. Lanes from `live` on hold whatever they held before.
struct TrialBatch {
    std::size_t women = 0;
    std::size_t live = lanes;            ///< trials in it
    std::vector<Column> covariates;      ///< raw values, by the model's covariates
    Column treated;                      ///< the arm allotted
    Column adherent;                     ///< takes the treatment allotted; empty: all do
    Column passed;                       ///< stages passed, 0 to their number
    Column outcome;                      ///< 1: all stages passed
    Column observed;                     ///< outcome known; empty: all are
    std::vector<Column> biomarkers;      ///< by the model's biomarkers
    std::vector<Column> levels;          ///< of each factor of the allocation's strata: 0, 1, ...
    double screened[lanes] = {};         ///< women seen until all had entered
    double correct_guesses[lanes] = {};  ///< of the next arm, ties one half
};

/// What an analysis sees of a batch. A weight of 0 leaves a woman out; weights are 0 or 1.
struct PatientColumns {
    std::size_t women = 0;
    std::size_t live = lanes;
    const double* treated = nullptr;
    const double* outcome = nullptr;
    const double* weight = nullptr;                ///< null: all women
    const double* missing = nullptr;               ///< 1: outcome to be imputed; null: none is
    std::vector<const double*> adjust;             ///< one per adjusting feature
    const double* interaction = nullptr;           ///< the feature tested, null where none is
    const double* stratum = nullptr;               ///< 0, 1, ...; null where there is one stratum
    std::vector<const double*> biomarkers;         ///< endpoints
    const double* biomarker_weight = nullptr;      ///< beside `weight`; 0: lost before; null: all
    std::vector<const double*> baselines;          ///< of each endpoint; null where it has none
    std::vector<const double*> allocation_levels;  ///< of each factor of the allocation's strata
};

}  // namespace rsasim::design
