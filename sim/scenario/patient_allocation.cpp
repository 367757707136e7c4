#include "patient_conduct.hpp"
#include "patient_covariates.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <rsasim/replicate/schemes.hpp>

namespace rsasim::scenario {
namespace {

using design::Allocation;
using replicate::SchemeRow;

/// True where a scheme reads a key of [allocation]; its row lists them with ", " between.
bool uses(const SchemeRow& row, std::string_view key) {
    const std::string list = fmt::format(", {}, ", row.reads);
    return list.find(fmt::format(", {}, ", key)) != std::string::npos;
}

struct Shares {
    std::int64_t treated = 1;
    std::int64_t control = 1;
};

Shares shares_of(const CellReader& cell, design::ArmSizes sizes) {
    if (const Value* ratio = cell.has("arms.total") ? cell.find("arms.ratio") : nullptr) {
        const auto& two = std::get<Array>(ratio->data);
        sizes = {std::get<std::int64_t>(two[0].data), std::get<std::int64_t>(two[1].data)};
    }
    const std::int64_t divisor = std::gcd(sizes.treated, sizes.control);
    return {sizes.treated / divisor, sizes.control / divisor};
}

/// Reads the parameters of one scheme.
class AllocationReader {
  public:
    AllocationReader(const CellReader& cell, const SchemeRow& row,
                     const std::vector<CovariateEntry>& covariates)
        : cell_(cell), row_(row), covariates_(covariates) {}

    Allocation read(const Shares& shares) {
        Allocation allocation;
        allocation.scheme = row_.scheme;
        allocation.treated_share = shares.treated;
        allocation.control_share = shares.control;
        if (!row_.has_ratio && shares.treated != shares.control) refuse_ratio(shares);
        if (uses(row_, "block_sizes")) read_blocks(shares, allocation);
        if (uses(row_, "probability")) {
            allocation.probability =
                cell_.number("allocation.probability").value_or(allocation.probability);
        }
        if (uses(row_, "limit")) {
            allocation.limit = cell_.whole("allocation.limit").value_or(allocation.limit);
        }
        if (uses(row_, "urn_start")) {
            allocation.urn_start = cell_.whole("allocation.urn_start").value_or(0);
            allocation.urn_added = cell_.whole("allocation.urn_added").value_or(1);
        }
        if (uses(row_, "strata")) read_strata(allocation);
        return allocation;
    }

  private:
    void refuse_ratio(const Shares& shares) {
        cell_.fault("allocation.scheme",
                    fmt::format("this scheme has equal arms only, and the ratio is {}:{}. Write "
                                "total = ... and ratio = [1, 1] below [arms], or choose another "
                                "scheme.",
                                shares.treated, shares.control));
    }

    void read_blocks(const Shares& shares, Allocation& allocation) {
        const std::int64_t unit = shares.treated + shares.control;
        const Value* given = cell_.find("allocation.block_sizes");
        if (given == nullptr) {
            allocation.block_sizes = {2 * unit, 3 * unit};
            return;
        }
        const auto& list = std::get<Array>(given->data);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const auto size = std::get<std::int64_t>(list[i].data);
            if (size % unit != 0) {
                cell_.fault("allocation.block_sizes", i,
                            fmt::format("a block holds the arms in their ratio {}:{}, so its size "
                                        "is a multiple of {}. Correct it, or write total = ... and "
                                        "ratio = [1, 1] below [arms].",
                                        shares.treated, shares.control, unit));
            } else if (std::ranges::count(allocation.block_sizes, size) > 0) {
                cell_.fault("allocation.block_sizes", i,
                            "the size is in the list already. Remove one of the two.");
            }
            allocation.block_sizes.push_back(size);
        }
    }

    void read_strata(Allocation& allocation) {
        if (!cell_.has("allocation.strata")) {
            cell_.fault("allocation.scheme",
                        fmt::format("{} needs factors. Write strata = [\"centre\", \"il33_st2 > "
                                    "1.2\"] below [allocation].",
                                    row_.name));
            return;
        }
        allocation.strata = read_factors(cell_, "allocation.strata", covariates_);
        if (!uses(row_, "weights")) return;
        allocation.weights = cell_.numbers("allocation.weights");
        const std::size_t factors = cell_.texts("allocation.strata").size();
        if (allocation.weights.empty()) {
            allocation.weights.assign(factors, 1.0);
        } else if (allocation.weights.size() != factors) {
            cell_.fault("allocation.weights",
                        fmt::format("{} weights are needed, one for each of the strata's factors. "
                                    "Correct the list.",
                                    factors));
        }
    }

    const CellReader& cell_;
    const SchemeRow& row_;
    const std::vector<CovariateEntry>& covariates_;
};

/// Every word that a key takes in some cell.
std::set<std::string> words_of(const CellValues& values, std::string_view path) {
    std::set<std::string> words;
    if (const Value* value = values.settings().constant(path)) {
        words.insert(std::get<std::string>(value->data));
    }
    for (const SteppedAxis& axis : values.settings().axes()) {
        for (const SteppedKey& key : axis.keys) {
            if (key.row->path != path) continue;
            for (const Value& value : key.values)
                words.insert(std::get<std::string>(value.data));
        }
    }
    return words;
}

}  // namespace

Allocation read_allocation(const CellReader& cell, design::ArmSizes sizes,
                           const std::vector<CovariateEntry>& covariates) {
    const SchemeRow* row = replicate::find_scheme(cell.text("allocation.scheme"));
    return AllocationReader(cell, *row, covariates).read(shares_of(cell, sizes));
}

void check_allocation_keys(const CellValues& values, Faults& faults) {
    constexpr std::string_view table = "allocation.";
    const auto words = words_of(values, "allocation.scheme");
    for (const KeyRow* row : values.settings().vocabulary().rows()) {
        if (!row->path.starts_with(table) || row->last_part() == "scheme") continue;
        const auto column = values.column(row->path);
        const auto is_used = [row](const std::string& word) {
            return uses(*replicate::find_scheme(word), row->last_part());
        };
        if (!column.is_set() || std::ranges::any_of(words, is_used)) continue;
        std::vector<std::string_view> users;
        for (const SchemeRow& scheme : replicate::schemes()) {
            if (uses(scheme, row->last_part())) users.push_back(scheme.name);
        }
        const Value& value = column.at(0);
        faults.add_for(row->path, value.place,
                       fmt::format("{} = {}: the scheme \"{}\" does not use it; {} {}. Remove the "
                                   "key, or change allocation.scheme.",
                                   row->path, shown(value), fmt::join(words, "\", \""),
                                   fmt::join(users, " and "), users.size() == 1 ? "does" : "do"));
    }
}

}  // namespace rsasim::scenario
