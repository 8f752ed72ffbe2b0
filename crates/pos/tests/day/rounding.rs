//! Cash rounding at a till: asked for before anything is handed over, a line of its own, and given back.

use domain::Money;
use domain::tender::{Tender, TenderKind};
use pos::counter::{Note, finish, payment};
use pos::db::receipts as stored;
use receipts::layout::layout;
use receipts::profile::Paper;
use receipts::snapshot::ReceiptSnapshot;
use uuid::Uuid;

use super::counter::Counter;
use super::{CINNAMON, GARLIC, store};

async fn paper(counter: &Counter<'_>, sale_id: Uuid) -> String {
    let mut reader = counter.store.app.db().read().acquire().await.unwrap();
    let text = stored::find_snapshot(&mut reader, sale_id.into()).await.unwrap().unwrap();
    layout(&ReceiptSnapshot::from_json(&text).unwrap(), Paper::Dots576, None).to_string()
}

/// A third of a kilogram of cinnamon costs 79.920 ₫, in cash 80.000 ₫ by thousands.
#[tokio::test]
async fn cash_alone_is_rounded_and_nothing_else_is() {
    let store = store(1_000).await;
    let mut counter = Counter::open(&store, "Quầy 1").await;
    counter.scan(CINNAMON[0]).await;
    let asked = payment::load(&store.app, &counter.seat).await.unwrap().unwrap();
    assert_eq!((asked.payable_vnd, asked.cash_payable_vnd), (79_920, 80_000));
    assert_eq!(asked.likely_cash_vnd, [90_000, 100_000, 500_000]);
    // What is handed over changes nothing: less than the round amount is too little, even if the goods cost less.
    let request = counter.request().await;
    let cash = |vnd| vec![Tender { kind: TenderKind::Cash, amount: Money::new(vnd) }];
    let short = finish::finish(&store.app, &counter.seat, &request, cash(79_920)).await.unwrap();
    assert_eq!(short.note, Note::Short { missing_vnd: 80 });
    let request = counter.request().await;
    let sold = finish::finish(&store.app, &counter.seat, &request, cash(100_000)).await.unwrap();
    assert!(matches!(sold.note, Note::Sold { change_vnd: 20_000, .. }), "{:?}", sold.note);
    let sold = sold.last_sale.unwrap();
    assert_eq!(sold.payable_vnd, 80_000);
    let text = paper(&counter, sold.sale_id).await;
    for words in ["Làm tròn", "80 ₫", "80.000 ₫", "Tám mươi nghìn đồng", "20.000 ₫"] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    for kind in [TenderKind::VietQr, TenderKind::Card] {
        counter.scan(CINNAMON[0]).await;
        let exact = counter.pay(&[kind], 0, 0).await.unwrap();
        assert!(!paper(&counter, exact).await.contains("Làm tròn"));
    }
    counter.scan(CINNAMON[0]).await;
    let mixed = counter.pay(&[TenderKind::Card, TenderKind::Cash], 50, 0).await.unwrap();
    assert!(!paper(&counter, mixed).await.contains("Làm tròn"));
    let (_, z) = counter.close_and_open(0).await;
    assert_eq!((z.sales_vnd, z.rounding_vnd), (80_000 + 3 * 79_920, 80));
    store.check().await;
}

#[tokio::test]
async fn what_was_rounded_comes_back_with_the_goods() {
    let store = store(1_000).await;
    let mut counter = Counter::open(&store, "Quầy 1").await;
    // 260.400 + 79.920 = 340.320 ₫: 340.000 ₫ in cash.
    counter.scan(GARLIC).await;
    counter.scan(CINNAMON[0]).await;
    let sale_id = counter.pay(&[TenderKind::Cash], 0, 0).await.unwrap();
    counter.take_back(sale_id, Some((0, 1_000)), false).await;
    counter.take_back(sale_id, None, false).await;
    // A void gives back what was paid, too.
    counter.scan(CINNAMON[0]).await;
    counter.pay(&[TenderKind::Cash], 0, 0).await.unwrap();
    counter.void_last().await;
    let (_, z) = counter.close_and_open(0).await;
    assert_eq!((z.sales_vnd, z.refunds_vnd, z.rounding_vnd), (340_000, 340_000, 0));
    assert_eq!(z.expected_vnd, Some(500_000));
    super::nothing_is_left(&store).await;
    store.check().await;
}
