//! X and Z tell apart what was entered from the pad: its money is in the sales, and lies in the drawer of now.

use domain::pad::PadLines;
use domain::{Money, ids::SaleId};
use pos::Config;
use pos::config::DrawerConfig;
use pos::counter::approval::Word;
use pos::counter::pad::{self, Claim};
use pos::counter::{self, Note, Request, refund};
use receipts::language::Language;
use receipts::profile::Paper;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use super::{FISH_SAUCE, GARLIC, Till};

/// Enters a sale of an hour ago from a line of the pad.
async fn enter(store: &TestStore, line: &str, codes: &[&str]) -> SaleId {
    let day = web::format::local_date(store.app.clock().now_ms());
    let claim = Claim { day, minute: 8 * 60, lines: PadLines::parse(line).unwrap() };
    let state = pad::enter(&store.app, &store.seat, &store.request().await, claim).await.unwrap();
    assert!(matches!(state.note, Note::PadBegun { .. }), "{:?}", state.note);
    for code in codes {
        store.scan(code).await;
    }
    let kept = store.pay_cash(None).await;
    assert!(matches!(kept.note, Note::PadKept { .. }), "{:?}", kept.note);
    SaleId::from_uuid(kept.last_sale.unwrap().sale_id)
}

#[tokio::test]
async fn what_was_entered_from_the_pad_is_counted_apart() {
    let blind = DrawerConfig { blind_count: true, ..DrawerConfig::default() };
    let store = TestStore::closed(Config { drawer: blind, ..Config::default() }).await;
    let till = Till::open(&store, "Quầy 1", 500_000).await;
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 10, Some("Tỏi đen Lý Sơn")).await;
    store.receive("Nước mắm Sa Huỳnh chai 500 ml", 10, None).await;
    // Not what is on the pad: the till would ask whether it has that already.
    store.scan(GARLIC).await;
    store.sell(GARLIC).await;
    let x = till.x().await;
    assert_eq!((x.sales_count, x.pad_count, x.pad_vnd), (1, 0, 0));

    store.clock.advance(3_600_000);
    enter(&store, "1", &[FISH_SAUCE]).await;
    enter(&store, "2", &[GARLIC]).await;
    let mistyped = enter(&store, "3", &[GARLIC, FISH_SAUCE]).await;
    let x = till.x().await;
    assert_eq!((x.sales_count, x.sales_vnd), (4, 1_310_000));
    assert_eq!((x.pad_count, x.pad_vnd), (3, 750_000));
    let told = counter::shift::report(&store.app, &store.seat, Language::Vi).await.unwrap().unwrap();
    assert_eq!((told.pad_count, told.pad_vnd), (3, 0), "who counts blind is told no sum");

    let word = Word { manager_id: Some(id_of("Trần Văn Quản").into()), pin: PIN.to_owned() };
    let request = Request { op_id: store.op(), sale_id: mistyped };
    refund::void(&store.app, &store.seat, &request, "nhập nhầm", &word).await.unwrap();
    let (over_vnd, z) = till.close(Money::new(500_000 + 560_000 + 375_000)).await;
    assert_eq!((over_vnd, z.sales_count, z.pad_count, z.pad_vnd), (0, 3, 2, 375_000));
    let paper = printed(&store, &till).await;
    assert!(paper.contains("trong đó từ sổ ghi tay (2)") && paper.contains("375.000"), "{paper}");
    store.check().await;
}

/// The Z as it is printed, in words.
async fn printed(store: &TestStore, till: &Till<'_>) -> String {
    let shift_id = till.last_closed().await;
    let (_, slip) = counter::slip::find_of_shift(&store.app, shift_id).await.unwrap().unwrap();
    slip.layout(Paper::Dots576, None).to_string()
}
