//! A buyer scans the QR of a pack with a telephone; the department sees which labels are scanned.

use testkit::browser::{Browser, Viewport};
use testkit::world::{GARLIC, World, sync};

use crate::looking::shows;
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const PHONE: Viewport = Viewport { width: 360, height: 740, is_phone: true };

#[tokio::test]
async fn a_label_leads_to_whose_it_is_and_where_it_is_sold() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    store.deliver(GARLIC, 12).await;
    store.sell(GARLIC).await;
    sync(&store).await;
    Browser::story(PHONE, async |browser| {
        browser.goto(format!("{}/01/0{GARLIC}/10/L26-09?17=271231", world.url)).await?;
        shows(browser, "Lô L26-09").await?;
        look(browser, "pack", PHONE).await?;
        look(browser, "pack", Viewport::COUNTER).await?;
        browser.goto(format!("{}/01/0{GARLIC}/10/L26-09?17=251231", world.url)).await?;
        shows(browser, "Đừng dùng").await?;
        look(browser, "pack-over", PHONE).await?;
        browser.goto(format!("{}/s/KHONG-CO", world.url)).await?;
        shows(browser, "Mã này chưa có trong danh mục").await?;
        look(browser, "pack-unknown", PHONE).await?;
        sign_in_at_central(browser, &format!("{}/scans", world.url), "ngan").await?;
        shows(browser, "1 lượt trong 30 ngày").await?;
        look(browser, "scans", Viewport::COUNTER).await?;
        Ok(())
    })
    .await;
    store.check().await;
}
