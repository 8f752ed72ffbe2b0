//! The department looks at one product's returns and shelves, and records who asked outside any campaign.

use testkit::browser::{Browser, Viewport};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::sales::selling_world;
use crate::shop::sign_in_at_central;

const DESK: Viewport = Viewport::COUNTER;
const PHONE: Viewport = Viewport { width: 390, height: 844, is_phone: true };

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, PHONE] {
        look(browser, name, viewport).await?;
        until(browser, "document.documentElement.scrollWidth <= innerWidth").await?;
    }
    browser.set_viewport(DESK).await
}

#[tokio::test]
async fn a_product_and_introductions_are_looked_after() {
    let _others = crate::QUIET.read().await;
    let world = selling_world().await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/sales", world.url), "quantri").await?;
        click(browser, "td a[href*='product=']").await?;
        shows(browser, "Trả lại, giỏ hàng và kệ").await?;
        shows(browser, "Tỷ lệ bán được").await?;
        look_twice(browser, "product-trade").await?;

        // A buyer asks for an offer; the day is mistyped at first.
        browser.goto(format!("{}/campaigns/introductions", world.url)).await?;
        look_twice(browser, "introductions-none").await?;
        browser.read("document.querySelector('#kind').value = 'enquiries'").await?;
        type_into(browser, "#people_count", "0").await?;
        type_into(browser, "#who", "Siêu thị Big C Đà Nẵng").await?;
        type_into(browser, "#note", "xin báo giá tỏi đen, giao trước Tết").await?;
        click(browser, "form.card .actions button.primary").await?;
        until(browser, "document.querySelector('#people_count[aria-invalid]')").await?;
        look_twice(browser, "introductions-wrong").await?;
        type_into(browser, "#people_count", "2").await?;
        click(browser, "form.card .actions button.primary").await?;
        shows(browser, "Đã ghi.").await?;
        click(browser, "details.ending summary").await?;
        look(browser, "introductions", DESK).await?;
        click(browser, "details.ending button.danger").await?;
        shows(browser, "Đã rút. Lượt này không còn được tính.").await
    })
    .await;
}
