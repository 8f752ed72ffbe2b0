//! What a sale writes, and when it writes nothing.

use ::receipts::snapshot::ReceiptSnapshot;
use domain::pad::PadLines;
use pos::counter::{Note, pad};
use pos::db::receipts;
use pos::sync::enrol::begin_stream;
use protocol::wire::InvoiceRow;
use testkit::catalogue::{id_of, invoice_row};
use testkit::store::TestStore;
use time::macros::date;

use super::{FISH_SAUCE, GARLIC, list, only, set, states, store};

async fn receipt(store: &TestStore, sale_id: uuid::Uuid) -> ReceiptSnapshot {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = receipts::find_snapshot(&mut reader, sale_id.into()).await.unwrap().unwrap();
    ReceiptSnapshot::from_json(&text).unwrap()
}

#[tokio::test]
async fn a_sale_has_its_invoice_and_the_receipt_its_code() {
    let store = store("", invoice_row()).await;
    store.scan(GARLIC).await;
    store.scan(GARLIC).await;
    let sale_id = store.scan(FISH_SAUCE).await.sale_id;
    store.pay_cash(Some(700_000)).await;
    let (invoice, document) = only(&store).await;
    assert_eq!(invoice.code.as_deref(), Some("M1-26-VZQYY-00000000001"));
    assert_eq!((invoice.state.code(), invoice.total_vnd), ("waiting", 655_000));
    assert_eq!(
        (&document["symbol"], &document["title"]),
        (&"C26MAA".into(), &"Hóa đơn giá trị gia tăng khởi tạo từ máy tính tiền".into())
    );
    // 8 % inside: 41.481 of 560.000, 7.037 of 95.000.
    assert_eq!((&document["net_vnd"], &document["tax_vnd"]), (&606_482.into(), &48_518.into()));
    assert_eq!(
        document["rates"],
        serde_json::json!([{ "rate": "8 %", "net_vnd": 606_482, "tax_vnd": 48_518 }])
    );
    assert_eq!(document["total_in_words"], "Sáu trăm năm mươi lăm nghìn đồng");
    assert_eq!(document["seller"]["name"], "Hợp tác xã Lý Sơn");
    let printed = receipt(&store, sale_id).await.invoice.unwrap();
    assert_eq!((printed.code, printed.lookup), (invoice.code.unwrap(), "https://tracuu.example".to_owned()));
    store.check().await;
}

#[tokio::test]
async fn a_sale_from_the_pad_has_the_time_at_which_it_was_made() {
    let store = store("", invoice_row()).await;
    store.clock.advance(2 * 3_600_000);
    let claim =
        pad::Claim { day: date!(2026 - 11 - 22), minute: 16 * 60 + 40, lines: PadLines::parse("1").unwrap() };
    pad::enter(&store.app, &store.seat, &store.request().await, claim).await.unwrap();
    store.scan(GARLIC).await;
    let note = store.pay_cash(None).await.note;
    assert!(matches!(note, Note::PadKept { .. }), "{note:?}");
    let (invoice, document) = only(&store).await;
    assert_eq!((&document["date"], &document["time"]), (&"2026-11-22".into(), &"16:40".into()));
    assert_eq!(invoice.sold_at_ms, web::format::moment_of(claim.day, claim.minute), "it is as late as it is");
    assert_eq!((invoice.state.code(), invoice.total_vnd), ("waiting", 280_000));
    store.check().await;
}

#[tokio::test]
async fn the_legal_form_decides() {
    let household = || InvoiceRow { legal_status: "household".to_owned(), ..invoice_row() };
    let sales_form = || InvoiceRow { symbol: "2C26MAB".to_owned(), ..household() };
    for (row, made, tax) in [
        (invoice_row(), 1, 20_741),
        (household(), 0, 0),
        (InvoiceRow { duty: "always".to_owned(), ..sales_form() }, 1, 0),
        (InvoiceRow { legal_status: "state_unit".to_owned(), ..invoice_row() }, 0, 0),
        (InvoiceRow { duty: "never".to_owned(), ..invoice_row() }, 0, 0),
        // Of a later version of central: the sale goes on.
        (InvoiceRow { duty: "sometimes".to_owned(), ..invoice_row() }, 0, 0),
        (InvoiceRow { authority_chars: "?".to_owned(), ..invoice_row() }, 0, 0),
    ] {
        let words = format!("{} {} {}", row.legal_status, row.duty, row.symbol);
        let store = store("", row).await;
        let sale_id = store.sell(GARLIC).await;
        assert_eq!(list(&store).await.len(), made, "{words}");
        assert_eq!(receipt(&store, sale_id).await.invoice.is_some(), made == 1, "{words}");
        if made == 1 {
            let (_, document) = only(&store).await;
            assert_eq!(document["tax_vnd"], tax, "{words}");
            assert_eq!(document["total_vnd"], 280_000, "{words}");
            assert_eq!(document["rates"].as_array().unwrap().is_empty(), tax == 0, "{words}");
            assert_eq!(
                receipt(&store, sale_id).await.vat.is_empty(),
                tax == 0,
                "the paper says the same: {words}"
            );
        }
    }
}

#[tokio::test]
async fn a_used_up_range_stops_no_sale() {
    let store = store("", InvoiceRow { number_last: 2, ..invoice_row() }).await;
    let mut sold = Vec::new();
    for _ in 0..3 {
        sold.push(store.sell(GARLIC).await);
        store.clock.advance(1_000);
    }
    assert_eq!(states(&store).await, ["waiting", "waiting", "intent"]);
    assert_eq!(receipt(&store, sold[2]).await.invoice, None);
    assert_eq!(store.state().await.invoices.numbers_left, Some(0));
    // The department gives a new range: what had none gets its code.
    set(&store, InvoiceRow { number_first: 500, number_last: 5_000, ..invoice_row() }).await;
    super::send(&store, &mut Default::default()).await;
    let codes: Vec<_> = list(&store).await.into_iter().map(|invoice| invoice.code.unwrap()).collect();
    assert_eq!(codes, ["M1-26-VZQYY-00000000001", "M1-26-VZQYY-00000000002", "M1-26-VZQYY-00000000500"]);
    assert_eq!(store.state().await.invoices.numbers_left, None);
    store.check().await;
}

#[tokio::test]
async fn a_new_journal_never_repeats_a_number() {
    let store = store("", invoice_row()).await;
    store.sell(GARLIC).await;
    begin_stream(&store.app, id_of("store").into(), "restored").await.unwrap();
    for _ in 0..2 {
        store.clock.advance(1_000);
        store.sell(GARLIC).await;
    }
    let numbers: Vec<_> = list(&store).await.iter().map(|invoice| invoice.number.unwrap()).collect();
    assert_eq!(numbers, [1, 100_001, 100_002]);
    store.check().await;
}

#[tokio::test]
async fn the_chip_tells_number_and_age() {
    let store = store("", invoice_row()).await;
    assert_eq!(
        store.state().await.invoices,
        pos::invoicing::status::InvoicesState { alarm: "quiet".to_owned(), ..Default::default() }
    );
    let sold_at_ms = store.app.clock().now_ms();
    store.sell(GARLIC).await;
    assert_eq!(store.state().await.invoices.alarm, "quiet", "it is on its way");
    store.clock.advance(60_000);
    let told = store.state().await.invoices;
    assert_eq!(
        (told.waiting, told.oldest_ms, told.alarm.as_str(), told.step),
        (1, Some(sold_at_ms), "few", 1)
    );
    for _ in 0..9 {
        store.sell(FISH_SAUCE).await;
    }
    assert_eq!(
        (store.state().await.invoices.alarm.as_str(), store.state().await.invoices.step),
        ("urgent", 10)
    );
    store.clock.advance(24 * 3_600_000);
    assert_eq!(store.state().await.invoices.alarm, "missed");
}

#[tokio::test]
async fn a_second_press_makes_no_second_invoice() {
    let store = store("", invoice_row()).await;
    store.scan(GARLIC).await;
    let request = store.request().await;
    let cash = || {
        vec![domain::tender::Tender {
            kind: domain::tender::TenderKind::Cash,
            amount: domain::Money::new(280_000),
        }]
    };
    let finish = |request| pos::counter::finish::finish(&store.app, &store.seat, request, cash());
    assert!(matches!(finish(&request).await.unwrap().note, Note::Sold { .. }));
    finish(&request).await.unwrap();
    let again = pos::counter::Request { op_id: store.op(), ..request.clone() };
    assert_eq!(finish(&again).await.unwrap().note, Note::Stale);
    assert_eq!(list(&store).await.len(), 1);
}
