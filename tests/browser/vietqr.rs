//! A transfer: the code on show is the one that was kept, only a person says that money came, and a second paper says
//! that it is one.

use std::collections::BTreeSet;

use domain::Money;
use domain::ids::SaleId;
use pos::Config;
use pos::db::{payment_attempts, receipts as stored};
use qrcode::{Color, EcLevel, QrCode};
use receipts::layout::CopyMark;
use receipts::profile::{Paper, Profile};
use receipts::snapshot::ReceiptSnapshot;
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::GARLIC;
use thirtyfour::prelude::WebDriverResult;
use uuid::Uuid;

use crate::looking::{becomes, click, comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

#[tokio::test]
async fn a_transfer_is_shown_confirmed_and_its_paper_printed_twice() {
    let _others = crate::QUIET.read().await;
    let paper = tempfile::tempdir().expect("a folder");
    let printer = format!("file:{}", paper.path().display());
    let store = TestStore::closed(Config { printer, ..Config::default() }).await;
    store.open_shift().await;
    let shop = Shop::with_workers(store).await;

    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        let sale_id = comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await.sale_id;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        let payload = payload(&shop.store, sale_id, 280_000).await;
        assert!(payload.contains("5406280000") && payload.contains("1023456789"), "{payload}");
        assert_eq!(shown(browser).await?, modules(&payload), "the code on show is the one that was kept");
        assert!(shop.store.state().await.last_sale.is_none(), "shown is not paid");

        browser.press("Enter").await?;
        let printed = |sale: &pos::counter::state::LastSale| sale.paper == "printed";
        let state =
            comes_to(&shop.store, "paper", |state| state.last_sale.as_ref().is_some_and(printed)).await;
        let sale = state.last_sale.expect("a sale");
        assert_eq!((sale.sale_id, sale.payable_vnd, sale.change_vnd), (sale_id, 280_000, 0));
        let snapshot = snapshot(&shop.store, sale_id).await;
        assert_eq!(snapshot.tenders[0].label, "Chuyển khoản VietQR");
        assert_ne!(snapshot.payment_reference, "");

        click(browser, "#previous a").await?;
        until(browser, "document.querySelector('main img')?.naturalWidth === 576").await?;
        click(browser, "[data-post='/counter/reprint']").await?;
        shows(browser, &format!("Đang in lại {}, bản sao 1.", sale.receipt)).await?;
        second_paper_is_marked(paper.path(), &sale.receipt, &snapshot).await;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// Cash that is not enough, then the key of the VietQR: the code is of the rest. Enter sells, with both.
#[tokio::test]
async fn the_rest_beside_cash_is_scanned() {
    let _others = crate::QUIET.read().await;
    let store = TestStore::new().await;
    let shop = Shop::with_workers(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        let sale_id = comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await.sale_id;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        type_into(browser, "#cash", "200.000").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr') && document.querySelector('.beside')").await?;
        shows(browser, "200.000 ₫").await?;
        assert_eq!(shown(browser).await?, modules(&payload(&shop.store, sale_id, 80_000).await));
        at_all_sizes(browser, "vietqr-part").await?;

        // Once more it is of that part; from cash without an amount it is of all; and back in several ways a typed transfer has a
        // code of its own.
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr') && document.querySelector('.beside')").await?;
        browser.press("F1").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr') && !document.querySelector('.beside')").await?;
        browser.press("F1").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F4").await?;
        until(browser, "document.querySelector('#vietqr')").await?;
        at_all_sizes(browser, "several").await?;
        type_into(browser, "#vietqr", "100.000").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.beside')?.innerText.includes('180.000')").await?;
        browser.press("Enter").await?;
        let state = comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;
        let sale = state.last_sale.expect("a sale");
        assert_eq!((sale.sale_id, sale.payable_vnd, sale.change_vnd), (sale_id, 280_000, 0));
        let tenders = snapshot(&shop.store, sale_id).await.tenders;
        assert_eq!(tenders.iter().map(|tender| tender.amount_vnd).collect::<Vec<_>>(), [180_000, 100_000]);
        Ok(())
    })
    .await;
    shop.store.check().await;
}

async fn payload(store: &TestStore, sale_id: Uuid, vnd: i64) -> String {
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    let kept = payment_attempts::find_shown(&mut reader, SaleId::from_uuid(sale_id), Money::new(vnd)).await;
    kept.expect("a search").expect("it is kept before it is shown").0
}

async fn snapshot(store: &TestStore, sale_id: Uuid) -> ReceiptSnapshot {
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    let kept = stored::find_snapshot(&mut reader, SaleId::from_uuid(sale_id)).await.expect("a search");
    ReceiptSnapshot::from_json(&kept.expect("a receipt")).expect("that can be read")
}

/// The dark modules of a code: column and row.
type Modules = BTreeSet<(usize, usize)>;

fn modules(payload: &str) -> Modules {
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).expect("it fits");
    let dark = |(_, color): &(usize, Color)| *color == Color::Dark;
    let places = code.to_colors().into_iter().enumerate().filter(dark);
    places.map(|(place, _)| (place % code.width(), place / code.width())).collect()
}

/// Reads the modules that the page draws, by looking at what is painted in the middle of each.
async fn shown(browser: &Browser) -> WebDriverResult<Modules> {
    let look = "const qr = document.querySelector('.qr'), path = qr.querySelector('path'), dark = [];
        const quiet = 4, side = qr.viewBox.baseVal.width;
        for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1)
            if (path.isPointInFill(new DOMPoint(x + .5, y + .5))) dark.push([x - quiet, y - quiet]);
        return dark";
    Ok(serde_json::from_str(&browser.read(look).await?).expect("places, with blank ones all around"))
}

async fn second_paper_is_marked(folder: &std::path::Path, receipt: &str, snapshot: &ReceiptSnapshot) {
    let file = folder.join(format!("{}-1.bin", receipt.to_lowercase()));
    becomes("a second paper", || file.exists()).await;
    let mark = CopyMark { n: 1, by: "Nguyễn Thị Hường".to_owned(), at: "23/11/2026 08:00".to_owned() };
    let profile = Profile::new(Paper::Dots576);
    let bytes = receipts::receipt_bytes(snapshot, &profile, Some(&mark), None).expect("a paper");
    assert!(std::fs::read(&file).expect("the paper") == bytes, "it carries the mark of a copy");
}
