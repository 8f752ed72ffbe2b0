//! The catalogue at central: a product is added with its producer, recognised, found and retired, and a till hears of it.

use pos::db::products::list_by_words;
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::{World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
const TABLET: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };

async fn choose(browser: &Browser, id: &str, value: &str) -> WebDriverResult<()> {
    let script = format!("document.querySelector('#{id}').value = '{value}'");
    browser.execute(&script, Vec::new()).await.map(|_| ())
}

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, TABLET] {
        look(browser, name, viewport).await?;
    }
    browser.set_viewport(DESK).await
}

#[tokio::test]
async fn a_product_is_kept_from_its_first_day_to_its_last() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    Browser::story(DESK, async |browser| {
        // The producer first.
        sign_in_at_central(browser, &format!("{}/producers", world.url), "quantri").await?;
        click(browser, "a[href='/producers/new']").await?;
        type_into(browser, "#name", "Cơ sở Kẹo gương Thu Xà").await?;
        type_into(browser, "#commune", "Xã Tư Nghĩa").await?;
        type_into(browser, "#phone", "gọi sau").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Số điện thoại gồm chữ số").await?;
        look_twice(browser, "producer-wrong").await?;
        type_into(browser, "#phone", "0255 384 5678").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã lưu Cơ sở Kẹo gương Thu Xà.").await?;
        look_twice(browser, "producers").await?;

        // A product of it, at first with a code that is taken.
        browser.goto(format!("{}/products", world.url)).await?;
        shows(browser, "Tỏi đen Lý Sơn hộp 250 g").await?;
        look_twice(browser, "products").await?;
        click(browser, "a[href='/products/new']").await?;
        until(browser, "document.activeElement.id === 'name'").await?;
        type_into(browser, "#name", "Kẹo gương Thu Xà").await?;
        type_into(browser, "#sku", "TOI-DEN").await?;
        type_into(browser, "#unit", "Hộp 300 g").await?;
        type_into(browser, "#price", "45.000").await?;
        type_into(browser, "#barcodes", "8938500000041").await?;
        type_into(browser, "#producer", "co so keo guong thu xa").await?;
        choose(browser, "group", "food").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Mã này đã có.").await?;
        look_twice(browser, "product-wrong").await?;
        type_into(browser, "#sku", "KG-01").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã lưu Kẹo gương Thu Xà.").await?;

        // Its recognition lapses within the month.
        click(browser, "a[href$='/recognise']").await?;
        look_twice(browser, "recognise").await?;
        type_into(browser, "#number", "1122/QĐ-UBND").await?;
        type_into(browser, "#issuer", "UBND tỉnh Quảng Ngãi").await?;
        choose(browser, "stars", "3").await?;
        choose(browser, "level", "province").await?;
        type_into(browser, "#points", "67,5").await?;
        choose(browser, "decided_on", &decided_on()).await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã ghi công nhận.").await?;
        shows(browser, "1122/QĐ-UBND").await?;
        look_twice(browser, "product").await?;
        browser.goto(format!("{}/products?lapse=30", world.url)).await?;
        shows(browser, "Kẹo gương Thu Xà").await?;
        shows(browser, "1 sản phẩm").await?;
        look_twice(browser, "products-lapsing").await?;

        // A till sells it from its next contact on.
        sync(&store).await;
        assert_eq!(known(&store).await, 1, "the till knows it");

        // Found by its barcode, its price changes, and it goes.
        type_into(browser, "#q", "8938500000041").await?;
        click(browser, "form.filters button.primary").await?;
        click(browser, "td a[href^='/products/']").await?;
        click(browser, "a[href$='/edit']").await?;
        until(browser, "document.querySelector('#price')?.value === '45.000 ₫'").await?;
        type_into(browser, "#price", "48.000").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Giá bán: 45.000 ₫ → 48.000 ₫").await?;
        click(browser, "details.ending summary[aria-label^='Rút']").await?;
        shows(browser, "Chỉ rút khi ghi nhầm.").await?;
        look_twice(browser, "product-withdraw").await?;
        click(browser, "form[action$='/retire'] button, section.card > details.ending > summary").await?;
        shows(browser, "Máy bán hàng bỏ sản phẩm này").await?;
        click(browser, "form[action$='/retire'] button.danger").await?;
        shows(browser, "Đã ngừng bán Kẹo gương Thu Xà.").await?;
        look_twice(browser, "product-retired").await?;
        browser.goto(format!("{}/products", world.url)).await?;
        shows(browser, "3 sản phẩm").await
    })
    .await;
    sync(&store).await;
    assert_eq!(known(&store).await, 0, "the till forgot it");
    store.check().await;
}

/// How many products a till finds by the name.
async fn known(store: &TestStore) -> usize {
    let found = list_by_words(store.app.db().read(), "keo guong").await.expect("a search");
    found.len()
}

/// 36 months later is twenty days from the day of the story.
fn decided_on() -> String {
    let day = time::macros::date!(2026 - 11 - 23) + time::Duration::days(20);
    day.replace_year(day.year() - 3).expect("the day is there in each year").to_string()
}
