//! Each printer has a line of its own.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::path::Path;

use pos::Config;
use pos::counter::Seat;
use pos::printing::{self, Lines};
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";

fn papers(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, |files| {
        files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "bin")).count()
    })
}

/// A printer that takes a connection and then nothing: the first counter's. The second one's prints on.
#[tokio::test]
async fn a_jammed_printer_delays_no_other() {
    let jammed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let printers = BTreeMap::from([
        ("Quầy 1".to_owned(), format!("tcp:127.0.0.1:{}", jammed.local_addr().unwrap().port())),
        ("Quầy 2".to_owned(), format!("file:{}", folder.path().display())),
    ]);
    let mut store = TestStore::closed(Config { printers, ..Config::default() }).await;
    store.open_shift().await;
    store.deliver(GARLIC, 10).await;
    store.sell(GARLIC).await;
    let first = store.seat.clone();
    store.seat = Seat { counter: "Quầy 2".to_owned(), ..first.clone() };
    store.open_shift().await;
    let mut changes = store.app.changes();
    let worker = tokio::spawn(printing::run(store.app.clone()));
    // The jammed printer has its job before the other one is asked for.
    let _connection = tokio::task::spawn_blocking(move || jammed.accept()).await.unwrap();
    store.sell(GARLIC).await;
    while store.state().await.last_sale.unwrap().paper != "printed" {
        changes.recv().await.unwrap();
    }
    assert_eq!(papers(folder.path()), 2, "a receipt, and the drawer with it");
    store.seat = first;
    assert_eq!(
        store.state().await.last_sale.unwrap().paper,
        "queued",
        "it waits behind the paper that is stuck"
    );
    worker.abort();
    store.check().await;
}

#[tokio::test]
async fn papers_that_are_done_with_are_forgotten_and_none_that_waits() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { printer: format!("file:{}", folder.path().display()), ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    store.deliver(GARLIC, 10).await;
    store.sell(GARLIC).await;
    let x = async || {
        let language = receipts::language::Language::Vi;
        pos::counter::shift::print_report(&store.app, &store.seat, &store.op(), language).await.unwrap();
    };
    x().await;
    let mut lines = Lines::default();
    while printing::step(&store.app, &mut lines).await.unwrap() == printing::Next::Again {}
    x().await;
    let counts = async || -> (i64, i64) {
        sqlx::query_as("select (select count(*) from slips), (select count(*) from prints)")
            .fetch_one(store.app.db().read())
            .await
            .unwrap()
    };
    for (days, slips, prints) in [(89, 3, 4), (2, 1, 2)] {
        store.clock.advance(days * 24 * 3_600_000);
        let mut tx = store.app.db().begin().await.unwrap();
        pos::db::slips::delete_old(&mut tx, store.app.clock().now_ms()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(counts().await, (slips, prints), "after {days} days");
    }
    store.check().await;
}
