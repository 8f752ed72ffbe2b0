//! A bank's notice on its whole way: from the provider to central, from there to the till that waits for it, into the books
//! of both; over a network that breaks, and against whoever answers in central's place.
#![expect(clippy::unwrap_used, reason = "a story that stumbles has failed")]

use central::db::Db;
use domain::Money;
use domain::ids::SaleId;
use domain::tender::TenderKind;
use pos::bank_watch::Code;
use pos::counter::{Note, bank_notice, payment};
use pos::sync::bank_notices::{AskError, round};
use protocol::wire::{BankNoticeRow, BankNotices};
use protocol::{SecretKey, StreamId};
use stories::books;
use testkit::proxy::{Fault, Proxy};
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, begin_day, sync, transfer};
use uuid::Uuid;

testkit::on_both_engines!(
    a_transfer_turns_the_till_green_and_confirms_what_was_claimed,
    a_bad_network_neither_loses_nor_doubles_it,
    only_centrals_own_word_counts
);

/// What one garlic costs, đồng.
const PRICE: i64 = 280_000;

fn reference(sale_id: Uuid) -> String {
    SaleId::from_uuid(sale_id).payment_reference()
}

async fn claim(store: &TestStore) -> Uuid {
    let sale_id = store.scan(GARLIC).await.sale_id;
    assert!(matches!(store.pay(TenderKind::Claimed, None).await.note, Note::SoldOpen { .. }));
    sale_id
}

/// Asks once, as a program that has just started.
async fn ask(store: &TestStore) -> Result<bool, AskError> {
    round(&store.app, &mut None, true).await
}

async fn account(store: &TestStore, name: &str) -> i64 {
    books::of_store(store).await.account(name)
}

async fn a_transfer_turns_the_till_green_and_confirms_what_was_claimed(db: Db) {
    let world = World::over(db).await;
    let store = world.open_store("LS").await;
    let key = world.bank_key().await;
    let shown = store.scan(GARLIC).await.sale_id;
    assert!(!ask(&store).await.unwrap(), "nothing is waited for, and nothing is asked");
    let request = store.request().await;
    payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap();
    let code = Code { sale_id: shown.into(), amount: Money::new(PRICE), is_deposit: false };
    store.app.bank_watch().show(&store.seat.counter, Some(code), 0);
    assert!(!ask(&store).await.unwrap());
    let words = reference(shown).to_lowercase();
    assert_eq!(world.tell_bank(key.text(), &transfer(1, &words, PRICE)).await, 200);
    assert!(ask(&store).await.unwrap());
    let vietqr = payment::load(&store.app, &store.seat).await.unwrap().unwrap().vietqr.unwrap();
    assert_eq!(vietqr.came_vnd, PRICE);
    store.pay(TenderKind::VietQr, None).await;
    store.app.bank_watch().show(&store.seat.counter, None, 0);
    late_money_is_heard(&world, &store, key.text()).await;

    let (first, second) = (claim(&store).await, claim(&store).await);
    for _ in 0..2 {
        assert_eq!(world.tell_bank(key.text(), &transfer(2, &reference(first), PRICE)).await, 200);
    }
    assert_eq!(world.tell_bank(key.text(), &transfer(3, &reference(second), PRICE - 1)).await, 200);
    assert_eq!(
        world.tell_bank("00000000.00000000000000000000000000", &transfer(4, &reference(second), 1)).await,
        401
    );
    assert!(ask(&store).await.unwrap());
    assert!(!ask(&store).await.unwrap(), "asked twice it is told once");
    assert_eq!((account(&store, "bank").await, account(&store, "claimed").await), (2 * PRICE, PRICE));
    sync(&store).await;
    let store_id = books::id_of(&store).await;
    assert_eq!(books::of_store(&store).await, books::at_central(&world, store_id).await);
    store.check().await;
}

/// A buyer paid in cash after the code was on the screen, and by transfer, too.
async fn late_money_is_heard(world: &World, store: &TestStore, key: &str) {
    let sale_id = store.scan(GARLIC).await.sale_id;
    let request = store.request().await;
    payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap();
    store.pay(TenderKind::Cash, None).await;
    assert!(!ask(store).await.unwrap());
    assert_eq!(world.tell_bank(key, &transfer(9, &reference(sale_id), PRICE)).await, 200);
    assert!(ask(store).await.unwrap());
    let odd = bank_notice::list_odd(&store.app).await.unwrap();
    assert_eq!(odd.iter().map(|odd| odd.told.sale_id).collect::<Vec<_>>(), [sale_id]);
}

async fn a_bad_network_neither_loses_nor_doubles_it(db: Db) {
    let world = World::over(db).await;
    let proxy = Proxy::start(world.address()).await;
    let store = world.store_by("LS", true, &proxy.url()).await;
    begin_day(&store).await;
    let key = world.bank_key().await;
    let sale_id = claim(&store).await;
    sync(&store).await;
    world.tell_bank(key.text(), &transfer(1, &reference(sale_id), PRICE)).await;
    for fault in [
        Fault::DropRequest,
        Fault::DropReply,
        Fault::CutRequestAt(40),
        Fault::CutReplyAt(20),
        Fault::CutReplyAt(300),
        Fault::ResetReplyAt(300),
        Fault::DamageRequestAt(30),
        Fault::captive_portal(),
    ] {
        proxy.set(fault.clone());
        assert!(ask(&store).await.is_err(), "{fault:?}");
        assert_eq!(account(&store, "bank").await, 0, "{fault:?}");
    }
    // One bit of the answer, wherever it is: either it is still central's word, or nothing happens.
    for place in (0..400).step_by(7) {
        proxy.set(Fault::DamageReplyAt(place));
        let is_known = ask(&store).await.is_ok();
        assert_eq!(account(&store, "bank").await == PRICE, is_known, "{place}");
        if is_known {
            break;
        }
    }
    for fault in [Fault::Twice, Fault::ReplayFirst(0), Fault::Forward] {
        proxy.set(fault);
        ask(&store).await.unwrap();
        assert_eq!((account(&store, "bank").await, account(&store, "claimed").await), (PRICE, 0));
    }
    sync(&store).await;
    store.check().await;
}

/// Answers as central would, signed by a key.
fn answer(key: &SecretKey, path: &str, stream: StreamId, notices: Vec<BankNoticeRow>) -> Fault {
    let told = BankNotices { notices, central_time: 0, signature: String::new() }.sign(key, path, stream);
    let body = serde_json::to_string(&told).unwrap();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
    Fault::Answer(format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into())
}

async fn only_centrals_own_word_counts(db: Db) {
    let world = World::over(db).await;
    let proxy = Proxy::start(world.address()).await;
    let store = world.store_by("LS", true, &proxy.url()).await;
    begin_day(&store).await;
    let (first, second) = (claim(&store).await, claim(&store).await);
    let mut references = [reference(first), reference(second)];
    references.sort();
    let path = format!("/sync/v1/bank-notices?references={}", references.join(","));
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let stream = pos::db::streams::find_current(&mut reader).await.unwrap().unwrap().stream;
    drop(reader);
    let row = |sale_id| BankNoticeRow {
        reference: reference(sale_id),
        notice: "1".to_owned(),
        amount: PRICE,
        account: "1023456789".to_owned(),
        booked_at: 0,
    };
    let other = SecretKey::from_bytes(&[43; 32]);
    let of_central = world.central.key.as_ref();
    for (forged, why) in [
        (answer(&other, &path, stream, vec![row(first)]), "another key"),
        (
            answer(of_central, "/sync/v1/bank-notices?references=", stream, vec![row(first)]),
            "another question",
        ),
        (answer(of_central, &path, StreamId { incarnation: 1, ..stream }, vec![row(first)]), "another store"),
    ] {
        proxy.set(forged);
        assert!(matches!(ask(&store).await, Err(AskError::Client(_))), "{why}");
        assert_eq!(account(&store, "claimed").await, 2 * PRICE, "{why}");
    }
    // What was not asked for is not taken, whoever signs it.
    proxy.set(answer(of_central, &path, stream, vec![row(Uuid::max()), row(first)]));
    assert!(ask(&store).await.unwrap());
    assert_eq!((account(&store, "bank").await, account(&store, "claimed").await), (PRICE, PRICE));
    store.check().await;
}
