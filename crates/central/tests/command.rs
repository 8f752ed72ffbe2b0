//! The program itself: settings, commands, backup and restore, and one clear sentence for each mistake.

use std::path::Path;
use std::process::{Command, Output};

use central::App;
use central::admin::{Admin, NewProducer};
use central::config::Config;
use tempfile::TempDir;
use testkit::clock::DrivenClock;
use testkit::postgres::PostgresServer;

use crate::support::World;

/// Runs `ocop-central` in a data folder.
fn ocop(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop-central"));
    command.args(arguments).env("OCOP_CENTRAL_DATA_DIR", folder).env("OCOP_CENTRAL_DATABASE", database);
    command.env("RUST_LOG", "off").output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Returns the one sentence of a refusal.
fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.stdout.is_empty());
    let sentence = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    sentence
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_central_is_set_up_by_commands() {
    let data = folder();
    let ocop = |arguments: &[&str]| ocop(data.path(), "", arguments);
    assert_eq!(said(&ocop(&["migrate"])), "The schema is up to date.");
    said(&ocop(&["operator", "add", "HTX Lý Sơn", "--legal-status", "cooperative", "--commission-tax", "8"]));
    said(&ocop(&[
        "store",
        "add",
        "LS",
        "Điểm OCOP Lý Sơn",
        "--operator",
        "HTX Lý Sơn",
        "--bank-bin",
        "970436",
    ]));
    let code = said(&ocop(&["store", "code", "LS"]));
    assert_eq!(code.lines().next().unwrap().len(), 19, "{code}");
    assert!(said(&ocop(&["store", "list"])).starts_with("LS Điểm OCOP Lý Sơn"));
    let password = said(&ocop(&["user", "add", "huong", "--name", "Hường", "--role", "department"]));
    assert_eq!(password.lines().next().unwrap().len(), 20);
    said(&ocop(&["user", "add", "htx", "--name", "HTX", "--role", "operator", "--of", "HTX Lý Sơn"]));
    let symbol = ["--symbol", "1C26MAA", "--authority-chars", "VZQYY", "--cutoff", "23:00"];
    said(&ocop(&[&["operator", "invoices", "HTX Lý Sơn"][..], &symbol].concat()));
    said(&ocop(&["store", "numbers", "LS", "1", "1000000"]));
    let keys = [(); 2].map(|()| said(&ocop(&["operator", "bank-key", "HTX Lý Sơn"])));
    let [first, second] = keys.each_ref().map(|said| said.lines().next().unwrap());
    assert!(first.len() == 35 && first != second, "{first} {second}");
    assert!(keys[0].ends_with("http://127.0.0.1:8080/bank-notices/v1/sepay"), "{}", keys[0]);
    said(&ocop(&["operator", "bank-key", "HTX Lý Sơn", "--end"]));
    assert_eq!(said(&ocop(&["verify"])), "0 stores, 0 entries, 10 acts: all is right.");
    assert_eq!(said(&ocop(&["rebuild"])), "The books follow from 0 entries again.");

    for (arguments, sentence) in [
        (
            &["store", "add", "LS", "x", "--operator", "HTX Lý Sơn"][..],
            "the code LS is in use already: choose another one",
        ),
        (&["store", "add", "ls", "x", "--operator", "HTX Lý Sơn"], "code: 2 to 6 capitals and digits"),
        (
            &["store", "add", "QN", "x", "--operator", "Ai"],
            "there is no operator Ai: add it by `ocop-central operator add`",
        ),
        (&["operator", "bank-key", "HTX Lý Sơn", "--end"], "key: this operator has none"),
        (&["store", "numbers", "LS", "5", "1"], "numbers: a range between 1 and 99999999999"),
        (
            &["operator", "invoices", "HTX Lý Sơn", "--symbol", "x", "--authority-chars", "VZQYY"],
            "symbol: like 1C26MAA: form 1 or 2, C or K, the year, M, two capitals",
        ),
        (&["store", "code", "QN"], "there is no store QN: `ocop-central store list` names them"),
        (
            &["store", "approve", "1111-2222-3333-4444"],
            "0 devices with the fingerprint 1111-2222-3333-4444 wait for approval: compare it on both screens",
        ),
        (
            &["user", "add", "huong", "--name", "x", "--role", "admin"],
            "the login huong is in use already: choose another one",
        ),
        (&["producer", "key", "Ai"], "0 producers are called like Ai: write the whole name"),
        (&["producer", "link", "Ai"], "0 producers are called like Ai: write the whole name"),
        (
            &["user", "add", "p", "--name", "x", "--role", "producer"],
            "--of NAME is needed: whose data the person sees",
        ),
        (
            &["user", "add", "p", "--name", "x", "--role", "producer", "--of", "Ai"],
            "0 producers are called like Ai: write the whole name",
        ),
        (
            &["operator", "add", "x", "--legal-status", "king"],
            "legal status: company, cooperative, household or state_unit",
        ),
    ] {
        assert_eq!(refused(&ocop(arguments)), format!("ocop-central: {sentence}"));
    }
    let usage = ocop(&["stoer"]);
    assert!(
        !usage.status.success() && String::from_utf8_lossy(&usage.stderr).contains("unrecognized subcommand")
    );
}

#[tokio::test]
async fn a_producer_gets_a_key_and_a_link_by_commands() {
    let data = folder();
    let config = Config { data_dir: data.path().to_owned(), ..Config::default() };
    let (_, clock) = DrivenClock::new(3);
    let app = App::open(&config, clock).await.unwrap();
    let producer = NewProducer { name: "Công ty Phú Sinh".to_owned(), ..NewProducer::default() };
    Admin::new(&app, "test").add_producer(&producer).await.unwrap();
    app.db.close().await;
    let ocop = |arguments: &[&str]| ocop(data.path(), "", arguments);
    let key = said(&ocop(&["producer", "key", "phu sinh"]));
    assert!(key.starts_with("http://127.0.0.1:8080/p/"), "{key}");
    assert!(said(&ocop(&["producer", "key", "Phú Sinh", "--end"])).contains("Công ty Phú Sinh"));
    let none = refused(&ocop(&["producer", "key", "Phú Sinh", "--end"]));
    assert_eq!(none, "ocop-central: key: this producer has none");
    let nobody = refused(&ocop(&["producer", "link", "Phú Sinh"]));
    assert_eq!(nobody, "ocop-central: Công ty Phú Sinh has nobody who signs in: --login NAME makes somebody");
    let link = said(&ocop(&["producer", "link", "Phú Sinh", "--login", "phusinh"]));
    assert!(link.starts_with("http://127.0.0.1:8080/welcome/"), "{link}");
    let again = said(&ocop(&["producer", "link", "Phú Sinh"]));
    assert_ne!(link, again);
    said(&ocop(&["producer", "link", "Phú Sinh", "--login", "con.gai"]));
    let several = refused(&ocop(&["producer", "link", "Phú Sinh"]));
    assert!(several.ends_with("--login con.gai or phusinh"), "{several}");
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    let data = folder();
    let file = data.path().join("central.toml");
    let with = |text: &str| {
        std::fs::write(&file, text).unwrap();
        refused(&ocop(data.path(), "", &["--config", file.to_str().unwrap(), "migrate"]))
    };
    for (text, words) in [
        ("listne = \"x\"", vec!["listne", "central.toml"]),
        ("[limits]\npushs = 1", vec!["limits", "pushs", "central.toml"]),
        ("listen = \"nowhere\"", vec!["listen", "central.toml"]),
        ("public_url = \"central.vn\"", vec!["public_url", "http://", "central.vn"]),
        ("limits = { pushes_at_once = 0 }", vec!["limits"]),
        ("listen = ", vec!["central.toml"]),
    ] {
        let sentence = with(text);
        for word in words {
            assert!(sentence.contains(word), "{text}: {sentence}");
        }
    }
    let missing = refused(&ocop(data.path(), "", &["--config", "nowhere.toml", "migrate"]));
    assert!(missing.contains("there is no settings file nowhere.toml"), "{missing}");
    let unknown = Command::new(env!("CARGO_BIN_EXE_ocop-central"))
        .args(["migrate"])
        .env("OCOP_CENTRAL_DATADIR", "x")
        .output()
        .unwrap();
    assert!(refused(&unknown).contains("datadir"), "{}", refused(&unknown));
    assert!(refused(&ocop(data.path(), "mysql://x", &["migrate"])).contains("sqlite:FILE or postgres://"));
    // Nothing was made.
    assert_eq!(
        std::fs::read_dir(data.path()).unwrap().filter(|e| e.as_ref().unwrap().path() != file).count(),
        1,
        "the key alone"
    );
}

#[test]
fn the_example_shows_every_default() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/central.example.toml");
    assert_eq!(Config::load(Some(&file)).unwrap(), Config::default());
    let text = std::fs::read_to_string(file).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let all = serde_json::to_value(Config::default()).unwrap();
    let (tables, plain): (Vec<_>, Vec<_>) = keys(&all).into_iter().partition(|key| all[key].is_object());
    for key in tables.iter().flat_map(|table| keys(&all[table])).chain(plain) {
        assert!(text.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key}");
    }
}

#[tokio::test]
async fn a_second_service_on_one_folder_is_refused() {
    let data = folder();
    let config = Config { data_dir: data.path().to_owned(), ..Config::default() };
    let lock = central::app::lock(&config).unwrap();
    for arguments in [&["run"][..], &["restore", "x"]] {
        let sentence = refused(&ocop(data.path(), "", arguments));
        assert!(sentence.contains("another ocop-central runs on"), "{sentence}");
    }
    drop(lock);
    assert!(central::app::lock(&config).is_ok());
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let data = folder();
    said(&ocop(data.path(), "", &["migrate"]));
    let file = data.path().join("central.sqlite");
    let db = central::db::Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
    let later = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        select 9999, 'later', success, checksum, 0 from _sqlx_migrations where version = 1";
    db.exec(central::db::engine::Sql::new(later)).await.unwrap();
    db.close().await;
    let before = std::fs::read(&file).unwrap();
    assert!(refused(&ocop(data.path(), "", &["run"])).contains("newer than this program"));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

/// Opens a central in a folder, with a day of sales; returns its epoch and books.
async fn fill(data: &Path, database: &str) -> (uuid::Uuid, protocol::Hash) {
    let config = Config { data_dir: data.to_owned(), database: database.to_owned(), ..Config::default() };
    let (_clock, handle) = DrivenClock::new(3);
    let app = App::open(&config, handle).await.unwrap();
    let epoch = app.epoch;
    let world = World::new(app.db).await;
    let mut till = world.till().await;
    for pieces in 1..20 {
        till.sell(&[(&world.garlic, pieces), (&world.salt, 1)]);
    }
    till.push_from(&world, 1).await.ack();
    let digest = central::rebuild::snapshot_digest(&world.app.db).await.unwrap();
    world.app.db.close().await;
    (epoch, digest)
}

async fn reopened(data: &Path, database: &str) -> (uuid::Uuid, protocol::Hash) {
    let config = Config { data_dir: data.to_owned(), database: database.to_owned(), ..Config::default() };
    let (_clock, handle) = DrivenClock::new(4);
    let app = App::open(&config, handle).await.unwrap();
    let digest = central::rebuild::snapshot_digest(&app.db).await.unwrap();
    central::verify::verify(&app.db).await.unwrap();
    app.db.close().await;
    (app.epoch, digest)
}

/// What the database holds, its copies hold: buyers' and producers' data is for this user alone.
fn nobody_else_reads(file: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }
}

#[tokio::test]
async fn a_backup_is_whole_and_a_restore_begins_another_epoch() {
    let data = folder();
    let (epoch, books) = fill(data.path(), "").await;
    let copy = data.path().join("copy.sqlite");
    let copy = copy.to_str().unwrap();
    said(&ocop(data.path(), "", &["backup", copy]));
    assert!(refused(&ocop(data.path(), "", &["backup", copy])).contains("is there already"));
    nobody_else_reads(copy);
    let key = std::fs::read(data.path().join("central.key")).unwrap();
    let bytes = std::fs::read(copy).unwrap();
    assert!(!bytes.windows(key.len()).any(|window| window == key), "the key is in no backup");

    // Another central takes the copy: same books, another epoch, and its own former file kept.
    let other = folder();
    said(&ocop(other.path(), "", &["operator", "add", "x", "--legal-status", "company"]));
    said(&ocop(other.path(), "", &["restore", copy]));
    nobody_else_reads(other.path().join("central.sqlite").to_str().unwrap());
    let (restored_epoch, restored_books) = reopened(other.path(), "").await;
    assert_eq!(restored_books, books);
    assert_ne!(restored_epoch, epoch);
    let kept = std::fs::read_dir(other.path()).unwrap().filter(|entry| {
        entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("central.sqlite.before-")
    });
    assert!(kept.count() >= 1);

    // A damaged or foreign file changes nothing.
    let mut damaged = bytes.clone();
    let middle = damaged.len() / 2;
    // A single page may be one that nothing stands on.
    damaged[middle..middle + bytes.len() / 4].fill(0xff);
    for (name, content) in
        [("damaged", damaged), ("foreign", b"not a database".to_vec()), ("half", bytes[..middle].to_vec())]
    {
        let file = data.path().join(name);
        std::fs::write(&file, content).unwrap();
        let sentence = refused(&ocop(other.path(), "", &["restore", file.to_str().unwrap()]));
        assert!(sentence.contains(name), "{sentence}");
    }
    refused(&ocop(other.path(), "", &["restore", "nowhere"]));
    assert_eq!(reopened(other.path(), "").await, (restored_epoch, books));
}

#[tokio::test]
async fn a_backup_of_postgres_goes_into_an_empty_database() {
    let server = PostgresServer::shared();
    let (first, second) = (server.fresh_database(), server.fresh_database());
    let data = folder();
    let (epoch, books) = fill(data.path(), first.as_str()).await;
    let copy = data.path().join("copy.dump");
    let copy = copy.to_str().unwrap();
    said(&ocop(data.path(), first.as_str(), &["backup", copy]));
    nobody_else_reads(copy);
    let sentence = refused(&ocop(data.path(), first.as_str(), &["restore", copy]));
    assert!(sentence.contains("the database is not empty"), "{sentence}");
    said(&ocop(data.path(), second.as_str(), &["restore", copy]));
    let (restored_epoch, restored_books) = reopened(data.path(), second.as_str()).await;
    assert_eq!(restored_books, books);
    assert_ne!(restored_epoch, epoch);
}
