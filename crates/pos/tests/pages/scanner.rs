//! A scanner at a serial port: real bytes through a pseudo-terminal into the cart and onto the page of its counter.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pos::counter::Note;
use pos::db::scanners::{self, SerialScanner};
use pos::scanner::{self, Scanned};
use serialport::{SerialPort, TTYPort};
use testkit::store::TestStore;

use crate::live::Events;
use crate::visitor::{As, FISH_SAUCE, GARLIC, MANAGER, Visitor, store};

/// The end of the line where the scanner is; pulling it out takes the port away.
struct Scanner(TTYPort);

impl Scanner {
    /// Plugs a scanner in: a new port, under a name that stays.
    fn plug_in(lasting: &Path) -> Self {
        let (scanner, port) = TTYPort::pair().unwrap();
        let _ = std::fs::remove_file(lasting);
        std::os::unix::fs::symlink(port.name().unwrap(), lasting).unwrap();
        // The service opens it by its name.
        drop(port);
        Self(scanner)
    }

    fn sends(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }
}

async fn set_up(store: &TestStore, port: &Path) {
    let mut tx = store.app.db().begin().await.unwrap();
    let scanner = SerialScanner { port: port.to_string_lossy().into_owned(), baud: 9_600 };
    scanners::upsert_scanner(&mut tx, "Quầy 1", &scanner, 0).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits until something is so; every change is told, and a change that never comes fails the test.
async fn until(store: &TestStore, mut is_so: impl FnMut() -> bool) {
    let mut changes = store.app.changes();
    let wait = async {
        while !is_so() {
            let _ = changes.recv().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap();
}

async fn connected(store: &TestStore, expected: bool) {
    until(store, || store.app.scanners().is_connected("Quầy 1") == expected).await;
}

async fn scanned(store: &TestStore, number: u64) -> Scanned {
    let last = || store.app.scanners().last_scanned("Quầy 1");
    until(store, || last().is_some_and(|scanned| scanned.number >= number)).await;
    last().unwrap()
}

#[tokio::test]
async fn codes_go_into_the_cart_and_onto_the_page_at_once() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let port: PathBuf = folder.path().join("usb-scanner");
    set_up(&store, &port).await;
    let mut device = Scanner::plug_in(&port);
    let worker = tokio::spawn(scanner::run(store.app.clone()));
    connected(&store, true).await;
    let cookies = visitor.cookies();
    let (_, mut page) = Events::open(&visitor, &cookies).await;
    let (_, first) = page.next().await.unwrap();
    assert!(!first.contains("id=\"note\""));

    device.sends(&GARLIC.as_bytes()[..5]);
    device.sends(&GARLIC.as_bytes()[5..]);
    device.sends(b"\r\n");
    scanned(&store, 1).await;
    let mut seen = String::new();
    while !seen.contains("id=\"note\"") {
        seen = page.next().await.unwrap().1;
    }
    assert!(seen.contains("Tỏi đen Lý Sơn hộp 250 g") && seen.contains("280.000 ₫"), "{seen}");
    // Two codes back to back, one of them unknown.
    device.sends(format!("{FISH_SAUCE}\t8930000000002\r").as_bytes());
    scanned(&store, 3).await;
    let state = visitor.state().await;
    assert_eq!(state["lines"].as_array().unwrap().len(), 2, "{state}");
    assert_eq!(state["missed_codes"][0], "8930000000002");

    // Pulled out and plugged in again: it goes on by itself.
    drop(device);
    connected(&store, false).await;
    let mut device = Scanner::plug_in(&port);
    connected(&store, true).await;
    device.sends(format!("{GARLIC}\n").as_bytes());
    scanned(&store, 4).await;
    assert_eq!(visitor.state().await["payable_vnd"], 2 * 280_000 + 95_000);
    worker.abort();
    store.check().await;
}

/// What the scanner puts around each code is cut, whoever reads it; a manager tries it first.
#[tokio::test]
async fn a_scanner_has_its_own_habit() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let came = "/printers/scan-habit/try?counter=1&end=Enter&gaps=50%2050%2050&code=~8938500000010%23";
    let tried = manager.get(As::Json, came).await.json();
    assert_eq!((&tried["is_scan"], &tried["advised_ms"]), (&false.into(), &75.into()), "{tried}");
    assert_eq!(tried["understood"]["is"], "words", "{tried}");
    let save = |op_id: &'static str, gap: &'static str, prefix: &'static str| {
        [("op_id", op_id), ("counter", "1"), ("gap_ms", gap), ("prefix", prefix), ("suffix", "#")]
    };
    for (gap, prefix, words) in [
        ("5", "~", "Nhịp gõ phải từ 10 đến 90 mili giây."),
        ("nhanh", "~", "Nhịp gõ phải từ 10 đến 90 mili giây."),
        ("75", "a b", "nhiều nhất 8 chữ"),
    ] {
        let told = manager.post(As::Json, "/printers/scan-habit", &save("x", gap, prefix)).await;
        assert_eq!(told.status, 422, "{gap} {prefix}");
        told.has(words);
    }
    let told = manager.post(As::Json, "/printers/scan-habit", &save("y", "75", "~")).await;
    assert_eq!(told.says(), "scanner_saved");
    let tried = manager.get(As::Json, came).await.json();
    assert_eq!((&tried["is_scan"], &tried["code"]), (&true.into(), &GARLIC.into()), "{tried}");
    assert_eq!(tried["understood"]["name"], "Tỏi đen Lý Sơn hộp 250 g");
    visitor.get(As::Page, "/").await.has("data-gap=\"75\" data-prefix=\"~\" data-suffix=\"#\"");
    visitor.get(As::Page, "/goods").await.has("data-gap=\"75\"");

    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("usb-scanner");
    set_up(&store, &port).await;
    let mut device = Scanner::plug_in(&port);
    let worker = tokio::spawn(scanner::run(store.app.clone()));
    connected(&store, true).await;
    device.sends(format!("~]E0{GARLIC}#\r{FISH_SAUCE}\r").as_bytes());
    scanned(&store, 2).await;
    assert_eq!(visitor.state().await["payable_vnd"], 375_000, "one without its marks is typed by hand");
    worker.abort();
    store.check().await;
}

/// While the counter's shift is open its scanner reads for buyers, whoever practises beside; afterwards it reads for practice.
#[tokio::test]
async fn a_scanner_reads_for_practice_when_the_shift_is_closed() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let training = pos::training::open(&store.app).await.unwrap().unwrap();
    let mut trainee = Visitor::selling_in(&training, "1").await;
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("usb-scanner");
    set_up(&store, &port).await;
    let mut device = Scanner::plug_in(&port);
    let worker = tokio::spawn(scanner::run(store.app.clone()));
    connected(&store, true).await;
    let lines = async |visitor: &mut Visitor| visitor.state().await["lines"].as_array().unwrap().len();

    let cookies = trainee.cookies();
    let (_, mut practising) = Events::open(&trainee, &cookies).await;
    practising.next().await.unwrap();
    device.sends(format!("{GARLIC}\r").as_bytes());
    let mut seen = String::new();
    while !seen.contains("Mã vừa quét vào đơn bán thật") {
        seen = practising.next().await.unwrap().1;
    }
    scanned(&store, 1).await;
    assert_eq!((lines(&mut visitor).await, lines(&mut trainee).await), (1, 0));

    let closed = visitor.post(As::Json, "/shift/close", &[("op_id", "close"), ("counted", "500.000")]).await;
    assert_eq!(closed.says(), "shift_closed", "{}", closed.text);
    device.sends(format!("{FISH_SAUCE}\r").as_bytes());
    while !seen.contains("95.000 ₫") {
        seen = practising.next().await.unwrap().1;
    }
    assert_eq!(lines(&mut trainee).await, 1);
    worker.abort();
    store.check().await;
}

#[tokio::test]
async fn without_a_shift_a_code_changes_nothing_and_the_page_says_so() {
    let store = store().await;
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("usb-scanner");
    set_up(&store, &port).await;
    let mut device = Scanner::plug_in(&port);
    let worker = tokio::spawn(scanner::run(store.app.clone()));
    connected(&store, true).await;
    device.sends(format!("{GARLIC}\r").as_bytes());
    assert_eq!(scanned(&store, 1).await.note, Note::NoShift);
    worker.abort();
}

#[tokio::test]
async fn a_manager_names_the_port_and_no_other_file() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let fields = |op_id: &'static str, port: &'static str| {
        [("op_id", op_id), ("counter", "1"), ("port", "other"), ("other_port", port), ("baud", "9600")]
    };
    for port in ["/etc/passwd", "/dev/../etc/passwd", "", "/dev/pts/1"] {
        let told = manager.post(As::Json, "/printers/scanner", &fields("a", port)).await;
        assert_eq!((told.status.as_u16(), told.says().as_str()), (422, "bad_field"), "{port}");
    }
    let told = manager.post(As::Json, "/printers/scanner", &fields("b", "/dev/ttyACM7")).await;
    assert_eq!(told.says(), "scanner_saved");
    let shown = manager.get(As::Json, "/printers").await.json();
    assert_eq!(shown["counters"][0]["scanner"]["port"], "/dev/ttyACM7");
    manager.get(As::Page, "/printers").await.has("Chưa nối được máy quét");
    let gone = [("op_id", "c"), ("counter", "1"), ("port", ""), ("baud", "9600")];
    assert_eq!(manager.post(As::Json, "/printers/scanner", &gone).await.says(), "scanner_saved");
    assert!(manager.get(As::Json, "/printers").await.json()["counters"][0]["scanner"].is_null());
}
