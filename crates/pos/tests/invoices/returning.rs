//! Goods that come back after the invoice: another invoice takes its place, with what is left, and leaves after it.

use domain::Quantity;
use domain::ids::SaleId;
use domain::invoice::buyer::{Buyer, TypedBuyer};
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::refund::{self, Asked};
use pos::counter::{Note, Request};
use pos::invoicing::act::{Acted, set_buyer};
use pos::invoicing::outbox::Way;
use serde_json::{Value, json};
use testkit::catalogue::{invoice_row, manager_word};
use testkit::invoice_provider::{InvoiceProvider, Manner};
use testkit::store::TestStore;
use uuid::Uuid;

use super::{FISH_SAUCE, GARLIC, list, send, set, states, store, usual};

fn asked(rows: &[(usize, i64)]) -> Asked {
    let ask = |&(row, pieces): &(usize, i64)| Ask {
        row,
        quantity: Quantity::pieces(pieces),
        back_to: Location::Shelf,
    };
    Asked {
        is_late_allowed: false,
        rows: rows.iter().map(ask).collect(),
        back_to: Location::Shelf,
        reason: "Hàng lỗi".to_owned(),
        kind: TenderKind::Cash,
        word: manager_word(),
    }
}

/// Sells two of the first product and one of the second, 655.000 ₫.
async fn sell(store: &TestStore) -> Uuid {
    store.scan(GARLIC).await;
    store.scan(GARLIC).await;
    store.sell(FISH_SAUCE).await
}

async fn take_back(store: &TestStore, sale_id: Uuid, rows: &[(usize, i64)]) {
    store.clock.advance(60_000);
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
    let state = refund::refund(&store.app, &store.seat, &request, &asked(rows)).await.unwrap();
    assert!(matches!(state.note, Note::Refunded { .. }), "{:?}", state.note);
}

/// Returns what the provider took of each invoice, in the order in which it took them.
fn taken(provider: &InvoiceProvider) -> Vec<Value> {
    let mut bodies: Vec<Value> = provider.taken().into_iter().map(|taken| taken.body).collect();
    bodies.sort_by_key(|body| body["code"].as_str().map(str::to_owned));
    bodies
}

/// Returns what an invoice says: quantities, total, tax, the code of the one that it replaces.
fn says(body: &Value) -> Value {
    let invoice = &body["invoice"];
    let lines: Vec<&Value> =
        invoice["lines"].as_array().unwrap().iter().map(|line| &line["quantity"]).collect();
    json!([lines, invoice["total_vnd"], invoice["tax_vnd"], invoice["replaces"]["code"]])
}

fn code(number: u32) -> String {
    format!("M1-26-VZQYY-{number:011}")
}

#[tokio::test]
async fn each_part_that_comes_back_replaces_the_last_invoice() {
    let (store, provider) = usual().await;
    let sale_id = sell(&store).await;
    let mut way = Way::default();
    send(&store, &mut way).await;
    take_back(&store, sale_id, &[(0, 1)]).await;
    take_back(&store, sale_id, &[(1, 1)]).await;
    send(&store, &mut way).await;
    take_back(&store, sale_id, &[]).await;
    send(&store, &mut way).await;

    assert_eq!(states(&store).await, ["accepted"; 4]);
    let all = list(&store).await;
    let replaced: Vec<_> = all.iter().map(|invoice| invoice.replaces).collect();
    let ids: Vec<_> = all.iter().map(|invoice| Some(invoice.invoice_id)).collect();
    assert_eq!(replaced, [None, ids[0], ids[1], ids[2]], "each one the last");
    let bodies = taken(&provider);
    assert_eq!(
        bodies.iter().map(says).collect::<Vec<_>>(),
        [
            json!([["2", "1"], 655_000, 48_518, null]),
            // The piece that came back had the odd đồng of the two pieces' VAT, as the books say.
            json!([["1", "1"], 375_000, 27_777, code(1)]),
            json!([["1"], 280_000, 20_740, code(2)]),
            json!([[], 0, 0, code(3)]),
        ]
    );
    let last = &bodies[3]["invoice"];
    assert_eq!(
        (last["total_in_words"].as_str(), last["rates"].as_array().unwrap().len()),
        (Some("Không đồng"), 0)
    );
    let note = last["note"].as_str().unwrap();
    assert!(note.starts_with("Hàng trả lại theo phiếu LS-") && note.ends_with("-TH0003"), "{note}");
    store.check().await;
}

#[tokio::test]
async fn a_voided_sale_keeps_its_invoice_and_gets_one_of_nothing() {
    let (store, provider) = usual().await;
    let sale_id = sell(&store).await;
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
    let word = asked(&[]).word;
    let state = refund::void(&store.app, &store.seat, &request, "Bấm nhầm", &word).await.unwrap();
    assert!(matches!(state.note, Note::Voided { .. }), "{:?}", state.note);
    send(&store, &mut Way::default()).await;
    let said: Vec<Value> = taken(&provider).iter().map(says).collect();
    assert_eq!(said, [json!([["2", "1"], 655_000, 48_518, null]), json!([[], 0, 0, code(1)])]);
    store.check().await;
}

#[tokio::test]
async fn a_replacement_never_overtakes_what_it_replaces() {
    let (store, provider) = usual().await;
    let sale_id = sell(&store).await;
    provider.script([Manner::Reject("thiếu người mua")]);
    let mut way = Way::default();
    send(&store, &mut way).await;
    take_back(&store, sale_id, &[(0, 1)]).await;
    send(&store, &mut way).await;
    assert_eq!((states(&store).await, provider.requests().len()), (vec!["rejected", "waiting"], 1));
    // The buyer who was missing is on both of them.
    let typed = TypedBuyer {
        kind: "organisation".to_owned(),
        name: "Công ty Du lịch Sa Kỳ".to_owned(),
        number: "0100109106".to_owned(),
        address: "Quảng Ngãi".to_owned(),
    };
    let buyer: Buyer = typed.read().ok().unwrap();
    let refused = list(&store).await[0].invoice_id;
    assert_eq!(
        set_buyer(&store.app, &store.seat, &store.op(), (refused, &buyer)).await.unwrap(),
        Acted::Done
    );
    send(&store, &mut way).await;
    assert_eq!(states(&store).await, ["accepted"; 2]);
    let order: Vec<String> = provider.requests().iter().map(|request| request["code"].to_string()).collect();
    assert_eq!(order, [code(1), code(1), code(2)].map(|code| format!("\"{code}\"")));
    for body in taken(&provider) {
        assert_eq!(body["buyer"]["number"], "0100109106");
    }
    store.check().await;
}

/// While no number is left both wait; the next range numbers them, and the second one names the first.
#[tokio::test]
async fn one_without_a_number_is_named_when_it_has_one() {
    let provider = InvoiceProvider::start().await;
    let store = store(provider.url(), invoice_row()).await;
    let used_up = protocol::wire::InvoiceRow { number_first: 7, number_last: 7, ..invoice_row() };
    set(&store, used_up.clone()).await;
    store.sell(GARLIC).await;
    store.clock.advance(1_000);
    let sale_id = sell(&store).await;
    take_back(&store, sale_id, &[(1, 1)]).await;
    let mut way = Way::default();
    send(&store, &mut way).await;
    assert_eq!(states(&store).await, ["accepted", "intent", "intent"]);
    set(&store, protocol::wire::InvoiceRow { number_first: 500, number_last: 900, ..used_up }).await;
    send(&store, &mut way).await;
    assert_eq!(states(&store).await, ["accepted"; 3]);
    let said: Vec<Value> = taken(&provider).iter().map(says).collect();
    assert_eq!(said[2], json!([["2"], 560_000, 41_481, code(500)]));
    store.check().await;
}

/// A company that became a household above the threshold: its invoices are of the other form from then on.
#[tokio::test]
async fn another_legal_form_replaces_by_its_own_invoices() {
    let (store, _provider) = usual().await;
    let (sale_id, _) = (sell(&store).await, sell(&store).await);
    let mut way = Way::default();
    send(&store, &mut way).await;
    let other = list(&store).await.pop().unwrap().invoice_id;
    let household = protocol::wire::InvoiceRow {
        legal_status: "household".to_owned(),
        duty: "always".to_owned(),
        symbol: "2C26MAB".to_owned(),
        ..invoice_row()
    };
    set(&store, household).await;
    take_back(&store, sale_id, &[(0, 1)]).await;
    let last = list(&store).await.pop().unwrap();
    let document: Value = serde_json::from_str(&last.document).unwrap();
    assert_eq!((document["form"].as_i64(), document["tax_vnd"].as_i64()), (Some(2), Some(0)));
    assert!(last.code.unwrap().starts_with("M2-"));
    // Only a name is new: what the goods' VAT was stays, and so does the form. It is for a person.
    let acted = set_buyer(&store.app, &store.seat, &store.op(), (other, &Buyer::Anonymous)).await.unwrap();
    assert_eq!(acted, Acted::Replaced);
    send(&store, &mut way).await;
    let waiting = list(&store).await.into_iter().filter(|invoice| invoice.code.is_none()).count();
    assert_eq!((states(&store).await.len(), waiting), (4, 1));
    store.check().await;
}

#[tokio::test]
async fn nothing_is_replaced_where_there_is_no_invoice() {
    let (store, _provider) = usual().await;
    // Goods without a receipt.
    store.scan(GARLIC).await;
    let request = store.request().await;
    let state = refund::without_receipt(&store.app, &store.seat, &request, &asked(&[])).await.unwrap();
    assert!(matches!(state.note, Note::Refunded { .. }), "{:?}", state.note);
    assert_eq!(list(&store).await.len(), 0);
    // A sale of before the operator's duty.
    let never = protocol::wire::InvoiceRow { duty: "never".to_owned(), ..invoice_row() };
    set(&store, never.clone()).await;
    let sale_id = sell(&store).await;
    set(&store, invoice_row()).await;
    take_back(&store, sale_id, &[]).await;
    assert_eq!(list(&store).await.len(), 0);
    // One of after it: what was issued is replaced all the same, once somebody gives it a number.
    let sale_id = sell(&store).await;
    set(&store, never).await;
    take_back(&store, sale_id, &[(0, 1)]).await;
    assert_eq!(states(&store).await, ["waiting", "intent"]);
    store.check().await;
}
