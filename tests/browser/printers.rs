//! Printers from the first search to the first label: set up by a manager, tried, and fed by keyboard alone.

use domain::Quantity;
use pos::counter::goods::NewGoods;
use receipts::profile::{Paper, Profile};
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{MANAGER, id_of};
use testkit::printer::FakePrinter;
use testkit::store::TestStore;
use testkit::world::GARLIC;
use thirtyfour::prelude::WebDriverResult;
use time::macros::date;

use crate::looking::{Looks, becomes, click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::Shop;

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";

#[tokio::test]
async fn printers_are_set_up_and_labels_printed_by_keyboard() {
    let _others = crate::QUIET.read().await;
    let (printer, labels) =
        (FakePrinter::start_at_printer_port().await, FakePrinter::start_at_printer_port().await);
    let store = TestStore::closed(pos::Config::default()).await;
    store.open_shift().await;
    let lot = NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::pieces(20),
        expires_on: Some(date!(2027 - 09 - 15)),
        code: Some("L26A".to_owned()),
        noted: None,
        cost: None,
        producer_id: Some(id_of("Tỏi đen Lý Sơn").into()),
    };
    store.receive_lot(lot).await;
    let shop = Shop::with_workers(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of(MANAGER)).await?;
        browser.goto(format!("{}/printers", shop.url)).await?;
        click(browser, "form[action='/printers/find'] button").await?;
        until(
            browser,
            "/Không thấy máy in nào trong mạng|Thấy \\d+ máy trong mạng/.test(document.body.innerText)",
        )
        .await?;
        set_up(browser, "/printers", &printer.address()).await?;
        shows(browser, "Đã lưu máy in của Quầy 1.").await?;
        look(browser, "printers-saved", Viewport::COUNTER).await?;
        click(browser, "form[action='/printers/test'] button").await?;
        let profile = Profile::new(Paper::Dots576);
        becomes("a test page", || printer.papers(&profile).len() == 1).await;

        browser.goto(format!("{}/printers/labels", shop.url)).await?;
        for (field, mm) in [("#width_mm", "50"), ("#height_mm", "30"), ("#columns", "1")] {
            type_into(browser, field, mm).await?;
        }
        set_up(browser, "/printers/labels", &format!("{}?answers=no", labels.address())).await?;
        shows(browser, "Đã lưu máy in tem.").await?;
        look(browser, "printers-labels", Viewport::COUNTER).await?;
        click(browser, "form[action='/printers/labels/test'] button").await?;
        becomes("a test label", || labels.received().len() == 1).await;

        // A shelf label and three of a lot, without a mouse.
        browser.goto(format!("{}/labels", shop.url)).await?;
        until(browser, "document.activeElement.matches('[data-box]')").await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "Tem gói, lô L26A").await?;
        tab_to(browser, "id === 'count-shelf'").await?;
        browser.press("2").await?;
        browser.press("Enter").await?;
        shows(browser, "Đang in 2 tem").await?;
        becomes("shelf labels", || is_last(&labels, 2, "PRINT 2,1")).await;
        tab_to(browser, "id.startsWith('count-0')").await?;
        browser.press("3").await?;
        look(browser, "printers-pack-labels", Viewport::COUNTER).await?;
        browser.press("Enter").await?;
        shows(browser, "Đang in 3 tem").await?;
        becomes("pack labels", || is_last(&labels, 3, "PRINT 3,1")).await;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// Chooses an address that is typed, and saves by Enter.
async fn set_up(browser: &Browser, form: &str, address: &str) -> WebDriverResult<()> {
    until(browser, &format!("document.querySelector('form[action=\"{form}\"] select[name=address]')"))
        .await?;
    browser
        .read(&format!(
            "document.querySelector('form[action=\"{form}\"] select[name=address]').value = 'other'"
        ))
        .await?;
    type_into(browser, &format!("form[action='{form}'] #other"), address).await?;
    browser.press("Enter").await
}

/// Goes on by Tab until something that this is true of has the focus.
async fn tab_to(browser: &Browser, is_there: &str) -> WebDriverResult<()> {
    let mut looks = Looks::new();
    let script = format!("return Boolean(document.activeElement.{is_there})");
    while browser.read(&script).await? != "true" {
        assert!(looks.again().await, "Tab never came to {is_there}");
        browser.press("Tab").await?;
    }
    Ok(())
}

/// Says whether so many jobs came, and the last of them is of labels and ends so.
fn is_last(labels: &FakePrinter, jobs: usize, end: &str) -> bool {
    let received = labels.received();
    received.len() == jobs
        && received.last().is_some_and(|bytes| {
            bytes.starts_with(b"SIZE 50 mm,30 mm") && bytes.trim_ascii_end().ends_with(end.as_bytes())
        })
}
