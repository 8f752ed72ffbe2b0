//! Several open carts at a counter: parking, coming back, taking back.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::ids::SaleId;
use pos::counter::edit::{self, Row};
use pos::counter::{CounterState, Note, Request, carts, scan, shift};
use protocol::wire::PromotionOffer;
use testkit::catalogue::{Catalogue, id_of};
use testkit::store::TestStore;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

async fn park(store: &TestStore, name: &str) -> CounterState {
    carts::park(&store.app, &store.seat, &store.request().await, name).await.unwrap()
}

async fn resume(store: &TestStore, sale_id: Uuid) -> CounterState {
    let wanted = SaleId::from_uuid(sale_id);
    carts::resume(&store.app, &store.seat, &store.request().await, wanted).await.unwrap()
}

async fn take_back(store: &TestStore) -> CounterState {
    carts::take_back(&store.app, &store.seat, &store.request().await).await.unwrap()
}

/// Names and numbers of the open carts, the one on screen marked.
fn tabs(state: &CounterState) -> Vec<String> {
    let tab = |tab: &carts::CartTab| {
        let here = if tab.sale_id == state.sale_id { "*" } else { "" };
        format!("{}{here} {}", tab.number, tab.name).trim_end().to_owned()
    };
    state.carts.iter().map(tab).collect()
}

fn rows(state: &CounterState) -> Vec<(&str, i64)> {
    state.lines.iter().map(|line| (line.name.as_str(), line.quantity_milli / 1_000)).collect()
}

/// Scans and changes of a quantity answer from the cart in hand, without reading it again.
#[tokio::test]
async fn an_answer_from_the_cart_in_hand_is_what_the_database_holds() {
    let store = TestStore::new().await;
    let promotion =
        Catalogue::default().promotion("Tuần lễ tỏi", PromotionOffer::Percent(100_000), &[GARLIC_NAME]);
    store.load(&promotion).await;
    for code in [GARLIC, FISH_SAUCE, GARLIC, "que tra bong"] {
        holds(&store, store.scan(code).await).await;
    }
    let (request, cinnamon) = (store.request().await, id_of("Quế Trà Bồng").into());
    holds(&store, scan::weigh(&store.app, &store.seat, &request, cinnamon, "1,2").await.unwrap()).await;
    let row = |index, name: &str| Row { index, product_id: id_of(name).into() };
    for (row, pieces) in [(row(0, GARLIC_NAME), 1), (row(0, GARLIC_NAME), -1), (row(1, FISH_SAUCE_NAME), -1)]
    {
        let request = store.request().await;
        let state = edit::step_quantity(&store.app, &store.seat, &request, row, pieces).await.unwrap();
        holds(&store, state).await;
    }
    let request = store.request().await;
    let state =
        edit::set_quantity(&store.app, &store.seat, &request, row(1, "Quế Trà Bồng"), "0,35").await.unwrap();
    assert_eq!(state.lines[1].quantity_milli, 350);
    holds(&store, state).await;
    store.check().await;
}

/// The state as told is the state as read, but for the note and the row that it is about.
async fn holds(store: &TestStore, told: CounterState) {
    let read = store.state().await;
    assert_eq!(CounterState { note: Note::Ready, chosen: read.chosen, ..told }, read);
}

#[tokio::test]
async fn a_parked_cart_comes_back_as_it_was() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let first = store.scan(GARLIC).await.sale_id;
    let state = park(&store, "  chị   Lan ").await;
    assert_eq!(state.note, Note::Parked { number: 1, name: "chị Lan".to_owned() });
    assert_eq!((tabs(&state), rows(&state)), (vec!["1 chị Lan".to_owned(), "2*".to_owned()], vec![]));
    assert_eq!((state.carts[0].items, state.carts[0].payable_vnd), (2, 560_000));
    // The next buyer's sale ends; the parked cart stays.
    let sold = store.sell(FISH_SAUCE).await;
    assert_ne!(sold, first);
    let state = resume(&store, first).await;
    assert_eq!(state.note, Note::Resumed { number: 1, name: "chị Lan".to_owned() });
    assert_eq!(tabs(&state), ["1* chị Lan"], "an empty cart is not parked");
    assert_eq!((state.sale_id, rows(&state)), (first, vec![(GARLIC_NAME, 2)]));
    store.pay_cash(None).await;
    assert_eq!(store.state().await.last_sale.map(|sale| sale.sale_id), Some(first));
    store.check().await;
}

#[tokio::test]
async fn numbers_stay_and_are_given_again() {
    let store = TestStore::new().await;
    let mut sales = Vec::new();
    for _ in 0..3 {
        sales.push(store.scan(GARLIC).await.sale_id);
        carts::open(&store.app, &store.seat, &store.request().await).await.unwrap();
    }
    let state = carts::open(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!(
        (state.note.clone(), tabs(&state)),
        (Note::Ready, ["1", "2", "3", "4*"].map(str::to_owned).to_vec())
    );
    assert_eq!(tabs(&resume(&store, sales[1]).await), ["1", "2*", "3"]);
    assert_eq!(tabs(&store.pay_cash(None).await), ["1", "2*", "3"], "the next buyer gets the number");
    assert_eq!(tabs(&resume(&store, sales[2]).await), ["1", "3*"]);
    store.scan(FISH_SAUCE).await;
    assert_eq!(tabs(&park(&store, "").await), ["1", "2*", "3"]);
    store.check().await;
}

#[tokio::test]
async fn what_was_meant_for_a_parked_cart_changes_nothing() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let old = store.request().await;
    park(&store, "").await;
    let late = Request { op_id: store.op(), ..old.clone() };
    let state = scan::scan(&store.app, &store.seat, &late, FISH_SAUCE).await.unwrap();
    assert_eq!((state.note.clone(), rows(&state)), (Note::Stale, vec![]));
    let back = resume(&store, old.sale_id.uuid()).await;
    assert_eq!(rows(&back), [(GARLIC_NAME, 1)]);
    // Neither a sale that is over, nor one of another counter, nor the one on screen.
    let sold = old.sale_id.uuid();
    store.pay_cash(None).await;
    assert_eq!(resume(&store, sold).await.note, Note::NoCart);
    let here = store.state().await.sale_id;
    assert_eq!(resume(&store, here).await.note, Note::Ready);
    let other = pos::counter::Seat { counter: "Quầy 2".to_owned(), ..store.seat.clone() };
    let theirs = pos::counter::state::load(&store.app, &other, Note::Ready, None).await.unwrap().sale_id;
    assert_eq!(resume(&store, theirs).await.note, Note::NoCart);
    assert_eq!(park(&store, "").await.note, Note::EmptyCart);
    store.check().await;
}

#[tokio::test]
async fn a_repeated_request_parks_one_cart() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let request = store.request().await;
    for _ in 0..2 {
        let state = carts::park(&store.app, &store.seat, &request, "a").await.unwrap();
        assert_eq!(tabs(&state), ["1 a", "2*"]);
    }
}

#[tokio::test]
async fn a_counter_takes_twenty_carts() {
    let store = TestStore::new().await;
    for _ in 0..19 {
        store.scan(GARLIC).await;
        assert!(matches!(park(&store, "").await.note, Note::Parked { .. }));
    }
    let before = store.scan(GARLIC).await;
    let state = park(&store, "").await;
    assert_eq!((state.note, state.sale_id, state.carts.len()), (Note::TooManyCarts, before.sale_id, 20));
}

#[tokio::test]
async fn parked_carts_outlive_restart_and_shift() {
    let store = TestStore::new().await;
    let first = store.scan(GARLIC).await.sale_id;
    park(&store, "phòng 302").await;
    let second = store.scan(FISH_SAUCE).await.sale_id;
    let counted = Money::new(500_000);
    shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    let store = store.restart().await;
    store.open_shift().await;
    let state = store.state().await;
    assert_eq!((tabs(&state), state.sale_id), (vec!["1 phòng 302".to_owned(), "2*".to_owned()], second));
    assert_eq!(rows(&resume(&store, first).await), [(GARLIC_NAME, 1)]);
    store.check().await;
}

#[tokio::test]
async fn the_last_scan_is_taken_back() {
    let store = TestStore::new().await;
    assert!(!store.state().await.can_take_back);
    assert_eq!(take_back(&store).await.note, Note::NothingToTakeBack);
    store.scan(GARLIC).await;
    store.scan(FISH_SAUCE).await;
    assert!(store.scan(GARLIC).await.can_take_back);
    let state = take_back(&store).await;
    assert_eq!(state.note, Note::TakenBack { name: GARLIC_NAME.to_owned() });
    assert_eq!(rows(&state), [(GARLIC_NAME, 1), (FISH_SAUCE_NAME, 1)]);
    assert!(!state.can_take_back, "one step is kept");
    assert_eq!(rows(&take_back(&store).await), [(GARLIC_NAME, 1), (FISH_SAUCE_NAME, 1)]);
    // A scan that made a row of its own.
    store.scan("que").await;
    assert_eq!(take_back(&store).await.lines.len(), 2);
    // A code that nobody knows adds nothing, so nothing of it is taken back.
    store.scan("8938500000034").await;
    assert_eq!(take_back(&store).await.note, Note::NothingToTakeBack);
}

#[tokio::test]
async fn a_row_less_and_another_quantity_are_taken_back() {
    let store = TestStore::new().await;
    for code in [GARLIC, FISH_SAUCE] {
        store.scan(code).await;
    }
    let row = Row { index: 0, product_id: id_of(GARLIC_NAME).into() };
    let request = store.request().await;
    edit::set_quantity(&store.app, &store.seat, &request, row, "7").await.unwrap();
    assert_eq!(rows(&take_back(&store).await), [(GARLIC_NAME, 1), (FISH_SAUCE_NAME, 1)]);
    for remove in [true, false] {
        let request = store.request().await;
        let state = if remove {
            edit::remove(&store.app, &store.seat, &request, row).await.unwrap()
        } else {
            edit::step_quantity(&store.app, &store.seat, &request, row, -1).await.unwrap()
        };
        assert_eq!(rows(&state), [(FISH_SAUCE_NAME, 1)]);
        let state = take_back(&store).await;
        assert_eq!(state.note, Note::TakenBack { name: GARLIC_NAME.to_owned() });
        assert_eq!(rows(&state), [(GARLIC_NAME, 1), (FISH_SAUCE_NAME, 1)], "in its old place");
    }
    store.pay_cash(None).await;
    assert_eq!(take_back(&store).await.note, Note::NothingToTakeBack, "a sale is never taken back");
    store.check().await;
}

#[tokio::test]
async fn a_cleared_cart_comes_back_alone() {
    let store = TestStore::new().await;
    let sale_id = store.scan(GARLIC).await.sale_id;
    park(&store, "a").await;
    let second = store.scan(FISH_SAUCE).await.sale_id;
    let cleared = edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert!(cleared.can_take_back && cleared.lines.is_empty());
    let state = take_back(&store).await;
    assert_eq!(
        (state.note.clone(), state.sale_id, rows(&state)),
        (Note::Restored, second, vec![(FISH_SAUCE_NAME, 1)])
    );
    assert_eq!(tabs(&state), ["1 a", "2*"]);
    // Once something else is scanned, that is what the key takes back, and then the cleared cart.
    edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    store.scan(GARLIC).await;
    assert!(take_back(&store).await.lines.is_empty());
    assert_eq!(take_back(&store).await.sale_id, second);
    store.pay_cash(None).await;
    assert_eq!(take_back(&store).await.note, Note::NothingToTakeBack);
    assert_eq!(resume(&store, sale_id).await.sale_id, sale_id);
    store.check().await;
}

/// A copy of the disk has the pointer too, and would sell the cleared cart once more under the same id.
#[tokio::test]
async fn a_start_forgets_what_was_cleared() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    let store = store.restart().await;
    assert_eq!(take_back(&store).await.note, Note::NothingToTakeBack);
    assert!(!store.state().await.can_take_back);
}
