//! A campaign at central: recorded after a slip of the hand, weighed against what was sold before, its enquiries counted; and the page for a
//! meeting.

use central::db::engine::Sql;
use domain::catalog::{Category, Recognition};
use testkit::browser::{Browser, Viewport};
use testkit::world::{World, sync};
use thirtyfour::prelude::WebDriverResult;
use time::macros::date;
use time::{Date, Duration};
use uuid::Uuid;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
const TABLET: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };
/// Of the stories.
const TODAY: Date = date!(2026 - 11 - 23);

async fn look_twice(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in [DESK, TABLET] {
        look(browser, name, viewport).await?;
    }
    browser.set_viewport(DESK).await
}

/// Writes totals as half a year of trade leaves them: garlic sells half as well again in the first two weeks of November.
async fn write_history(world: &World) {
    let db = &world.central.db;
    let stores: Vec<(Uuid,)> = db.all(Sql::new("select id from stores order by code")).await.expect("stores");
    let goods: Vec<(Uuid, String, Uuid)> = db
        .all(Sql::new(
            "select products.id, products.sku, max(product_facts.id) from products
             join product_facts on product_facts.product_id = products.id group by products.id, products.sku",
        ))
        .await
        .expect("products");
    let mut tx = db.begin().await.expect("a transaction");
    for (number, (store,)) in (0i64..).zip(&stores) {
        for back in 1..180 {
            let day = TODAY - Duration::days(back);
            let mut all = 0;
            for (product, sku, facts) in &goods {
                let noise =
                    (back * 7_919 + number * 104_729 + i64::try_from(sku.len()).expect("short") * 31) % 5;
                let is_lifted =
                    sku == "TOI-DEN" && (date!(2026 - 11 - 02)..date!(2026 - 11 - 16)).contains(&day);
                let pieces = 2 + noise + 3 * i64::from(is_lifted);
                let vnd = pieces * 95_000;
                all += vnd;
                for (table, day) in [("daily", day), ("monthly", day.replace_day(1).expect("a first"))] {
                    let head = if table == "daily" {
                        "insert into sales_daily (store_id, day, product_id, product_facts_id, producer_id, quantity_milli,
                            revenue_vnd, producer_due_vnd, line_count) values ("
                    } else {
                        "insert into sales_monthly (store_id, month, product_id, product_facts_id, producer_id, quantity_milli,
                            revenue_vnd, producer_due_vnd, line_count) values ("
                    };
                    let row =
                        Sql::new(head).bind(*store).push(", ").bind(day).push(", ").bind(*product).push(", ");
                    let row = row.bind(*facts).push(", ").bind(Uuid::nil()).push(", ").bind(pieces * 1_000);
                    let row = row.push(", ").bind(vnd).push(", 0, ").bind(pieces).push(") on conflict do ");
                    let row = if table == "daily" {
                        row.push("nothing")
                    } else {
                        row.push(
                            "update set quantity_milli = sales_monthly.quantity_milli + excluded.quantity_milli,
                            revenue_vnd = sales_monthly.revenue_vnd + excluded.revenue_vnd",
                        )
                    };
                    tx.exec(row).await.expect("a total");
                }
            }
            let receipts = Sql::new(
                "insert into receipts_daily (store_id, day, receipt_count, payable_vnd, programme_vnd) values (",
            );
            let receipts = receipts.bind(*store).push(", ").bind(day).push(", 9, ").bind(all).push(", ");
            tx.exec(receipts.bind(all).push(") on conflict do nothing")).await.expect("receipts");
            let visits = Sql::new(
                "insert into visitors_daily (store_id, day, shift_count, answered_count, visitor_count, tasting_count) values (",
            );
            let visits =
                visits.bind(*store).push(", ").bind(day).push(", 2, 2, ").bind(40 + back % 9).push(", ");
            tx.exec(visits.bind(back % 4).push(") on conflict do nothing")).await.expect("visitors");
        }
    }
    tx.commit().await.expect("a commit");
}

async fn choose(browser: &Browser, id: &str, value: &str) -> WebDriverResult<()> {
    let script = format!("document.querySelector('#{id}').value = '{value}'");
    browser.execute(&script, Vec::new()).await.map(|_| ())
}

#[tokio::test]
async fn the_department_learns_what_a_campaign_brought() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let stores = [world.open_store("LS").await, world.open_store("SH").await];
    for store in &stores {
        sync(store).await;
    }
    write_history(&world).await;
    let sql = Sql::new("select id from products where sku = ").bind("NUOC-MAM");
    let (fish_sauce,): (Uuid,) = world.central.db.one(sql).await.expect("a product");
    let recognition = Recognition {
        category: Category::Specialty,
        stars: None,
        valid_from: date!(2026 - 08 - 12),
        valid_to: None,
    };
    world.admin().recognise(fish_sauce.into(), &recognition, "45/QĐ-SCT").await.expect("a recognition");
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/promotions", world.url), "quantri").await?;
        click(browser, "nav.presets a[href='/campaigns']").await?;
        shows(browser, "Không có chiến dịch nào.").await?;
        click(browser, "a[href='/campaigns/new']").await?;
        until(browser, "document.activeElement.id === 'name'").await?;
        type_into(browser, "#name", "Tuần lễ tỏi Lý Sơn tại siêu thị tỉnh").await?;
        choose(browser, "kind", "tasting").await?;
        choose(browser, "first_day", "2026-11-02").await?;
        choose(browser, "last_day", "2026-11-15").await?;
        type_into(browser, "#cost", "năm triệu").await?;
        type_into(browser, "#find", "toi den").await?;
        browser.press("Enter").await?;
        look_twice(browser, "campaign-new").await?;
        click(browser, "button[name=take]").await?;
        until(browser, "document.querySelector('#skus').value === 'TOI-DEN'").await?;
        click(browser, ".actions button.primary").await?;
        shows(browser, "Gõ số tiền từ 0 đến 100 tỷ").await?;
        look_twice(browser, "campaign-wrong").await?;
        type_into(browser, "#cost", "5.000.000").await?;
        click(browser, ".actions button.primary").await?;
        shows(browser, "Đã lưu chiến dịch Tuần lễ tỏi Lý Sơn tại siêu thị tỉnh.").await?;
        shows(browser, "Bán được nhiều hơn").await?;
        look_twice(browser, "campaign").await?;

        // Somebody called.
        choose(browser, "day", "2026-11-10").await?;
        type_into(browser, "#count", "12").await?;
        click(browser, "form[action$='/enquiries'] button").await?;
        shows(browser, "Đã ghi số lượt hỏi.").await?;

        // What it sold.
        click(browser, "a[href^='/sales?from=']").await?;
        shows(browser, "chiến dịch Tuần lễ tỏi").await?;
        shows(browser, "02/11/2026–15/11/2026").await?;
        look(browser, "campaign-sales", DESK).await?;

        // One that is to come, for all that there is: what could be seen.
        browser.goto(format!("{}/campaigns/new", world.url)).await?;
        type_into(browser, "#name", "Hội chợ Tết").await?;
        choose(browser, "first_day", "2026-12-20").await?;
        choose(browser, "last_day", "2027-01-10").await?;
        type_into(browser, "#skus", "TOI-DEN, NUOC-MAM").await?;
        click(browser, ".actions button.primary").await?;
        shows(browser, "chỉ thấy được thay đổi từ").await?;
        look(browser, "campaign-coming", DESK).await?;
        click(browser, "details.ending summary").await?;
        click(browser, "details.ending button.danger").await?;
        shows(browser, "Đã hủy").await?;

        browser.goto(format!("{}/campaigns", world.url)).await?;
        shows(browser, "2 chiến dịch").await?;
        look_twice(browser, "campaigns").await?;
        click(browser, "nav.presets a[href='/campaigns/outcome']").await?;
        shows(browser, "Trước và sau khi được công nhận").await?;
        look_twice(browser, "outcome").await
    })
    .await;
}
