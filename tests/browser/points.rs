//! The department's files of points: one is opened by keyboard alone from its survey to its door, another is filled and compared.

use std::io::Write;

use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{choose_file, click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
const TABLET: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, TABLET] {
        look(browser, name, viewport).await?;
    }
    browser.set_viewport(DESK).await
}

/// Goes by Tab alone until the focus is where a selector says.
async fn tab_to(browser: &Browser, selector: &str) -> WebDriverResult<()> {
    until(browser, &format!("document.querySelector({selector:?})")).await?;
    let is_there = format!("return document.activeElement.matches({selector:?})");
    for _ in 0..120 {
        if browser.read(&is_there).await? == "true" {
            return Ok(());
        }
        browser.press("Tab").await?;
    }
    panic!("Tab never came to {selector}");
}

/// Puts a text where the focus is, whole, as an input method does.
async fn write(browser: &Browser, text: &str) -> WebDriverResult<()> {
    let put = format!("document.activeElement.value = {text:?}; return document.activeElement.id");
    browser.read(&put).await.map(|_| ())
}

/// Goes to a field and writes into it.
async fn fill(browser: &Browser, selector: &str, text: &str) -> WebDriverResult<()> {
    tab_to(browser, selector).await?;
    write(browser, text).await
}

/// Goes to a link or button and presses it.
async fn press(browser: &Browser, selector: &str) -> WebDriverResult<()> {
    tab_to(browser, selector).await?;
    browser.press("Enter").await
}

#[tokio::test]
async fn a_point_is_opened_by_keyboard_alone() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/stores", world.url), "quantri").await?;
        press(browser, "a[href='/points']").await?;
        press(browser, "a[href='/points/new']").await?;
        until(browser, "document.activeElement.id === 'name'").await?;
        write(browser, "Điểm OCOP Sa Huỳnh").await?;
        fill(browser, "#address", "Quốc lộ 1A, thôn Thạnh Đức").await?;
        fill(browser, "#commune", "Phường Sa Huỳnh").await?;
        fill(browser, "#former_district", "Thị xã Đức Phổ").await?;
        fill(browser, "#location", "tourism").await?;
        fill(browser, "#decision_number", "1984/KH-SCT").await?;
        fill(browser, "#decided_on", "2026-10-05").await?;
        fill(browser, "#funding", "Ngân sách tỉnh").await?;
        look_twice(browser, "point-new").await?;
        press(browser, "form.card button.primary").await?;
        shows(browser, "Đã lưu Điểm OCOP Sa Huỳnh.").await?;
        look_twice(browser, "point-surveyed").await?;

        press(browser, "a[href$='/open']").await?;
        shows(browser, "1. Đơn vị quản lý").await?;
        look_twice(browser, "opening").await?;
        tab_to(browser, "#operator_id").await?;
        browser.press("ArrowDown").await?;
        press(browser, "#step-1 button.primary").await?;
        until(browser, "document.activeElement.id === 'code'").await?;
        write(browser, "sh").await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'manager_name'").await?;
        write(browser, "Trần Thị Muối").await?;
        fill(browser, "#pin", "271828").await?;
        fill(browser, "#pin_again", "271829").await?;
        browser.press("Enter").await?;
        shows(browser, "Hai lần gõ PIN khác nhau.").await?;
        look_twice(browser, "opening-wrong").await?;
        fill(browser, "#pin", "271828").await?;
        fill(browser, "#pin_again", "271828").await?;
        browser.press("Enter").await?;
        shows(browser, "Quản lý: Trần Thị Muối").await?;
        // Left and taken up again, it goes on where it ended.
        browser.goto(format!("{}/sales", world.url)).await?;
        browser.back().await?;
        shows(browser, "Quản lý: Trần Thị Muối").await?;
        if browser.read("return !document.querySelector('#step-3 details').open").await? == "true" {
            press(browser, "#step-3 summary").await?;
        }
        fill(browser, "#login", "htx.sahuynh").await?;
        fill(browser, "#person", "Trần Thị Muối").await?;
        browser.press("Enter").await?;
        shows(browser, "Gửi riêng cho htx.sahuynh").await?;
        // One product is ticked for it, and counted on the way back.
        press(browser, "#step-4 a[href$='/products']").await?;
        shows(browser, "Chọn hàng cho điểm · Điểm OCOP Sa Huỳnh").await?;
        tab_to(browser, "input[name=product]").await?;
        browser.press(" ").await?;
        look_twice(browser, "point-products").await?;
        press(browser, "form[method=post] button.primary").await?;
        shows(browser, "Đã lưu hàng chọn cho điểm.").await?;
        press(browser, "a[href$='/open#step-4']").await?;
        shows(browser, "Đã chọn 1 sản phẩm").await?;
        press(browser, "#step-5 button").await?;
        shows(browser, "Nhập mã này trên máy bán hàng").await?;
        look_twice(browser, "opening-code").await?;
        press(browser, "#step-4 a[href$='/labels']").await?;
        shows(browser, "Nhãn kệ · Điểm OCOP Sa Huỳnh").await?;
        look_twice(browser, "labels").await?;
        browser.back().await?;
        browser.goto(browser.current_url().await?.as_str().trim_end_matches("/code")).await?;
        // Without a till it may open, is told so, and its file keeps the way to the till.
        shows(browser, "Chưa có máy bán hàng nào").await?;
        press(browser, "#step-6 button.primary").await?;
        shows(browser, "Điểm OCOP Sa Huỳnh đã mở.").await?;
        shows(browser, "Tiếp tục mở điểm").await?;
        look_twice(browser, "point-open").await
    })
    .await;
}

#[tokio::test]
async fn a_points_file_is_filled_and_compared() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    store.deliver(GARLIC, 12).await;
    store.deliver(FISH_SAUCE, 5).await;
    store.pay_cash(None).await;
    sync(&store).await;
    let mut scan = tempfile::Builder::new().suffix(".pdf").tempfile().expect("a file");
    scan.write_all(b"%PDF-1.7 bien ban %%EOF").expect("it is written");
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/points", world.url), "quantri").await?;
        look_twice(browser, "points").await?;
        click(browser, "td a[href^='/points/']").await?;
        shows(browser, "Tiêu chí điểm bán").await?;
        look_twice(browser, "point").await?;
        click(browser, "a[href$='/equipment/new']").await?;
        type_into(browser, "#name", "Biển hiệu mặt tiền 4 m").await?;
        type_into(browser, "#value", "18.500.000").await?;
        type_into(browser, "#funding", "Ngân sách tỉnh").await?;
        type_into(browser, "#paper_number", "BB 07/BBBG").await?;
        look_twice(browser, "point-equipment").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Biển hiệu mặt tiền 4 m").await?;
        // A slip of the hand below it: the form comes back open, with what was typed.
        click(browser, "details:has(> form[action$='/gone']) > summary").await?;
        type_into(browser, "form[action$='/gone'] [name=on]", "2099-01-01").await?;
        type_into(browser, "form[action$='/gone'] [name=note]", "Gãy trong bão").await?;
        click(browser, "form[action$='/gone'] button").await?;
        shows(browser, "Chọn ngày không muộn hơn hôm nay.").await?;
        until(
            browser,
            "document.querySelector(\"form[action$='/gone'] [name=note]\").value === 'Gãy trong bão'",
        )
        .await?;
        look_twice(browser, "point-gone-wrong").await?;
        click(browser, "a[href$='/costs/new']").await?;
        type_into(browser, "#amount", "ba triệu").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Nhập số tiền bằng đồng").await?;
        look_twice(browser, "point-cost-wrong").await?;
        type_into(browser, "#amount", "35.000.000").await?;
        type_into(browser, "#paper", "HĐ 0012").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "35.000.000 ₫").await?;
        browser
            .execute("document.querySelector('form[enctype]').parentElement.open = true", Vec::new())
            .await?;
        type_into(browser, "#title", "Biên bản bàn giao").await?;
        choose_file(browser, "#file", scan.path()).await?;
        click(browser, "form[enctype] button.primary").await?;
        shows(browser, "Biên bản bàn giao").await?;
        click(browser, "a[href$='/check']").await?;
        look_twice(browser, "point-check").await?;
        for answer in ["1']", "2']", "4']"] {
            click(browser, &format!("input[value=met][name='answer-{answer}")).await?;
        }
        click(browser, "input[value=not_met][name='answer-3']").await?;
        type_into(browser, "#note-3", "2 sản phẩm chưa có giấy công nhận").await?;
        click(browser, "form.card button.primary").await?;
        shows(browser, "Đã ghi kết quả kiểm tra.").await?;
        // The step that follows stands ready.
        look_twice(browser, "point-checked").await?;
        click(browser, "form[action$='/steps'] button.primary").await?;
        shows(browser, "Đã ghi bước.").await?;

        browser.goto(format!("{}/points/rules", world.url)).await?;
        type_into(browser, "#at_least", "5").await?;
        type_into(browser, "#paper", "KH 12/KH-SCT").await?;
        click(browser, "form[action$='/threshold'] button.primary").await?;
        shows(browser, "KH 12/KH-SCT").await?;
        look_twice(browser, "points-rules").await?;
        browser.back().await?;
        browser.goto(format!("{}/points", world.url)).await?;
        click(browser, "td a[href^='/points/']").await?;
        shows(browser, "Chưa đạt").await?;
        look_twice(browser, "point-filled").await?;
        browser
            .execute("document.querySelector('a[href$=\"/equipment/new\"]').scrollIntoView()", Vec::new())
            .await?;
        look_twice(browser, "point-filled-below").await?;
        browser.goto(format!("{}/points/ages", world.url)).await?;
        shows(browser, "Từng điểm").await?;
        look_twice(browser, "points-ages").await
    })
    .await;
    store.check().await;
}
