/// A library to preload: SIGTERM comes just before the program begins to wait for signals.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

typedef int Signalfd(int, const sigset_t*, int);

int signalfd(int descriptor, const sigset_t* signals, int flags) {
    Signalfd* next;
    *(void**)&next = dlsym(RTLD_NEXT, "signalfd");
    kill(getpid(), SIGTERM);
    return next(descriptor, signals, flags);
}
