//! Counting the shelf while selling goes on: what is compared with which book, what must be counted again, where a difference
//! goes, who bears it, and what is refused.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "stocktakes/closing.rs"]
mod closing;
#[path = "stocktakes/from_pad.rs"]
mod from_pad;
#[path = "stocktakes/many.rs"]
mod many;
#[path = "stocktakes/on_paper.rs"]
mod on_paper;

use domain::Quantity;
use domain::count::{Again, Tally};
use domain::ids::SaleId;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use pos::counter::note::Counting;
use pos::counter::removal::LossBearer;
use pos::counter::stocktake::{self, Count, HowMuch};
use pos::counter::stocktake_close::{self, Closing, Figures};
use pos::counter::{self, CounterState, Note, Request, Seat, shift};
use pos::sync::enrol::begin_stream;
use protocol::payload::GoodsCount;
use receipts::language::Language;
use testkit::catalogue::{id_of, manager_word};
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";
/// Consigned: 280.000 ₫ a box.
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const SAUCE: &str = "8938500000027";
/// The store's own: 95.000 ₫ a bottle.
const SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
/// By weight.
const CINNAMON: &str = "Quế Trà Bồng";

/// A store with ten of each on its shelf that has begun to count, and another counter that goes on selling.
async fn counting() -> (TestStore, Seat) {
    let store = TestStore::new().await;
    let seat = Seat { counter: "Quầy 2".to_owned(), ..store.seat.clone() };
    let date = web::format::local_date(store.app.clock().now_ms());
    shift::open(&store.app, &seat, &store.op(), date, domain::Money::new(0)).await.unwrap();
    begin(&store).await;
    (store, seat)
}

async fn begin(store: &TestStore) {
    let state = stocktake::begin(&store.app, &store.seat, &store.op(), " Cuối   tháng ").await.unwrap();
    assert_eq!(told(state), Counting::StocktakeBegun);
}

#[track_caller]
fn told(state: CounterState) -> Counting {
    let Note::Counting(told) = state.note else { panic!("{:?}", state.note) };
    told
}

/// Sells pieces at another counter.
async fn sell(store: &TestStore, seat: &Seat, code: &str, pieces: i64) {
    let load = async || counter::state::load(&store.app, seat, Note::Ready, None).await.unwrap();
    for _ in 0..pieces {
        let sale_id = SaleId::from_uuid(load().await.sale_id);
        let request = Request { op_id: store.op(), sale_id };
        counter::scan::scan(&store.app, seat, &request, code).await.unwrap();
    }
    let state = load().await;
    let tender = Tender { kind: TenderKind::Cash, amount: domain::Money::new(state.due_vnd) };
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(state.sale_id) };
    let state = counter::finish::finish(&store.app, seat, &request, vec![tender]).await.unwrap();
    assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
}

async fn count_so(store: &TestStore, name: &str, area: &str, how_much: HowMuch) -> Note {
    let count = Count { product_id: id_of(name).into(), area: area.to_owned(), how_much };
    stocktake::count(&store.app, &store.seat, &store.op(), &count).await.unwrap().note
}

/// Counts all that an area has of a product.
async fn count(store: &TestStore, name: &str, area: &str, pieces: i64) {
    let told = count_so(store, name, area, HowMuch::Exactly(Quantity::pieces(pieces))).await;
    assert!(matches!(told, Note::Counting(Counting::Counted { .. })), "{told:?}");
}

async fn count_again(store: &TestStore, name: &str) {
    stocktake::count_again(&store.app, &store.seat, &store.op(), id_of(name).into()).await.unwrap();
}

async fn figures(store: &TestStore) -> Figures {
    let mut connection = store.app.db().read().acquire().await.unwrap();
    Figures::load(&mut connection).await.unwrap().unwrap()
}

async fn tally(store: &TestStore, name: &str) -> Tally {
    let product_id = id_of(name).into();
    figures(store).await.counted.iter().find(|row| row.product_id == product_id).unwrap().tally
}

/// Counted and expected, and why it has to be counted again.
async fn state_of(store: &TestStore, name: &str) -> (i64, i64, Option<Again>) {
    let tally = tally(store, name).await;
    (tally.counted.unwrap().milli() / 1_000, tally.expected.milli() / 1_000, tally.again())
}

async fn closing(store: &TestStore) -> Closing {
    let figures = figures(store).await;
    Closing {
        stocktake_id: figures.stocktake.stocktake_id,
        bearer: LossBearer::Store,
        takes_uncounted: false,
        is_pad_entered: false,
        reason: "  Đã tìm   trong kho ".to_owned(),
        shown: figures.mark(),
        language: Language::Vi,
        word: manager_word(),
    }
}

async fn close(store: &TestStore, closing: &Closing) -> CounterState {
    stocktake_close::close(&store.app, &store.seat, &store.op(), closing).await.unwrap()
}

/// Closes with the figures of now; returns how many were counted, and how many differed.
async fn close_now(store: &TestStore) -> (usize, usize) {
    let told = told(close(store, &closing(store).await).await);
    let Counting::StocktakeClosed { products, wrong, .. } = told else { panic!("{told:?}") };
    (products, wrong)
}

async fn at(store: &TestStore, name: &str, location: Location) -> i64 {
    sqlx::query_scalar(
        "select coalesce(sum(quantity_milli), 0) from stock where product_id = $1 and location = $2",
    )
    .bind(id_of(name))
    .bind(location.code())
    .fetch_one(store.app.db().read())
    .await
    .unwrap()
}

/// What the shelf has by the book, thousandths.
async fn on_shelf(store: &TestStore, name: &str) -> i64 {
    at(store, name, Location::Shelf).await
}

/// The counts in the journal, with their private parts.
async fn entries(store: &TestStore) -> Vec<(GoodsCount, String)> {
    let told: Vec<(String, String)> =
        sqlx::query_as("select shared, private from entries where kind = 'goods_count' order by seq")
            .fetch_all(store.app.db().read())
            .await
            .unwrap();
    told.into_iter().map(|(shared, private)| (serde_json::from_str(&shared).unwrap(), private)).collect()
}

/// One is missing. Sales before the count are in the book already, those after it come off both.
#[tokio::test]
async fn what_is_sold_before_and_after_a_count_makes_no_difference() {
    let (store, other) = counting().await;
    sell(&store, &other, SAUCE, 1).await;
    count(&store, SAUCE_NAME, "Kệ 1", 8).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (8, 9, None));
    let shown = closing(&store).await;
    sell(&store, &other, SAUCE, 2).await;
    store.receive(SAUCE_NAME, 4, None).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (8, 9, None), "the book of when it was counted");
    let closed = told(close(&store, &shown).await);
    assert!(matches!(closed, Counting::StocktakeClosed { products: 1, wrong: 1, .. }), "{closed:?}");
    assert_eq!(on_shelf(&store, SAUCE_NAME).await, 10_000, "eight, two sold, four came");
    assert_eq!(at(&store, SAUCE_NAME, Location::Waste).await, 1_000);
    store.check().await;
}

#[tokio::test]
async fn a_scanner_adds_one_by_one_and_areas_add_up() {
    let (store, _) = counting().await;
    for _ in 0..7 {
        count_so(&store, SAUCE_NAME, " Kệ  1 ", HowMuch::OneMore).await;
    }
    let told = count_so(&store, SAUCE_NAME, "Kho sau", HowMuch::OneMore).await;
    let told_of = |area: &str, quantity: &str| {
        Note::Counting(Counting::Counted {
            name: SAUCE_NAME.to_owned(),
            area: area.to_owned(),
            quantity: quantity.to_owned(),
        })
    };
    assert_eq!(told, told_of("Kho sau", "1"));
    assert_eq!(count_so(&store, SAUCE_NAME, "Kệ 1", HowMuch::OneMore).await, told_of("Kệ 1", "8"));
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 10, None));
    // Typed over, and one more after that.
    count(&store, SAUCE_NAME, "Kệ 1", 5).await;
    count_so(&store, SAUCE_NAME, "Kệ 1", HowMuch::OneMore).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (7, 10, Some(Again::Large)));
}

/// Sold between the counts of two areas: from which one, nobody knows. Both are counted again, in one go.
#[tokio::test]
async fn what_moved_between_two_areas_is_counted_again() {
    let (store, other) = counting().await;
    count(&store, SAUCE_NAME, "Kệ 1", 6).await;
    sell(&store, &other, GARLIC, 1).await;
    count(&store, SAUCE_NAME, "Kho", 4).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (10, 10, None), "other goods do not matter");
    count(&store, SAUCE_NAME, "Kệ 1", 6).await;
    sell(&store, &other, SAUCE, 1).await;
    count(&store, SAUCE_NAME, "Kho", 4).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (10, 9, Some(Again::Moved)));
    let refused = told(close(&store, &closing(&store).await).await);
    assert_eq!(refused, Counting::CountAgainFirst { products: 1 });
    count_again(&store, SAUCE_NAME).await;
    assert_eq!(tally(&store, SAUCE_NAME).await.again(), Some(Again::Unfinished));
    // Asked twice by a nervous finger: it stays the same round.
    count_again(&store, SAUCE_NAME).await;
    count(&store, SAUCE_NAME, "Kho", 4).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (4, 9, Some(Again::Unfinished)), "one area of two");
    count(&store, SAUCE_NAME, "Kệ 1", 5).await;
    assert_eq!(
        (tally(&store, SAUCE_NAME).await.round, state_of(&store, SAUCE_NAME).await),
        (2, (9, 9, None))
    );
    assert_eq!(close_now(&store).await, (1, 0));
    assert_eq!(on_shelf(&store, SAUCE_NAME).await, 9_000);
    store.check().await;
}

/// Also within one area, between the first scan and the last; a number typed as a whole is sure again.
#[tokio::test]
async fn what_moved_between_two_scans_is_counted_again() {
    let (store, other) = counting().await;
    count_so(&store, SAUCE_NAME, "Kệ 1", HowMuch::OneMore).await;
    sell(&store, &other, SAUCE, 1).await;
    for _ in 0..8 {
        count_so(&store, SAUCE_NAME, "Kệ 1", HowMuch::OneMore).await;
    }
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 9, Some(Again::Moved)));
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 9, None));
}

/// A box of 280.000 ₫ is missing: believed when it is found missing twice.
#[tokio::test]
async fn a_large_difference_is_found_twice() {
    let (store, _) = counting().await;
    count(&store, GARLIC_NAME, "Kệ 1", 9).await;
    assert_eq!(state_of(&store, GARLIC_NAME).await, (9, 10, Some(Again::Large)));
    assert_eq!(told(close(&store, &closing(&store).await).await), Counting::CountAgainFirst { products: 1 });
    count_again(&store, GARLIC_NAME).await;
    assert_eq!(told(close(&store, &closing(&store).await).await), Counting::CountAgainFirst { products: 1 });
    count(&store, GARLIC_NAME, "Kệ 1", 9).await;
    assert_eq!(close_now(&store).await, (1, 1));
    assert_eq!(on_shelf(&store, GARLIC_NAME).await, 9_000);
    store.check().await;
}

/// Six boxes are missing, then five: which of the two is right is known when two rounds in a row find the same.
#[tokio::test]
async fn another_number_in_the_second_round_is_not_believed() {
    let (store, other) = counting().await;
    count(&store, GARLIC_NAME, "Kệ 1", 4).await;
    assert_eq!(tally(&store, GARLIC_NAME).await.before, None);
    count_again(&store, GARLIC_NAME).await;
    count(&store, GARLIC_NAME, "Kệ 1", 5).await;
    assert_eq!(tally(&store, GARLIC_NAME).await.before, Some(Quantity::pieces(-6)));
    assert_eq!(state_of(&store, GARLIC_NAME).await, (5, 10, Some(Again::Large)));
    assert_eq!(told(close(&store, &closing(&store).await).await), Counting::CountAgainFirst { products: 1 });
    // One is sold between the rounds: there is one fewer, and as many are missing.
    sell(&store, &other, GARLIC, 1).await;
    count_again(&store, GARLIC_NAME).await;
    count(&store, GARLIC_NAME, "Kệ 1", 4).await;
    assert_eq!(tally(&store, GARLIC_NAME).await.before, Some(Quantity::pieces(-5)));
    assert_eq!(state_of(&store, GARLIC_NAME).await, (4, 9, None));
    assert_eq!(close_now(&store).await, (1, 1));
    assert_eq!(on_shelf(&store, GARLIC_NAME).await, 4_000);
    store.check().await;
}

#[tokio::test]
async fn a_count_outlives_the_program_but_not_the_computer() {
    let (store, _) = counting().await;
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    let store = store.restart().await;
    assert_eq!(figures(&store).await.stocktake.title, "Cuối tháng");
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 10, None));
    // A new journal: nobody can say what the former one told after the count.
    begin_stream(&store.app, domain::ids::StoreId::from_uuid(id_of("store")), "restored").await.unwrap();
    assert_eq!(state_of(&store, SAUCE_NAME).await.2, Some(Again::FormerJournal));
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 10, None));
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused() {
    let store = TestStore::new().await;
    let none = Note::Counting(Counting::NoStocktake);
    assert_eq!(count_so(&store, SAUCE_NAME, "Kệ 1", HowMuch::OneMore).await, none);
    begin(&store).await;
    let again = stocktake::begin(&store.app, &store.seat, &store.op(), "").await.unwrap();
    assert_eq!(told(again), Counting::StocktakeGoesOn);
    let exactly = |milli| HowMuch::Exactly(Quantity::from_milli(milli));
    for (name, area, how_much, expected) in [
        (SAUCE_NAME, "Kệ 1", exactly(500), Note::BadQuantity { whole: true }),
        (SAUCE_NAME, "Kệ 1", exactly(100_001_000), Note::BadQuantity { whole: false }),
        (SAUCE_NAME, "  ", exactly(1_000), Note::Counting(Counting::NoArea)),
        ("no product", "Kệ 1", exactly(1_000), Note::BadField { field: "product_id".to_owned() }),
        (
            CINNAMON,
            "Kệ 1",
            HowMuch::OneMore,
            Note::Counting(Counting::TypeHowMuch { name: CINNAMON.to_owned() }),
        ),
    ] {
        assert_eq!(count_so(&store, name, area, how_much).await, expected);
    }
    assert_eq!(figures(&store).await.counted, []);
    for (typed, expected) in [
        ("0", Ok(0)),
        (" 00 ", Ok(0)),
        ("12", Ok(12_000)),
        ("0,35", Ok(350)),
        ("", Err(())),
        ("-1", Err(())),
        ("8938500000010", Err(())),
        ("100001", Err(())),
        ("nhiều", Err(())),
    ] {
        let read = stocktake::read_quantity(typed);
        let refused = Note::BadQuantity { whole: false };
        assert_eq!(read, expected.map(Quantity::from_milli).map_err(|()| refused), "{typed:?}");
    }
    count_so(&store, CINNAMON, "Kệ 1", exactly(350)).await;
    assert_eq!(tally(&store, CINNAMON).await.counted, Some(Quantity::from_milli(350)));
}
