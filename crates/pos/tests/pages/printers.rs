//! Printers set up by a manager: kept, in force at once, tried; and only what is a printer can be named.

use std::path::Path;

use pos::Config;
use pos::printing::{self, Lines, Next};
use receipts::profile::{Paper, Profile};
use receipts::queue::RETRY_PAUSES_MS;
use receipts::reader;
use testkit::store::TestStore;

use crate::visitor::{Answer, As, CASHIER, GARLIC, MANAGER, Visitor, store};

fn form<'a>(op_id: &'a str, address: &'a str, dots: &'a str, pin: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("op_id", op_id),
        ("counter", "1"),
        ("address", address),
        ("other", ""),
        ("paper_dots", dots),
        ("cut", "tear_bar"),
        ("feed_steps", "one"),
        ("drawer_pin", pin),
    ]
}

async fn print_all(store: &TestStore) {
    let mut lines = Lines::default();
    while printing::step(&store.app, &mut lines).await.unwrap() == Next::Again {}
}

fn jobs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut jobs: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "bin"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    jobs.sort();
    jobs
}

#[tokio::test]
async fn a_chosen_printer_is_kept_and_prints_at_once() {
    let store = store().await;
    store.open_shift().await;
    let papers = store.folder().join("papers");
    let folder = format!("file:{}", papers.display());
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let page = manager.get(As::Page, "/printers").await;
    page.has("Không có máy in");
    page.has(&folder);
    assert_eq!(
        manager.post(As::Json, "/printers/test", &[("op_id", "t0"), ("counter", "1")]).await.says(),
        "no_printer"
    );
    let saved = form("s1", &folder, "384", "5");
    assert_eq!(manager.post(As::Json, "/printers", &saved).await.says(), "printer_saved");
    assert_eq!(
        manager.post(As::Json, "/printers", &saved).await.says(),
        "printer_saved",
        "the same form again"
    );
    let shown = manager.get(As::Json, "/printers").await.json();
    let first = &shown["counters"][0];
    assert_eq!((&first["address"], &first["paper_dots"]), (&folder.as_str().into(), &384.into()));
    assert_eq!((&first["cut"], &first["drawer_pin"]), (&"tear_bar".into(), &5.into()));
    assert_eq!(shown["counters"][1]["address"], "", "the other counters keep theirs");

    let tried = [("op_id", "t1"), ("counter", "1")];
    for _ in 0..2 {
        assert_eq!(manager.post(As::Json, "/printers/test", &tried).await.says(), "test_page_queued");
    }
    assert_eq!(
        manager.post(As::Json, "/printers/drawer", &[("op_id", "d1"), ("counter", "1")]).await.says(),
        "drawer_opened"
    );
    print_all(&store).await;
    let printed = jobs(&papers);
    assert_eq!(printed.len(), 2, "one page and one pulse: {printed:?}");
    let profile = store.app.printer_of("Quầy 1").unwrap().profile;
    let (pulse, page) = (&printed[0], &printed[1]);
    assert!(page.0.starts_with("thu-") && pulse.0.starts_with("drawer-"));
    assert_eq!(pulse.1[..], [0x1b, 0x70, 0x01, 0x19, 0xfa], "the pin that was chosen");
    assert_eq!(reader::read(&page.1, &profile).unwrap().bitmap.width(), 384, "the width that was chosen");
    assert!(!page.1.windows(2).any(|two| two == [0x1d, 0x56]), "no cut");

    let sale_id = store.sell(GARLIC).await.to_string();
    print_all(&store).await;
    assert_eq!(jobs(&papers).len(), 4, "a receipt, and the drawer with it");
    manager.get(As::Page, &format!("/receipts/{sale_id}")).await.has("In bằng tiếng Anh");
    for path in ["/counter/reprint-in-english", "/counter/reprint"] {
        assert_eq!(manager.act(path, &[("printed_sale_id", &sale_id)]).await.says(), "reprinted");
        print_all(&store).await;
    }
    assert_eq!(jobs(&papers).len(), 6, "a copy in each language");
    drop(manager);
    let store = store.restart().await;
    assert_eq!(store.app.printer_of("Quầy 1").unwrap().address.to_string(), folder, "kept");
    store.check().await;
}

#[tokio::test]
async fn what_is_no_printer_cannot_be_named() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    for (number, other) in [
        "fax:1",
        "device:/etc/passwd",
        "device:pos.sqlite",
        "file:/tmp",
        "serial:/dev/../etc/passwd",
        "tcp:127.0.0.1:22",
        "",
    ]
    .into_iter()
    .enumerate()
    {
        let op_id = format!("n{number}");
        let mut fields = form(&op_id, "other", "576", "2");
        fields[3] = ("other", other);
        let told = manager.post(As::Json, "/printers", &fields).await;
        assert_eq!((told.status.as_u16(), told.says().as_str()), (422, "bad_field"), "{other}");
        let page = manager
            .post(As::Page, "/printers", &[&fields[..], &[("csrf", &manager.csrf.clone())]].concat())
            .await;
        page.has("Địa chỉ này không dùng được");
        page.has(&format!("value=\"{other}\""));
    }
    for wrong in [("400", "2"), ("576", "3")] {
        let told = manager.post(As::Json, "/printers", &form("w", "", wrong.0, wrong.1)).await;
        assert_eq!(told.status, 422);
    }
    assert!(!store.app.has_printer("Quầy 1"));
    let mut fields = form("ok", "other", "576", "2");
    fields[3] = ("other", "tcp:192.168.1.50:9100?answers=no");
    assert_eq!(manager.post(As::Json, "/printers", &fields).await.says(), "printer_saved");
    assert!(store.app.has_printer("Quầy 1"));
}

/// The settings name a printer; a manager takes it away, and sales go on without paper.
#[tokio::test]
async fn a_printer_of_the_settings_can_be_taken_away_and_a_fault_is_its_counters_own() {
    let config = Config { printer: "device:/dev/none".to_owned(), ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    store.deliver(GARLIC, 10).await;
    let sale_id = store.sell(GARLIC).await;
    // The paper of the delivery and the receipt. All their tries, before the counter locks itself.
    for pause_ms in RETRY_PAUSES_MS.into_iter().chain([0]) {
        print_all(&store).await;
        store.clock.advance(pause_ms);
    }
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let shown = manager.get(As::Json, "/printers").await.json();
    assert_eq!(
        (&shown["counters"][0]["troubled"], &shown["counters"][1]["troubled"]),
        (&2.into(), &0.into())
    );
    assert_eq!(manager.state().await["printer"]["code"], "failed");
    manager.get(As::Page, "/printers").await.has("✕");
    let mut other = Visitor::at(&store);
    other.sign_in_at(CASHIER, "2").await;
    assert_eq!(other.state().await["printer"]["code"], "good", "the fault is another counter's");
    assert_eq!(
        manager.post(As::Json, "/printers", &form("none", "", "576", "2")).await.says(),
        "printer_saved"
    );
    let id = sale_id.to_string();
    assert_eq!(manager.act("/counter/reprint", &[("printed_sale_id", &id)]).await.says(), "no_printer");
    // Printed at the counter where it is asked for.
    let papers = format!("file:{}", store.folder().join("papers").display());
    let mut second = form("two", &papers, "576", "2");
    second[1] = ("counter", "2");
    assert_eq!(manager.post(As::Json, "/printers", &second).await.says(), "printer_saved");
    assert_eq!(other.act("/counter/reprint", &[("printed_sale_id", &id)]).await.says(), "reprinted");
    print_all(&store).await;
    assert_eq!(jobs(&store.folder().join("papers")).len(), 1);
    assert_eq!(manager.state().await["printer"]["code"], "none");
    store.check().await;
}

#[tokio::test]
async fn the_network_is_searched_when_a_manager_asks() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let found = manager.post(As::Json, "/printers/find", &[("counter", "1")]).await;
    assert_eq!(found.status, 200);
    assert!(found.json()["found"].is_array());
}

/// Brings a logo.
async fn bring(manager: &mut Visitor, content: &[u8]) -> Answer {
    manager.bring("/printers/logo", content).await
}

/// The shop's logo stands above receipts alone, until it is taken away.
#[tokio::test]
async fn a_logo_is_printed_above_receipts() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { printer: format!("file:{}", folder.path().display()), ..Config::default() };
    let store = TestStore::closed(config).await;
    let mut visitor = Visitor::selling(&store).await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    for (content, words) in
        [(b"GIF89a".to_vec(), "Đây không phải ảnh PNG"), (vec![0; (256 << 10) + 1], "Tệp lớn hơn 256 kB.")]
    {
        let told = bring(&mut manager, &content).await;
        assert_eq!(told.status, 422, "{words}");
        told.has(words);
    }
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    print_all(&store).await;
    // Any picture with ink: a bar of the width of a label.
    let mut dots = receipts::bitmap::Bitmap::blank(160, 40);
    (0..160).for_each(|x| (0..40).for_each(|y| dots.set(x, y, true)));
    let logo = receipts::png::encode(&dots).unwrap();
    assert_eq!(bring(&mut manager, &logo).await.json()["is_there"], true);
    let preview = manager.get(As::Page, "/printers/logo/picture.png?paper_dots=384").await;
    assert_eq!(
        (preview.status.as_u16(), &preview.headers["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    print_all(&store).await;
    let heights: Vec<usize> = jobs(folder.path())
        .into_iter()
        .filter(|(name, _)| !name.contains("drawer"))
        .map(|(_, bytes)| reader::read(&bytes, &Profile::new(Paper::Dots576)).unwrap().bitmap.height())
        .collect();
    assert_eq!(heights[1] - heights[0], 48, "{heights:?}");
    manager.post(As::Json, "/printers/logo/remove", &[]).await;
    assert_eq!(manager.get(As::Json, "/printers/logo").await.json()["is_there"], false);
    let mut cashier = Visitor::signed_in(&store, CASHIER).await;
    assert_eq!(bring(&mut cashier, &logo).await.status, 403);
    store.check().await;
}
