#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include <rsasim/analysis/table_methods.hpp>
#include <rsasim/tally/patient_layout.hpp>

namespace rsasim::engine {

/// Asks the methods of the 2x2 table about trials as they come, for designs that are tallied one by
/// one. One per worker. Nothing is allocated from table to table, unless the plan has a method that
/// prepares for the sizes of the arms (see analysis::MethodRow): such plans are prepared anew for
/// each pair of sizes, and those that came up last are kept, up to largest_grids tables in all.
class TableJudge {
  public:
    /// Of all kept preparations, each over the grid of its sizes: at most some 100 MB a method.
    static constexpr std::int64_t largest_grids = std::int64_t{1} << 22;

    explicit TableJudge(std::shared_ptr<const tally::PatientLayout> layout);

    /// Writes what each method of the table says of each trial, findings[method * lanes + lane].
    /// The P-value that decides stands as the two-sided one, with the sample odds ratio beside it.
    /// Nothing is written where the design is tallied by table.
    void judge(std::span<const design::Table2x2> tables, std::span<analysis::Finding> findings);

    /// What each pair says of the trials judged last, [pair * lanes + lane].
    [[nodiscard]] std::span<const analysis::Agreement> agreements() const { return agreements_; }
    /// The lanes judged last whose table is on the favourable side, a bit each.
    [[nodiscard]] std::uint8_t favourable() const { return favourable_; }

  private:
    struct Kept {
        analysis::TableMethods methods;
        std::int64_t last_use = 0;
    };
    [[nodiscard]] const analysis::TableMethods& methods_for(const design::ArmSizes& sizes);
    void forget_oldest();
    void judge_lane(const design::Table2x2& table, std::size_t lane,
                    std::span<analysis::Finding> findings);

    std::shared_ptr<const tally::PatientLayout> layout_;
    bool is_used_, prepares_sizes_;
    analysis::TableFindings nothing_, found_;
    std::vector<analysis::Agreement> agreements_;
    std::uint8_t favourable_ = 0;
    std::map<design::ArmSizes, Kept> kept_;
    std::int64_t uses_ = 0, grids_ = 0;
};

}  // namespace rsasim::engine
