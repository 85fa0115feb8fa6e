/*
 * Watches what a process does to files under FAULT_DIR, and can make it fail.
 *
 *   FAULT_LOG=file   writes every change as a record, for replaying power cuts
 *   FAULT_AT=n       lets the n-th change fail with FAULT_ERRNO (default EIO)
 *   FAULT_STICKY=1   lets every later change fail as well
 *   FAULT_KILL=1     instead of failing the n-th change, kills the process before it is made
 *   FAULT_COUNT=file writes the number of changes at exit
 *
 * Record: type (1) | path length u16 | offset u64 | data length u32 | path | data
 * Types: w write, s sync, t truncate (offset = length), r rename (data = new path), u unlink
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int log_fd = -1;
static long fail_at;
static int fail_errno = EIO;
static int sticky;
static int deadly;
static long count;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
  root = getenv("FAULT_DIR");
  root_length = root ? strlen(root) : 0;
  const char *log = getenv("FAULT_LOG");
  if (log) log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *at = getenv("FAULT_AT");
  fail_at = at ? atol(at) : 0;
  const char *number = getenv("FAULT_ERRNO");
  if (number) fail_errno = atoi(number);
  sticky = getenv("FAULT_STICKY") != NULL;
  deadly = getenv("FAULT_KILL") != NULL;
}

__attribute__((destructor)) static void stop(void) {
  const char *file = getenv("FAULT_COUNT");
  if (!file) return;
  char text[32];
  int length = snprintf(text, sizeof text, "%ld", count);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd >= 0) {
    if (syscall(SYS_write, fd, text, length) < 0) return;
    syscall(SYS_close, fd);
  }
}

/* The path of a descriptor when it lies under FAULT_DIR. */
static int watched_fd(int fd, char *path) {
  if (!root) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strncmp(path, root, root_length) == 0 && !strstr(path, "-shm");
}

static int watched_path(const char *path) { return root && path && strncmp(path, root, root_length) == 0; }

/* Counts one change; non-zero when it has to fail. */
static int fails(void) {
  pthread_mutex_lock(&lock);
  count++;
  int fail = fail_at > 0 && (sticky ? count >= fail_at : count == fail_at);
  pthread_mutex_unlock(&lock);
  if (fail && deadly) raise(SIGKILL);
  if (fail) errno = fail_errno;
  return fail;
}

static void record(char type, const char *path, uint64_t offset, const void *data, uint32_t length) {
  if (log_fd < 0) return;
  uint16_t path_length = (uint16_t)strlen(path);
  unsigned char head[15];
  head[0] = (unsigned char)type;
  memcpy(head + 1, &path_length, 2);
  memcpy(head + 3, &offset, 8);
  memcpy(head + 11, &length, 4);
  struct iovec parts[3] = {{head, sizeof head}, {(void *)path, path_length}, {(void *)data, length}};
  pthread_mutex_lock(&lock);
  if (syscall(SYS_writev, log_fd, parts, length ? 3 : 2) < 0) _exit(99);
  pthread_mutex_unlock(&lock);
}

static ssize_t positioned(int fd, const void *data, size_t length, off64_t offset) {
  char path[PATH_MAX];
  if (!watched_fd(fd, path)) return syscall(SYS_pwrite64, fd, data, length, offset);
  if (fails()) return -1;
  ssize_t done = syscall(SYS_pwrite64, fd, data, length, offset);
  if (done > 0) record('w', path, (uint64_t)offset, data, (uint32_t)done);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return positioned(fd, data, length, offset); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return positioned(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
  char path[PATH_MAX];
  if (!watched_fd(fd, path)) return syscall(SYS_write, fd, data, length);
  if (fails()) return -1;
  off64_t before = syscall(SYS_lseek, fd, 0, SEEK_CUR);
  ssize_t done = syscall(SYS_write, fd, data, length);
  if (done > 0) record('w', path, (uint64_t)before, data, (uint32_t)done);
  return done;
}

static int synced(int fd, long number) {
  char path[PATH_MAX];
  if (!watched_fd(fd, path)) return (int)syscall(number, fd);
  if (fails()) return -1;
  int result = (int)syscall(number, fd);
  if (result == 0) record('s', path, 0, NULL, 0);
  return result;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int shortened(int fd, off64_t length) {
  char path[PATH_MAX];
  if (!watched_fd(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
  if (fails()) return -1;
  int result = (int)syscall(SYS_ftruncate, fd, length);
  if (result == 0) record('t', path, (uint64_t)length, NULL, 0);
  return result;
}
int ftruncate(int fd, off_t length) { return shortened(fd, length); }
int ftruncate64(int fd, off64_t length) { return shortened(fd, length); }

int rename(const char *from, const char *to) {
  if (!watched_path(from)) return (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (fails()) return -1;
  int result = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (result == 0) record('r', from, 0, to, (uint32_t)strlen(to));
  return result;
}

int unlink(const char *path) {
  if (!watched_path(path)) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (fails()) return -1;
  int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (result == 0) record('u', path, 0, NULL, 0);
  return result;
}
