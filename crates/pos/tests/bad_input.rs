//! Bad input to the program itself: one clear sentence, an exit code, and not a byte of the data changed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use pos::maintenance::backup;
use pos::{App, Config};
use tempfile::TempDir;
use testkit::programs::{Running, assert_kept, assert_untouched, contents, refused};
use testkit::store::TestStore;
use testkit::strace::{Injection, Strace};
use testkit::world::{GARLIC, World};

/// What SQLite does to its files; without `write`, which also wakes threads.
const WRITES: &str = "pwrite64,pwritev,ftruncate,fallocate";

/// Prepares `ocop-pos` on a data folder.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop-pos"));
    command.args(arguments).env("OCOP_POS_DATA_DIR", folder).env("OCOP_POS_LISTEN", "127.0.0.1:0");
    command.env("RUST_LOG", "off");
    command
}

fn ocop(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Returns the folder of a store with a sale, and a backup beside it; no program runs on it.
async fn closed_store() -> (TempDir, TempDir) {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    let copies = tempfile::tempdir().unwrap();
    backup::backup(&store.app, &copies.path().join("good.sqlite")).await.unwrap();
    store.app.db().close().await;
    let folder = store.snapshot();
    // Its first start makes the lock.
    assert!(ocop(folder.path(), &["status"]).status.success());
    (folder, copies)
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pos.toml");
    let data = folder.path().join("data");
    let run = |text: &str, variables: &[(&str, &str)]| {
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_ocop-pos"));
        command.args(["--config", file.to_str().unwrap(), "status"]).env("RUST_LOG", "off");
        command.env("OCOP_POS_DATA_DIR", &data).envs(variables.iter().copied()).output().unwrap()
    };
    for (text, variables, words) in [
        ("listn = \"127.0.0.1:1\"", &[][..], &["listn", "pos.toml"][..]),
        ("paper_dots = \"80 mm\"", &[], &["paper_dots", "pos.toml"]),
        ("paper_dots = 80", &[], &["paper_dots", "576"]),
        ("listen = 8091", &[], &["listen", "pos.toml"]),
        ("allowed_hosts = \"may-ban-hang.lan\"", &[], &["allowed_hosts", "pos.toml"]),
        ("printer = \"fax:1\"", &[], &["printer"]),
        ("listen = ", &[], &["pos.toml"]),
        // The environment wins over the file, for better and for worse.
        ("", &[("OCOP_POS_PAPER_DOTS", "wide")], &["paper_dots", "environment"]),
        ("paper_dots = 576", &[("OCOP_POS_PAPER_DOTS", "80")], &["paper_dots", "576"]),
        ("", &[("OCOP_POS_DATADIR", "x")], &["datadir", "environment"]),
    ] {
        let sentence = refused(&run(text, variables));
        for word in words {
            assert!(sentence.contains(word), "{text} {variables:?}: {sentence}");
        }
        assert!(!data.exists(), "{text} {variables:?}: a folder was made");
    }
    let output = run("paper_dots = 80", &[("OCOP_POS_PAPER_DOTS", "384")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let missing = refused(&ocop(&data, &["--config", "nowhere.toml", "status"]));
    assert!(missing.contains("nowhere.toml"), "{missing}");
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone() {
    let (folder, copies) = closed_store().await;
    let file = folder.path().join("pos.sqlite");
    let db = pos::db::Db::open(&file).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    sqlx::query("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', 1, x'00', 0)")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    let newer = copies.path().join("newer.sqlite");
    std::fs::copy(&file, &newer).unwrap();
    let before = contents(folder.path());
    let target = copies.path().join("fresh.sqlite");
    let target = target.to_str().unwrap();
    for arguments in
        [&["run"][..], &["status"], &["verify"], &["rebuild"], &["backup", target], &["export", target]]
    {
        let sentence = refused(&ocop(folder.path(), arguments));
        assert!(sentence.contains("newer version"), "{arguments:?}: {sentence}");
        assert_untouched(folder.path(), &before, arguments[0]);
    }
    // Nor does a newer backup take the place of older data.
    let (older, _copies) = closed_store().await;
    let before = contents(older.path());
    let sentence = refused(&ocop(older.path(), &["restore", newer.to_str().unwrap()]));
    assert!(sentence.contains("newer.sqlite") && sentence.contains("newer version"), "{sentence}");
    assert_untouched(older.path(), &before, "restore");
}

#[tokio::test]
async fn a_second_process_and_a_port_in_use_are_told_apart() {
    let (folder, copies) = closed_store().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let before = contents(folder.path());
    let sentence =
        refused(&command(folder.path(), &["run"]).env("OCOP_POS_LISTEN", &address).output().unwrap());
    assert!(sentence.contains(&address) && sentence.contains("choose another listen address"), "{sentence}");
    assert_untouched(folder.path(), &before, "a port in use");

    let running = Running::start(&mut command(folder.path(), &["run"]));
    let port = running.url.strip_prefix("http://").unwrap();
    let before = contents(folder.path());
    let copy = copies.path().join("good.sqlite");
    for arguments in [&["run"][..], &["status"], &["verify"], &["restore", copy.to_str().unwrap()]] {
        // A second start, with the same settings, meets the folder before the port.
        let second = command(folder.path(), arguments).env("OCOP_POS_LISTEN", port).output().unwrap();
        let sentence = refused(&second);
        assert!(sentence.contains("another ocop-pos runs on"), "{arguments:?}: {sentence}");
        assert_untouched(folder.path(), &before, arguments[0]);
    }
}

#[tokio::test]
async fn a_code_that_is_no_good_enrols_nobody() {
    let world = World::with_catalogue().await;
    let (store_id, _seat) = world.add_store("LS").await;
    let admin = world.admin();
    let used = admin.issue_code(store_id).await.unwrap();
    let folders: Vec<TempDir> = (0..2).map(|_| tempfile::tempdir().unwrap()).collect();
    let enrol = async |folder: &Path, code: &str| {
        let mut command = command(folder, &["enrol", code]);
        command.env("OCOP_POS_CENTRAL_URL", &world.url);
        // Central answers on this thread.
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
    };
    assert!(enrol(folders[0].path(), &used).await.status.success());
    assert!(ocop(folders[1].path(), &["status"]).status.success());
    let before = contents(folders[1].path());
    let no_good = "the code is wrong, used or expired: ask the department for a new one";
    let late = admin.issue_code(store_id).await.unwrap();
    world.clock.advance(10 * 60 * 1_000 + 1);
    for (code, why) in [
        (used.as_str(), "used"),
        (late.as_str(), "expired"),
        ("0000-0000-0000-0000", "wrong"),
        ("đ", "no code"),
    ] {
        let sentence = refused(&enrol(folders[1].path(), code).await);
        assert!(sentence.ends_with(no_good), "{why}: {sentence}");
        assert_untouched(folders[1].path(), &before, why);
    }
    // A store that is one already uses up no code, whatever it is.
    let before = contents(folders[0].path());
    let fresh = admin.issue_code(store_id).await.unwrap();
    let sentence = refused(&enrol(folders[0].path(), &fresh).await);
    assert!(sentence.contains("enrolled already"), "{sentence}");
    assert_untouched(folders[0].path(), &before, "enrolled");
    assert!(enrol(folders[1].path(), &fresh).await.status.success());
    let mut gone = command(folders[1].path(), &["status"]);
    assert!(gone.output().unwrap().status.success());
    let nobody = tempfile::tempdir().unwrap();
    let sentence = refused(
        &command(nobody.path(), &["enrol", "x"])
            .env("OCOP_POS_CENTRAL_URL", "http://127.0.0.1:9")
            .output()
            .unwrap(),
    );
    assert!(sentence.contains("central does not answer") && sentence.contains("127.0.0.1:9"), "{sentence}");
}

#[tokio::test]
async fn a_backup_that_is_not_whole_restores_nothing() {
    let (folder, copies) = closed_store().await;
    let good = std::fs::read(copies.path().join("good.sqlite")).unwrap();
    let changed = |from: &str, to: &str| {
        let mut bytes = good.clone();
        let mut times = 0;
        for at in 0..bytes.len() - from.len() {
            if bytes[at..].starts_with(from.as_bytes()) {
                bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
                times += 1;
            }
        }
        assert!(times > 0, "{from} stands nowhere");
        bytes
    };
    let mut holed = good.clone();
    let middle = good.len() / 2;
    holed[middle..middle + 4096].fill(0xff);
    let other = other_stores_backup(copies.path()).await;
    let before = contents(folder.path());
    for (name, bytes, words) in [
        ("half", good[..middle].to_vec(), "half is no sound backup"),
        ("empty", Vec::new(), "empty is no sound backup"),
        ("text", b"not a database".to_vec(), "text is no sound backup: it is damaged"),
        ("holed", holed, "holed is no sound backup"),
        ("envelope", changed("\"kind\":\"sale\"", "\"kind\":\"sald\""), ": entry 5 is damaged"),
        ("shared", changed("\"payable\":280000", "\"payable\":280001"), ": entry 5 is damaged"),
        ("other", other, "the backup is of another store"),
    ] {
        let file = copies.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let sentence = refused(&ocop(folder.path(), &["restore", file.to_str().unwrap()]));
        assert!(sentence.contains(words), "{name}: {sentence}");
        assert_untouched(folder.path(), &before, name);
    }
    let missing = refused(&ocop(folder.path(), &["restore", "nowhere.sqlite"]));
    assert!(missing.contains("nowhere.sqlite is no sound backup: there is no such file"), "{missing}");
    assert_untouched(folder.path(), &before, "missing");
    let output = ocop(folder.path(), &["restore", copies.path().join("good.sqlite").to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(ocop(folder.path(), &["verify"]).status.success());
}

async fn other_stores_backup(folder: &Path) -> Vec<u8> {
    let world = World::with_catalogue().await;
    let store = world.open_store("QN").await;
    let file = folder.join("of-another-store.sqlite");
    backup::backup(&store.app, &file).await.unwrap();
    std::fs::read(file).unwrap()
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_named() {
    let (folder, _copies) = closed_store().await;
    // A file where the folder should be; root may enter every folder, so the system refuses by itself below.
    let file = folder.path().join("pos.sqlite");
    let sentence = refused(&ocop(&file, &["run"]));
    assert!(sentence.contains("data folder") && sentence.contains("pos.sqlite"), "{sentence}");
    let before = contents(folder.path());
    let refuse = |calls: &'static str, error: &'static str| {
        let strace = Strace::new(Injection::fail_from(calls, error, 1));
        let (output, outcome) = strace.run(&command(folder.path(), &["rebuild"]));
        assert!(outcome.failed_calls > 0);
        refused(&output)
    };
    let sentence = refuse("chmod,fchmodat", "EACCES");
    assert!(sentence.contains("data folder") && sentence.contains("Permission denied"), "{sentence}");
    assert_untouched(folder.path(), &before, "no access");
    // At a start SQLite's first word is the same for both.
    for error in ["ENOSPC", "EIO"] {
        let sentence = refuse(WRITES, error);
        assert!(sentence.contains("look whether it is full, and call for help"), "{error}: {sentence}");
        // Only an empty log may stay: SQLite could not end in good order.
        assert_kept(folder.path(), &before, error);
    }
    // The disk has room again.
    let config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
    let app = App::open(config, clock::Clock::system()).await.unwrap();
    assert_eq!(pos::maintenance::verify::verify(&app).await.unwrap().faults, Vec::<String>::new());
}
