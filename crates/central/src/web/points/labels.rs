//! Shelf labels on A4: name, price, stars, producer, bars. A browser prints them.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::Money;
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;
use web::format::{count_text, date_text, local_date};
use web::fragment::stars;
use web::layout::{Page, Shape};
use web::{Fault, Lang};

use super::detail::PointReport;
use super::{bars, find};
use crate::app::App;
use crate::db::points::shelf::{self, Labelled};
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::texts::CentralTexts;
use crate::web::visit::Visit;

/// The most labels of one sheet: fifteen pages of A4.
const LABELS_MAX: usize = 315;

/// Which labels.
#[derive(Debug, Default, Deserialize)]
pub struct LabelsQuery {
    /// `shelf` for what stands there now, `all` for the whole catalogue; without it the shelf, unless it is empty.
    show: Option<String>,
    /// The product behind which the sheet begins.
    after: Option<Uuid>,
}

/// The sheet.
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Query(query): Query<LabelsQuery>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let today = local_date(app.clock.now_ms());
    let has_goods = report.shelf.as_ref().is_some_and(|rows| rows.iter().any(|row| row.measured > 0));
    let is_shelf = query.show.as_deref().map_or(has_goods, |show| show == "shelf");
    let store = report.store_id.filter(|_| is_shelf).map(Into::into);
    let one_more = i64::try_from(LABELS_MAX + 1).unwrap_or(i64::MAX);
    let goods = visit.ok(shelf::labelled(&app.db, store, today, (query.after, one_more)).await)?;
    let main = sheet(visit.lang, &report, &goods, (today, store.is_some()));
    let frame = Page {
        csrf: Some(&visit.csrf),
        is_demo: app.config.is_demo(),
        ..Page::new(visit.lang, Shape::Paper, visit.lang.brand(), visit.lang.point_labels())
    };
    Ok(frame.with(main).into_response())
}

/// The labels of goods, with what is around them on the screen.
pub fn sheet(lang: Lang, report: &PointReport, goods: &[Labelled], (day, is_shelf): (Date, bool)) -> Markup {
    let point = format!("/points/{}", report.point_id);
    let shown = goods.len().min(LABELS_MAX);
    let show = if is_shelf { "shelf" } else { "all" };
    html! {
        div.off-paper {
            h2 { (lang.labels_title(&report.name)) }
            p { (lang.labels_about(count_text(i64::try_from(shown).unwrap_or(i64::MAX)), date_text(day))) " " (lang.labels_print()) }
            @if let (true, Some(last)) = (goods.len() > LABELS_MAX, goods.get(LABELS_MAX - 1)) {
                p {
                    (lang.labels_cut(LABELS_MAX)) " "
                    a href={ (point) "/labels?show=" (show) "&after=" (last.id) } { (lang.labels_next()) }
                }
            }
            nav.presets aria-label=(lang.point_labels()) {
                a href={ (point) "/labels?show=shelf" } aria-current=[is_shelf.then_some("true")] { (lang.labels_shelf()) }
                a href={ (point) "/labels?show=all" } aria-current=[(!is_shelf).then_some("true")] { (lang.labels_all()) }
                a href=(point) { (lang.open_back()) }
            }
            @if goods.is_empty() { p { (lang.labels_none()) } }
        }
        div.labels { @for each in goods.iter().take(LABELS_MAX) { (label(lang, each)) } }
    }
}

fn label(lang: Lang, each: &Labelled) -> Markup {
    let code = each.barcode.as_deref().unwrap_or(&each.sku);
    html! {
        article.label {
            h2 { (each.name) }
            p.price { strong { (Money::new(each.price_vnd)) (stars(lang, each.stars.and_then(|count| u8::try_from(count).ok()))) } span { (lang.label_price_unit(&each.unit)) } }
            div {
                @if let Some(bars) = bars::drawn(code) { (bars) }
                p.code { span { (code) } span { (each.producer.as_deref().unwrap_or_default()) } }
            }
        }
    }
}
