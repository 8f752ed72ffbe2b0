//! The operator's accountant settles with a producer for two stores at once; each store records its part, and all three see it.

use testkit::browser::{Browser, Viewport};
use testkit::world::{GARLIC, World, sync};

use crate::looking::{click, shows, type_into, until};
use crate::pictures::{at_all_sizes, look};
use crate::shop::{Shop, add_people, sign_in_at_central};

const PHONE: Viewport = Viewport { width: 390, height: 844, is_phone: true };

async fn everywhere(browser: &Browser, name: &str) -> thirtyfour::prelude::WebDriverResult<()> {
    look(browser, name, Viewport::COUNTER).await?;
    look(browser, name, PHONE).await
}

#[tokio::test]
async fn an_operator_settles_for_all_its_stores() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let (first, second) = (world.open_store("LS").await, world.open_store("SH").await);
    for (store, boxes) in [(&first, 3), (&second, 2)] {
        store.deliver(GARLIC, 12).await;
        for _ in 0..boxes {
            store.scan(GARLIC).await;
        }
        store.pay_cash(None).await;
        sync(store).await;
    }
    let shop = Shop::pages(first).await;
    Browser::story(PHONE, async |browser| {
        sign_in_at_central(browser, &format!("{}/shops", world.url), "ketoan").await?;
        click(browser, "a[href='/shops/producers']").await?;
        shows(browser, "Quyết toán một lần").await?;
        everywhere(browser, "owed").await?;
        click(browser, "#main .list a").await?;
        shows(browser, "Từng điểm bán còn phải trả").await?;
        everywhere(browser, "owed-one").await?;
        // No account, no code: it is entered, and the code is there.
        shows(browser, "Chưa có tài khoản của chủ thể nên chưa có mã VietQR.").await?;
        click(browser, "#main a[href$='/account']").await?;
        shows(browser, "Tài khoản nhận tiền").await?;
        type_into(browser, "#bank", "970405").await?;
        type_into(browser, "#number", "4801205012345").await?;
        type_into(browser, "#holder", "BÙI VĂN TẤN").await?;
        everywhere(browser, "payout-account").await?;
        click(browser, "form.form button.primary").await?;
        until(browser, "document.querySelector('svg.qr')").await?;
        for words in ["Agribank", "4801205012345", "Tien hang TC 261123 ", "Người ghi: ketoan"] {
            shows(browser, words).await?;
        }
        everywhere(browser, "owed-code").await?;
        type_into(browser, "#amount", "9.000.000").await?;
        click(browser, "form.form button.primary").await?;
        shows(browser, "Ghi từ 0 đến 1.218.560 ₫.").await?;
        // What was refused may be paid already, so it is not asked for again.
        until(browser, "!document.querySelector('svg.qr')").await?;
        everywhere(browser, "owed-wrong").await?;
        type_into(browser, "#amount", "1.218.560").await?;
        click(browser, "form.form button.primary").await?;
        shows(browser, "chờ 2 điểm bán").await?;
        everywhere(browser, "joint-waits").await?;
        let page = browser.current_url().await?;

        // The first store hears of it at its counter, the second one as well.
        sync(&shop.store).await;
        sync(&second).await;
        sync(&shop.store).await;
        browser.goto(page.as_str()).await?;
        shows(browser, "đủ các điểm bán").await?;
        everywhere(browser, "joint").await?;
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/producers", shop.url)).await?;
        click(browser, "tbody a").await?;
        shows(browser, "-QT").await?;
        at_all_sizes(browser, "joint-at-the-store").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
