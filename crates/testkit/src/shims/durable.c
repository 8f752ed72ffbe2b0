/*
 * A disk that keeps only what was synced. Preloaded before libc (see durable.rs).
 *
 *   DURABLE_LIVE    folder that the program uses, without links in its path
 *   DURABLE_SHADOW  folder that holds what would be left after a power cut
 *   DURABLE_INODES  folder that remembers, per file of the live folder, its last synced content
 *   FSYNC_LIE=1     answer 0 and keep nothing
 *   FSYNC_EIO_AT=n  answer EIO from the n-th sync of this process on (first = 1)
 *
 * Syncing a file copies it whole into the shadow. Syncing a folder makes its names there those of the live
 * folder: a removed file goes, a renamed one comes with its last synced content, or empty if it was never
 * synced. So it is the worst case for whole files; torn sectors it does not model. Files outside the live
 * folder are synced for real. Programs that make system calls without libc are not seen.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef char path[PATH_MAX];

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static long syncs;

/* A shim that cannot do its work must not let a test pass. */
static void stop(const char *what, const char *name) {
    fprintf(stderr, "durable shim: %s %s: %s\n", what, name, strerror(errno));
    abort();
}

static void join(path out, const char *folder, const char *name) {
    if (snprintf(out, PATH_MAX, "%s/%s", folder, name) >= PATH_MAX) stop("path too long", name);
}

static const char *setting(const char *name) {
    const char *value = getenv(name);
    if (!value) stop("not set:", name);
    return value;
}

/* The remembered content of a file; the birth time tells a new file from an old one with the same number. */
static void remembered(path out, const char *live) {
    struct statx status;
    if (statx(AT_FDCWD, live, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &status)) stop("statx", live);
    int has_birth = (status.stx_mask & STATX_BTIME) != 0;
    char key[96];
    snprintf(key, sizeof key, "%llu-%lld-%u", (unsigned long long)status.stx_ino,
             has_birth ? (long long)status.stx_btime.tv_sec : 0, has_birth ? status.stx_btime.tv_nsec : 0);
    join(out, setting("DURABLE_INODES"), key);
}

static void make_folders(const char *name) {
    path parent;
    snprintf(parent, sizeof parent, "%s", name);
    for (char *slash = strchr(parent + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(parent, 0755) && errno != EEXIST) stop("mkdir", parent);
        *slash = '/';
    }
}

static void copy(const char *from, const char *to) {
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (in < 0) stop("open", from);
    if (out < 0) stop("open", to);
    static char block[1 << 16];
    ssize_t length;
    while ((length = read(in, block, sizeof block)) > 0)
        for (ssize_t done = 0, step; done < length; done += step)
            if ((step = write(out, block + done, length - done)) < 0) stop("write", to);
    if (length < 0) stop("read", from);
    close(in);
    close(out);
}

/* Makes `name` in the shadow the remembered content, at once: a cut in the middle leaves the old one. */
static void place(const char *content, const char *name) {
    path fresh;
    join(fresh, setting("DURABLE_INODES"), "fresh-name");
    unlink(fresh);
    if (link(content, fresh)) stop("link", content);
    make_folders(name);
    if (rename(fresh, name)) stop("rename", name);
    unlink(fresh);
}

static void sync_file(const char *live, const char *shadow) {
    path fresh, content;
    join(fresh, setting("DURABLE_INODES"), "fresh-content");
    remembered(content, live);
    unlink(fresh);
    copy(live, fresh);
    if (rename(fresh, content)) stop("rename", content);
    place(content, shadow);
}

static void remove_tree(const char *name) {
    DIR *folder = opendir(name);
    if (!folder) {
        if (unlink(name) && errno != ENOENT) stop("unlink", name);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        path inner;
        join(inner, name, entry->d_name);
        remove_tree(inner);
    }
    closedir(folder);
    if (rmdir(name)) stop("rmdir", name);
}

static void forget_removed(const char *live, const char *shadow) {
    DIR *folder = opendir(shadow);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        path kept, gone;
        struct stat status;
        join(kept, live, entry->d_name);
        join(gone, shadow, entry->d_name);
        if (lstat(kept, &status)) remove_tree(gone);
    }
    closedir(folder);
}

static void sync_folder(const char *live, const char *shadow) {
    forget_removed(live, shadow);
    DIR *folder = opendir(live);
    if (!folder) stop("opendir", live);
    for (struct dirent *entry; (entry = readdir(folder));) {
        path from, to, content;
        struct stat status, old;
        join(from, live, entry->d_name);
        join(to, shadow, entry->d_name);
        if (lstat(from, &status)) continue;
        make_folders(to);
        if (S_ISDIR(status.st_mode)) {
            mkdir(to, 0755);
        } else if (S_ISREG(status.st_mode)) {
            remembered(content, from);
            if (access(content, F_OK)) copy("/dev/null", content);
            if (stat(content, &status)) stop("stat", content);
            if (stat(to, &old) || old.st_ino != status.st_ino) place(content, to);
        }
    }
    closedir(folder);
}

static int sync_descriptor(int descriptor, long number) {
    path link_name, live;
    struct stat status;
    snprintf(link_name, sizeof link_name, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link_name, live, sizeof live - 1);
    if (length < 0 || fstat(descriptor, &status)) return syscall(number, descriptor);
    live[length] = 0;
    const char *root = getenv("DURABLE_LIVE");
    size_t depth = root ? strlen(root) : 0;
    if (!root || strncmp(live, root, depth) || (live[depth] && live[depth] != '/'))
        return syscall(number, descriptor);

    const char *fails_at = getenv("FSYNC_EIO_AT"), *lies = getenv("FSYNC_LIE");
    syncs++;
    if (fails_at && syncs >= atol(fails_at)) {
        errno = EIO;
        return -1;
    }
    if (lies && !strcmp(lies, "1")) return 0;
    path shadow;
    if (snprintf(shadow, sizeof shadow, "%s%s", setting("DURABLE_SHADOW"), live + depth) >= PATH_MAX)
        stop("path too long", live);
    if (S_ISDIR(status.st_mode)) sync_folder(live, shadow);
    else if (S_ISREG(status.st_mode) && status.st_nlink > 0) sync_file(live, shadow);
    return 0;
}

static int locked(int descriptor, long number) {
    int saved = errno;
    pthread_mutex_lock(&one_at_a_time);
    errno = saved;
    int result = sync_descriptor(descriptor, number);
    saved = errno;
    pthread_mutex_unlock(&one_at_a_time);
    errno = saved;
    return result;
}

int fsync(int descriptor) { return locked(descriptor, SYS_fsync); }

int fdatasync(int descriptor) { return locked(descriptor, SYS_fdatasync); }
