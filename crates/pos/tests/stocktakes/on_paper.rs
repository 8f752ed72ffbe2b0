//! Sheets that were filled in at the shelf and are typed in later.

use pos::counter::goods::{self, NewGoods};
use pos::counter::note::Delivering;
use pos::counter::stocktake_paper::{Minutes, count_on_paper};
use pos::counter::take_back::{TakingBack, take_back};

use super::*;

const MINUTE_MS: i64 = 60_000;

fn minute(store: &TestStore) -> u16 {
    web::format::local_minute(store.app.clock().now_ms())
}

async fn on_paper(store: &TestStore, area: &str, minutes: Option<Minutes>) -> Counting {
    told(count_on_paper(&store.app, &store.seat, &store.op(), (area, minutes)).await.unwrap())
}

/// Ten were on the shelf at ten o'clock, two are sold at half past, and the sheet is typed in at eleven: nothing was found.
#[tokio::test]
async fn a_sheet_is_compared_with_the_book_of_when_it_was_filled_in() {
    let (store, seat) = counting().await;
    store.clock.advance(20 * MINUTE_MS);
    let began = minute(&store);
    store.clock.advance(10 * MINUTE_MS);
    let ended = minute(&store);
    store.clock.advance(20 * MINUTE_MS);
    sell(&store, &seat, GARLIC, 2).await;
    store.clock.advance(30 * MINUTE_MS);
    let told = on_paper(&store, " Kệ  1", Some(Minutes { from: began, to: ended })).await;
    let day = web::format::date_text(web::format::local_date(store.app.clock().now_ms()));
    assert!(
        matches!(&told, Counting::OnPaper { area, from, .. } if area == "Kệ 1" && from.starts_with(&day)),
        "{told:?}"
    );
    let one_more = count_so(&store, GARLIC_NAME, "Kệ 1", HowMuch::OneMore).await;
    let name = GARLIC_NAME.to_owned();
    assert_eq!(one_more, Note::Counting(Counting::TypeHowMuch { name }), "a sheet has sums");
    count(&store, GARLIC_NAME, "Kệ 1", 10).await;
    assert_eq!(state_of(&store, GARLIC_NAME).await, (10, 10, None));
    // At the shelf, as it is now.
    assert_eq!(on_paper(&store, "Kệ 1", None).await, Counting::AtShelf { area: "Kệ 1".to_owned() });
    count(&store, GARLIC_NAME, "Kệ 1", 8).await;
    assert_eq!(state_of(&store, GARLIC_NAME).await, (8, 8, None));
    store.check().await;
}

#[tokio::test]
async fn what_was_sold_while_a_sheet_was_filled_in_is_counted_again_at_the_shelf() {
    let (store, seat) = counting().await;
    store.clock.advance(20 * MINUTE_MS);
    let from = minute(&store);
    // Within the minute of the sheet: nobody knows whether before or after.
    sell(&store, &seat, SAUCE, 2).await;
    store.clock.advance(30 * MINUTE_MS);
    on_paper(&store, "Kệ 1", Some(Minutes { from, to: from })).await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await.2, Some(Again::Moved));
    sell(&store, &seat, SAUCE, 1).await;
    count_again(&store, SAUCE_NAME).await;
    count(&store, SAUCE_NAME, "Kệ 1", 7).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (7, 7, None));
    store.check().await;
}

#[tokio::test]
async fn a_sheet_of_before_the_journal_or_the_last_stocktake_is_none() {
    let (store, _) = counting().await;
    let now = minute(&store);
    on_paper(&store, "Kệ 1", Some(Minutes { from: now - 30, to: now - 20 })).await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await.2, Some(Again::FormerJournal));
    count_again(&store, SAUCE_NAME).await;
    store.clock.advance(10 * MINUTE_MS);
    let sheet = Minutes { from: minute(&store), to: minute(&store) };
    store.clock.advance(10 * MINUTE_MS);
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    let closing = closing(&store).await;
    stocktake_close::close(&store.app, &store.seat, &store.op(), &closing).await.unwrap();
    begin(&store).await;
    assert_eq!(
        on_paper(&store, "Kệ 1", Some(sheet)).await,
        Counting::CountedSince,
        "it is in the book already"
    );
    store.check().await;
}

async fn receive(store: &TestStore, pieces: i64) -> String {
    let goods = NewGoods {
        product_id: id_of(SAUCE_NAME).into(),
        quantity: Quantity::pieces(pieces),
        expires_on: None,
        code: None,
        noted: None,
        cost: None,
        producer_id: None,
    };
    let state =
        goods::receive(&store.app, &store.seat, &store.op(), vec![goods], Language::Vi).await.unwrap();
    let Note::Delivering(Delivering::Received { voucher, .. }) = state.note else {
        panic!("{:?}", state.note)
    };
    voucher
}

async fn withdraw(store: &TestStore, voucher: &str) -> Note {
    let taking = TakingBack { voucher: voucher.to_owned(), language: Language::Vi, word: manager_word() };
    take_back(&store.app, &store.seat, &store.op(), &taking).await.unwrap().note
}

/// A hundred was entered for ten, and the shelf with its twenty was counted. The mistake is mended once: by a new count, or by the
/// stocktake.
#[tokio::test]
async fn a_counted_delivery_is_taken_back_when_it_is_counted_again() {
    let (store, _) = counting().await;
    let voucher = receive(&store, 100).await;
    count(&store, SAUCE_NAME, "Kệ 1", 20).await;
    let name = SAUCE_NAME.to_owned();
    let refused = Note::Delivering(Delivering::DeliveryBeingCounted { name: name.clone() });
    assert_eq!(withdraw(&store, &voucher).await, refused);
    assert_eq!(on_shelf(&store, SAUCE_NAME).await, 110_000, "nothing half done");
    count_again(&store, SAUCE_NAME).await;
    let note = withdraw(&store, &voucher).await;
    assert!(matches!(note, Note::GoodsRemoved { .. }), "{note:?}");
    let voucher = receive(&store, 10).await;
    count(&store, SAUCE_NAME, "Kệ 1", 18).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (18, 20, None));
    assert_eq!(close_now(&store).await, (1, 1));
    // The older lot bears the difference; the delivery is as it came, and yet the book is right with it.
    let touched = Note::Delivering(Delivering::DeliveryTouched { name });
    assert_eq!(withdraw(&store, &voucher).await, touched);
    assert_eq!(on_shelf(&store, SAUCE_NAME).await, 18_000);
    store.check().await;
}

/// A sheet of before a delivery was taken back meets a book that had the mistake.
#[tokio::test]
async fn a_sheet_of_before_a_delivery_was_taken_back_is_counted_again() {
    let (store, _) = counting().await;
    store.clock.advance(20 * MINUTE_MS);
    let before = Minutes { from: minute(&store), to: minute(&store) };
    store.clock.advance(20 * MINUTE_MS);
    let voucher = receive(&store, 100).await;
    store.clock.advance(20 * MINUTE_MS);
    let between = Minutes { from: minute(&store), to: minute(&store) };
    store.clock.advance(20 * MINUTE_MS);
    let note = withdraw(&store, &voucher).await;
    assert!(matches!(note, Note::GoodsRemoved { .. }), "{note:?}");
    on_paper(&store, "Kệ 1", Some(before)).await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (10, 10, None), "the book of then had not heard of it");
    on_paper(&store, "Kệ 1", Some(between)).await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await.2, Some(Again::Moved));
    count_again(&store, SAUCE_NAME).await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (10, 10, None));
    store.check().await;
}
