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
#define RSASIM_UNSEEN_BY_THREAD_SANITIZER __attribute__((no_sanitize("thread")))
#else
#define RSASIM_UNSEEN_BY_THREAD_SANITIZER
#endif

namespace rsasim::engine {

/// Tells the thread sanitizer what oneTBB promises and its uninstrumented library hides: what was
/// done before a loop is seen by its tasks, and what its tasks did is seen after the loop. Nothing
/// is said about two tasks of one loop, so that races between them are still reported. Empty in
/// other builds. The object stands around the loop, a Task in each task. The tokens are static, so
/// that a task takes them before it reads anything.
class ThreadOrder {
  public:
    ThreadOrder() { release_before(); }
    ~ThreadOrder() { acquire_after(); }
    ThreadOrder(const ThreadOrder&) = delete;
    ThreadOrder& operator=(const ThreadOrder&) = delete;
    ThreadOrder(ThreadOrder&&) = delete;
    ThreadOrder& operator=(ThreadOrder&&) = delete;

    class Task {
      public:
        Task() { acquire_before(); }
        ~Task() { release_after(); }
        Task(const Task&) = delete;
        Task& operator=(const Task&) = delete;
        Task(Task&&) = delete;
        Task& operator=(Task&&) = delete;
    };

  private:
#ifdef RSASIM_THREAD_SANITIZER
    static inline char before_ = 0;
    static inline char after_ = 0;
    static void release_before() {
        __tsan_release(&before_);
    }
    static void acquire_before() {
        __tsan_acquire(&before_);
    }
    static void release_after() {
        __tsan_release(&after_);
    }
    static void acquire_after() {
        __tsan_acquire(&after_);
    }
#else
    static void release_before() {}
    static void acquire_before() {}
    static void release_after() {}
    static void acquire_after() {}
#endif
};

}  // namespace rsasim::engine
