//! Bad input to the program itself: one clear sentence, an exit code, and not a byte of the data changed.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use central::App;
use central::config::Config;
use central::db::Db;
use central::db::engine::Sql;
use central::db::users::Role;
use tempfile::TempDir;
use testkit::clock::DrivenClock;
use testkit::programs::{Running, assert_kept, assert_untouched, contents, refused};
use testkit::strace::{Injection, Strace};

use crate::support::World;

/// Prepares `ocop-central` on a data folder.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop-central"));
    command.args(arguments).env("OCOP_CENTRAL_DATA_DIR", folder).env("OCOP_CENTRAL_LISTEN", "127.0.0.1:0");
    command.env("RUST_LOG", "off");
    command
}

fn ocop(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Returns the folder of a central with a day of sales, and a backup beside it; no program runs on it.
async fn closed_central() -> (TempDir, TempDir) {
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
    let app = App::open(&config, DrivenClock::new(3).1).await.unwrap();
    let world = World::new(app.db).await;
    world.admin.add_user("ngan", "Ngân", Role::Department, "hành tím mồ côi").await.unwrap();
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1), (&world.salt, 1)]);
    till.push_from(&world, 1).await.ack();
    world.app.db.close().await;
    let copy = copies.path().join("good.sqlite");
    assert!(ocop(folder.path(), &["backup", copy.to_str().unwrap()]).status.success());
    // Its first start makes the lock.
    drop(central::app::lock(&config).unwrap());
    (folder, copies)
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn wrong_types_and_units_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("central.toml"), folder.path().join("data"));
    let run = |text: &str, variables: &[(&str, &str)]| {
        std::fs::write(&file, text).unwrap();
        let mut command = command(&data, &["--config", file.to_str().unwrap(), "store", "list"]);
        command.env_remove("OCOP_CENTRAL_LISTEN").envs(variables.iter().copied()).output().unwrap()
    };
    for (text, variables, words) in [
        ("listen = 8080", &[][..], &["listen", "central.toml"][..]),
        ("[limits]\nrequest_s = \"30 s\"", &[], &["limits.request_s", "central.toml"]),
        ("[limits]\nrequest_s = 0.5", &[], &["limits.request_s", "central.toml"]),
        ("[limits]\nstore_burst = -1", &[], &["limits.store_burst", "central.toml"]),
        ("trusted_proxies = \"127.0.0.1\"", &[], &["trusted_proxies", "central.toml"]),
        // The environment wins over the file, for better and for worse.
        ("", &[("OCOP_CENTRAL_LIMITS__REQUEST_S", "half")], &["limits.request_s", "environment"]),
        ("listen = \"127.0.0.1:1\"", &[("OCOP_CENTRAL_LISTEN", "here")], &["listen", "environment"]),
    ] {
        let sentence = refused(&run(text, variables));
        for word in words {
            assert!(sentence.contains(word), "{text} {variables:?}: {sentence}");
        }
        assert!(!data.exists(), "{text} {variables:?}: a folder was made");
    }
    let output = run("listen = \"here\"", &[("OCOP_CENTRAL_LISTEN", "127.0.0.1:1")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone() {
    let (folder, copies) = closed_central().await;
    let file = folder.path().join("central.sqlite");
    let db = Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
    let later = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        select 9999, 'later', success, checksum, 0 from _sqlx_migrations where version = 1";
    db.exec(Sql::new(later)).await.unwrap();
    db.close().await;
    let newer = path(&copies, "newer.sqlite");
    std::fs::copy(&file, &newer).unwrap();
    let before = contents(folder.path());
    let target = path(&copies, "fresh.sqlite");
    for arguments in
        [&["run"][..], &["migrate"], &["verify"], &["rebuild"], &["backup", &target], &["store", "list"]]
    {
        let sentence = refused(&ocop(folder.path(), arguments));
        assert!(sentence.contains("newer than this program"), "{arguments:?}: {sentence}");
        assert_untouched(folder.path(), &before, arguments[0]);
    }
    // Nor does a newer backup take the place of older data.
    let (older, _copies) = closed_central().await;
    let before = contents(older.path());
    let sentence = refused(&ocop(older.path(), &["restore", &newer]));
    assert!(sentence.contains("newer.sqlite") && sentence.contains("newer than this program"), "{sentence}");
    assert_untouched(older.path(), &before, "restore");
}

#[tokio::test]
async fn a_second_process_and_a_port_in_use_are_told_apart() {
    let (folder, copies) = closed_central().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let before = contents(folder.path());
    let second = command(folder.path(), &["run"]).env("OCOP_CENTRAL_LISTEN", &address).output().unwrap();
    let sentence = refused(&second);
    assert!(sentence.contains(&address) && sentence.contains("choose another listen address"), "{sentence}");
    assert_untouched(folder.path(), &before, "a port in use");

    let running = Running::start(&mut command(folder.path(), &["run"]));
    let port = running.url.strip_prefix("http://").unwrap();
    let before = contents(folder.path());
    for arguments in [&["run"][..], &["restore", &path(&copies, "good.sqlite")]] {
        // A second start, with the same settings, meets the folder before the port.
        let second = command(folder.path(), arguments).env("OCOP_CENTRAL_LISTEN", port).output().unwrap();
        let sentence = refused(&second);
        assert!(sentence.contains("another ocop-central runs on"), "{arguments:?}: {sentence}");
        assert_untouched(folder.path(), &before, arguments[0]);
    }
}

#[tokio::test]
async fn a_backup_that_is_not_whole_restores_nothing() {
    let (folder, copies) = closed_central().await;
    let good = std::fs::read(path(&copies, "good.sqlite")).unwrap();
    let changed = |from: &str, to: &str| {
        let at = good.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
        [&good[..at], to.as_bytes(), &good[at + from.len()..]].concat()
    };
    let before = contents(folder.path());
    for (name, bytes, words) in [
        ("half", good[..good.len() / 2].to_vec(), "half"),
        ("empty", Vec::new(), "empty"),
        ("envelope", changed("\"kind\":\"sale\"", "\"kind\":\"sald\""), "entries is damaged at"),
        ("shared", changed("\"payable\":480000", "\"payable\":480001"), "entries is damaged at"),
        // Of an act's words, which stand in the row alone: its action stands in an index too.
        ("act", changed("department ngan", "department ngam"), "audit_log is damaged at"),
    ] {
        let file = path(&copies, name);
        std::fs::write(&file, bytes).unwrap();
        let sentence = refused(&ocop(folder.path(), &["restore", &file]));
        assert!(sentence.contains(name) && sentence.contains(words), "{name}: {sentence}");
        assert_untouched(folder.path(), &before, name);
    }
    let sentence = refused(&ocop(folder.path(), &["restore", "nowhere.sqlite"]));
    assert!(sentence.contains("there is no file nowhere.sqlite"), "{sentence}");
    assert_untouched(folder.path(), &before, "missing");
    let output = ocop(folder.path(), &["restore", &path(&copies, "good.sqlite")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names: Vec<_> = contents(folder.path()).into_keys().collect();
    let left_over = |name: &&std::path::PathBuf| name.to_string_lossy().contains("restoring");
    assert_eq!(names.iter().find(left_over), None);
    assert!(ocop(folder.path(), &["verify"]).status.success());
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_named() {
    let (folder, _copies) = closed_central().await;
    // A file where the folder should be; root may enter every folder, so the system refuses by itself below.
    let sentence = refused(&ocop(&folder.path().join("central.sqlite"), &["run"]));
    assert!(sentence.contains("central.sqlite"), "{sentence}");
    let before = contents(folder.path());
    let refuse = |calls: &'static str, error: &'static str| {
        let strace = Strace::new(Injection::fail_from(calls, error, 1));
        let (output, outcome) = strace.run(&command(folder.path(), &["rebuild"]));
        assert!(outcome.failed_calls > 0);
        refused(&output)
    };
    // At a start SQLite's first word is the same for both.
    for error in ["ENOSPC", "EIO"] {
        let sentence = refuse("pwrite64,ftruncate,fallocate", error);
        assert!(sentence.contains("look whether it is full, and call for help"), "{error}: {sentence}");
        // Only an empty log may stay: SQLite could not end in good order.
        assert_kept(folder.path(), &before, error);
    }
    assert!(ocop(folder.path(), &["verify"]).status.success(), "the disk has room again");
}
