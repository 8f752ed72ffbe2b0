//! Promotions at central: an administrator makes one for products that are found by name, and ends it; looked at in each step.

use testkit::browser::{Browser, Viewport};
use testkit::world::World;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const TABLET: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };

#[tokio::test]
async fn a_promotion_is_made_and_ended_at_central() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let page = format!("{}/promotions", world.url);
        sign_in_at_central(browser, &page, "quantri").await?;
        shows(browser, "Chưa có khuyến mại nào.").await?;
        click(browser, "a[href='/promotions/new']").await?;
        until(browser, "document.activeElement.id === 'name'").await?;
        type_into(browser, "#name", "Tuần lễ tỏi Lý Sơn").await?;
        // Only the numbers of the chosen offer are asked for.
        click(browser, "input[value=bundle]").await?;
        until(browser, "document.querySelector('#pieces').checkVisibility()").await?;
        until(browser, "!document.querySelector('#percent').checkVisibility()").await?;
        for viewport in [Viewport::COUNTER, TABLET] {
            look(browser, "promotion-new", viewport).await?;
        }
        browser.set_viewport(Viewport::COUNTER).await?;
        type_into(browser, "#pieces", "1").await?;
        type_into(browser, "#find", "toi den").await?;
        browser.press("Enter").await?;
        click(browser, "button[name=take]").await?;
        until(browser, "document.querySelector('#skus').value !== ''").await?;
        click(browser, ".actions button.primary").await?;
        shows(browser, "Gõ số từ 2 trở lên.").await?;
        until(browser, "document.querySelector('#name').value === 'Tuần lễ tỏi Lý Sơn'").await?;
        look(browser, "promotion-wrong", Viewport::COUNTER).await?;
        type_into(browser, "#pieces", "3").await?;
        type_into(browser, "#price", "750.000").await?;
        click(browser, ".actions button.primary").await?;
        shows(browser, "Đã tạo khuyến mại Tuần lễ tỏi Lý Sơn.").await?;
        shows(browser, "3 món giá 750.000 ₫").await?;
        for viewport in [Viewport::COUNTER, TABLET] {
            look(browser, "promotions", viewport).await?;
        }
        browser.set_viewport(Viewport::COUNTER).await?;
        click(browser, ".ending summary").await?;
        look(browser, "promotion-end", Viewport::COUNTER).await?;
        click(browser, ".ending button").await?;
        shows(browser, "Đã dừng khuyến mại Tuần lễ tỏi Lý Sơn.").await?;
        shows(browser, "Đã dừng sớm").await
    })
    .await;
}
