#pragma once

#if defined(__SANITIZE_THREAD__)
#define RSASIM_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RSASIM_THREAD_SANITIZER 1
#endif
#endif

#ifdef RSASIM_THREAD_SANITIZER
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace rsasim::engine {

/// Tells the thread sanitizer what oneTBB promises and its uninstrumented library hides: what was
/// done before a loop is seen by its tasks, and what its tasks did is seen after the loop. Nothing
/// is said about two tasks of one loop, so that races between them are still reported. Empty in
/// other builds. The object stands around the loop, a Task in each task.
class ThreadOrder {
  public:
    ThreadOrder() { release(&before_); }
    ~ThreadOrder() { acquire(&after_); }
    ThreadOrder(const ThreadOrder&) = delete;
    ThreadOrder& operator=(const ThreadOrder&) = delete;
    ThreadOrder(ThreadOrder&&) = delete;
    ThreadOrder& operator=(ThreadOrder&&) = delete;

    class Task {
      public:
        explicit Task(ThreadOrder& loop) : loop_(loop) { acquire(&loop_.before_); }
        ~Task() { release(&loop_.after_); }
        Task(const Task&) = delete;
        Task& operator=(const Task&) = delete;
        Task(Task&&) = delete;
        Task& operator=(Task&&) = delete;

      private:
        ThreadOrder& loop_;
    };

  private:
#ifdef RSASIM_THREAD_SANITIZER
    static void acquire(char* token) {
        __tsan_acquire(token);
    }
    static void release(char* token) {
        __tsan_release(token);
    }
#else
    static void acquire(char*) {}
    static void release(char*) {}
#endif

    char before_ = 0;
    char after_ = 0;
};

}  // namespace rsasim::engine
