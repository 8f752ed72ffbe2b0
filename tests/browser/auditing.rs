//! An auditor compares a quarter: cash, bank, invoices, stock and settlements, and opens the entries of a gap.

use central::db::users::Role;
use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::axe;
use crate::looking::{click, shows, until};
use crate::pictures::look;
use crate::shop::{PASSWORD, add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, Viewport::PHONE] {
        look(browser, name, viewport).await?;
    }
    browser.set_viewport(DESK).await
}

#[tokio::test]
async fn an_auditor_compares_a_quarter() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    world.admin().add_user("kiemtoan", "Đỗ Kiểm Toán", Role::Auditor, PASSWORD).await.expect("an auditor");
    let store = world.open_store("LS").await;
    for code in [GARLIC, FISH_SAUCE, GARLIC] {
        store.deliver(code, 12).await;
        store.sell(code).await;
    }
    sync(&store).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/audit", world.url), "kiemtoan").await?;
        click(browser, ".filters a[href='/audit/period']").await?;
        shows(browser, "Năm dòng đối chiếu").await?;
        look_twice(browser, "auditing").await?;
        axe::finds_nothing(browser, "the comparison").await?;
        // The shift is still open: all its cash waits to be counted.
        click(browser, "a[href^='/audit/period/cash']").await?;
        shows(browser, "Mở ca").await?;
        look_twice(browser, "auditing-cash").await?;
        axe::finds_nothing(browser, "the entries").await?;
        click(browser, ".actions a[href^='/audit/period?']").await?;
        until(browser, "document.querySelector('a[href*=\"period.zip\"]')").await
    })
    .await;
    store.check().await;
}

#[tokio::test]
async fn a_sealed_month_and_all_holders_on_the_page_of_sales() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    for code in [GARLIC, FISH_SAUCE] {
        store.deliver(code, 12).await;
        store.sell(code).await;
    }
    sync(&store).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/sales", world.url), "quantri").await?;
        click(browser, "nav.presets a[href*='counted=holders']").await?;
        shows(browser, "tổng các loại có thể lớn hơn doanh số").await?;
        look(browser, "sales-holders", DESK).await?;
        axe::finds_nothing(browser, "all holders").await?;
        browser.goto(format!("{}/reports/2026-m11", world.url)).await?;
        browser.execute("document.querySelector('form[action$=\"/seal\"]').submit()", Vec::new()).await?;
        shows(browser, "Đã chốt").await?;
        click(browser, ".actions a[href^='/sales?from=']").await?;
        shows(browser, "Kỳ này đã chốt báo cáo").await?;
        look(browser, "sales-sealed", DESK).await?;
        axe::finds_nothing(browser, "a sealed month").await
    })
    .await;
    store.check().await;
}
