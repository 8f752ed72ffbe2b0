//! A farmer whom nobody knows brings a product that nobody knows, and there is no network: in less than two minutes of hands the
//! goods are received and their shelf label is on its way.

use std::time::Duration;

use pos::db::lots::list_found;
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

/// What the issue allows from arrival to shelf label.
const AT_MOST: Duration = Duration::from_secs(120);
/// A person types about so many characters a second into fields, and needs so long for each step.
const TYPED_A_SECOND: u64 = 3;
const STEP: Duration = Duration::from_secs(3);

async fn now_ms(browser: &Browser) -> WebDriverResult<u64> {
    Ok(browser.read("return String(Date.now())").await?.parse().expect("a number"))
}

#[tokio::test]
async fn from_arrival_to_shelf_label_without_a_network() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(TestStore::new().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        let (begun_ms, mut typed, mut steps) = (now_ms(browser).await?, 0, 0);
        at_all_sizes(browser, "goods-empty").await?;
        click(browser, "main a[href='/producers/new']").await?;
        shows(browser, "Chủ thể mới").await?;
        at_all_sizes(browser, "producer-new").await?;
        for (field, text) in [("#name", "Hộ Phạm Thị Bốn"), ("#phone", "0900000009")] {
            type_into(browser, field, text).await?;
            (typed, steps) = (typed + text.chars().count() as u64, steps + 1);
        }
        browser.press("Enter").await?;
        shows(browser, "Đã thêm Hộ Phạm Thị Bốn").await?;
        let chosen =
            "document.querySelector('#producer_id').selectedOptions[0].text.startsWith('Hộ Phạm Thị Bốn')";
        until(browser, chosen).await?;
        click(browser, "button[data-post='/goods/blank']").await?;
        until(browser, "document.activeElement.id === 'new_name'").await?;
        // What farmers bring is food until somebody takes the tick away.
        until(browser, "document.querySelector('[name=new_is_food]').checked").await?;
        at_all_sizes(browser, "goods-new").await?;
        for (field, text) in [
            ("#new_name", "Bánh ít lá gai Bình Châu"),
            ("#new_unit", "gói 10 cái"),
            ("#new_price", "45000"),
            ("#quantity", "20"),
            ("#expires_on", "31/12/2026"),
        ] {
            type_into(browser, field, text).await?;
            (typed, steps) = (typed + text.chars().count() as u64, steps + 1);
        }
        browser.press("Enter").await?;
        until(browser, "document.querySelectorAll('#lines tbody tr').length === 1").await?;
        click(browser, "button[data-post='/goods']").await?;
        shows(browser, "Đã nhận 1 dòng hàng").await?;
        at_all_sizes(browser, "goods-received").await?;
        click(browser, "main a[href^='/labels?product_id=']").await?;
        shows(browser, "Bánh ít lá gai Bình Châu").await?;
        at_all_sizes(browser, "label-of-new").await?;
        let hands = Duration::from_secs(typed / TYPED_A_SECOND) + STEP * (steps + 5);
        let all = Duration::from_millis(now_ms(browser).await? - begun_ms) + hands;
        assert!(all < AT_MOST, "{all:?}: {hands:?} of hands");
        println!("from arrival to shelf label: {all:?}, of which {hands:?} of hands");

        // Somebody else of this name is asked about; the goods can be sold at once.
        browser.goto(format!("{}/producers/new", shop.url)).await?;
        type_into(browser, "#name", "hộ phạm thị bốn").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã có chủ thể tên hộ phạm thị bốn").await?;
        at_all_sizes(browser, "producer-known").await?;
        Ok(())
    })
    .await;
    let lots = list_found(shop.store.app.db().read(), None, "", 50).await.expect("the lots");
    let new = lots.iter().find(|lot| lot.name.starts_with("Bánh ít")).expect("the new goods");
    assert_eq!((new.quantity_milli, new.producer.as_deref()), (20_000, Some("Hộ Phạm Thị Bốn")));
    let is_food: bool = sqlx::query_scalar("select refuse_expired from products where product_id = $1")
        .bind(new.product_id)
        .fetch_one(shop.store.app.db().read())
        .await
        .expect("the product");
    assert!(is_food, "it is not sold past its date");
    let (shared, private): (String, String) =
        sqlx::query_as("select shared, private from entries where kind = 'provisional_producer'")
            .fetch_one(shop.store.app.db().read())
            .await
            .expect("the entry");
    assert!(!shared.contains("0900000009") && private.contains("0900000009"), "the telephone stays here");
    shop.store.check().await;
}
