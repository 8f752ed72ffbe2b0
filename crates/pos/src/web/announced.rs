//! Goods that producers announced, on the page of deliveries.

use domain::Quantity;
use maud::{Markup, html};
use time::Duration;
use uuid::Uuid;
use web::Lang;
use web::format::{date_text, local_date};

use super::delivery::Delivery;
use super::goods_texts::GoodsTexts;
use super::page_texts::PageTexts;
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::db::announced::{Expected, list_expected, update_taken};

/// Announced deliveries on the page.
const EXPECTED_MAX: usize = 50;
/// Goods that should have come so many days ago are still expected.
const LATE_DAYS: i64 = 7;

/// Returns what is expected.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn expected(visit: &Visit) -> crate::db::Result<Vec<Expected>> {
    let since = local_date(visit.app.clock().now_ms()) - Duration::days(LATE_DAYS);
    list_expected(visit.app.db().read(), since, EXPECTED_MAX).await
}

/// Notes which announced goods a delivery was of, under the number of its paper.
pub(super) async fn take(visit: &Visit, delivery: &Delivery, voucher: &str) -> crate::db::Result<()> {
    let ids: Vec<Uuid> = delivery.line.iter().filter_map(|line| line.announced).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut tx = visit.app.db().begin().await?;
    update_taken(&mut tx, &ids, voucher).await?;
    tx.commit().await?;
    Ok(())
}

/// What producers said they will bring, with the way to take each in; nothing without any.
pub fn card(lang: Lang, expected: &[Expected]) -> Markup {
    html! {
        @if !expected.is_empty() {
            section.card {
                h2 { (lang.announced_goods()) }
                div.table { table {
                    thead { tr {
                        th { (lang.column_product()) } th { (lang.producer()) } th { (lang.announced_day()) }
                        th.n { (lang.goods_quantity()) } th { (lang.take_in_announced()) }
                    } }
                    tbody { @for goods in expected { tr {
                        td { (goods.name) small { (goods.unit) } }
                        td { (goods.producer) }
                        td { (date_text(goods.comes_on)) }
                        td.n {
                            (goods.quantity)
                            @if goods.came > Quantity::ZERO { small { (lang.announced_came(goods.came)) } }
                        }
                        td {
                            button type="button" data-post="/goods/announced" name="take" value=(goods.delivery_id)
                                aria-label={ (lang.take_in_announced()) ": " (goods.name) } { (lang.take_in_announced()) }
                        }
                    } } }
                } }
            }
        }
    }
}
