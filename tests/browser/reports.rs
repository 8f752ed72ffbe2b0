//! The department writes its report of a quarter: four clicks from the first page to the Word file.

use serde_json::json;
use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
/// What a meeting room has.
const BEAMER: Viewport = Viewport { width: 1_920, height: 1_080, is_phone: false };

/// What lies outside of its slide, or in its foot.
const OUTSIDE: &str = "
    return [...document.querySelectorAll('section')].flatMap(slide => {
        const foot = slide.querySelector('footer').getBoundingClientRect().top;
        const right = slide.getBoundingClientRect().right;
        return [...slide.querySelectorAll('h1, h2, h3, p, li, dd, svg:not(li svg)')]
            .filter(part => part.getBoundingClientRect().bottom > foot || part.getBoundingClientRect().right > right)
            .map(part => slide.id + ' ' + part.tagName + ' ' + part.textContent.slice(0, 40));
    })";

#[tokio::test]
async fn the_department_writes_its_report() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    for code in [GARLIC, FISH_SAUCE, GARLIC] {
        store.deliver(code, 12).await;
        store.sell(code).await;
    }
    sync(&store).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &world.url, "quantri").await?;
        click(browser, "nav.pages a[href='/reports']").await?;
        shows(browser, "Các kỳ năm").await?;
        look(browser, "reports", DESK).await?;
        click(browser, "a[href$='-q4']").await?;
        shows(browser, "Điểm giới thiệu và bán sản phẩm OCOP").await?;
        look(browser, "report", DESK).await?;
        click(browser, "details summary").await?;
        type_into(browser, "#number", "12").await?;
        type_into(browser, "#difficulties", "Thiếu kho lạnh ở Lý Sơn.").await?;
        type_into(browser, "#recipients", "UBND tỉnh (báo cáo)").await?;
        type_into(browser, "#signer_title", "GIÁM ĐỐC").await?;
        type_into(browser, "#signer_name", "Võ Thị Kim Ngân").await?;
        look(browser, "report-words", DESK).await?;
        click(browser, "form.report-words button.primary").await?;
        shows(browser, "Đã lưu vào báo cáo.").await?;
        shows(browser, "Thiếu kho lạnh ở Lý Sơn.").await?;
        look(browser, "report-kept", DESK).await?;
        template(browser).await?;
        slides(browser, &world).await
    })
    .await;
    store.check().await;
}

/// The fixed words are changed, looked at before they are kept, and are then on the paper; an unknown name is told.
async fn template(browser: &Browser) -> WebDriverResult<()> {
    click(browser, ".actions a[href='/reports/template']").await?;
    shows(browser, "Có thể chèn").await?;
    look(browser, "report-template", DESK).await?;
    type_into(browser, "#opening", "Sở Công Thương báo cáo {quý} như sau:").await?;
    click(browser, "button[value=preview]").await?;
    shows(browser, "Không rõ {quý}.").await?;
    look(browser, "report-template-wrong", DESK).await?;
    browser.read("document.querySelector('#opening').value = ''").await?;
    type_into(browser, "#opening", "Sở Công Thương báo cáo {kỳ} như sau:").await?;
    click(browser, "button[value=save]").await?;
    shows(browser, "Đã lưu mẫu báo cáo.").await?;
    look(browser, "report-template-kept", DESK).await?;
    click(browser, ".actions a[href='/reports']").await?;
    click(browser, "a[href$='-q4']").await?;
    shows(browser, "Sở Công Thương báo cáo Quý IV năm 2026 như sau:").await
}

/// The slides as they are shown: from a file, without the server, by keys, on a notebook and on a large screen.
async fn slides(browser: &Browser, world: &World) -> WebDriverResult<()> {
    let href = browser.read("return document.querySelector('.actions a[href$=\".html\"]').href").await?;
    let slides = browser.read(&format!("return fetch('{href}').then(answer => answer.text())")).await?;
    let file = world.folder().join("trinh-chieu.html");
    std::fs::write(&file, slides).expect("a file");
    browser.goto(format!("file://{}", file.display())).await?;
    for viewport in [DESK, BEAMER] {
        browser.set_viewport(viewport).await?;
        until(browser, &format!("innerWidth === {}", viewport.width)).await?;
        browser.read("scrollTo(0, 0)").await?;
        for number in 1..=5 {
            until(
                browser,
                &format!("Math.abs(document.querySelector('#s{number}').getBoundingClientRect().top) < 2"),
            )
            .await?;
            assert_eq!(browser.read(OUTSIDE).await?, "[]", "slide {number} at {viewport:?}");
            look(browser, &format!("slide-{number}"), viewport).await?;
            browser.press("ArrowDown").await?;
        }
    }
    let printed = browser.cdp().send_raw("Page.printToPDF", json!({ "preferCSSPageSize": true })).await?;
    let count = format!(
        "return atob('{}').match(/.Type .Page\\b/g).length",
        printed["data"].as_str().unwrap_or_default()
    );
    assert_eq!(browser.read(&count).await?, "5", "a slide is a page");
    Ok(())
}
