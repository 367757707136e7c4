/// A library to preload: the k-th call on files below a folder fails as a broken disk would.
///     RSASIM_FAIL_UNDER   the folder, by its absolute path
///     RSASIM_FAIL_CALLS   which calls are counted, as in "create,write,fsync,rename"
///     RSASIM_FAIL_CALL    k, from 1: the call that fails, and with RSASIM_FAIL_REST all after it
///     RSASIM_FAIL_ERRNO   the error, as a number
///     RSASIM_FAIL_LOG     gets a line "name path" for each call that failed
/// Opening is called "create" where the file may be written, and "open" otherwise; closing is
/// called "close" after the one and "close_read" after the other.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;

static int is_counted(const char* name) {
    const char* list = getenv("RSASIM_FAIL_CALLS");
    const size_t length = strlen(name);
    for (; list != NULL && *list != '\0'; list += strcspn(list, ","), list += *list == ',') {
        if (strncmp(list, name, length) == 0 && strcspn(list, ",") == length) return 1;
    }
    return 0;
}

/// Relative paths are taken to be below the folder: tests work in it.
static int is_below(const char* path) {
    const char* folder = getenv("RSASIM_FAIL_UNDER");
    if (folder == NULL || path == NULL) return 0;
    return path[0] != '/' || strncmp(path, folder, strlen(folder)) == 0;
}

/// Past the calls that are counted, so that logging is no call itself.
static void log_failure(const char* name, const char* path) {
    const char* log = getenv("RSASIM_FAIL_LOG");
    char line[PATH_MAX + 32];
    const int length = snprintf(line, sizeof line, "%s %s\n", name, path);
    if (log == NULL || length < 0) return;
    const long descriptor = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (descriptor < 0) return;
    syscall(SYS_write, descriptor, line, (size_t)length);
    syscall(SYS_close, descriptor);
}

/// Whether this call is the one; sets errno then.
static int fails(const char* name, const char* path) {
    if (!is_below(path) || !is_counted(name)) return 0;
    const char* wanted = getenv("RSASIM_FAIL_CALL");
    const char* error = getenv("RSASIM_FAIL_ERRNO");
    const long call = atomic_fetch_add(&calls, 1) + 1;
    const long first = wanted == NULL ? 0 : atol(wanted);
    if (first == 0 || call < first) return 0;
    if (call > first && getenv("RSASIM_FAIL_REST") == NULL) return 0;
    log_failure(name, path);
    errno = error == NULL ? EIO : atoi(error);
    return 1;
}

static int may_write(int descriptor) {
    return (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY;
}

/// The same of a call on an open file; other descriptors have no path below the folder.
static int fails_on(const char* name, int descriptor) {
    const int earlier = errno;
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    errno = earlier;
    if (length <= 0 || path[0] != '/') return 0;
    path[length] = '\0';
    return fails(name, path);
}

#define ACTUAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char* name_of_open(int flags) {
    return (flags & O_ACCMODE) == O_RDONLY ? "open" : "create";
}

#define DEFINE_OPEN(name)                                              \
    int name(const char* path, int flags, ...) {                       \
        mode_t mode = 0;                                               \
        if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                    \
            va_list rest;                                              \
            va_start(rest, flags);                                     \
            mode = va_arg(rest, mode_t);                               \
            va_end(rest);                                              \
        }                                                              \
        if (fails(name_of_open(flags), path)) return -1;               \
        return ACTUAL(name)(path, flags, mode);                        \
    }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_FOPEN(name)                                                           \
    FILE* name(const char* path, const char* mode) {                                 \
        const int is_reading = mode[0] == 'r' && strchr(mode, '+') == NULL;          \
        if (fails(is_reading ? "open" : "create", path)) return NULL;                \
        return ACTUAL(name)(path, mode);                                             \
    }
DEFINE_FOPEN(fopen)
DEFINE_FOPEN(fopen64)

ssize_t write(int descriptor, const void* bytes, size_t size) {
    if (fails_on("write", descriptor)) return -1;
    return ACTUAL(write)(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t place) {
    if (fails_on("write", descriptor)) return -1;
    return ACTUAL(pwrite)(descriptor, bytes, size, place);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t place) {
    if (fails_on("write", descriptor)) return -1;
    return ACTUAL(pwrite64)(descriptor, bytes, size, place);
}

ssize_t read(int descriptor, void* bytes, size_t size) {
    if (fails_on("read", descriptor)) return -1;
    return ACTUAL(read)(descriptor, bytes, size);
}

ssize_t pread(int descriptor, void* bytes, size_t size, off_t place) {
    if (fails_on("read", descriptor)) return -1;
    return ACTUAL(pread)(descriptor, bytes, size, place);
}

ssize_t pread64(int descriptor, void* bytes, size_t size, off64_t place) {
    if (fails_on("read", descriptor)) return -1;
    return ACTUAL(pread64)(descriptor, bytes, size, place);
}

int fsync(int descriptor) {
    if (fails_on("fsync", descriptor)) return -1;
    return ACTUAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
    if (fails_on("fsync", descriptor)) return -1;
    return ACTUAL(fdatasync)(descriptor);
}

int ftruncate(int descriptor, off_t size) {
    if (fails_on("ftruncate", descriptor)) return -1;
    return ACTUAL(ftruncate)(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
    if (fails_on("ftruncate", descriptor)) return -1;
    return ACTUAL(ftruncate64)(descriptor, size);
}

int rename(const char* from, const char* to) {
    if (fails("rename", to)) return -1;
    return ACTUAL(rename)(from, to);
}

int link(const char* from, const char* to) {
    if (fails("link", to)) return -1;
    return ACTUAL(link)(from, to);
}

/// The descriptor is closed all the same, as Linux does.
int close(int descriptor) {
    const int is_failing = fails_on(may_write(descriptor) ? "close" : "close_read", descriptor);
    const int error = errno;
    const int result = ACTUAL(close)(descriptor);
    if (!is_failing) return result;
    errno = error;
    return -1;
}
