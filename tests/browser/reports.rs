//! The department writes its report of a quarter: four clicks from the first page to the Word file.

use testkit::browser::{Browser, Viewport};
use testkit::world::{GARLIC, World, sync};

use crate::looking::{click, shows, type_into};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;

#[tokio::test]
async fn the_department_writes_its_report() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    store.deliver(GARLIC, 12).await;
    store.pay_cash(None).await;
    sync(&store).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &world.url, "ngan").await?;
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
        Ok(())
    })
    .await;
    store.check().await;
}
