//! A code that nobody knows is a product within seconds.

use testkit::browser::{Browser, Viewport};
use testkit::world::GARLIC;
use thirtyfour::prelude::{By, ElementQueryable};

use crate::looking::{click, comes_to, rows, shows, until};
use crate::shop::{Shop, counter_is_ready};

const NEW_CODE: &str = "8938500000034";

#[tokio::test]
async fn a_code_that_nobody_knows_stays_listed_until_it_is_a_product() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::open().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(NEW_CODE).await?;
        shows(browser, &format!("Không có mã {NEW_CODE}. Gõ tên để tìm.")).await?;
        // A busy cashier scans on.
        browser.type_like_scanner(GARLIC).await?;
        let state = comes_to(&shop.store, "the garlic", |state| state.lines.len() == 1).await;
        assert_eq!(state.missed_codes, [NEW_CODE]);

        click(browser, "#missed a").await?;
        until(browser, &format!("document.querySelector('input[name=barcode]')?.value === '{NEW_CODE}'"))
            .await?;
        for (field, typed) in [("name", "Mắm cái cá cơm Lý Sơn"), ("unit", "Hũ 400 g"), ("price", "65.000")]
        {
            let field = browser.query(By::Css(format!("input[name={field}]"))).first().await?;
            field.send_keys(typed).await?;
        }
        click(browser, "main button.primary").await?;
        counter_is_ready(browser).await?;
        shows(browser, "Đã thêm hàng mới Mắm cái cá cơm Lý Sơn vào đơn.").await?;
        until(browser, "document.querySelector('#missed').hidden").await?;

        browser.type_like_scanner(NEW_CODE).await?;
        let state = comes_to(&shop.store, "two of it", |state| state.payable_vnd == 410_000).await;
        assert_eq!(rows(&state), [("Tỏi đen Lý Sơn hộp 250 g", 1), ("Mắm cái cá cơm Lý Sơn", 2)]);
        assert_eq!(state.missed_codes, Vec::<String>::new());
        Ok(())
    })
    .await;
    shop.store.check().await;
}
