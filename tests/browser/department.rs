//! The department looks at one product's returns and shelves, records who asked outside any campaign, and calls a group anew.

use testkit::browser::{Browser, Viewport};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::sales::selling_world;
use crate::shop::sign_in_at_central;

const DESK: Viewport = Viewport::COUNTER;
const TABLET: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };

/// Looks at the page at the desk, on a tablet and on a phone, where tables fold and nothing has to be scrolled sideways.
async fn look_at_all(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, TABLET, Viewport::PHONE] {
        look(browser, name, viewport).await?;
    }
    let folded =
        "[...document.querySelectorAll('.folds')].every(frame => frame.scrollWidth <= frame.clientWidth)";
    until(browser, folded).await?;
    browser.set_viewport(DESK).await
}

#[tokio::test]
async fn a_product_introductions_and_groups_are_looked_after() {
    let _others = crate::QUIET.read().await;
    let world = selling_world().await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/sales", world.url), "quantri").await?;
        click(browser, "td a[href*='product=']").await?;
        shows(browser, "Trả lại, giỏ hàng và kệ").await?;
        shows(browser, "Tỷ lệ bán được").await?;
        look_at_all(browser, "product-trade").await?;

        // A buyer asks for an offer; the day is mistyped at first.
        browser.goto(format!("{}/campaigns/introductions", world.url)).await?;
        look_at_all(browser, "introductions-none").await?;
        browser.read("document.querySelector('#kind').value = 'enquiries'").await?;
        type_into(browser, "#people_count", "0").await?;
        type_into(browser, "#who", "Siêu thị Big C Đà Nẵng").await?;
        type_into(browser, "#note", "xin báo giá tỏi đen, giao trước Tết").await?;
        click(browser, "form.card .actions button.primary").await?;
        until(browser, "document.querySelector('#people_count[aria-invalid]')").await?;
        look_at_all(browser, "introductions-wrong").await?;
        type_into(browser, "#people_count", "2").await?;
        click(browser, "form.card .actions button.primary").await?;
        shows(browser, "Đã ghi.").await?;
        look_at_all(browser, "introductions").await?;
        click(browser, "details.ending summary").await?;
        click(browser, "details.ending button.danger").await?;
        shows(browser, "Đã rút. Lượt này không còn được tính.").await?;

        // A decree gives a group another name.
        browser.goto(format!("{}/products/groups", world.url)).await?;
        click(browser, "a[href*='change=food']").await?;
        until(browser, "document.querySelector('#name_vi').value === 'Thực phẩm'").await?;
        type_into(browser, "#name_vi", "Nông sản, thực phẩm").await?;
        type_into(browser, "#decision", "12/QĐ-TTg").await?;
        look_at_all(browser, "product-groups-form").await?;
        click(browser, "form#group button.primary").await?;
        shows(browser, "Đã lưu. Các điểm bán nhận tên mới").await?;
        shows(browser, "tên trước đây").await?;
        look_at_all(browser, "product-groups").await?;

        // Districts decide no more.
        browser.goto(format!("{}/products/standards", world.url)).await?;
        shows(browser, "Thôi ra quyết định công nhận").await?;
        look_at_all(browser, "standards").await
    })
    .await;
}
