/* Records what a program asks of the disk below one folder, so that a test can rebuild the folder as it
 * could look after a power cut: every write, size, name and sync, in order. Everything is really done too.
 *
 * LD_PRELOAD it with LOSSY_ROOT (the folder, absolute) and LOSSY_LOG (a file outside of it).
 * A record is: op (1 byte), inode (8), number (8), length of path (4), length of data (4), path, data; in the
 * byte order of the machine. Calls and records are done under one lock, so their order is the same.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int log_fd = -1;

__attribute__((constructor)) static void begin(void) {
    root = getenv("LOSSY_ROOT");
    const char *log = getenv("LOSSY_LOG");
    if (!root || !log) return;
    root_length = strlen(root);
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
    if (log_fd < 0 || strncmp(path, root, root_length) != 0) return 0;
    /* The index of SQLite's log is shared memory; after a power cut it is made anew. */
    size_t length = strlen(path);
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

/* The path and the inode of an open file, if it is one of ours. */
static int known(int fd, char *path, uint64_t *inode, mode_t *mode) {
    char link[64];
    struct stat status;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length < 0) return 0;
    path[length] = 0;
    if (!ours(path) || fstat(fd, &status) != 0) return 0;
    *inode = status.st_ino;
    if (mode) *mode = status.st_mode;
    return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
}

static void record(char op, uint64_t inode, uint64_t number, const char *path, const void *data, uint32_t size) {
    char head[25];
    uint32_t length = path ? strlen(path) : 0;
    head[0] = op;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &number, 8);
    memcpy(head + 17, &length, 4);
    memcpy(head + 21, &size, 4);
    struct iovec parts[3] = {{head, 25}, {(void *)path, length}, {(void *)data, size}};
    int kept = errno;
    if (syscall(SYS_writev, log_fd, parts, 3) != (long)(25 + (size_t)length + size)) abort();
    errno = kept;
}

#define REAL(type, name) \
    static type real; \
    if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef int (*openat_type)(int, const char *, int, ...);

static int open_it(int folder, const char *name, int flags, mode_t mode) {
    REAL(openat_type, "openat");
    if (log_fd < 0 || !(flags & (O_CREAT | O_TRUNC))) return real(folder, name, flags, mode);
    char path[4096];
    uint64_t inode;
    struct stat status;
    pthread_mutex_lock(&lock);
    int there = fstatat(folder, name, &status, 0) == 0;
    int fd = real(folder, name, flags, mode);
    if (fd >= 0 && known(fd, path, &inode, NULL)) {
        if (!there) record('C', inode, 0, path, NULL, 0);
        else if (flags & O_TRUNC) record('T', inode, 0, NULL, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *name, int flags, ...) { MODE(flags) return open_it(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return open_it(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return open_it(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return open_it(folder, name, flags | O_LARGEFILE, mode); }

static ssize_t wrote(int fd, ssize_t done, const struct iovec *parts, off64_t at) {
    char path[4096];
    uint64_t inode;
    if (done <= 0 || !known(fd, path, &inode, NULL)) return done;
    if (at < 0) at = lseek64(fd, 0, SEEK_CUR) - done;
    size_t rest = done;
    for (; rest > 0; parts++) {
        size_t size = parts->iov_len < rest ? parts->iov_len : rest;
        record('W', inode, at, NULL, parts->iov_base, size);
        at += size;
        rest -= size;
    }
    return done;
}

#define WRITE(call, at, ...) \
    if (log_fd < 0) return call; \
    pthread_mutex_lock(&lock); \
    struct iovec one = {__VA_ARGS__}; \
    ssize_t done = wrote(fd, call, &one, at); \
    pthread_mutex_unlock(&lock); \
    return done

/* Sockets and pipes may block: only files are written under the lock. */
static int is_file(int fd) {
    struct stat status;
    return log_fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t write(int fd, const void *data, size_t size) {
    typedef ssize_t (*type)(int, const void *, size_t);
    REAL(type, "write");
    if (!is_file(fd)) return real(fd, data, size);
    WRITE(real(fd, data, size), -1, (void *)data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    typedef ssize_t (*type)(int, const void *, size_t, off64_t);
    REAL(type, "pwrite64");
    WRITE(real(fd, data, size, at), at, (void *)data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    typedef ssize_t (*type)(int, const struct iovec *, int);
    REAL(type, "writev");
    if (!is_file(fd)) return real(fd, parts, count);
    pthread_mutex_lock(&lock);
    ssize_t done = wrote(fd, real(fd, parts, count), parts, -1);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    typedef ssize_t (*type)(int, const struct iovec *, int, off64_t);
    REAL(type, "pwritev64");
    pthread_mutex_lock(&lock);
    ssize_t done = wrote(fd, real(fd, parts, count, at), parts, at);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }

int ftruncate64(int fd, off64_t size) {
    typedef int (*type)(int, off64_t);
    REAL(type, "ftruncate64");
    char path[4096];
    uint64_t inode;
    pthread_mutex_lock(&lock);
    int done = real(fd, size);
    if (done == 0 && known(fd, path, &inode, NULL)) record('T', inode, size, NULL, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int sync_it(int fd, int (*real)(int)) {
    char path[4096];
    uint64_t inode;
    mode_t mode;
    pthread_mutex_lock(&lock);
    int done = real(fd);
    if (done == 0 && known(fd, path, &inode, &mode)) {
        if (S_ISDIR(mode)) record('D', 0, 0, path, NULL, 0);
        else record('S', inode, 0, NULL, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int fd) {
    typedef int (*type)(int);
    REAL(type, "fsync");
    return sync_it(fd, real);
}

int fdatasync(int fd) {
    typedef int (*type)(int);
    REAL(type, "fdatasync");
    return sync_it(fd, real);
}

/* Names are recorded when both are ours; a name that comes from outside would be unknown to the test. */
int rename(const char *from, const char *to) {
    typedef int (*type)(const char *, const char *);
    REAL(type, "rename");
    pthread_mutex_lock(&lock);
    int done = real(from, to);
    if (done == 0 && ours(from) && ours(to)) record('R', 0, 0, from, to, strlen(to));
    pthread_mutex_unlock(&lock);
    return done;
}

int link(const char *from, const char *to) {
    typedef int (*type)(const char *, const char *);
    REAL(type, "link");
    pthread_mutex_lock(&lock);
    int done = real(from, to);
    if (done == 0 && ours(from) && ours(to)) record('L', 0, 0, from, to, strlen(to));
    pthread_mutex_unlock(&lock);
    return done;
}

int unlink(const char *path) {
    typedef int (*type)(const char *);
    REAL(type, "unlink");
    pthread_mutex_lock(&lock);
    int done = real(path);
    if (done == 0 && ours(path)) record('U', 0, 0, path, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    typedef int (*type)(const char *, mode_t);
    REAL(type, "mkdir");
    pthread_mutex_lock(&lock);
    int done = real(path, mode);
    if (done == 0 && ours(path)) record('M', 0, 0, path, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

/* What is written through memory is seen by nobody here: the test has to know that it happens. */
void *mmap64(void *address, size_t size, int protection, int flags, int fd, off64_t at) {
    typedef void *(*type)(void *, size_t, int, int, int, off64_t);
    REAL(type, "mmap64");
    char path[4096];
    uint64_t inode;
    void *memory = real(address, size, protection, flags, fd, at);
    if (memory != MAP_FAILED && fd >= 0 && (protection & PROT_WRITE) && (flags & MAP_SHARED)
        && known(fd, path, &inode, NULL)) {
        pthread_mutex_lock(&lock);
        record('E', inode, 0, path, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return memory;
}

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t at) {
    return mmap64(address, size, protection, flags, fd, at);
}
