//! What the shims keep, shown by small Python programs that end by `os._exit`, so that nothing is flushed.

use super::*;
use std::process::Output;

fn run_python(program: &str, folder: &Path, variables: Vec<(&'static str, OsString)>) -> Output {
    let output = crate::python().args(["-c", program]).current_dir(folder).envs(variables).output();
    output.expect("python3 is not installed: run tests/run.sh")
}

/// Returns name and text of each file, in the order of names; folders end in a slash.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.push((format!("{name}/"), String::new()));
            found.extend(files(&path).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else {
            found.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
    found
}

const HELPERS: &str = r#"
import os
def write(name, text, sync=True):
    with open(name, "w") as file:
        file.write(text)
        file.flush()
        if sync: os.fsync(file.fileno())
def sync_folder(name="."):
    folder = os.open(name, os.O_RDONLY)
    os.fsync(folder)
"#;

#[test]
fn a_cut_keeps_what_was_synced_and_nothing_else() {
    for (story, before, program, expected) in [
        ("synced", vec![], r#"write("a", "1")"#, vec![("a", "1")]),
        ("never synced", vec![], r#"write("a", "1", False)"#, vec![]),
        ("synced, then written", vec![], r#"write("a", "1"); write("a", "22", False)"#, vec![("a", "1")]),
        ("untouched", vec![("a", "0")], "", vec![("a", "0")]),
        ("old and not synced", vec![("a", "0")], r#"write("a", "1", False)"#, vec![("a", "0")]),
        (
            "old, folder synced",
            vec![("a", "0")],
            r#"write("a", "1", False); sync_folder()"#,
            vec![("a", "0")],
        ),
        ("removed, folder not synced", vec![("a", "0")], r#"os.unlink("a")"#, vec![("a", "0")]),
        ("removed, folder synced", vec![("a", "0")], r#"os.unlink("a"); sync_folder()"#, vec![]),
        ("only the name synced", vec![], r#"write("a", "1", False); sync_folder()"#, vec![("a", "")]),
        (
            "replaced by a synced file",
            vec![("a", "0")],
            r#"write("b", "1"); os.rename("b", "a"); sync_folder()"#,
            vec![("a", "1")],
        ),
        (
            "replaced, folder not synced",
            vec![("a", "0")],
            r#"write("b", "1"); os.rename("b", "a")"#,
            vec![("a", "0"), ("b", "1")],
        ),
        (
            "replaced by a file never synced",
            vec![("a", "0")],
            r#"write("b", "1", False); os.rename("b", "a"); sync_folder()"#,
            vec![("a", "")],
        ),
        (
            "in a new folder",
            vec![],
            r#"os.mkdir("keys"); write("keys/a", "1"); sync_folder("keys"); sync_folder()"#,
            vec![("keys/", ""), ("keys/a", "1")],
        ),
        (
            "in a removed folder",
            vec![],
            r#"os.mkdir("k"); write("k/a", "1"); os.unlink("k/a"); os.rmdir("k"); sync_folder()"#,
            vec![],
        ),
    ] {
        let live = tempfile::tempdir().expect("a folder");
        for (name, text) in before {
            fs::write(live.path().join(name), text).expect("a file");
        }
        let durable = Durable::watch(live.path());
        let program = format!("{HELPERS}\n{program}\nos._exit(0)");
        let output = run_python(&program, live.path(), durable.variables(Disk::Honest));
        assert!(output.status.success(), "{story}: {}", String::from_utf8_lossy(&output.stderr));
        durable.cut();
        let expected: Vec<_> = expected.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        assert_eq!(files(live.path()), expected, "{story}");
    }
}

/// Sells four times on a database in WAL mode and says how many sales it was told are safe.
const SELL: &str = r#"
import os, sqlite3
safe = 0
try:
    journal = sqlite3.connect("journal.db", isolation_level=None)
    journal.execute("pragma journal_mode=wal")
    journal.execute("pragma synchronous=MODE")
    journal.execute("create table if not exists sales (id integer primary key)")
    for _ in range(4):
        journal.execute("insert into sales default values")
        safe += 1
except sqlite3.OperationalError as error:
    print(error)
print("safe", safe, flush=True)
os._exit(0)
"#;

const COUNT: &str = r#"
import sqlite3
tables = sqlite3.connect("journal.db")
known = tables.execute("select count(*) from sqlite_schema where name = 'sales'").fetchone()[0]
print(tables.execute("select count(*) from sales").fetchone()[0] if known else 0)
"#;

/// Sells `times` under a disk, with a power cut after each; returns what the program said last and what is left.
fn sell_and_cut(mode: &str, disk: Disk, times: usize) -> (String, String) {
    let live = tempfile::tempdir().expect("a folder");
    let durable = Durable::watch(live.path());
    let mut said = String::new();
    for _ in 0..times {
        let output = run_python(&SELL.replace("MODE", mode), live.path(), durable.variables(disk));
        said = String::from_utf8_lossy(&output.stdout).into_owned();
        durable.cut();
    }
    let left = run_python(COUNT, live.path(), Vec::new());
    (said, String::from_utf8_lossy(&left.stdout).into_owned())
}

#[test]
fn sqlite_keeps_confirmed_sales_only_where_it_syncs_each_commit() {
    for (mode, disk, times, left) in [
        ("full", Disk::Honest, 1, "4\n"),
        ("full", Disk::Honest, 2, "8\n"),
        // This is why `kill -9` is no test of power: all is in the page cache, and nothing is on the disk.
        ("normal", Disk::Honest, 1, "0\n"),
        ("full", Disk::Lies, 1, "0\n"),
    ] {
        assert_eq!(
            sell_and_cut(mode, disk, times),
            ("safe 4\n".into(), left.into()),
            "{mode} {disk:?} {times}"
        );
    }
}

#[test]
fn a_failing_sync_reaches_the_program() {
    let (said, left) = sell_and_cut("full", Disk::FailsFrom(1), 1);
    assert_eq!((said.as_str(), left.as_str()), ("disk I/O error\nsafe 0\n", "0\n"));
    let (said, left) = sell_and_cut("full", Disk::FailsFrom(9), 1);
    assert!(said.starts_with("disk I/O error\n"), "{said}");
    let safe = said.trim().rsplit(' ').next().expect("a number");
    assert!(left.trim() >= safe, "{safe} were confirmed, {left} are left");
}

#[test]
fn the_clock_jumps_while_the_program_runs() {
    const DAY_MS: i64 = 86_400_000;
    let clock = ClockShim::new();
    let mut child = crate::python()
        .args(["-uc", "import sys, time\nfor _ in sys.stdin: print(time.time_ns() // 10**6, time.monotonic_ns() // 10**6)"])
        .envs(clock.variables())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    let mut input = child.stdin.take().expect("stdin");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().expect("stdout")));
    let mut read = |offset_ms: i64| -> (i64, i64) {
        clock.set_offset_ms(offset_ms);
        input.write_all(b"now\n").expect("it reads");
        let line = lines.next().expect("a line").expect("text");
        let (wall, monotonic) = line.split_once(' ').expect("two numbers");
        (wall.parse().expect("a number"), monotonic.parse().expect("a number"))
    };
    let (start, monotonic_start) = read(0);
    for offset_ms in [-1, -DAY_MS, 3650 * DAY_MS, -DAY_MS - 999] {
        let (now, monotonic) = read(offset_ms);
        assert!((monotonic - monotonic_start) < DAY_MS, "the monotonic clock jumped");
        let elapsed_ms = monotonic - monotonic_start;
        assert!((now - start - offset_ms - elapsed_ms).abs() < 1_000, "{offset_ms}: {}", now - start);
    }
    drop(input);
    child.wait().expect("it ends");
}
