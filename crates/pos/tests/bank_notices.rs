//! What the bank tells of sales of this store: only the exact amount confirms, once, and nobody's name stands under it.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use pos::Config;
use pos::bank_file::BankFile;
use pos::counter::open_tender::{self, Came};
use pos::counter::{CounterState, Note, Seat, bank_file, bank_notice, finish, payment, shift};
use pos::db::entries;
use protocol::payload::TenderConfirmed;
use protocol::wire::BankNoticeRow;
use testkit::store::TestStore;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
/// What one garlic costs, đồng.
const PRICE: i64 = 280_000;

fn told(notice: &str, amount: i64) -> BankNoticeRow {
    let (reference, account) = (String::new(), "1023456789".to_owned());
    BankNoticeRow { reference, notice: notice.to_owned(), amount, account, booked_at: 1_795_395_000_000 }
}

async fn hear(store: &TestStore, sale_id: Uuid, rows: &[(&str, i64)]) -> bool {
    let rows: Vec<BankNoticeRow> = rows.iter().map(|(notice, vnd)| told(notice, *vnd)).collect();
    bank_notice::hear(&store.app, sale_id.into(), &rows).await.unwrap()
}

async fn claim(store: &TestStore) -> Uuid {
    let sale_id = store.scan(GARLIC).await.sale_id;
    let note = store.pay(TenderKind::Claimed, None).await.note;
    assert!(matches!(note, Note::SoldOpen { open_vnd: PRICE, .. }), "{note:?}");
    sale_id
}

/// `bank` and `claimed`.
async fn sums(store: &TestStore) -> (i64, i64) {
    (store.balance("bank").await, store.balance("claimed").await)
}

async fn confirmed(store: &TestStore) -> Vec<TenderConfirmed> {
    let all = entries::list_after(store.app.db().read(), 1, 0, 1_000).await.unwrap();
    let entries = all.into_iter().filter_map(|row| row.read()).map(|(entry, _)| entry);
    let of_kind = entries.filter(|entry| entry.envelope.kind == "tender_confirmed");
    of_kind.map(|entry| serde_json::from_str(&entry.shared).unwrap()).collect()
}

async fn show_vietqr(store: &TestStore) -> Uuid {
    let sale_id = store.scan(GARLIC).await.sale_id;
    let request = store.request().await;
    payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap();
    sale_id
}

async fn came_of_shown(store: &TestStore) -> i64 {
    payment::load(&store.app, &store.seat).await.unwrap().unwrap().vietqr.unwrap().came_vnd
}

#[tokio::test]
async fn the_exact_amount_confirms_a_claim_once_and_in_nobodys_name() {
    let store = TestStore::new().await;
    let sale_id = claim(&store).await;
    assert!(hear(&store, sale_id, &[("1", PRICE)]).await);
    assert_eq!(sums(&store).await, (PRICE, 0));
    assert!(!hear(&store, sale_id, &[("1", PRICE)]).await, "told again it is nothing new");
    let entries = confirmed(&store).await;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].source.as_deref(), entries[0].cashier), (Some("bank_notice"), Uuid::nil()));
    assert_eq!((entries[0].counter.as_str(), entries[0].from.as_str()), ("Quầy 1", "claimed"));
    let arrived = store.app.bank_watch().last_arrived("Quầy 1").unwrap();
    assert!(matches!(arrived.note, Note::BankTold { amount_vnd: PRICE, .. }), "{arrived:?}");
    // Money of a transfer is in no drawer.
    assert_eq!(store.drawer().await, 500_000);
    let store = store.restart().await;
    assert!(!hear(&store, sale_id, &[("1", PRICE)]).await);
    assert_eq!(confirmed(&store).await.len(), 1, "nor after a restart");
    store.check().await;
}

#[tokio::test]
async fn any_other_amount_is_left_for_a_person() {
    let store = TestStore::new().await;
    let (part, more) = (claim(&store).await, claim(&store).await);
    hear(&store, part, &[("1", PRICE - 1)]).await;
    hear(&store, more, &[("2", PRICE + 1)]).await;
    assert_eq!(sums(&store).await, (0, 2 * PRICE));
    assert_eq!(confirmed(&store).await, []);
    let odd = bank_notice::list_odd(&store.app).await.unwrap();
    assert_eq!(odd.iter().map(|odd| odd.due_vnd).collect::<Vec<_>>(), [PRICE, PRICE]);
    // The đồng that was missing comes later: together it is exact.
    hear(&store, part, &[("1", PRICE - 1), ("3", 1)]).await;
    assert_eq!(sums(&store).await, (PRICE, PRICE));
    // A notice whose amount was changed on the way is not the one that is known: nothing happens.
    hear(&store, more, &[("2", PRICE)]).await;
    assert_eq!(sums(&store).await, (PRICE, PRICE));
    store.check().await;
}

/// The same transfer never pays twice: what the counter took already counts among what the bank shows.
#[tokio::test]
async fn what_was_taken_at_the_counter_is_not_confirmed_again() {
    let store = TestStore::new().await;
    let sale_id = store.scan(GARLIC).await.sale_id;
    let half = Money::new(PRICE / 2);
    let tenders = [TenderKind::VietQr, TenderKind::Claimed].map(|kind| Tender { kind, amount: half });
    let request = store.request().await;
    finish::finish(&store.app, &store.seat, &request, tenders.to_vec()).await.unwrap();
    hear(&store, sale_id, &[("1", PRICE / 2)]).await;
    assert_eq!(confirmed(&store).await, [], "it is the half that was taken");
    hear(&store, sale_id, &[("2", PRICE / 2)]).await;
    assert_eq!((confirmed(&store).await.len(), sums(&store).await), (1, (PRICE, 0)));
    store.check().await;
}

#[tokio::test]
async fn without_an_open_shift_it_waits_for_the_next_one() {
    let store = TestStore::new().await;
    let sale_id = claim(&store).await;
    shift::close(&store.app, &store.seat, &store.op(), Money::new(500_000)).await.unwrap();
    hear(&store, sale_id, &[("1", PRICE)]).await;
    assert_eq!(sums(&store).await, (0, PRICE), "no drawer is open that it could count in");
    store.open_shift().await;
    assert!(store.app.bank_watch().take_claimed(), "the worker is told");
    bank_notice::settle_all(&store.app).await.unwrap();
    assert_eq!(sums(&store).await, (PRICE, 0));
    store.check().await;
}

#[tokio::test]
async fn a_person_may_be_faster_than_the_bank() {
    let store = TestStore::new().await;
    let sale_id = claim(&store).await;
    let tender = Tender { kind: TenderKind::VietQr, amount: Money::new(PRICE) };
    let came = Came { sale_id: sale_id.into(), from: TenderKind::Claimed, tender, source: None };
    open_tender::confirm(&store.app, &store.seat, &store.op(), &came).await.unwrap();
    hear(&store, sale_id, &[("1", PRICE)]).await;
    assert_eq!((confirmed(&store).await.len(), sums(&store).await), (1, (PRICE, 0)));
    assert_eq!(bank_notice::list_odd(&store.app).await.unwrap(), []);
    store.check().await;
}

#[tokio::test]
async fn a_code_on_show_turns_green_and_nothing_is_sold_by_it() {
    let store = TestStore::new().await;
    let sale_id = show_vietqr(&store).await;
    assert_eq!(came_of_shown(&store).await, 0);
    hear(&store, sale_id, &[("1", PRICE)]).await;
    assert_eq!(came_of_shown(&store).await, PRICE);
    assert!(store.state().await.last_sale.is_none(), "the cashier sells it");
    assert_eq!(bank_notice::list_odd(&store.app).await.unwrap(), [], "an open cart is no oddity");
    let sold = store.pay(TenderKind::VietQr, None).await;
    assert!(matches!(sold.note, Note::Sold { .. }), "{:?}", sold.note);
    assert_eq!(bank_notice::list_odd(&store.app).await.unwrap(), []);
    assert_eq!(confirmed(&store).await, []);
    store.check().await;
}

#[tokio::test]
async fn money_for_a_sale_that_was_never_made_is_listed() {
    let store = TestStore::new().await;
    let sale_id = show_vietqr(&store).await;
    hear(&store, sale_id, &[("1", PRICE)]).await;
    store.pay(TenderKind::Cash, None).await;
    let odd = bank_notice::list_odd(&store.app).await.unwrap();
    assert_eq!(odd.iter().map(|odd| (odd.told.came_vnd, odd.due_vnd)).collect::<Vec<_>>(), [(PRICE, 0)]);
    store.check().await;
}

fn manager(store: &TestStore) -> Seat {
    Seat { manager: true, ..store.seat.clone() }
}

fn statement(lines: &[(Uuid, i64)]) -> BankFile {
    let mut text = "Ngày,Ghi có,Nội dung\n22/11/2026,1,x\n24/11/2026,1,x\n".to_owned();
    for (sale_id, vnd) in lines {
        let reference = SaleId::from_uuid(*sale_id).payment_reference();
        text.push_str(&format!("23/11/2026,{vnd},MBVCB.{reference}.CT\n"));
    }
    BankFile::read(text.as_bytes()).unwrap()
}

async fn confirm(store: &TestStore, seen: &[(Uuid, i64)]) -> CounterState {
    let seen: Vec<(SaleId, Money)> = seen.iter().map(|(id, vnd)| ((*id).into(), Money::new(*vnd))).collect();
    bank_file::confirm(&store.app, &manager(store), &store.op(), &seen).await.unwrap()
}

#[tokio::test]
async fn a_banks_file_confirms_what_it_shows_and_only_once() {
    let store = TestStore::new().await;
    let (first, second, third) = (claim(&store).await, claim(&store).await, claim(&store).await);
    let taken = store.scan(GARLIC).await.sale_id;
    store.pay(TenderKind::VietQr, None).await;
    let file = statement(&[(first, PRICE), (second, PRICE - 5_000), (taken, PRICE)]);
    let report = bank_file::compare(&store.app, &file).await.unwrap();
    let to_confirm: Vec<(Uuid, i64)> =
        report.to_confirm.iter().map(|row| (row.sale_id, row.amount_vnd)).collect();
    assert_eq!(to_confirm, [(first, PRICE)]);
    assert_eq!((report.settled, report.unmatched.len()), (1, 2));
    assert_eq!(report.other.iter().map(|row| row.sale_id).collect::<Vec<_>>(), [second]);
    assert_eq!(
        report.missing.iter().map(|row| (row.sale_id, row.is_claimed)).collect::<Vec<_>>(),
        [(third, true)]
    );
    assert_eq!(sums(&store).await, (PRICE, 3 * PRICE), "looking changes nothing");

    let note = confirm(&store, &to_confirm).await.note;
    assert_eq!(note, Note::BankFileTaken { count: 1, amount_vnd: PRICE });
    let entries = confirmed(&store).await;
    assert_eq!(
        (entries[0].source.as_deref(), entries[0].cashier),
        (Some("bank_file"), store.seat.cashier_id.uuid())
    );
    // The same file, and the same form, once more.
    let report = bank_file::compare(&store.app, &file).await.unwrap();
    assert_eq!((report.to_confirm.len(), report.settled), (0, 2));
    assert_eq!(confirm(&store, &to_confirm).await.note, Note::NothingOpen);
    // Amounts that somebody typed into the form.
    for forged in [PRICE - 1, PRICE + 1, 0, -PRICE] {
        assert_eq!(confirm(&store, &[(third, forged)]).await.note, Note::NothingOpen, "{forged}");
    }
    assert_eq!(sums(&store).await, (2 * PRICE, 2 * PRICE));
    store.check().await;
}

#[tokio::test]
async fn a_claim_of_long_ago_is_found_in_a_file_of_today() {
    let store = TestStore::new().await;
    let sale_id = claim(&store).await;
    let reference = SaleId::from_uuid(sale_id).payment_reference();
    let text = format!("Ngày,Ghi có,Nội dung\n23/11/2027,{PRICE},{reference}\n");
    let file = BankFile::read(text.as_bytes()).unwrap();
    let report = bank_file::compare(&store.app, &file).await.unwrap();
    assert_eq!((report.to_confirm.len(), report.missing.len()), (1, 0));
}

#[tokio::test]
async fn two_confirmations_at_once_take_it_once() {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    let sale_id = claim(&store).await;
    let by_file = async { confirm(&store, &[(sale_id, PRICE)]).await };
    let by_notice = async { hear(&store, sale_id, &[("1", PRICE)]).await };
    tokio::join!(by_file, by_notice);
    assert_eq!((confirmed(&store).await.len(), sums(&store).await), (1, (PRICE, 0)));
    store.check().await;
}
