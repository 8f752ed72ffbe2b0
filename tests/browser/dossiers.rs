//! The catalogue's second half: a dossier is filled, the product is nominated and accepted, and many products are changed at once.

use std::io::Write;

use testkit::browser::{Browser, Viewport};
use testkit::world::World;
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{choose_file, click, shows, type_into};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
const TABLET: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };
const PHONE: Viewport = Viewport::PHONE;

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, TABLET] {
        look(browser, name, viewport).await?;
    }
    browser.set_viewport(DESK).await
}

async fn choose(browser: &Browser, id: &str, value: &str) -> WebDriverResult<()> {
    let script = format!("document.querySelector('#{id}').value = '{value}'");
    browser.execute(&script, Vec::new()).await.map(|_| ())
}

#[tokio::test]
async fn a_dossier_is_filled_and_its_product_comes_to_a_point() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    world.open_store("LS").await;
    let mut scan = tempfile::Builder::new().suffix(".pdf").tempfile().expect("a file");
    scan.write_all(b"%PDF-1.7 giay chung nhan %%EOF").expect("it is written");
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/dossiers", world.url), "quantri").await?;
        shows(browser, "Thiếu hoặc hết hạn").await?;
        look_twice(browser, "dossiers").await?;
        click(browser, "td a[href^='/products/']").await?;
        shows(browser, "Hồ sơ sản phẩm").await?;
        click(browser, "#dossier a[href*='kind=food_safety']").await?;
        type_into(browser, "#number", "12/2026/ATTP-QNg").await?;
        type_into(browser, "#issuer", "Chi cục Quản lý chất lượng").await?;
        choose(browser, "issued_on", "2026-03-01").await?;
        choose(browser, "expires_on", "2026-01-01").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Ngày hết hạn không được trước ngày cấp.").await?;
        look_twice(browser, "paper-wrong").await?;
        choose(browser, "expires_on", "2026-12-20").await?;
        choose_file(browser, "#file", scan.path()).await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã lưu giấy tờ.").await?;
        shows(browser, "12/2026/ATTP-QNg").await?;
        browser.execute("document.querySelector('#dossier').scrollIntoView()", Vec::new()).await?;
        look_twice(browser, "dossier").await?;
        browser.goto(format!("{}/dossiers/kinds", world.url)).await?;
        shows(browser, "Danh mục giấy tờ").await?;
        look_twice(browser, "dossier-kinds").await?;

        browser.goto(format!("{}/places?district=Huy%E1%BB%87n%20B%C3%ACnh%20S%C6%A1n", world.url)).await?;
        shows(browser, "Xã Bình Thạnh").await?;
        look_twice(browser, "places").await?;

        // It is nominated; trade passes it on with words, since papers are missing.
        browser.goto(format!("{}/products", world.url)).await?;
        click(browser, "td a[href^='/products/']").await?;
        click(browser, "a[href$='/nominate']").await?;
        choose(browser, "section", "industry").await?;
        type_into(browser, "#reason", "Mới được công nhận, hàng đều quanh năm, hợp khách du lịch").await?;
        look_twice(browser, "nominate").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã gửi đề cử.").await?;
        look_twice(browser, "nomination").await?;
        click(browser, "button[value=pass]").await?;
        shows(browser, "Ghi ý kiến hoặc lý do.").await?;
        type_into(browser, "#words", "Giấy tờ còn lại bổ sung trong tháng").await?;
        click(browser, "button[value=pass]").await?;
        shows(browser, "Đã chuyển điểm").await?;
        browser.goto(format!("{}/nominations", world.url)).await?;
        shows(browser, "1 đề cử").await?;
        look_twice(browser, "nominations").await?;

        // Many products get another VAT class.
        browser.goto(format!("{}/products", world.url)).await?;
        click(browser, "input[name=all]").await?;
        look_twice(browser, "products-choosing").await?;
        click(browser, "form[action='/products/bulk'] button").await?;
        shows(browser, "Sửa 3 sản phẩm").await?;
        look_twice(browser, "bulk").await?;
        choose(browser, "field", "tax").await?;
        choose(browser, "to_tax", "reduced").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Sẽ sửa 3 sản phẩm").await?;
        look_twice(browser, "bulk-preview").await?;
        click(browser, "form[action='/products/bulk'] button.primary").await?;
        shows(browser, "Đã sửa 3 sản phẩm.").await
    })
    .await;
    Browser::story(PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/shops/nominations", world.url), "ketoan").await?;
        shows(browser, "Lý do đề cử").await?;
        look(browser, "shop-nominations", PHONE).await?;
        click(browser, "button[value=accepted]").await?;
        shows(browser, "Đã ghi câu trả lời.").await?;
        look(browser, "shop-nominations-accepted", PHONE).await
    })
    .await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/points", world.url), "quantri").await?;
        click(browser, "td a[href^='/points/']").await?;
        shows(browser, "Sản phẩm nhận bán theo đề cử").await?;
        let script = "[...document.querySelectorAll('h2')].find(h2 => h2.innerText.includes('nhận bán')).scrollIntoView()";
        browser.execute(script, Vec::new()).await?;
        look_twice(browser, "point-accepted").await
    })
    .await;
}
