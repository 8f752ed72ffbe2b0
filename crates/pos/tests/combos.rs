//! Combos: one code and one price at the counter, and in the books the parts, each from its own lots and for its own producer.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Quantity;
use domain::ids::SaleId;
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::goods::{self, NewGoods};
use pos::counter::refund::{self, Asked, Sold};
use pos::counter::{CounterState, Note, Request};
use pos::db::{catalogue, lots, receipts as stored};
use protocol::wire::{Change, ComboPartRow, PromotionOffer};
use receipts::snapshot::ReceiptSnapshot;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;

const GIFT: &str = "8938500000034";
const GIFT_NAME: &str = "Bộ quà Tết Lý Sơn";
const GARLIC: &str = "8938500000010";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE: &str = "8938500000027";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

/// One garlic (280.000) and two bottles (95.000 each) for 400.000 together: 70.000 less than apart.
fn gift() -> Catalogue {
    Catalogue::default().combo(GIFT_NAME, GIFT, 400_000, &[(GARLIC_NAME, 1_000), (FISH_SAUCE_NAME, 2_000)])
}

async fn store(rows: Catalogue) -> TestStore {
    let store = TestStore::new().await;
    store.load(&rows).await;
    store
}

fn rows(state: &CounterState) -> Vec<(&str, i64, i64)> {
    state
        .lines
        .iter()
        .map(|line| (line.name.as_str(), line.quantity_milli / 1_000, line.amount_vnd))
        .collect()
}

async fn sold(store: &TestStore, sale_id: uuid::Uuid) -> Sold {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    Sold::find(&mut reader, SaleId::from_uuid(sale_id)).await.unwrap().unwrap()
}

async fn on_shelf(store: &TestStore, product: &str) -> i64 {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let lots = lots::list_on_shelf(&mut reader, id_of(product).into()).await.unwrap();
    lots.iter().map(|lot| lot.on_hand.milli() / 1_000).sum()
}

/// Product, quantity, gross, discount, row and part.
type Line<'a> = (&'a str, i64, i64, i64, Option<(usize, usize)>);

fn lines(sold: &Sold) -> Vec<Line<'_>> {
    let of = |row: &domain::refund::remaining::Row| row.line.combo.as_ref().map(|of| (of.row, of.part));
    let rows = sold.remaining.rows.iter();
    rows.map(|row| {
        let line = &row.line;
        (line.name.as_str(), line.quantity.milli() / 1_000, line.gross.vnd(), line.discount.vnd(), of(row))
    })
    .collect()
}

fn asked(rows: Vec<domain::refund::remaining::Ask>) -> Asked {
    Asked {
        is_late_allowed: false,
        rows,
        back_to: Location::Shelf,
        reason: "Khách đổi ý".to_owned(),
        kind: TenderKind::Cash,
        word: manager_word(),
    }
}

#[tokio::test]
async fn one_row_at_the_counter_and_its_parts_in_the_books() {
    let store = store(gift()).await;
    store.scan(GIFT).await;
    let state = store.scan(GIFT).await;
    assert_eq!(state.note, Note::Added { name: GIFT_NAME.to_owned(), quantity: "2".to_owned() });
    let parts: Vec<_> = state.lines[0].parts.iter().map(|p| (p.name.as_str(), p.quantity_milli)).collect();
    assert_eq!(parts, [(GARLIC_NAME, 1_000), (FISH_SAUCE_NAME, 2_000)]);
    store.scan(FISH_SAUCE).await;
    let state = store.state().await;
    assert_eq!(rows(&state), [(GIFT_NAME, 2, 800_000), (FISH_SAUCE_NAME, 1, 95_000)]);
    let sale = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sale.payable_vnd, 895_000);

    let found = sold(&store, sale.sale_id).await;
    assert_eq!(
        lines(&found),
        [
            (GARLIC_NAME, 2, 560_000, 83_404, Some((0, 0))),
            (FISH_SAUCE_NAME, 4, 380_000, 56_596, Some((0, 1))),
            (FISH_SAUCE_NAME, 1, 95_000, 0, None),
        ]
    );
    // The producer is owed as for garlic alone: 12 % of 560.000 and its VAT stay, and the saving is the store's.
    let due = found.remaining.rows[0].line.split().unwrap().unwrap().producer_due.vnd();
    assert_eq!(due, 560_000 - 67_200 - 5_376);
    assert_eq!((on_shelf(&store, GARLIC_NAME).await, on_shelf(&store, FISH_SAUCE_NAME).await), (8, 5));

    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = stored::find_snapshot(&mut reader, SaleId::from_uuid(sale.sale_id)).await.unwrap().unwrap();
    drop(reader);
    let paper = ReceiptSnapshot::from_json(&text).unwrap();
    let printed: Vec<_> = paper.lines[0].parts.iter().map(|p| (p.name.as_str(), p.quantity_milli)).collect();
    assert_eq!(printed, [(GARLIC_NAME, 2_000), (FISH_SAUCE_NAME, 4_000)]);
    assert_eq!((paper.lines.len(), paper.lines[0].amount_vnd, paper.total_vnd), (2, 800_000, 895_000));
    store.check().await;
}

#[tokio::test]
async fn a_promotion_and_a_discount_are_the_combos_and_a_part_comes_back_by_itself() {
    let rows = gift().promotion("Tết đến", PromotionOffer::Percent(100_000), &[GIFT_NAME]).promotion(
        "Tuần tỏi",
        PromotionOffer::Percent(500_000),
        &[GARLIC_NAME],
    );
    let store = store(rows).await;
    let state = store.scan(GIFT).await;
    // A tenth of 400.000; what holds for garlic holds for garlic that is sold by itself.
    assert_eq!((state.lines[0].promotion.as_str(), state.payable_vnd), ("Tết đến", 360_000));
    let sale = store.pay_cash(None).await.last_sale.unwrap();
    let found = sold(&store, sale.sale_id).await;
    let paid: Vec<i64> = found.remaining.rows.iter().map(|row| row.line.total().unwrap().vnd()).collect();
    assert_eq!(paid, [214_468, 145_532]);
    let off: Vec<i64> = found.remaining.rows.iter().map(|r| r.line.promotion.unwrap().off.vnd()).collect();
    assert_eq!(off.iter().sum::<i64>(), 40_000);

    let request = || Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale.sale_id) };
    let one_bottle =
        domain::refund::remaining::Ask { row: 1, quantity: Quantity::pieces(1), back_to: Location::Shelf };
    let state = refund::refund(&store.app, &store.seat, &request(), &asked(vec![one_bottle])).await.unwrap();
    assert!(matches!(state.note, Note::Refunded { paid_vnd: 72_766, .. }), "{:?}", state.note);
    let state = refund::refund(&store.app, &store.seat, &request(), &asked(Vec::new())).await.unwrap();
    assert!(matches!(state.note, Note::Refunded { paid_vnd: 287_234, .. }), "{:?}", state.note);
    assert_eq!((on_shelf(&store, GARLIC_NAME).await, on_shelf(&store, FISH_SAUCE_NAME).await), (10, 10));
    store.check().await;
}

#[tokio::test]
async fn a_part_that_is_short_or_past_its_date_is_told_at_the_scan() {
    let store = store(gift()).await;
    for _ in 0..5 {
        store.scan(GIFT).await;
    }
    // Ten bottles are in five combos: the next one has none by the book, and is sold all the same.
    let state = store.scan(FISH_SAUCE).await;
    assert!(matches!(state.note, Note::AddedBeyondStock { .. }), "{:?}", state.note);
    let state = store.scan(GIFT).await;
    assert!(matches!(state.note, Note::AddedBeyondStock { .. }), "{:?}", state.note);
    store.pay_cash(None).await;

    let old = NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::pieces(3),
        expires_on: Some(time::macros::date!(2026 - 11 - 01)),
        code: None,
        noted: None,
        cost: None,
        producer_id: Some(id_of("Tỏi đen Lý Sơn").into()),
    };
    for _ in 0..4 {
        store.sell(GARLIC).await;
    }
    store.receive_on_its_last_day(old).await;
    let state = store.scan(GIFT).await;
    let refused = Note::Expired { name: GARLIC_NAME.to_owned(), expired_on: "01/11/2026".to_owned() };
    assert_eq!((state.note, state.lines.len()), (refused, 0));
    store.check().await;
}

#[tokio::test]
async fn a_combo_with_an_unknown_part_is_not_sold_until_the_part_is_known() {
    let salt = "Muối Sa Huỳnh gói 1 kg";
    let parts = [(GARLIC_NAME, 1_000), (salt, 1_000)];
    let store = store(Catalogue::default().combo(GIFT_NAME, GIFT, 290_000, &parts)).await;
    let state = store.scan(GIFT).await;
    assert_eq!(state.note, Note::ComboNotWhole { name: GIFT_NAME.to_owned() });
    store.load(&Catalogue::default().product(salt, "8938500000058", 20_000, None)).await;
    store.scan(GIFT).await;
    // While it waits in the cart, the catalogue puts another unknown part into it.
    let more = [(GARLIC_NAME, 1_000), (salt, 1_000), ("Trà gừng", 1_000)];
    store.load(&Catalogue::default().combo(GIFT_NAME, GIFT, 290_000, &more)).await;
    let state = store.pay_cash(None).await;
    assert_eq!(state.note, Note::ComboNotWhole { name: GIFT_NAME.to_owned() });
    store.load(&Catalogue::default().product("Trà gừng", "8938500000096", 30_000, None)).await;
    let state = store.pay_cash(None).await;
    assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
    assert_eq!(sold(&store, state.last_sale.unwrap().sale_id).await.remaining.rows.len(), 3);
    store.check().await;
}

#[tokio::test]
async fn what_is_no_combo_is_passed_over_and_what_is_gone_is_off_sale() {
    let store = store(gift()).await;
    let row = |parts: Vec<ComboPartRow>| {
        let mut page = gift().page();
        let change = page.changes.first_mut().unwrap();
        change.body.as_mut().unwrap()["parts"] = serde_json::to_value(parts).unwrap();
        page
    };
    let part = |product: &str, quantity| ComboPartRow { product: id_of(product), quantity };
    for bad in [vec![], vec![part(GARLIC_NAME, 0)], vec![part(GIFT_NAME, 1_000)], vec![part("x", 1); 21]] {
        let mut tx = store.app.db().begin().await.unwrap();
        assert_eq!(catalogue::apply_page(&mut tx, row(bad), 0).await.unwrap().len(), 1);
        tx.commit().await.unwrap();
    }
    assert_eq!(store.scan(GIFT).await.lines[0].parts.len(), 2, "the one before still holds");

    let goods = NewGoods {
        product_id: id_of(GIFT_NAME).into(),
        quantity: Quantity::pieces(1),
        expires_on: None,
        code: None,
        noted: None,
        cost: None,
        producer_id: None,
    };
    let state =
        goods::receive(&store.app, &store.seat, &store.op(), vec![goods], receipts::language::Language::Vi)
            .await
            .unwrap();
    assert_eq!(state.note, Note::ComboNotStocked);

    let mut gone = Catalogue::default().page();
    let id = id_of(GIFT_NAME).to_string();
    gone.changes.push(Change { change_seq: 9, kind: "combo".to_owned(), id, body: None });
    let mut tx = store.app.db().begin().await.unwrap();
    assert_eq!(catalogue::apply_page(&mut tx, gone, 0).await.unwrap(), Vec::<String>::new());
    tx.commit().await.unwrap();
    assert!(matches!(store.scan(GIFT).await.note, Note::UnknownCode { .. }));
    // The one that is in the cart is sold as its parts.
    let state = store.pay_cash(None).await;
    assert_eq!(sold(&store, state.last_sale.unwrap().sale_id).await.remaining.rows.len(), 2);
    store.check().await;
}
