//! A buyer who says so before the sale stands on its first invoice, and nowhere longer than that.

use domain::invoice::buyer::TypedBuyer;
use pos::counter::edit;
use pos::counter::{CounterState, Note, buyer, carts};
use pos::invoicing::buyer_of;
use protocol::wire::InvoiceRow;
use testkit::catalogue::invoice_row;
use testkit::store::TestStore;

use super::{GARLIC, list, store};

const COMPANY: &str = "Công ty cổ phần Đường Quảng Ngãi";

async fn name(store: &TestStore, kind: &str) -> CounterState {
    let typed = TypedBuyer {
        kind: kind.to_owned(),
        name: COMPANY.to_owned(),
        number: "0100109106".to_owned(),
        address: "Phường Nghĩa Lộ, tỉnh Quảng Ngãi".to_owned(),
    };
    let read = typed.read().ok().unwrap();
    buyer::set_buyer(&store.app, &store.seat, &store.request().await, &read).await.unwrap()
}

/// How many carts hold a name.
async fn named_carts(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from carts where buyer is not null")
        .fetch_one(store.app.db().read())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_buyer_told_before_the_sale_is_on_its_first_invoice() {
    let store = store("", invoice_row()).await;
    let state = name(&store, "organisation").await;
    assert_eq!((&state.note, state.takes_buyer), (&Note::BuyerKept, true));
    // Scans go on; a scan answers from the cart in hand.
    let state = store.scan(GARLIC).await;
    let told = state.buyer.unwrap();
    assert_eq!((told.name.as_str(), told.is_organisation), (COMPANY, true));
    assert!(!told.needs_transfer(domain::Money::new(4_999_999)));
    assert!(told.needs_transfer(domain::Money::new(5_000_000)));
    store.pay_cash(None).await;
    store.sell(GARLIC).await;
    let invoices = list(&store).await;
    assert_eq!(invoices.len(), 2, "one for each sale, none replaced");
    let named: Vec<_> = invoices.iter().map(|invoice| buyer_of(invoice).map(|buyer| buyer.number)).collect();
    assert_eq!(named.iter().flatten().collect::<Vec<_>>(), ["0100109106"]);
    assert_eq!(named_carts(&store).await, 0, "the sold cart forgets it");
    store.check().await;
}

async fn clear(store: &TestStore) -> CounterState {
    edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap()
}

async fn take_back(store: &TestStore) -> CounterState {
    carts::take_back(&store.app, &store.seat, &store.request().await).await.unwrap()
}

/// Whoever clears a cart by mistake gets it back whole. It is kept as long as it can come back, and not longer.
#[tokio::test]
async fn a_name_comes_back_with_the_cart_that_was_cleared() {
    let store = store("", invoice_row()).await;
    store.scan(GARLIC).await;
    name(&store, "organisation").await;
    let cleared = clear(&store).await;
    assert_eq!((cleared.buyer, named_carts(&store).await), (None, 1), "the next buyer is somebody else");
    let back = take_back(&store).await;
    assert_eq!((back.note, back.buyer.unwrap().name.as_str()), (Note::Restored, COMPANY));

    // Something else was scanned and taken back: it still comes back with its name.
    clear(&store).await;
    store.scan(GARLIC).await;
    take_back(&store).await;
    assert_eq!(take_back(&store).await.buyer.unwrap().name, COMPANY);

    // The next sale ends that, and so does leaving the empty cart.
    clear(&store).await;
    store.sell(GARLIC).await;
    assert_eq!(named_carts(&store).await, 0);
    store.scan(GARLIC).await;
    carts::park(&store.app, &store.seat, &store.request().await, "").await.unwrap();
    store.scan(GARLIC).await;
    name(&store, "organisation").await;
    let parked = clear(&store).await.carts[0].sale_id;
    assert_eq!(named_carts(&store).await, 1);
    carts::resume(&store.app, &store.seat, &store.request().await, parked.into()).await.unwrap();
    assert_eq!(named_carts(&store).await, 0);
    store.check().await;
}

#[tokio::test]
async fn a_name_goes_with_its_cart_and_when_it_is_not_wanted() {
    let store = store("", invoice_row()).await;
    name(&store, "organisation").await;
    assert_eq!(name(&store, "none").await.note, Note::BuyerGone);
    assert_eq!(named_carts(&store).await, 0);
    let household = InvoiceRow { duty: "never".to_owned(), ..invoice_row() };
    super::set(&store, household).await;
    let state = name(&store, "organisation").await;
    assert_eq!((state.note, state.takes_buyer, named_carts(&store).await), (Note::NoInvoices, false, 0));
    store.check().await;
}
