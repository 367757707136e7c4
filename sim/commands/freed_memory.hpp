#pragma once

namespace rsasim::commands {

/// From here on large pieces of memory go back to the system when they are freed. What is prepared
/// for the cells of a sweep in turn would else leave holes between what is kept of each cell: 100
/// kB a cell of women. Before, while models are solved for, pieces are of a kind and used again.
void return_freed_memory();

}  // namespace rsasim::commands
