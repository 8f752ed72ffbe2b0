//! Lots on their page: what must be sold soon is seen, and goods leave the shelf by keyboard with a manager's word.

use domain::Quantity;
use pos::counter::goods::NewGoods;
use pos::db::lots::{Listed, list_lots};
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;
use time::Date;
use time::macros::date;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

const GARLIC: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE: &str = "Nước mắm Sa Huỳnh chai 500 ml";

/// A store with lots that are past their date, near it, far from it, and without one.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    let lots: [(&str, i64, Option<Date>, Option<&str>); 4] = [
        (GARLIC, 3, Some(date!(2026 - 11 - 20)), Some("Tỏi đen Lý Sơn")),
        (GARLIC, 12, Some(date!(2026 - 12 - 10)), Some("Tỏi đen Lý Sơn")),
        (GARLIC, 40, Some(date!(2027 - 05 - 31)), Some("Tỏi đen Lý Sơn")),
        (FISH_SAUCE, 24, None, None),
    ];
    for (product, pieces, expires_on, producer) in lots {
        let goods = NewGoods {
            cost: None,
            product_id: id_of(product).into(),
            quantity: Quantity::pieces(pieces),
            expires_on,
            code: expires_on.map(|day| format!("L-{day}")),
            noted: None,
            producer_id: producer.map(|name| id_of(name).into()),
        };
        match expires_on {
            Some(_) => store.receive_on_its_last_day(goods).await,
            None => store.receive_lot(goods).await,
        }
    }
    store
}

#[tokio::test]
async fn goods_past_their_date_are_seen_and_taken_off_the_shelf() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/stock", shop.url)).await?;
        shows(browser, "Hàng gần hết hạn").await?;
        at_all_sizes(browser, "stock-with-lots").await?;
        click(browser, "main a[href='/stock/lots']").await?;
        shows(browser, "Đã hết hạn").await?;
        at_all_sizes(browser, "lots-soon").await?;
        // The lot that is past its date stands first; the cursor waits for its quantity.
        until(browser, "document.activeElement.name === 'quantity'").await?;
        browser.press("3").await?;
        browser.execute("document.querySelector('#cause').value = 'expired'", Vec::new()).await?;
        type_into(browser, "#reason", "Quá hạn 3 ngày").await?;
        browser.press("Enter").await?;
        shows(browser, "Việc này cần quản lý").await?;
        until(browser, "document.activeElement.name === 'quantity'").await?;
        browser.press("3").await?;
        browser.execute("document.querySelector('#cause').value = 'expired'", Vec::new()).await?;
        type_into(browser, "#removal-pin", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã đưa 1 lô ra khỏi kệ, phiếu LS-").await?;
        at_all_sizes(browser, "lots-taken-off").await?;
        Ok(())
    })
    .await;
    let listed = Listed::Product(id_of(GARLIC).into());
    let left = list_lots(shop.store.app.db().read(), listed, 10).await.expect("the lots");
    assert!(left.iter().all(|lot| lot.expires_on != Some(date!(2026 - 11 - 20))), "{left:?}");
    assert!(shop.store.balance("losses").await > 0, "the producer is owed for them");
    shop.store.check().await;
}

#[tokio::test]
async fn what_runs_out_is_seen_on_the_shelf() {
    let _others = crate::QUIET.read().await;
    let store = TestStore::new().await;
    for _ in 0..9 {
        store.sell("8938500000010").await;
    }
    let shop = Shop::pages(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of("Trần Văn Quản")).await?;
        browser.goto(format!("{}/stock", shop.url)).await?;
        shows(browser, "Cần mang thêm (1)").await?;
        at_all_sizes(browser, "stock-runs-out").await?;
        // The sauce sells slowly, and should never be less than twelve.
        browser.goto(format!("{}/stock/card?product_id={}", shop.url, id_of(FISH_SAUCE))).await?;
        type_into(browser, "#minimum", "12").await?;
        click(browser, "form[action='/stock/minimum'] button").await?;
        until(browser, "document.querySelector('#minimum')?.defaultValue === '12'").await?;
        at_all_sizes(browser, "stock-card-minimum").await?;
        browser.goto(format!("{}/stock?short=true", shop.url)).await?;
        shows(browser, "Cần mang thêm (2)").await?;
        until(browser, "document.querySelectorAll('main tbody tr').length === 2").await?;
        at_all_sizes(browser, "stock-short").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
