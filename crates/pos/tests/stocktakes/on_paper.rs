//! Sheets that were filled in at the shelf and are typed in later.

use pos::counter::stocktake_paper::{Minutes, count_on_paper};

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
    assert!(matches!(&told, Counting::OnPaper { area, .. } if area == "Kệ 1"), "{told:?}");
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
