#include "sample_results.hpp"

#include <algorithm>
#include <functional>

#include <catch2/catch.hpp>

#include <rsasim/files/errors.hpp>
#include <rsasim/files/results_text.hpp>

using namespace rsasim;
using files::TextSink;
using summary::Engine;

namespace {

using Document = std::function<void(const summary::Results& results, const TextSink& sink)>;

void json(const summary::Results& results, const TextSink& sink) {
    files::results_to_json(results, sink);
}

void csv(const summary::Results& results, const TextSink& sink) {
    files::results_to_csv(results, sink);
}

void lines(const summary::Results& results, const TextSink& sink) {
    files::results_to_text(results, {.most_cells = 2}, sink);
}

void tables(const summary::Results& results, const TextSink& sink) {
    files::results_to_text(results, {.most_cells = 1'000'000}, sink);
}

/// The same cells again and again, on a first axis of so many steps.
summary::Results repeated(const summary::Results& results, std::size_t times) {
    auto many = results;
    many.cells.clear();
    for (std::size_t i = 0; i < times; ++i)
        many.cells.insert(many.cells.end(), results.cells.begin(), results.cells.end());
    design::Axis axis;
    axis.name = "seed";
    axis.keys = {{"trial.seed", "seed", std::vector<std::int64_t>(times, 1)}};
    many.axes.insert(many.axes.begin(), axis);
    return many;
}

struct Pieces {
    std::size_t longest = 0;
    std::string text;
};

Pieces pieces_of(const Document& document, const summary::Results& results) {
    Pieces pieces;
    document(results, [&](std::string_view piece) {
        pieces.longest = std::max(pieces.longest, piece.size());
        pieces.text += piece;
    });
    return pieces;
}

}  // namespace

TEST_CASE("The pieces of a document do not grow with the number of cells", "[property]") {
    constexpr std::size_t times = 100, slack = 64;  // numbers of cells have more digits
    for (const auto engine : {Engine::simulation, Engine::enumeration}) {
        const auto few = repeated(sample::sweep(engine), 1);
        const auto many = repeated(sample::sweep(engine), times);
        for (const auto& document :
             {Document(json), Document(csv), Document(lines), Document(tables)}) {
            const auto of_few = pieces_of(document, few), of_many = pieces_of(document, many);
            CHECK(of_many.longest <= of_few.longest + slack);
            CHECK(of_many.text.size() > of_few.text.size());
        }
    }
}

TEST_CASE("The pieces of a document are its text", "[property]") {
    const auto results = sample::sweep(Engine::simulation);
    CHECK(pieces_of(json, results).text == files::results_to_json(results));
    CHECK(pieces_of(csv, results).text == files::results_to_csv(results));
    CHECK(pieces_of(lines, results).text == files::results_to_text(results, {.most_cells = 2}));
}

TEST_CASE("A document ends where its pieces are not taken any more", "[property]") {
    const auto results = repeated(sample::sweep(Engine::simulation), 10);
    for (const auto& document :
         {Document(json), Document(csv), Document(lines), Document(tables)}) {
        int taken = 0;
        const auto take_two = [&](std::string_view) {
            if (++taken == 2) throw files::FileError("full");
        };
        CHECK_THROWS_AS(document(results, take_two), files::FileError);
        CHECK(taken == 2);
    }
}
