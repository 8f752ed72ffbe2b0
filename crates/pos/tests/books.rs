//! A store sells: what is kept, what the books say, what a restart, a rebuild and a backup leave of it.

use domain::Money;
use domain::tender::{Tender, TenderKind};
use pos::Config;
use pos::counter::edit::Row;
use pos::counter::{self, Note, Request};
use pos::db::{balances, carts, entries, receipts as stored, stock};
use pos::maintenance::{backup, digest, rebuild, restore, verify};
use pos::printing::Lines;
use receipts::snapshot::ReceiptSnapshot;
use testkit::catalogue::{Catalogue, id_of};
use testkit::store::TestStore;
use time::macros::date;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const CINNAMON_NAME: &str = "Quế Trà Bồng";

fn row(index: usize, product: &str) -> Row {
    Row { index, product_id: id_of(product).into() }
}

#[expect(clippy::unwrap_used, reason = "a test")]
async fn amounts(store: &TestStore) -> Vec<(String, i64)> {
    let rows = balances::list_balances(store.app.db().read()).await.unwrap();
    rows.into_iter().map(|(account, _, vnd)| (account, vnd)).filter(|(_, vnd)| *vnd != 0).collect()
}

#[tokio::test]
async fn a_cash_sale_reaches_journal_books_and_paper() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    store.scan(GARLIC).await;
    let state = store.scan(FISH_SAUCE).await;
    assert_eq!((state.payable_vnd, state.lines.len(), state.lines[0].quantity_milli), (655_000, 2, 2_000));
    let sale_id = state.sale_id;
    let state = store.pay_cash(Some(700_000)).await;
    let Note::Sold { receipt, change_vnd } = &state.note else { panic!("{:?}", state.note) };
    assert_eq!(*change_vnd, 45_000);
    assert!(receipt.starts_with("LS-") && receipt.ends_with("-000001"), "{receipt}");
    assert!(state.lines.is_empty() && state.sale_id != sale_id, "the next cart is open");
    // 12 % of 560.000 for the store, 8 % VAT on that; nước mắm is the store's own, 8 % VAT inside.
    let expected = [
        ("cash", 655_000 + 500_000),
        ("commission", -67_200),
        ("float", -500_000),
        ("producer_due", -(560_000 - 67_200 - 5_376)),
        ("sales", -(95_000 - 7_037)),
        ("tax", -(5_376 + 7_037)),
    ];
    assert_eq!(amounts(&store).await, expected.map(|(account, vnd)| (account.to_owned(), vnd)));
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let snapshot = stored::find_snapshot(&mut reader, sale_id.into()).await.unwrap().unwrap();
    let snapshot = ReceiptSnapshot::from_json(&snapshot).unwrap();
    assert_eq!(snapshot.check(), Ok(()));
    assert_eq!((snapshot.total_vnd, snapshot.change_vnd, snapshot.lines.len()), (655_000, 45_000, 2));
    assert_eq!(snapshot.total_in_words, "Sáu trăm năm mươi lăm nghìn đồng");
    let shelf =
        stock::list_shelf(store.app.db().read(), (0, time::macros::date!(2026 - 11 - 23)), 10).await.unwrap();
    assert_eq!(shelf.iter().map(|row| row.quantity_milli).collect::<Vec<_>>(), [9_000, 8_000]);
    store.check().await;
}

#[tokio::test]
async fn a_scan_that_was_quicker_than_the_page_belongs_to_the_next_buyer() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let sold = store.request().await;
    store.pay_cash(Some(280_000)).await;
    let late = |op_id| Request { op_id, sale_id: sold.sale_id };
    let state = counter::scan::scan(&store.app, &store.seat, &late(store.op()), GARLIC).await.unwrap();
    assert_eq!((state.lines.len(), state.sale_id == sold.sale_id.uuid()), (1, false), "{:?}", state.note);
    // A page that stood there for longer shows what nobody should sell from.
    store.clock.advance(60_000);
    let state = counter::scan::scan(&store.app, &store.seat, &late(store.op()), GARLIC).await.unwrap();
    assert_eq!((state.note, state.lines[0].quantity_milli), (Note::Stale, 1_000));
    store.check().await;
}

#[tokio::test]
async fn a_repeated_request_changes_nothing() {
    let store = TestStore::new().await;
    let request = store.request().await;
    let scan = || counter::scan::scan(&store.app, &store.seat, &request, GARLIC);
    scan().await.unwrap();
    let state = scan().await.unwrap();
    assert_eq!(state.lines[0].quantity_milli, 1_000);
    let finish = Request { op_id: store.op(), sale_id: request.sale_id };
    let cash = || vec![Tender { kind: TenderKind::Cash, amount: Money::new(280_000) }];
    counter::finish::finish(&store.app, &store.seat, &finish, cash()).await.unwrap();
    counter::finish::finish(&store.app, &store.seat, &finish, cash()).await.unwrap();
    // The same button pressed again with another request id meets a closed cart.
    let again = Request { op_id: store.op(), sale_id: request.sale_id };
    let state = counter::finish::finish(&store.app, &store.seat, &again, cash()).await.unwrap();
    assert_eq!(state.note, Note::Stale);
    let pending = entries::load_pending(store.app.db().read()).await.unwrap();
    assert_eq!((pending.sales, pending.payable_vnd), (1, 280_000));
    store.check().await;
}

#[tokio::test]
async fn what_cannot_be_sold_changes_nothing() {
    let store = TestStore::new().await;
    for (text, expected) in [
        ("8938500009999", Note::WrongCheckDigit { code: "8938500009999".to_owned() }),
        ("8938500000034", Note::UnknownCode { code: "8938500000034".to_owned() }),
        ("89385ô0000Á0", Note::InputMethod),
        ("xe đạp", Note::NothingFound { words: "xe đạp".to_owned() }),
        ("", Note::Ready),
    ] {
        let state = store.scan(text).await;
        assert_eq!(state.note, expected, "{text}");
        assert!(state.lines.is_empty());
    }
    assert_eq!(store.state().await.missed_codes, ["8938500000034"]);
    assert_eq!(store.pay_cash(Some(10_000)).await.note, Note::EmptyCart);
    store.scan(GARLIC).await;
    assert_eq!(store.pay_cash(Some(100_000)).await.note, Note::Short { missing_vnd: 180_000 });
    assert_eq!(store.pay_cash(Some(0)).await.note, Note::BadAmount);
    assert_eq!(entries::load_pending(store.app.db().read()).await.unwrap().sales, 0);
    store.check().await;
}

#[tokio::test]
async fn words_without_marks_find_a_product() {
    let store = TestStore::new().await;
    assert!(matches!(store.scan("nuoc mam").await.note, Note::Added { .. }));
    assert!(matches!(store.scan("tra bong").await.note, Note::NeedsWeight { .. }));
    assert!(matches!(store.scan("h").await.note, Note::SeveralFound { .. }));
    assert_eq!(counter::scan::search(&store.app, "LÝ SƠN").await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_open_cart_comes_back_after_a_restart() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let before = store.scan(FISH_SAUCE).await;
    let store = store.restart().await;
    let after = store.state().await;
    assert_eq!((after.sale_id, after.lines), (before.sale_id, before.lines));
    store.check().await;
}

#[tokio::test]
async fn rows_are_changed_and_taken_out() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    store.scan(FISH_SAUCE).await;
    let request = store.request().await;
    let cinnamon = id_of(CINNAMON_NAME).into();
    counter::scan::weigh(&store.app, &store.seat, &request, cinnamon, "1").await.unwrap();
    let edit = async |row, text| {
        let request = store.request().await;
        counter::edit::set_quantity(&store.app, &store.seat, &request, row, text).await.unwrap()
    };
    assert_eq!(edit(row(0, GARLIC_NAME), "3").await.lines[0].quantity_milli, 3_000);
    assert_eq!(edit(row(0, GARLIC_NAME), "1,5").await.note, Note::BadQuantity { whole: true });
    assert_eq!(edit(row(1, GARLIC_NAME), "1").await.note, Note::NoLine);
    assert_eq!(edit(row(2, CINNAMON_NAME), "0,25").await.lines[2].amount_vnd, 60_000);
    let request = store.request().await;
    let state = counter::edit::remove(&store.app, &store.seat, &request, row(0, GARLIC_NAME)).await.unwrap();
    assert_eq!(state.lines.iter().map(|l| l.amount_vnd).collect::<Vec<_>>(), [95_000, 60_000]);
    let request = store.request().await;
    let state = counter::edit::step_quantity(&store.app, &store.seat, &request, row(0, FISH_SAUCE_NAME), -1)
        .await
        .unwrap();
    assert_eq!(state.lines.len(), 1);
    let request = store.request().await;
    let state = counter::edit::clear(&store.app, &store.seat, &request).await.unwrap();
    assert_eq!((state.note, state.lines.len()), (Note::Cleared, 0));
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let cleared = carts::load_cart(&mut reader, request.sale_id, date!(2026 - 11 - 23)).await.unwrap();
    assert_eq!(cleared.lines.len(), 1, "a cleared cart can still be looked at");
}

#[tokio::test]
async fn expired_food_is_refused_at_the_scan() {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    let goods = counter::goods::NewGoods {
        product_id: id_of("Nước mắm Sa Huỳnh chai 500 ml").into(),
        quantity: domain::Quantity::pieces(4),
        expires_on: Some(date!(2026 - 11 - 22)),
        code: Some(" L1 ".to_owned()),
        noted: None,
        cost: None,
        producer_id: None,
    };
    store.receive_on_its_last_day(goods).await;
    let state = store.scan(FISH_SAUCE).await;
    let name = "Nước mắm Sa Huỳnh chai 500 ml".to_owned();
    assert_eq!(state.note, Note::Expired { name, expired_on: "22/11/2026".to_owned() });
    assert!(state.lines.is_empty());
}

#[tokio::test]
async fn goods_sold_before_they_came_are_covered_by_the_delivery() {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    store.scan(GARLIC).await;
    store.sell(GARLIC).await;
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 10, Some("Tỏi đen Lý Sơn")).await;
    let shelf =
        stock::list_shelf(store.app.db().read(), (0, time::macros::date!(2026 - 11 - 23)), 10).await.unwrap();
    assert_eq!(shelf[0].quantity_milli, 8_000);
    let negative: i64 =
        sqlx::query_scalar("select count(*) from stock where location = 'shelf' and quantity_milli < 0")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert_eq!(negative, 0);
    store.check().await;
}

#[tokio::test]
async fn own_goods_outside_the_programme_stay_private() {
    let store = TestStore::new().await;
    let new = |producer: Option<&str>, barcode: &str| counter::provisional::NewProduct {
        barcode: Some(barcode.to_owned()),
        name: " Túi   giấy ".to_owned(),
        unit: "Cái".to_owned(),
        price: Money::new(10_800),
        sold_by: domain::catalog::SoldBy::Piece,
        producer_id: producer.map(|name| id_of(name).into()),
        refuse_expired: false,
    };
    store.scan("8938500000034").await;
    let request = store.request().await;
    let state = counter::provisional::add(&store.app, &store.seat, &request, new(None, "8938500000034"))
        .await
        .unwrap();
    assert_eq!(state.note, Note::ProductAdded { name: "Túi giấy".to_owned() });
    assert!(state.missed_codes.is_empty());
    store.scan(GARLIC).await;
    store.pay_cash(None).await;
    let (shared, private): (String, String) =
        sqlx::query_as("select shared, private from entries where kind = 'sale'")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert!(!shared.contains("Túi giấy") && private.contains("Túi giấy"));
    assert!(
        shared.contains(r#""other":{"gross":10800,"taxes":[{"class":"standard","ppm":80000,"tax":800}]}"#),
        "{shared}"
    );
    let shared: String = sqlx::query_scalar("select shared from entries where kind = 'provisional_product'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert!(!shared.contains("Túi giấy"));
    let request = store.request().await;
    let bad = counter::provisional::NewProduct { price: Money::ZERO, ..new(None, "") };
    let state = counter::provisional::add(&store.app, &store.seat, &request, bad).await.unwrap();
    assert_eq!(state.note, Note::BadField { field: "price".to_owned() });
    store.check().await;
}

#[tokio::test]
async fn a_shift_closes_with_any_count() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    let counted = Money::new(500_000 + 280_000 - 5_000);
    let state = counter::shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    assert_eq!(state.note, Note::ShiftClosed { over_vnd: -5_000 });
    assert_eq!(store.scan(GARLIC).await.note, Note::NoShift);
    assert!(amounts(&store).await.contains(&("cash_over_short".to_owned(), 5_000)));
    store.check().await;
}

#[tokio::test]
async fn a_clock_that_was_set_is_noted_and_selling_goes_on() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    store.clock.set_wall(946_684_800_000);
    store.sell(GARLIC).await;
    let flags: Vec<(String, String)> =
        sqlx::query_as("select kind, envelope ->> 'clock_flag' from entries where envelope ->> 'clock_flag' <> 'ok' order by seq")
            .fetch_all(store.app.db().read())
            .await
            .unwrap();
    let expected = [("clock_changed", "behind"), ("sale", "behind")];
    assert_eq!(flags, expected.map(|(kind, flag)| (kind.to_owned(), flag.to_owned())));
    let dates: Vec<String> = sqlx::query_scalar("select distinct business_date from sales")
        .fetch_all(store.app.db().read())
        .await
        .unwrap();
    assert_eq!(dates, ["2026-11-23"], "the business date is the shift's, whatever the clock says");
    store.check().await;
}

#[tokio::test]
async fn a_vietqr_is_durable_before_it_is_shown() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let request = store.request().await;
    let state = counter::payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap();
    assert_eq!(state.note, Note::VietQrShown { reference: request.sale_id.payment_reference() });
    let store = store.restart().await;
    let payment = counter::payment::load(&store.app, &store.seat).await.unwrap().unwrap();
    let shown = payment.vietqr.unwrap();
    let parsed = domain::vietqr::VietQr::parse(&shown.payload).unwrap();
    assert_eq!(parsed.amount, Some(Money::new(280_000)));
    assert_eq!(shown.account, "Vietcombank 1023456789");
    store.check().await;
}

#[tokio::test]
async fn a_receipt_is_printed_and_a_copy_is_marked_and_journaled() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { printer: format!("file:{}", folder.path().display()), ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    let sale_id = store.sell(GARLIC).await;
    let mut lines = Lines::default();
    let print = async |lines: &mut Lines| pos::printing::step(&store.app, lines).await.unwrap();
    assert_eq!(print(&mut lines).await, pos::printing::Next::Again);
    assert_eq!(store.state().await.last_sale.unwrap().paper, "printed");
    let state =
        counter::receipt::reprint(&store.app, &store.seat, &store.op(), sale_id.into(), Default::default())
            .await
            .unwrap();
    assert!(matches!(state.note, Note::Reprinted { copy: 1, .. }), "{:?}", state.note);
    print(&mut lines).await;
    let mut files: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".png") && !name.contains("drawer"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    let copies: i64 = sqlx::query_scalar("select count(*) from entries where kind = 'reprint'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert_eq!(copies, 1);
    assert!(counter::receipt::picture(&store.app, sale_id.into()).await.unwrap().is_some());
    store.check().await;
}

#[tokio::test]
async fn a_rebuild_gives_the_same_books() {
    let store = TestStore::new().await;
    for code in [GARLIC, FISH_SAUCE, GARLIC] {
        store.sell(code).await;
    }
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let before = digest::digest(&mut reader).await.unwrap();
    sqlx::query("update stock set quantity_milli = quantity_milli + 1")
        .execute(&mut *store.app.db().begin().await.unwrap())
        .await
        .unwrap();
    let folded = rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(folded, 1 + 1 + 2 + 3, "genesis, shift, two deliveries, three sales");
    drop(reader);
    let mut reader = store.app.db().read().acquire().await.unwrap();
    assert_eq!(digest::digest(&mut reader).await.unwrap(), before);
    store.check().await;
}

#[tokio::test]
async fn a_restored_store_goes_on_in_a_new_stream() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    let copy = store.folder().join("copy.sqlite");
    backup::backup(&store.app, &copy).await.unwrap();
    let after_the_copy = store.sell(GARLIC).await;
    let (config, clock) = (store.app.config().clone(), store.app.clock().clone());
    let seat = store.seat.clone();
    let last = store.state().await.last_sale.unwrap();
    assert_eq!(last.sale_id, after_the_copy);
    store.app.db().close().await;
    drop(store.app);
    let app = restore::restore(config.clone(), clock.clone(), &copy).await.unwrap();
    let request = Request {
        op_id: clock.random_token(),
        sale_id: counter::state::load(&app, &seat, Note::Ready, None).await.unwrap().sale_id.into(),
    };
    counter::scan::scan(&app, &seat, &request, GARLIC).await.unwrap();
    let finish = Request { op_id: clock.random_token(), ..request };
    let cash = vec![Tender { kind: TenderKind::Cash, amount: Money::new(280_000) }];
    let state = counter::finish::finish(&app, &seat, &finish, cash).await.unwrap();
    let Note::Sold { receipt, .. } = state.note else { panic!("{:?}", state.note) };
    assert!(receipt.ends_with("-000001") && receipt != last.receipt, "{receipt}: another stream counts anew");
    assert_eq!(verify::verify(&app).await.unwrap().faults, Vec::<String>::new());
}

#[tokio::test]
async fn a_product_taken_back_stays_in_open_carts() {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    let mut page = Catalogue::default().product("Tỏi đen Lý Sơn hộp 250 g", GARLIC, 1, None).page();
    page.changes[0].body = None;
    let mut tx = store.app.db().begin().await.unwrap();
    pos::db::catalogue::apply_page(&mut tx, page, 0).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(store.scan(GARLIC).await.note, Note::UnknownCode { .. }));
    assert!(matches!(store.pay_cash(None).await.note, Note::Sold { .. }));
    store.check().await;
}

#[tokio::test]
async fn a_projection_that_a_new_version_adds_holds_older_entries_too() {
    let store = TestStore::new().await;
    store.receive(GARLIC_NAME, 10, Some("Tỏi đen Lý Sơn")).await;
    store.sell(GARLIC).await;
    let mut tx = store.app.db().begin().await.unwrap();
    // As its migration leaves it.
    sqlx::query("delete from stock_moves").execute(&mut *tx).await.unwrap();
    sqlx::query("insert into refold (reason) values ('stock_moves')").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_ne!(verify::verify(&store.app).await.unwrap().faults, Vec::<String>::new());
    let store = store.restart().await;
    store.check().await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from refold").fetch_one(store.app.db().read()).await.unwrap();
    assert_eq!(left, 0);
}
