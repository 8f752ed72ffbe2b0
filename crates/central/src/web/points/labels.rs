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
use crate::db::points::shelf::{self, Goods, Labelled};
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::texts::CentralTexts;
use crate::web::visit::Visit;

/// The most labels of one sheet: fifteen pages of A4.
const LABELS_MAX: usize = 315;

/// Whose labels a sheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// What stands on the shelf now.
    Shelf,
    /// What is chosen for the point.
    Chosen,
    /// The whole catalogue.
    All,
}

impl Show {
    const ALL: [Self; 3] = [Self::Shelf, Self::Chosen, Self::All];

    const fn code(self) -> &'static str {
        match self {
            Self::Shelf => "shelf",
            Self::Chosen => "chosen",
            Self::All => "all",
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Shelf => lang.labels_shelf(),
            Self::Chosen => lang.labels_chosen(),
            Self::All => lang.labels_all(),
        }
    }

    /// What is asked for; without that the shelf, what is chosen while that is empty, the whole catalogue while nothing is.
    fn of(query: &LabelsQuery, report: &PointReport) -> Self {
        let has_goods = report.shelf.as_ref().is_some_and(|rows| rows.iter().any(|row| row.measured > 0));
        match query.show.as_deref() {
            Some("chosen") => Self::Chosen,
            Some("shelf") if report.store_id.is_some() => Self::Shelf,
            None if has_goods => Self::Shelf,
            None if report.chosen.chosen_count > 0 => Self::Chosen,
            _ => Self::All,
        }
    }
}

/// Which labels.
#[derive(Debug, Default, Deserialize)]
pub struct LabelsQuery {
    /// `shelf`, `chosen` or `all`; without it what there is first of these.
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
    let show = Show::of(&query, &report);
    let which = match (show, report.store_id) {
        (Show::Shelf, Some(store)) => Goods::OnShelf(store.into()),
        (Show::Chosen, _) => Goods::ChosenFor(report.point_id.into()),
        (Show::Shelf | Show::All, _) => Goods::All,
    };
    let one_more = i64::try_from(LABELS_MAX + 1).unwrap_or(i64::MAX);
    let goods = visit.ok(shelf::labelled(&app.db, which, today, (query.after, one_more)).await)?;
    let main = sheet(visit.lang, &report, &goods, (today, show));
    let frame = Page {
        csrf: Some(&visit.csrf),
        is_demo: app.config.is_demo(),
        ..Page::new(visit.lang, Shape::Paper, visit.lang.brand(), visit.lang.point_labels())
    };
    Ok(frame.with(main).into_response())
}

/// The labels of goods, with what is around them on the screen.
pub fn sheet(lang: Lang, report: &PointReport, goods: &[Labelled], (day, show): (Date, Show)) -> Markup {
    let point = format!("/points/{}", report.point_id);
    let shown = goods.len().min(LABELS_MAX);
    html! {
        div.off-paper {
            h2 { (lang.labels_title(&report.name)) }
            p { (lang.labels_about(count_text(i64::try_from(shown).unwrap_or(i64::MAX)), date_text(day))) " " (lang.labels_print()) }
            @if let (true, Some(last)) = (goods.len() > LABELS_MAX, goods.get(LABELS_MAX - 1)) {
                p {
                    (lang.labels_cut(LABELS_MAX)) " "
                    a href={ (point) "/labels?show=" (show.code()) "&after=" (last.id) } { (lang.labels_next()) }
                }
            }
            nav.presets aria-label=(lang.point_labels()) {
                @for each in Show::ALL {
                    a href={ (point) "/labels?show=" (each.code()) } aria-current=[(each == show).then_some("true")] { (each.words(lang)) }
                }
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
