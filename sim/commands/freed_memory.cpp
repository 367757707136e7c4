#include "freed_memory.hpp"

#include <malloc.h>

namespace rsasim::commands {

void return_freed_memory() {
    constexpr int large = 128 * 1024;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): called by the main thread, between parallel parts
    mallopt(M_MMAP_THRESHOLD, large);
}

}  // namespace rsasim::commands
