//! Goods that come in as somebody else's than their maker's, a delivery that was mistyped, and a sheet that was filled in at the shelf.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{MANAGER, id_of};
use testkit::store::TestStore;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

const GARLIC_CODE: &str = "8938500000010";

/// The note names twenty-four, and none came: that is a row of the delivery, and stands on its paper.
#[tokio::test]
async fn nothing_came_of_what_the_note_says() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(TestStore::new().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        type_into(browser, "#box", GARLIC_CODE).await?;
        browser.press("Enter").await?;
        shows(browser, "Giá bán đang áp dụng 280.000 ₫").await?;
        type_into(browser, "#quantity", "0").await?;
        type_into(browser, "#noted", "24").await?;
        browser.press("Enter").await?;
        until(browser, "document.querySelectorAll('#lines tbody tr').length === 1").await?;
        shows(browser, "Theo phiếu giao 24").await?;
        at_all_sizes(browser, "goods-nothing-came").await?;
        click(browser, "button[data-post='/goods']").await?;
        shows(browser, "Đã nhận 1 dòng hàng").await?;
        click(browser, "main a[href^='/papers/']").await?;
        until(browser, "document.querySelector('main img')?.naturalWidth > 0").await?;
        // There is nothing that could be taken back.
        until(browser, "!document.body.innerText.includes('Rút phiếu này')").await?;
        at_all_sizes(browser, "goods-nothing-came-paper").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

#[tokio::test]
async fn a_delivery_is_asked_about_and_taken_back() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(TestStore::new().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of(MANAGER)).await?;
        browser.goto(format!("{}/goods", shop.url)).await?;
        type_into(browser, "#box", GARLIC_CODE).await?;
        browser.press("Enter").await?;
        shows(browser, "Giá bán đang áp dụng 280.000 ₫").await?;
        at_all_sizes(browser, "goods-picked").await?;
        type_into(browser, "#quantity", "1,5").await?;
        browser.press("Enter").await?;
        shows(browser, "gõ số nguyên").await?;
        type_into(browser, "#quantity", "100").await?;
        browser.press("Enter").await?;
        // The row chose its producer.
        let chosen =
            format!("document.querySelector('[name=producer_id]').value === '{}'", id_of("Tỏi đen Lý Sơn"));
        until(browser, &chosen).await?;
        browser.execute("document.querySelector('[name=producer_id]').value = 'store'", Vec::new()).await?;
        click(browser, "button[data-post='/goods']").await?;
        shows(browser, "đánh dấu xác nhận ở bảng dưới").await?;
        at_all_sizes(browser, "goods-whose").await?;
        click(browser, "input[name=not_theirs]").await?;
        click(browser, "button[data-post='/goods']").await?;
        shows(browser, "Đã nhận 1 dòng hàng").await?;
        click(browser, "main a[href^='/papers/']").await?;
        shows(browser, "Nhập nhầm? Rút phiếu này").await?;
        click(browser, "details summary").await?;
        at_all_sizes(browser, "goods-take-back").await?;
        click(browser, "details button.danger").await?;
        shows(browser, "ra khỏi kệ").await?;
        at_all_sizes(browser, "goods-taken-back").await?;

        browser.goto(format!("{}/stocktake", shop.url)).await?;
        click(browser, "form button.primary").await?;
        shows(browser, "Gõ từ phiếu đếm tay").await?;
        click(browser, "details summary").await?;
        at_all_sizes(browser, "stocktake-sheet-times").await?;
        type_into(browser, "#from", "9h").await?;
        type_into(browser, "#to", "9h20").await?;
        click(browser, "details[open] form button").await?;
        shows(browser, "Khu này gõ từ phiếu đếm tay lúc 22/11/2026 09:00 – 22/11/2026 09:20").await?;
        at_all_sizes(browser, "stocktake-on-paper").await?;
        browser.goto(format!("{}/stocktake/sheet", shop.url)).await?;
        shows(browser, "Đếm từ:").await?;
        at_all_sizes(browser, "stocktake-sheet").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
