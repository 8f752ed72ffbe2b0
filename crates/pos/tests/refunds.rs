//! After the sale: goods come back against a receipt or without one, a sale is voided, a receipt proves itself.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Quantity;
use domain::ids::SaleId;
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::approval::Word;
use pos::counter::refund::{self, Asked};
use pos::counter::{CounterState, Note, Request, Seat, receipt_check, shift};
use pos::db::{balances, receipts as stored, refunds, stock};
use receipts::snapshot::ReceiptSnapshot;
use testkit::catalogue::manager_word;
use testkit::store::TestStore;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";

fn asked(rows: &[(usize, i64)]) -> Asked {
    let ask = |(row, pieces): &(usize, i64)| Ask {
        row: *row,
        quantity: Quantity::pieces(*pieces),
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

fn request(store: &TestStore, sale_id: Uuid) -> Request {
    Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) }
}

async fn take_back(store: &TestStore, sale_id: Uuid, rows: &[(usize, i64)]) -> CounterState {
    refund::refund(&store.app, &store.seat, &request(store, sale_id), &asked(rows)).await.unwrap()
}

/// Sells two of the first product and one of the second for 655.000 ₫ in cash.
async fn sell(store: &TestStore) -> Uuid {
    store.scan(GARLIC).await;
    store.scan(GARLIC).await;
    let sale_id = store.scan(FISH_SAUCE).await.sale_id;
    store.pay_cash(None).await;
    sale_id
}

async fn amounts(store: &TestStore) -> Vec<(String, i64)> {
    let rows = balances::list_balances(store.app.db().read()).await.unwrap();
    rows.into_iter().map(|(account, _, vnd)| (account, vnd)).filter(|(_, vnd)| *vnd != 0).collect()
}

#[tokio::test]
async fn goods_come_back_row_by_row_and_never_more_than_were_sold() {
    let store = TestStore::new().await;
    let before = amounts(&store).await;
    let sale_id = sell(&store).await;
    assert_eq!(store.drawer().await, 1_155_000);
    let Note::Refunded { slip, paid_vnd: 280_000 } = take_back(&store, sale_id, &[(0, 1)]).await.note else {
        panic!("one piece came back")
    };
    assert!(slip.starts_with("LS-") && slip.ends_with("-TH0001"), "{slip}");
    assert_eq!(store.drawer().await, 875_000, "the drawer holds less");
    let Note::TooMuchBack { left, .. } = take_back(&store, sale_id, &[(0, 2)]).await.note else {
        panic!("two of the one that is left")
    };
    assert_eq!(left, "1");
    assert_eq!(take_back(&store, sale_id, &[(7, 1)]).await.note, Note::NothingChosen);
    // All that is left.
    let state = take_back(&store, sale_id, &[]).await;
    assert!(matches!(state.note, Note::Refunded { paid_vnd: 375_000, .. }), "{:?}", state.note);
    assert!(matches!(take_back(&store, sale_id, &[]).await.note, Note::AllBack { .. }));
    assert_eq!(amounts(&store).await, before, "every account is where it was");
    let shelf =
        stock::list_shelf(store.app.db().read(), (0, time::macros::date!(2026 - 11 - 23)), 10).await.unwrap();
    assert_eq!(shelf.iter().map(|row| row.quantity_milli).collect::<Vec<_>>(), [10_000, 10_000]);
    store.check().await;
}

#[tokio::test]
async fn a_double_click_takes_back_once() {
    let store = TestStore::new().await;
    let sale_id = sell(&store).await;
    let request = request(&store, sale_id);
    for _ in 0..2 {
        refund::refund(&store.app, &store.seat, &request, &asked(&[(0, 1)])).await.unwrap();
    }
    assert_eq!(store.drawer().await, 875_000);
    store.check().await;
}

#[tokio::test]
async fn a_cashier_needs_a_manager_and_guessing_costs_time() {
    let store = TestStore::new().await;
    let sale_id = sell(&store).await;
    let try_with = async |word: Word| {
        let asked = Asked { word, ..asked(&[(0, 1)]) };
        refund::refund(&store.app, &store.seat, &request(&store, sale_id), &asked).await.unwrap().note
    };
    assert_eq!(try_with(Word::default()).await, Note::ManagerNeeded);
    let cashier = Word { manager_id: Some(store.seat.cashier_id), ..manager_word() };
    assert_eq!(try_with(cashier).await, Note::WrongPin, "a cashier's own PIN is no manager's");
    let wrong = || Word { pin: "000000".to_owned(), ..manager_word() };
    let mut notes = Vec::new();
    for _ in 0..10 {
        notes.push(try_with(wrong()).await);
    }
    assert!(notes.iter().any(|note| matches!(note, Note::WaitPin { .. })), "{notes:?}");
    assert!(matches!(try_with(manager_word()).await, Note::WaitPin { .. }), "the right one waits too");
    store.clock.advance(3_600_000);
    assert!(matches!(try_with(manager_word()).await, Note::Refunded { .. }));
    let manager = Seat { manager: true, ..store.seat.clone() };
    let asked = Asked { word: Word::default(), ..asked(&[(0, 1)]) };
    let state = refund::refund(&store.app, &manager, &request(&store, sale_id), &asked).await.unwrap();
    assert!(matches!(state.note, Note::Refunded { .. }), "a manager at the counter needs nobody else");
    store.check().await;
}

#[tokio::test]
async fn a_sale_is_voided_as_a_whole_while_its_shift_is_open() {
    let store = TestStore::new().await;
    let before = amounts(&store).await;
    let sale_id = sell(&store).await;
    let void = async |sale_id: Uuid| {
        refund::void(&store.app, &store.seat, &request(&store, sale_id), "", &manager_word())
            .await
            .unwrap()
            .note
    };
    assert!(matches!(void(sale_id).await, Note::Voided { paid_vnd: 655_000, .. }));
    assert_eq!(amounts(&store).await, before);
    assert_eq!(store.drawer().await, 500_000);
    assert!(matches!(void(sale_id).await, Note::NotVoidable { .. }), "once");
    assert!(matches!(take_back(&store, sale_id, &[(0, 1)]).await.note, Note::AllBack { .. }));
    let in_part = sell(&store).await;
    take_back(&store, in_part, &[(0, 1)]).await;
    assert!(matches!(void(in_part).await, Note::NotVoidable { .. }));
    let earlier = sell(&store).await;
    let counted = domain::Money::new(store.drawer().await);
    shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    assert_eq!(void(earlier).await, Note::NoShift);
    store.open_shift().await;
    assert!(matches!(void(earlier).await, Note::NotVoidable { .. }), "its shift is closed");
    assert!(matches!(take_back(&store, earlier, &[]).await.note, Note::Refunded { .. }));
    store.check().await;
}

#[tokio::test]
async fn goods_without_a_receipt_come_back_from_the_cart() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let sale_id = store.state().await.sale_id;
    let waste = Asked { back_to: Location::Waste, ..asked(&[]) };
    let refused = Asked { word: Word::default(), ..waste.clone() };
    let note = async |asked: &Asked| {
        let request = request(&store, sale_id);
        refund::without_receipt(&store.app, &store.seat, &request, asked).await.unwrap().note
    };
    assert_eq!(note(&refused).await, Note::ManagerNeeded);
    assert_eq!(store.state().await.lines.len(), 1, "nothing is lost");
    assert!(matches!(note(&waste).await, Note::Refunded { paid_vnd: 280_000, .. }));
    assert_eq!(note(&waste).await, Note::Stale, "that cart is cleared");
    assert_eq!(store.state().await.lines.len(), 0);
    assert_eq!(store.drawer().await, 220_000);
    store.check().await;
}

#[tokio::test]
async fn a_receipt_proves_itself_and_a_made_up_one_does_not() {
    let store = TestStore::new().await;
    let sale_id = sell(&store).await;
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = stored::find_snapshot(&mut reader, sale_id.into()).await.unwrap().unwrap();
    drop(reader);
    let paper = ReceiptSnapshot::from_json(&text).unwrap();
    let check = async |text: &str| receipt_check::check(&store.app, text).await.unwrap();
    let found = Some(Note::ReceiptFound { sale_id, receipt: paper.receipt_number.clone() });
    assert_eq!(check(&paper.verification_qr).await, found);
    assert_eq!(check(&paper.verification_qr.to_lowercase()).await, found);
    assert_eq!(check(&paper.receipt_number.to_lowercase()).await, found);
    let forged = paper.verification_qr.replace(" 655000 ", " 955000 ");
    assert!(matches!(check(&forged).await, Some(Note::MadeUpReceipt { .. })), "another total");
    let hash = paper.verification_qr.rsplit(' ').next().unwrap();
    let forged = paper.verification_qr.replace(hash, &"0".repeat(32));
    assert!(matches!(check(&forged).await, Some(Note::UnknownReceipt { .. })), "another hash");
    let other = paper.verification_qr.replacen(&paper.verification_qr[6..14], "FFFFFFFF", 1);
    assert!(matches!(check(&other).await, Some(Note::OtherStore { .. })));
    let next = paper.receipt_number.replace("000001", "000009");
    assert!(matches!(check(&next).await, Some(Note::UnknownReceipt { .. })));
    assert!(matches!(check("QN-7Q3F-000001").await, Some(Note::OtherStore { .. })));
    assert_eq!(check(GARLIC).await, None);
    take_back(&store, sale_id, &[(0, 1)]).await;
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let back = refunds::list_of_sale(&mut reader, sale_id.into()).await.unwrap();
    assert_eq!(back.iter().map(|row| (row.is_void, row.paid_vnd)).collect::<Vec<_>>(), [(false, 280_000)]);
}
