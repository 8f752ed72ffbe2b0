//! Goods past their date at a cashier's counter: a scanner goes on while a manager is asked, and nothing is sold before.

use pos::counter::goods::NewGoods;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{Catalogue, PIN, id_of};
use testkit::store::TestStore;
use testkit::world::GARLIC;
use time::macros::date;

use crate::looking::{comes_to, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::{Shop, counter_is_ready};

const SCARF: &str = "Khăn thổ cẩm";
const SCARF_CODE: &str = "2900000000124";

/// A store with one scarf, whose date was yesterday.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    store.load(&Catalogue::default().craft(SCARF, SCARF_CODE, 150_000)).await;
    let goods = NewGoods {
        product_id: id_of(SCARF).into(),
        quantity: domain::Quantity::pieces(1),
        expires_on: Some(date!(2026 - 11 - 22)),
        code: None,
        noted: None,
        cost: None,
        producer_id: None,
    };
    store.receive_on_its_last_day(goods).await;
    store
}

#[tokio::test]
async fn a_manager_allows_goods_past_their_date_while_the_scanner_goes_on() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(SCARF_CODE).await?;
        until(browser, "document.activeElement.id === 'reason'").await?;
        shows(browser, "Khăn thổ cẩm: có 1 đã quá hạn.").await?;
        at_all_sizes(browser, "past-date").await?;
        // The next piece is scanned into the cart, not into the reason, and the end asks again.
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| state.lines.len() == 2).await;
        counter_is_ready(browser).await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'reason'").await?;
        type_into(browser, "#reason", "vải còn tốt").await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'reduce-pin'").await?;
        at_all_sizes(browser, "past-date-manager").await?;
        type_into(browser, "#reduce-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "quản lý cho bán 1 quá hạn").await?;
        counter_is_ready(browser).await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "the sale", |state| state.lines.is_empty()).await;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
