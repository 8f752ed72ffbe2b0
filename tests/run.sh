#!/usr/bin/env bash
# Checks everything, with nothing skipped: format, lints, documentation, and all tests on SQLite and PostgreSQL, in
# Chromium and under crashes. Installs on Debian and Ubuntu what is missing for that. Works from any folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LANG=C.UTF-8 LC_ALL=C.UTF-8
# A clean clone is built once, so keeping track of what changed would only cost time.
[ "${CI:-}" != true ] || export CARGO_INCREMENTAL=0

summary=()
current=
began=0
stage() {
    current=$1
    began=$SECONDS
    printf '\n== %s\n' "$current"
    "${@:2}"
    summary+=("$(printf '%6d s  %s' $((SECONDS - began)) "$current")")
    current=
}

finish() {
    local status=$?
    if [ -n "${POSTGRES_PID:-}" ]; then
        # The server stops at the end of its standard input; wait until its folder is gone.
        local input=${POSTGRES[1]}
        exec {input}>&-
        wait "$POSTGRES_PID" || true
    fi
    printf '\n'
    [ ${#summary[@]} = 0 ] || printf '%s\n' "${summary[@]}"
    [ -z "$current" ] || printf '%6d s  %s: FAILED\n' $((SECONDS - began)) "$current"
    printf '%6d s  all\n' "$SECONDS"
    exit "$status"
}
trap finish EXIT

has() { command -v "$1" >/dev/null; }

# The Python of the tests: the first that has what they import.
choose_python() {
    local python
    for python in "${OCOP_TEST_PYTHON:-python3}" /usr/bin/python3; do
        if "$python" -c 'import sqlite3, cryptography' 2>/dev/null; then
            OCOP_TEST_PYTHON=$("$python" -c 'import sys; print(sys.executable)')
            export OCOP_TEST_PYTHON
            return
        fi
    done
    return 1
}

install_missing() {
    local missing=()
    has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    has setpriv || missing+=(util-linux)
    has chromium || has chromium-browser || has google-chrome || missing+=(chromium)
    has chromedriver || missing+=(chromium-driver)
    # Pages are looked at, so their letters have to exist.
    { has fc-list && fc-list :lang=vi | grep -q .; } || missing+=(fontconfig fonts-dejavu-core)
    has strace || missing+=(strace)
    # Reads the symbols on papers, apart from what drew them.
    has zbarimg || missing+=(zbar-tools)
    has cc || missing+=(gcc libc6-dev)
    has npm || missing+=(npm)
    choose_python || missing+=(python3 python3-cryptography)
    if [ ${#missing[@]} = 0 ]; then
        echo "nothing is missing"
        return
    fi

    echo "installing: ${missing[*]}"
    has apt-get || { echo "this is not Debian or Ubuntu: install these by hand"; return 1; }
    local as_root=(env DEBIAN_FRONTEND=noninteractive)
    [ "$(id -u)" = 0 ] || as_root=(sudo "${as_root[@]}")
    "${as_root[@]}" apt-get update -q
    # Ubuntu's names.
    if ! apt-cache show chromium-driver >/dev/null 2>&1; then
        missing=("${missing[@]/%chromium/chromium-browser}")
        missing=("${missing[@]/%chromium-driver/chromium-chromedriver}")
    fi
    "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
    choose_python
}

# The judge of pages for all people; a tool of the tests alone, so it is fetched and not kept here.
AXE=axe-core@4.11.0
AXE_SHA256=e9e5863c33a874f09bc01acd9234b7e3c871479f5eef8802fa582544465e6d01
fetch_axe() {
    local file=target/axe-core/axe.min.js
    mkdir -p target/axe-core
    if ! echo "$AXE_SHA256  $file" | sha256sum --check --status 2>/dev/null; then
        (cd target/axe-core && npm pack --silent "$AXE" | xargs tar --strip-components=1 -xzf)
    fi
    echo "$AXE_SHA256  $file" | sha256sum --check
}

# One server for all test programs, instead of one for each.
start_postgres() {
    coproc POSTGRES { exec sh crates/testkit/src/postgres.sh fast; }
    local line
    while read -r line <&"${POSTGRES[0]}"; do
        case $line in
            url\ *)
                export OCOP_TEST_POSTGRES=${line#url }
                return
                ;;
            *) echo "$line" ;;
        esac
    done
    return 1
}

run_tests() {
    local log result ignored
    log=$(mktemp)
    result=0
    cargo test --locked --workspace --all-features --no-fail-fast 2>&1 | tee "$log" || result=$?
    ignored=$(grep '^test result:' "$log" | grep -cvE ' 0 ignored; 0 measured; 0 filtered out' || true)
    rm -f "$log"
    [ "$ignored" = 0 ] || { echo "$ignored test programs skipped something: nothing may be skipped"; return 1; }
    return "$result"
}

stage "install what is missing" install_missing
stage "fetch axe-core" fetch_axe
stage "format" cargo fmt --all --check
# Lints and documentation need only the types of the dependencies, and share them; the tests need their code.
stage "lints" cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
RUSTDOCFLAGS="-D warnings" stage "documentation" cargo doc --locked --workspace --no-deps --all-features
stage "build of the tests" cargo test --locked --workspace --all-features --no-run
stage "start PostgreSQL" start_postgres
stage "tests" run_tests
