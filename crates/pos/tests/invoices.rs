//! E-invoices: made with the sale, sent after it, once, whatever happens on the way.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "invoices/buyers.rs"]
mod buyers;
#[path = "invoices/outbox.rs"]
mod outbox;
#[path = "invoices/replacing.rs"]
mod replacing;
#[path = "invoices/returning.rs"]
mod returning;
#[path = "invoices/selling.rs"]
mod selling;

use pos::Config;
use pos::config::InvoicesConfig;
use pos::db::invoices::{self, Invoice};
use pos::invoicing::outbox::{Way, step};
use pos::printing::Next;
use protocol::wire::InvoiceRow;
use serde_json::Value;
use testkit::catalogue::{Catalogue, id_of, invoice_row};
use testkit::invoice_provider::InvoiceProvider;
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";

/// Returns a store that sells, with these settings of e-invoices, which it hands to `adapter`.
async fn store(adapter: &str, row: InvoiceRow) -> TestStore {
    let invoices = InvoicesConfig { adapter: adapter.to_owned(), token_file: None };
    let store = TestStore::closed(Config { invoices, ..Config::default() }).await;
    set(&store, row).await;
    store.open_shift().await;
    store.deliver(GARLIC, 10).await;
    store.deliver(FISH_SAUCE, 10).await;
    store
}

/// Returns a store with a provider that accepts.
async fn usual() -> (TestStore, InvoiceProvider) {
    let provider = InvoiceProvider::start().await;
    (store(provider.url(), invoice_row()).await, provider)
}

/// Sends other settings to a store.
async fn set(store: &TestStore, row: InvoiceRow) {
    store.load(&Catalogue::default().invoices(id_of("store"), row)).await;
}

/// Lets the worker go on until nothing is due.
async fn send(store: &TestStore, way: &mut Way) {
    for _ in 0..100 {
        if step(&store.app, way).await.unwrap() != Next::Again {
            return;
        }
    }
    panic!("the worker goes round in circles");
}

/// Returns all invoices, the oldest first.
async fn list(store: &TestStore) -> Vec<Invoice> {
    let mut all = invoices::list_invoices(store.app.db().read(), 100).await.unwrap();
    all.sort_by_key(|invoice| (invoice.sold_at_ms, invoice.number));
    all
}

/// Returns the state of each invoice, the oldest first.
async fn states(store: &TestStore) -> Vec<&'static str> {
    list(store).await.iter().map(|invoice| invoice.state.code()).collect()
}

/// Returns what the only invoice says.
async fn only(store: &TestStore) -> (Invoice, Value) {
    let mut all = list(store).await;
    assert_eq!(all.len(), 1);
    let invoice = all.remove(0);
    let document = serde_json::from_str(&invoice.document).unwrap();
    (invoice, document)
}
