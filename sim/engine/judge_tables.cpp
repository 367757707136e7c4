#include "union_of_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

#include <rsasim/engine/judge_tables.hpp>
#include <rsasim/engine/parallel.hpp>

namespace rsasim::engine {
namespace {

using JudgementPointer = std::shared_ptr<analysis::Judgement>;

/// Tables that one worker judges in one go: a few milliseconds with the costly exact methods.
constexpr std::size_t tables_per_piece = 16;

/// Cells that share arm sizes and plan.
struct Group {
    const design::Design* design = nullptr;
    std::vector<const std::vector<design::Table2x2>*> lists;
    JudgementPointer judgement;
};

struct Piece {
    analysis::Judgement* judgement = nullptr;
    std::size_t first = 0;
    std::size_t last = 0;
};

bool shares_plan(const design::Design& a, const design::Design& b) {
    return &a.analysis() == &b.analysis() || a.analysis() == b.analysis();
}

/// The groups, and the group of each cell.
class Groups {
  public:
    explicit Groups(std::span<const TablesOfCell> cells) {
        group_of_cell_.reserve(cells.size());
        for (const TablesOfCell& cell : cells) {
            const std::size_t group = group_of(*cell.design);
            groups_[group].lists.push_back(&cell.tables);
            group_of_cell_.push_back(group);
        }
    }
    std::vector<Group>& all() { return groups_; }
    [[nodiscard]] const Group& of_cell(std::size_t cell) const {
        return groups_[group_of_cell_[cell]];
    }

  private:
    std::size_t group_of(const design::Design& design) {
        std::vector<std::size_t>& same_sizes = by_sizes_[design.sizes()];
        const auto known = std::find_if(
            same_sizes.begin(), same_sizes.end(),
            [&](std::size_t group) { return shares_plan(*groups_[group].design, design); });
        if (known != same_sizes.end()) return *known;
        same_sizes.push_back(groups_.size());
        groups_.push_back({&design, {}, nullptr});
        return same_sizes.back();
    }

    std::map<design::ArmSizes, std::vector<std::size_t>> by_sizes_;
    std::vector<Group> groups_;
    std::vector<std::size_t> group_of_cell_;
};

void prepare(Group& group) {
    group.judgement = std::make_shared<analysis::Judgement>(
        std::make_shared<const design::AnalysisPlan>(group.design->analysis()),
        union_of_tables(group.lists));
}

std::vector<Piece> cut(const std::vector<Group>& groups) {
    std::vector<Piece> pieces;
    for (const Group& group : groups) {
        const std::size_t tables = group.judgement->tables().size();
        for (std::size_t first = 0; first < tables; first += tables_per_piece) {
            pieces.push_back(
                {group.judgement.get(), first, std::min(first + tables_per_piece, tables)});
        }
    }
    return pieces;
}

}  // namespace

std::vector<std::shared_ptr<const analysis::Judgement>> judge_tables(
    std::span<const TablesOfCell> cells, unsigned threads) {
    Groups groups(cells);
    for_each_range(groups.all().size(), 1, threads, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            prepare(groups.all()[i]);
        }
    });
    const std::vector<Piece> pieces = cut(groups.all());
    for_each_range(pieces.size(), 1, threads, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            pieces[i].judgement->judge(pieces[i].first, pieces[i].last);
        }
    });

    std::vector<std::shared_ptr<const analysis::Judgement>> judgements;
    judgements.reserve(cells.size());
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        judgements.emplace_back(groups.of_cell(cell).judgement);
    }
    return judgements;
}

}  // namespace rsasim::engine
