//! An administrator lets somebody in, who chooses a password and turns a code on; the log tells all of it.

use testkit::browser::{Browser, Viewport};
use testkit::world::World;
use thirtyfour::prelude::WebDriverResult;
use totp_rs::{Builder, Secret};

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central, sign_out_at_central};

const DESK: Viewport = Viewport::COUNTER;

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, Viewport::PHONE] {
        look(browser, name, viewport).await?;
    }
    browser.set_viewport(DESK).await
}

/// The code that a phone shows for the key on the page, some steps of thirty seconds from now.
async fn code(browser: &Browser, world: &World, steps: u64) -> WebDriverResult<String> {
    let key = browser.read("return document.querySelector('main code').textContent").await?;
    Ok(code_of(&key, world, steps))
}

fn code_of(key: &str, world: &World, steps: u64) -> String {
    let secret = Secret::try_from_base32(key.replace(' ', "")).expect("a key");
    let maker = Builder::new().with_secret(secret).build().expect("a maker of codes");
    let now_s = u64::try_from(world.central.clock.now_ms() / 1_000).expect("after 1970");
    maker.generate(now_s + steps * 30).to_string()
}

#[tokio::test]
async fn somebody_is_let_in_and_signs_in_with_a_code() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/stores", world.url), "quantri").await?;
        click(browser, "a[href='/people']").await?;
        shows(browser, "Ai được đăng nhập vào hệ thống").await?;
        look_twice(browser, "people").await?;
        click(browser, "a[href='/people/new']").await?;
        type_into(browser, "#login", "nong.nghiep").await?;
        type_into(browser, "#name", "Phạm Thị Nông Nghiệp").await?;
        browser.execute("document.querySelector('#role').value = 'editor'", Vec::new()).await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Chọn ít nhất một phần việc.").await?;
        look_twice(browser, "person-wrong").await?;
        click(browser, "input[name=agriculture]").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Gửi liên kết này cho Phạm Thị Nông Nghiệp").await?;
        look_twice(browser, "person-link").await?;
        let link = browser.read("return document.querySelector('#link').value").await?;
        sign_out_at_central(browser).await?;
        let token = link.rsplit('/').next().expect("a token");
        browser.goto(format!("{}/welcome/{token}", world.url)).await?;
        type_into(browser, "#password", "quế Trà Bồng thơm lâu").await?;
        click(browser, "button.primary").await?;
        until(browser, "location.pathname === '/sales'").await?;

        // The second factor, from the key on the page.
        click(browser, "a.who").await?;
        shows(browser, "Nơi đang đăng nhập").await?;
        look_twice(browser, "account").await?;
        click(browser, "form[action='/account/code'] button").await?;
        shows(browser, "Không quét được thì gõ khóa này").await?;
        look_twice(browser, "account-code").await?;
        let key = browser.read("return document.querySelector('main code').textContent").await?;
        let first = code(browser, &world, 0).await?;
        type_into(browser, "#code", &first).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã bật mã xác nhận").await?;
        look_twice(browser, "account-code-on").await?;
        sign_out_at_central(browser).await?;
        type_into(browser, "#account", "nong.nghiep").await?;
        type_into(browser, "#password", "quế Trà Bồng thơm lâu").await?;
        browser.press("Enter").await?;
        shows(browser, "Gõ mã 6 số đang hiện trên điện thoại").await?;
        type_into(browser, "#code", &first).await?;
        browser.press("Enter").await?;
        shows(browser, "Mã không đúng hoặc đã dùng").await?;
        look_twice(browser, "login-code").await?;
        type_into(browser, "#code", &code_of(&key, &world, 1)).await?;
        browser.press("Enter").await?;
        until(browser, "location.pathname === '/sales'").await?;
        sign_out_at_central(browser).await?;

        // All of it stands in the log.
        sign_in_at_central(browser, &format!("{}/audit", world.url), "quantri").await?;
        shows(browser, "Bật mã xác nhận").await?;
        shows(browser, "Sai mã xác nhận").await?;
        click(browser, "button[name=check]").await?;
        shows(browser, "Chuỗi nguyên vẹn").await?;
        look_twice(browser, "audit").await?;
        Ok(())
    })
    .await;
}
