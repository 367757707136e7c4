#pragma once

#include "women.hpp"

#include <cstdint>

#include <rsasim/random/stream_key.hpp>

/// A trial of whole_model() or plain_model() drawn woman by woman from its addresses, with exact
/// quantiles instead of tables. Arms are taken from `allotted`.
OneTrial drawn_one_by_one(const rsasim::design::PatientModel& model, rsasim::random::StreamKey key,
                          std::int64_t replicate, const std::vector<double>& allotted);
