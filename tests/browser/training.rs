//! Practising: from the menu to a till that says everywhere what it is, and back; the shop's books know nothing of it.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::id_of;
use testkit::world::GARLIC;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::{at_all_sizes, look};
use crate::shop::{Shop, choose_person, counter_is_ready};

/// What every page of it says.
const MARK: &str = "TẬP BÁN HÀNG: không bán thật";

#[tokio::test]
async fn somebody_practises_and_the_shop_knows_nothing_of_it() {
    let _others = crate::QUIET.read().await;
    let (shop, practice) = Shop::with_training().await;
    let before = (entries(&shop).await, shop.store.state().await);
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.press("Alt+M").await?;
        click(browser, "a[href='/training']").await?;
        until(browser, &format!("location.origin === {practice:?}")).await?;
        shows(browser, MARK).await?;
        look(browser, "training-sign-in", Viewport::COUNTER).await?;
        choose_person(browser, shop.store.seat.cashier_id.uuid()).await?;

        // A shift of its own.
        until(browser, "document.querySelector('#float')").await?;
        type_into(browser, "#float", "500.000").await?;
        browser.press("Enter").await?;
        counter_is_ready(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        at_all_sizes(browser, "training-counter").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("Enter").await?;
        shows(browser, "Xong đơn").await?;
        for page in ["", "receipts", "stock", "shift", "drawer", "display?counter=1"] {
            browser.goto(format!("{practice}/{page}")).await?;
            shows(browser, MARK).await?;
        }
        look(browser, "training-display", Viewport::COUNTER).await?;
        browser.goto(format!("{practice}/receipts")).await?;
        shows(browser, "TAP-").await?;

        // Somebody new in the shop can practise at once.
        let hired = testkit::catalogue::Catalogue::default().cashier("Trần Văn Mới", "cashier");
        shop.store.load(&hired).await;
        click(browser, "a[href='/']").await?;
        counter_is_ready(browser).await?;
        browser.press("Alt+M").await?;
        click(browser, "button[form='sign-out']").await?;
        choose_person(browser, id_of("Trần Văn Mới")).await?;
        counter_is_ready(browser).await?;

        browser.press("Alt+M").await?;
        click(browser, "a[href='/training']").await?;
        until(browser, &format!("location.origin === {:?}", shop.url)).await?;
        counter_is_ready(browser).await?;
        until(browser, &format!("!document.body.innerText.includes({MARK:?})")).await
    })
    .await;
    assert_eq!((entries(&shop).await, shop.store.state().await), before, "nothing of it is the shop's");
    shop.store.check().await;
}

async fn entries(shop: &Shop) -> i64 {
    sqlx::query_scalar("select count(*) from entries")
        .fetch_one(shop.store.app.db().read())
        .await
        .expect("a count")
}
