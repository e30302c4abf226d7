/* Preloaded into the program, lets one of its calls on the files of a folder fail, or some from one on.
 *
 * Knows the calls of the C library that Rust's standard library and SQLite make. Calls that are made past the
 * library, as renaming is, are left to strace.
 *
 * FAULT_FOLDER  the folder
 * FAULT_AT      which call fails, from 1 on; 0: none
 * FAULT_KIND    EIO, ENOSPC, EROFS, EINTR, or short: half of a write is written, half of a read is read
 * FAULT_WHILE   a file: as long as it is there, all calls from that one on fail; without it only that one does
 * FAULT_TOLD    a file that gets a line for each call: its number, its name, and whether it failed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
enum { MOST_FILES = 4096, SHORT = -1 };

static char watched[MOST_FILES];
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static int is_below(const char *path)
{
    const char *folder = getenv("FAULT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length && path && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int is_watched(int file)
{
    return file >= 0 && file < MOST_FILES && watched[file];
}

static int opened(int file, const char *path)
{
    if (file >= 0 && file < MOST_FILES)
        watched[file] = is_below(path);
    return file;
}

static int kind(void)
{
    const char *word = getenv("FAULT_KIND");
    if (!word || !strcmp(word, "EIO")) return EIO;
    if (!strcmp(word, "ENOSPC")) return ENOSPC;
    if (!strcmp(word, "EROFS")) return EROFS;
    if (!strcmp(word, "EINTR")) return EINTR;
    return SHORT;
}

/* Counts a call; gives how it is to fail, or 0. */
static int fault(const char *name)
{
    static long calls;
    const char *at = getenv("FAULT_AT"), *lasting = getenv("FAULT_WHILE"), *told = getenv("FAULT_TOLD");
    long wanted = at ? atol(at) : 0;
    pthread_mutex_lock(&guard);
    long number = ++calls;
    int fails = wanted && (number == wanted || (lasting && number > wanted && !access(lasting, F_OK)));
    if (told) {
        int file = REAL(open)(told, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        dprintf(file, "%ld %s%s\n", number, name, fails ? " fails" : "");
        REAL(close)(file);
    }
    pthread_mutex_unlock(&guard);
    return fails ? kind() : 0;
}

/* A call that fails with an error, unless it can be short and is to be. */
#define FAIL(name, condition)                \
    if (condition) {                         \
        int how = fault(#name);              \
        if (how > 0) {                       \
            errno = how;                     \
            return -1;                       \
        }                                    \
    }

#define OPEN(name)                                         \
    int name(const char *path, int flags, ...)             \
    {                                                      \
        va_list more;                                      \
        va_start(more, flags);                             \
        mode_t mode = va_arg(more, mode_t);                \
        va_end(more);                                      \
        FAIL(name, is_below(path))                         \
        return opened(REAL(name)(path, flags, mode), path); \
    }
OPEN(open)
OPEN(open64)

int close(int file)
{
    if (file >= 0 && file < MOST_FILES)
        watched[file] = 0;
    return REAL(close)(file);
}

#define TRANSFER(name, parameters, rest)                                      \
    ssize_t name parameters                                                      \
    {                                                                            \
        if (is_watched(file)) {                                                  \
            int how = fault(#name);                                              \
            if (how == SHORT && size > 1)                                        \
                size /= 2;                                                       \
            else if (how > 0) {                                                  \
                errno = how;                                                     \
                return -1;                                                       \
            }                                                                    \
        }                                                                        \
        return REAL(name) rest;                                                  \
    }
TRANSFER(write, (int file, const void *data, size_t size), (file, data, size))
TRANSFER(pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at))
TRANSFER(pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at))
/* Half of what was asked for may also be read. */
TRANSFER(read, (int file, void *data, size_t size), (file, data, size))
TRANSFER(pread, (int file, void *data, size_t size, off_t at), (file, data, size, at))
TRANSFER(pread64, (int file, void *data, size_t size, off64_t at), (file, data, size, at))

#define ON_FILE(name, parameters, rest) \
    int name parameters                 \
    {                                   \
        FAIL(name, is_watched(file))    \
        return REAL(name) rest;         \
    }
ON_FILE(fsync, (int file), (file))
ON_FILE(fdatasync, (int file), (file))
ON_FILE(ftruncate, (int file, off_t size), (file, size))
ON_FILE(ftruncate64, (int file, off64_t size), (file, size))
ON_FILE(flock, (int file, int how_to), (file, how_to))

#define ON_PATH(name, parameters, rest) \
    int name parameters                 \
    {                                   \
        FAIL(name, is_below(path))      \
        return REAL(name) rest;         \
    }
ON_PATH(unlink, (const char *path), (path))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))

/* Locks are taken and given back; that a network file system cannot be reached shows with both. */
static int is_lock(int what)
{
    return what == F_SETLK || what == F_SETLKW;
}

#define FCNTL(name)                                                                     \
    int name(int file, int what, ...)                                                   \
    {                                                                                   \
        va_list more;                                                                   \
        va_start(more, what);                                                           \
        void *argument = va_arg(more, void *);                                          \
        va_end(more);                                                                   \
        FAIL(name, is_watched(file) && is_lock(what))                        \
        return REAL(name)(file, what, argument);                                        \
    }
FCNTL(fcntl)
FCNTL(fcntl64)
