/*
 * Loaded before the C library (LD_PRELOAD): writes down every write, cut and flush of the
 * database $POWER_FILE and of its log, in order, to $POWER_LOG, so that a power cut can be
 * played at any moment. The program tells by power_mark() what it has confirmed to the person.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILES = 4096 };
enum file { OTHER = 0, DATABASE = 1, LOG = 2 };

struct __attribute__((packed)) entry {
    char operation; /* W write, T truncate, S flush, C confirmed */
    char file;
    int64_t at;
    int32_t length;
};

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);

static char files[MOST_FILES];
static int record = -1;

static void find_real_functions(void) {
    if (real_pwrite) return;
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    const char *path = getenv("POWER_LOG");
    if (path) record = real_open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static void note(char operation, char file, int64_t at, const void *data, int32_t length) {
    if (record < 0) return;
    char *line = malloc(sizeof(struct entry) + length);
    struct entry head = {operation, file, at, length};
    memcpy(line, &head, sizeof head);
    if (length) memcpy(line + sizeof head, data, length);
    if (write(record, line, sizeof head + length) < 0) abort();
    free(line);
}

static char file_of(int descriptor) {
    return descriptor >= 0 && descriptor < MOST_FILES ? files[descriptor] : OTHER;
}

static int remember(const char *path, int descriptor) {
    const char *database = getenv("POWER_FILE");
    if (descriptor < 0 || descriptor >= MOST_FILES) return descriptor;
    files[descriptor] = OTHER;
    if (!database || strncmp(path, database, strlen(database))) return descriptor;
    const char *ending = path + strlen(database);
    if (!*ending) files[descriptor] = DATABASE;
    if (!strcmp(ending, "-wal")) files[descriptor] = LOG;
    return descriptor;
}

int open64(const char *path, int flags, ...) {
    find_real_functions();
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return remember(path, real_open(path, flags, mode));
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return open64(path, flags, mode);
}

int close(int descriptor) {
    find_real_functions();
    if (file_of(descriptor)) files[descriptor] = OTHER;
    return real_close(descriptor);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t at) {
    find_real_functions();
    if (file_of(descriptor)) note('W', file_of(descriptor), at, data, (int32_t)length);
    return real_pwrite(descriptor, data, length, at);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t at) {
    return pwrite64(descriptor, data, length, at);
}

int ftruncate64(int descriptor, off64_t length) {
    find_real_functions();
    if (file_of(descriptor)) note('T', file_of(descriptor), length, NULL, 0);
    return real_ftruncate(descriptor, length);
}

int ftruncate(int descriptor, off_t length) {
    return ftruncate64(descriptor, length);
}

int fsync(int descriptor) {
    find_real_functions();
    int answer = real_fsync(descriptor);
    if (file_of(descriptor)) note('S', file_of(descriptor), 0, NULL, 0);
    return answer;
}

int fdatasync(int descriptor) {
    find_real_functions();
    int answer = real_fdatasync(descriptor);
    if (file_of(descriptor)) note('S', file_of(descriptor), 0, NULL, 0);
    return answer;
}

void power_mark(int64_t number) {
    find_real_functions();
    note('C', OTHER, number, NULL, 0);
}
