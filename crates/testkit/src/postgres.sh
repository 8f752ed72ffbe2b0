# Runs one PostgreSQL cluster of its own until standard input ends, then removes it.
#
#   sh postgres.sh fast      no fsync: for tests that only ask what the SQL does
#   sh postgres.sh durable   fsync as in production: for tests about crashes
#
# Prints "url postgres://…" when the server answers. Waiting for the end of standard input, rather than for a
# signal, is what stops the server however the caller ends: the kernel closes the pipe even after `kill -9`.
# Called by postgres.rs and by tests/run.sh. The server listens on a socket in its own folder, on no port.
#
# "fast" keeps its files in memory where /dev/shm has room: an empty database is made of 300 files, and takes
# 20 ms there against 150 to 350 ms on a disk (measured on ext4, without fsync).
set -eu
exec 2>&1
# Ctrl-C is for the tests; when they are gone, our standard input ends.
trap '' INT HUP

fail() { echo "$1"; exit 1; }

find_programs() {
    for folder in "$(dirname "$(command -v initdb || echo ./none)")" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
            echo "$folder"
            return
        fi
    done
}
programs=$(find_programs)
[ -n "$programs" ] ||
    fail "PostgreSQL's server programs are not installed: run tests/run.sh, or 'apt-get install postgresql'."

# PostgreSQL refuses to run as root, so it gets a user of its own.
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    command -v setpriv >/dev/null || fail "setpriv is missing and PostgreSQL refuses to run as root: 'apt-get install util-linux'."
    group=$(id -g "$user")
    as_user() { setpriv --reuid="$user" --regid="$group" --clear-groups "$@"; }
else
    user=$(id -un)
    as_user() { "$@"; }
fi

room_kib() { df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; }
temporary=${TMPDIR:-/tmp}
durability=${1:-}
case $durability in
    fast) [ ! -w /dev/shm ] || [ "$(room_kib /dev/shm)" -lt 2000000 ] || temporary=/dev/shm ;;
    durable) ;;
    *) fail "usage: sh postgres.sh fast|durable" ;;
esac

# Folders carry the process number of this script: those of a script that was killed are removed here.
cd /
for stale in "$temporary"/ocop-postgres.*; do
    owner=${stale##*/ocop-postgres.}
    owner=${owner%%.*}
    if [ -d "$stale" ] && [ ! -d "/proc/$owner" ]; then
        as_user "$programs/pg_ctl" -D "$stale/data" -m immediate -w stop >/dev/null || true
        rm -rf "$stale" || true
    fi
done

folder=$(mktemp -d "$temporary/ocop-postgres.$$.XXXXXX")
remove() {
    as_user "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap remove EXIT
trap 'exit 143' TERM
[ "$(id -u)" != 0 ] || chown "$user" "$folder"
cd "$folder"

as_user "$programs/initdb" -D "$folder/data" --username=ocop --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" || fail "initdb: $(cat "$folder/initdb.log")"
{
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$folder'"
    echo "max_connections = 200"
    echo "max_wal_size = 128MB"
    [ "$durability" = durable ] || printf 'fsync = off\nfull_page_writes = off\n'
} >>"$folder/data/postgresql.conf"
as_user "$programs/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w start >/dev/null ||
    fail "pg_ctl: $(cat "$folder/server.log")"

echo "url postgres://ocop@$(echo "$folder" | sed 's|/|%2F|g')/postgres"
cat >/dev/null
