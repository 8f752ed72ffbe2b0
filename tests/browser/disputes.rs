//! A producer disputes a settlement on the phone, the operator answers, the producer agrees; and an operator makes a contract and
//! records a signature on paper.

use testkit::browser::{Browser, Viewport};
use testkit::world::{GARLIC, World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, shows, type_into};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const PHONE: Viewport = Viewport { width: 390, height: 844, is_phone: true };
const SMALL_PHONE: Viewport = Viewport { width: 360, height: 740, is_phone: true };

async fn everywhere(browser: &Browser, name: &str) -> WebDriverResult<()> {
    look(browser, name, Viewport::COUNTER).await?;
    look(browser, name, SMALL_PHONE).await?;
    look(browser, name, PHONE).await
}

async fn open(browser: &Browser, selector: &str) -> WebDriverResult<()> {
    let open = format!(
        "const part = document.querySelector('{selector}'); part.open = true; part.scrollIntoView(); return ''"
    );
    browser.read(&open).await.map(|_| ())
}

#[tokio::test]
async fn a_dispute_is_settled_by_words() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    store.deliver(GARLIC, 12).await;
    for _ in 0..3 {
        store.scan(GARLIC).await;
    }
    store.pay_cash(None).await;
    sync(&store).await;
    stories::settling::pay(&world, &store, 100_000, true).await;
    sync(&store).await;
    Browser::story(PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/me", world.url), "toiden").await?;
        browser.goto(format!("{}/me/settlements", world.url)).await?;
        click(browser, "#main .list a").await?;
        shows(browser, "Từng sản phẩm").await?;
        let page = browser.current_url().await?;
        open(browser, "details.ending").await?;
        everywhere(browser, "dispute-form").await?;
        browser.read("document.querySelector('#product').selectedIndex = 1; document.querySelector('#figure').value = 'sold'; return ''").await?;
        type_into(browser, "#claimed", "4").await?;
        type_into(browser, "#words", "Tôi đếm bán 4 hộp, cửa hàng ghi 3").await?;
        browser.read("document.querySelector('details.ending button').scrollIntoView({ block: 'center' }); return ''").await?;
        click(browser, "form[action$='/dispute'] button").await?;
        shows(browser, "Chờ đơn vị quản lý trả lời").await?;
        everywhere(browser, "disputed").await?;
        browser.goto(page.as_str()).await?;
        // The bar at the bottom would lie over a link that is just scrolled in.
        browser.read("document.querySelector('a[href*=\"/moves?product\"]').scrollIntoView({ block: 'center' }); return ''").await?;
        click(browser, "a[href*='/moves?product']").await?;
        shows(browser, "Về quyết toán").await?;
        everywhere(browser, "moves").await?;
        browser.goto(format!("{}/me/deliveries", world.url)).await?;
        shows(browser, "Cửa hàng đếm lại khi nhận").await?;
        everywhere(browser, "deliveries").await
    })
    .await;
    Browser::story(PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/shops", world.url), "ketoan").await?;
        shows(browser, "chủ thể chưa đồng ý").await?;
        everywhere(browser, "shops-disputed").await?;
        click(browser, "a[href='/shops/settlements']").await?;
        shows(browser, "chưa trả lời").await?;
        everywhere(browser, "shop-settlements").await?;
        click(browser, "#main .list a").await?;
        shows(browser, "Phiếu ghi: Bán").await?;
        everywhere(browser, "shop-dispute").await?;
        browser.read("document.querySelector('input[value=next_one]').click(); return ''").await?;
        type_into(browser, "textarea[name=words]", "Đã tìm ra hộp thứ tư, kỳ sau cộng vào").await?;
        browser.read("document.querySelector('form[action$=\"/reply\"] button').scrollIntoView({ block: 'center' }); return ''").await?;
        click(browser, "form[action$='/reply'] button").await?;
        shows(browser, "Đã gửi trả lời").await?;
        everywhere(browser, "shop-replied").await?;
        open(browser, "details.ending").await?;
        everywhere(browser, "shop-sign").await?;
        browser.goto(format!("{}/shops/terms", world.url)).await?;
        shows(browser, "Lập bản mới").await?;
        everywhere(browser, "shop-terms").await?;
        open(browser, "details.card").await?;
        everywhere(browser, "shop-terms-form").await
    })
    .await;
    Browser::story(PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/me", world.url), "toiden").await?;
        browser.goto(format!("{}/me/settlements", world.url)).await?;
        click(browser, "#main .list a").await?;
        shows(browser, "sẽ sửa ở kỳ sau").await?;
        everywhere(browser, "answered").await?;
        browser.read("document.querySelector('form[action$=\"/confirm\"] button').scrollIntoView({ block: 'center' }); return ''").await?;
        click(browser, "form[action$='/confirm'] button").await?;
        shows(browser, "Chủ thể đồng ý sau khi được trả lời").await?;
        everywhere(browser, "accepted").await
    })
    .await;
    Browser::story(Viewport::COUNTER, async |browser| {
        sign_in_at_central(browser, &format!("{}/producers", world.url), "quantri").await?;
        click(browser, "#main a[href$='/edit']").await?;
        shows(browser, "Cách chủ thể vào xem").await?;
        look(browser, "producer-keys", Viewport::COUNTER).await?;
        click(browser, "form[action$='/key'] button").await?;
        shows(browser, "Trang này chỉ hiện một lần").await?;
        look(browser, "producer-key-shown", Viewport::COUNTER).await
    })
    .await;
    store.check().await;
}
