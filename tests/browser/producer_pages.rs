//! A producer's pages on a small phone: goods by product and store, what makes up a figure, the paper for a dossier.

use testkit::browser::{Browser, Viewport};
use testkit::world::{GARLIC, World};
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};

use crate::looking::{click, shows, type_into, until};
use crate::pictures::{at_all_sizes, look};
use crate::shop::{Shop, add_people, sign_in_at_central};

/// A small phone, as most have.
const SMALL_PHONE: Viewport = Viewport { width: 360, height: 740, is_phone: true };

/// Central, and two stores that sold garlic; in the first, some of it was settled.
async fn world() -> World {
    let world = World::with_catalogue().await;
    add_people(&world).await;
    for code in ["LS", "SH"] {
        let store = world.open_store(code).await;
        store.deliver(GARLIC, 12).await;
        for _ in 0..3 {
            store.scan(GARLIC).await;
        }
        store.pay_cash(None).await;
        testkit::world::sync(&store).await;
        if code == "LS" {
            stories::settling::pay(&world, &store, 100_000, true).await;
            testkit::world::sync(&store).await;
        }
    }
    world
}

async fn look_everywhere(browser: &Browser, name: &str) -> WebDriverResult<()> {
    look(browser, name, Viewport::COUNTER).await?;
    look(browser, name, SMALL_PHONE).await
}

#[tokio::test]
async fn a_figure_of_the_grid_leads_to_what_it_is_made_of() {
    let _others = crate::QUIET.read().await;
    let world = world().await;
    Browser::story(SMALL_PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/me", world.url), "toiden").await?;
        look_everywhere(browser, "grid-overview").await?;
        type_into(browser, "#phone", "0905 123 456").await?;
        // The bar at the bottom would lie over a button that is just scrolled in.
        browser
            .execute("document.querySelector('#phone').scrollIntoView({ block: 'center' })", Vec::new())
            .await?;
        click(browser, "form[action='/me/news'] button").await?;
        shows(browser, "Đang nhắn đến 0905123456").await?;
        click(browser, "#news summary").await?;
        look_everywhere(browser, "overview-news").await?;
        browser.goto(format!("{}/me/grid", world.url)).await?;
        shows(browser, "Cộng theo cửa hàng").await?;
        look_everywhere(browser, "grid").await?;
        browser.read("scrollTo(0, 0); return ''").await?;
        click(browser, "tbody td:nth-child(2) a").await?;
        shows(browser, "Từng ngày").await?;
        look_everywhere(browser, "grid-sold").await?;
        browser.back().await?;
        click(browser, "tbody td.n:nth-child(1) a").await?;
        shows(browser, "Các lô còn lại").await?;
        look_everywhere(browser, "grid-lots").await?;
        browser.goto(format!("{}/me/dossier", world.url)).await?;
        shows(browser, "Xác nhận của điểm bán").await?;
        look_everywhere(browser, "grid-dossier").await?;
        Ok(())
    })
    .await;
}

/// What a producer says on the phone stands on the store's page of deliveries, ready to be counted.
#[tokio::test]
async fn a_delivery_is_announced_and_taken_in() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    let shop = Shop::pages(store).await;
    Browser::story(SMALL_PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/me", world.url), "toiden").await?;
        click(browser, "a[href='/me/announced']").await?;
        shows(browser, "Chưa báo lần giao nào.").await?;
        type_into(browser, "#quantity", "20").await?;
        look_everywhere(browser, "announce").await?;
        browser
            .execute("document.querySelector('#day').scrollIntoView({ block: 'center' })", Vec::new())
            .await?;
        click(browser, "form[action='/me/announced'] button").await?;
        shows(browser, "cửa hàng đang chờ").await?;
        look_everywhere(browser, "announced").await?;

        testkit::world::sync(&shop.store).await;
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        shows(browser, "Chủ thể báo giao").await?;
        at_all_sizes(browser, "goods-announced").await?;
        click(browser, "button[data-post='/goods/announced']").await?;
        until(browser, "document.querySelector('#quantity').value === '20'").await?;
        at_all_sizes(browser, "goods-announced-taken").await?;
        world.clock.advance(60_000);
        type_into(browser, "#quantity", "18").await?;
        click(browser, "button[data-post='/goods']").await?;
        shows(browser, "phiếu LS-").await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        until(browser, "!document.body.innerText.includes('Chủ thể báo giao')").await?;
        testkit::world::sync(&shop.store).await;
        browser.goto(format!("{}/me/announced", world.url)).await?;
        shows(browser, "đã nhận 18").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// Somebody of the family scans the slip; the producer follows a link, chooses a password and makes another key.
#[tokio::test]
async fn a_slip_opens_the_pages_and_a_link_the_way_in() {
    let _others = crate::QUIET.read().await;
    let world = world().await;
    let producer_id = stories::settling::producer(&world).await;
    let key = central::reading::make_key(&world.central, "test", producer_id).await.expect("a key");
    let users =
        central::db::users::list_of_producer(&world.central.db, producer_id).await.expect("an answer");
    let link = central::welcome::make_link(&world.central, "test", users[0].id).await.expect("a link");
    let path =
        |url: &str| url.splitn(4, '/').nth(3).map(|path| format!("{}/{path}", world.url)).expect("a path");
    Browser::story(SMALL_PHONE, async |browser| {
        browser.goto(path(&key)).await?;
        shows(browser, "Trang này chỉ để xem.").await?;
        look_everywhere(browser, "reading").await?;
        browser.goto(format!("{}/settlements", path(&key))).await?;
        click(browser, "#main .list a").await?;
        shows(browser, "Đăng nhập để trả lời quyết toán").await?;
        look_everywhere(browser, "reading-settlement").await?;
        browser.goto(path(&link)).await?;
        shows(browser, "Tên đăng nhập").await?;
        look_everywhere(browser, "welcome").await?;
        browser.query(By::Css("#password")).first().await?.send_keys("gio bien tren dao").await?;
        click(browser, "form button.primary").await?;
        shows(browser, "Mã QR xem không cần mật khẩu").await?;
        browser.read("document.querySelector('#reading details').open = true; return ''").await?;
        browser.read("document.querySelector('#reading').scrollIntoView(); return ''").await?;
        look_everywhere(browser, "reading-key").await?;
        browser.goto(path(&link)).await?;
        shows(browser, "đã được dùng").await?;
        look_everywhere(browser, "welcome-used").await?;
        Ok(())
    })
    .await;
}
