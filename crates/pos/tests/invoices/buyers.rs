//! A buyer who says so before the sale stands on its first invoice, and nowhere longer than that.

use domain::invoice::buyer::TypedBuyer;
use pos::counter::edit;
use pos::counter::{CounterState, Note, buyer};
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

#[tokio::test]
async fn a_name_goes_with_its_cart_and_when_it_is_not_wanted() {
    let store = store("", invoice_row()).await;
    name(&store, "organisation").await;
    assert_eq!(name(&store, "none").await.note, Note::BuyerGone);
    name(&store, "organisation").await;
    store.scan(GARLIC).await;
    edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!(named_carts(&store).await, 0);
    assert_eq!(store.state().await.buyer, None);
    let household = InvoiceRow { duty: "never".to_owned(), ..invoice_row() };
    super::set(&store, household).await;
    let state = name(&store, "organisation").await;
    assert_eq!((state.note, state.takes_buyer, named_carts(&store).await), (Note::NoInvoices, false, 0));
    store.check().await;
}
