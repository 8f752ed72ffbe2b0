//! The board of stores: what to look into first, how each till stands, and what came of an entry.

use testkit::browser::{Browser, Viewport};
use testkit::world::{World, sync};

use crate::looking::{click, shows};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

#[tokio::test]
async fn the_department_sees_how_its_stores_stand() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    store.sell("8938500000010").await;
    sync(&store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        sign_in_at_central(browser, &format!("{}/stores", world.url), "quantri").await?;
        shows(browser, "Việc cần xem").await?;
        shows(browser, "bản 0.1.0").await?;
        for viewport in [Viewport::COUNTER, Viewport::PHONE] {
            look(browser, "board", viewport).await?;
        }
        browser.set_viewport(Viewport::COUNTER).await?;
        // A till whose computer is gone.
        click(browser, "details.ending summary").await?;
        shows(browser, "Những gì đã gửi vẫn được tính").await?;
        look(browser, "board-revoke", Viewport::COUNTER).await?;
        click(browser, "details.ending button.danger").await?;
        shows(browser, "Đã thu hồi máy.").await?;
        Ok(())
    })
    .await;
}
