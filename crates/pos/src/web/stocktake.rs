//! Counting the shelf, area by area: a box for the scanner, what was counted here, and what must be counted again. Nobody sees what
//! the book says while counting.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use domain::count::Again;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::address::encoded_piece;
use web::form::{Field, csrf_field};
use web::format::{datetime_text, local_time_text};
use web::{Fault, Lang};

use super::page_texts::PageTexts;
use super::refund::Opening;
use super::stocktake_texts::StocktakeTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use super::{desk, keys, note, results, stocktake_close, stocktake_paper, stocktake_sheet};
use crate::counter::stocktake::{AREA_MOST, area_name};
use crate::counter::stocktake_close::Figures;
use crate::db::stocktake_papers;
use crate::db::stocktakes::{self, AreaRow, CountedRow};

/// Products of an area on its page.
const LISTED_MAX: usize = 100;
/// Why something is counted again, as programs are told.
const LARGE: &str = "large";
const UNFINISHED: &str = "unfinished";
/// The page's address.
pub const STOCKTAKE: &str = "/stocktake";

/// Where somebody counts.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichArea {
    /// The area; without it the one in which something was counted last.
    area: Option<String>,
}

/// The stocktake that is going on, as the page of an area shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct StocktakeState {
    /// Its identity; none when no stocktake is going on.
    pub stocktake_id: Option<Uuid>,
    /// What staff call it.
    pub title: String,
    /// When it was begun, UTC milliseconds.
    pub begun_at_ms: i64,
    /// The area of this page.
    pub area: String,
    /// All areas in which something was counted.
    pub areas: Vec<String>,
    /// What was counted in this one, the latest first; at most a hundred.
    pub here: Vec<HereState>,
    /// What must be counted again. That something is far from the book is not told here: it is for most goods until the last
    /// of them is counted, and would tell who counts when to stop.
    pub again: Vec<AgainState>,
    /// When this area was counted on paper, UTC milliseconds from and to; none when people count it at the shelf.
    pub on_paper: Option<(i64, i64)>,
}

/// A product that was counted in an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HereState {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// A product that must be counted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgainState {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Why: `moved`, `large`, `former_journal`; `unfinished` when somebody is doing it.
    pub why: &'static str,
    /// The areas in which it has not been counted again yet.
    pub areas: Vec<String>,
}

impl StocktakeState {
    /// Returns what the page of an area shows.
    pub(super) fn of(figures: &Figures, rows: &[AreaRow], area: String) -> Self {
        let known: BTreeMap<Uuid, &CountedRow> =
            figures.counted.iter().map(|row| (row.product_id.uuid(), row)).collect();
        let here = rows.iter().filter(|row| row.area == area).filter_map(|row| {
            let counted = known.get(&row.product_id).filter(|known| known.tally.round == row.round)?;
            Some(HereState {
                product_id: row.product_id,
                name: counted.name.clone(),
                unit: counted.unit.clone(),
                quantity_milli: row.quantity_milli,
                at_ms: row.at_ms,
            })
        });
        let again = AgainState::list(figures, rows).into_iter().filter(|again| again.why != LARGE);
        let areas: BTreeSet<&String> = rows.iter().map(|row| &row.area).chain([&area]).collect();
        Self {
            stocktake_id: Some(figures.stocktake.stocktake_id),
            title: figures.stocktake.title.clone(),
            begun_at_ms: figures.stocktake.begun_at_ms,
            areas: areas.into_iter().cloned().collect(),
            here: here.take(LISTED_MAX).collect(),
            again: again.collect(),
            on_paper: None,
            area,
        }
    }
}

impl AgainState {
    /// Returns everything that must be counted again.
    pub(super) fn list(figures: &Figures, rows: &[AreaRow]) -> Vec<Self> {
        let again = figures.counted.iter().filter_map(|row| {
            let of_product = rows.iter().filter(|area| area.product_id == row.product_id.uuid());
            row.tally.again().map(|why| Self::of(row, why, of_product))
        });
        again.collect()
    }

    /// Says whether somebody is doing it: then there is nothing to begin once more.
    pub(super) fn is_going_on(&self) -> bool {
        self.why == UNFINISHED
    }

    fn of<'a>(row: &CountedRow, why: Again, of_product: impl Iterator<Item = &'a AreaRow>) -> Self {
        let (mut before, mut now) = (BTreeSet::new(), BTreeSet::new());
        for area in of_product {
            if area.round == row.tally.round { &mut now } else { &mut before }.insert(area.area.clone());
        }
        Self {
            product_id: row.product_id.uuid(),
            name: row.name.clone(),
            unit: row.unit.clone(),
            why: match why {
                Again::Unfinished => UNFINISHED,
                Again::Moved => "moved",
                Again::FormerJournal => "former_journal",
                Again::Large => LARGE,
            },
            areas: before.difference(&now).cloned().collect(),
        }
    }
}

/// The page: the form that begins a stocktake, or the area in which somebody counts.
pub async fn page(visit: Visit, Query(which): Query<WhichArea>) -> Result<Response, Fault> {
    let state = load(&visit, which.area.as_deref()).await?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(state.unwrap_or_default()).into_response());
    }
    let lang = visit.lang;
    let opening = Opening {
        csrf: csrf_field(&visit.csrf),
        op_id: visit.new_op_id(),
        managers: super::approval::Managers::default(),
    };
    let told = visit.site.take_note(&visit.seat.counter);
    let main = match &state {
        Some(state) => html! { @if told.is_none() { (note::none()) } (counting(lang, state, &opening)) },
        None => begin_form(lang, &opening),
    };
    desk::page_with(&visit, "/stock", lang.stocktake(), told.as_ref(), main).await
}

/// Returns what an area's page shows; without a name, that of the latest count. `None` when no stocktake is going on.
pub(super) async fn load(visit: &Visit, area: Option<&str>) -> Result<Option<StocktakeState>, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let Some(figures) = visit.ok(Figures::load(&mut reader).await)? else { return Ok(None) };
    let rows = visit.ok(stocktakes::list_areas(&mut reader, figures.stocktake.stocktake_id).await)?;
    let named = area.map(area_name).filter(|area| !area.is_empty());
    let latest = || rows.first().map(|row| row.area.clone());
    let area = named.or_else(latest).unwrap_or_else(|| visit.lang.usual_area().to_owned());
    let paper = stocktake_papers::find_paper(&mut reader, figures.stocktake.stocktake_id, &area).await;
    let on_paper = visit.ok(paper)?.map(|paper| (paper.from_ms, paper.to_ms));
    Ok(Some(StocktakeState { on_paper, ..StocktakeState::of(&figures, &rows, area) }))
}

/// Returns the page of an area.
pub fn address(area: &str) -> String {
    format!("{STOCKTAKE}?area={}", encoded_piece(area))
}

/// Returns an address under an area.
pub(super) fn under(area: &str, act: &str) -> String {
    format!("{STOCKTAKE}/areas/{}/{act}", encoded_piece(area))
}

/// The form that begins a stocktake.
pub fn begin_form(lang: Lang, opening: &Opening) -> Markup {
    html! {
        form.card.form method="post" action=(STOCKTAKE) {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            p.whole.mute { (lang.stocktake_about()) }
            (Field { is_required: false, hint: Some(lang.stocktake_title_hint()),
                ..Field::new("title", lang.stocktake_title()) }.render())
            (Field { value: lang.usual_area(), hint: Some(lang.area_hint()), has_focus: true,
                ..Field::new("area", lang.first_area()) }.render())
            div.actions {
                button.primary { (lang.begin_stocktake()) }
                a.button href=(stocktake_sheet::SHEET) { (lang.sheet()) }
                a.button href="/stock" { (PageTexts::stock(lang)) }
            }
        }
    }
}

/// An area in which somebody counts.
pub fn counting(lang: Lang, state: &StocktakeState, opening: &Opening) -> Markup {
    html! {
        div.seek {
            input #box name="code" type="text" data-box=(under(&state.area, "scan")) data-search=(under(&state.area, "search"))
                placeholder=(lang.box_to_count()) aria-label=(lang.box_label()) autocomplete="off" autocapitalize="off"
                spellcheck="false" maxlength="512" role="combobox" aria-expanded="false" aria-controls="results"
                aria-autocomplete="list" aria-keyshortcuts=(keys::FIND.shortcut) autofocus;
            kbd aria-hidden="true" { (keys::FIND.cap) }
            (results::none(lang))
        }
        (nothing_picked())
        (again(lang, state))
        (areas(lang, state))
        (stocktake_paper::fields(lang, state, opening))
        (here(lang, state))
        section.card {
            @if !state.title.is_empty() { h2 { (state.title) } }
            p.mute { (lang.begun_at(datetime_text(state.begun_at_ms))) ". " (lang.count_about()) }
            div.actions {
                a.button href=(stocktake_close::CLOSING) { (lang.to_closing()) }
                a.button href=(stocktake_sheet::SHEET) { (lang.sheet()) }
            }
            @if let Some(id) = state.stocktake_id { (give_up(lang, id, opening)) }
        }
    }
}

fn give_up(lang: Lang, stocktake_id: Uuid, opening: &Opening) -> Markup {
    html! {
        details.ending {
            summary { (lang.give_up_question()) }
            form method="post" action={ (STOCKTAKE) "/give-up" } {
                (opening.csrf)
                input type="hidden" name="op_id" value=(opening.op_id);
                input type="hidden" name="stocktake_id" value=(stocktake_id);
                p { (lang.give_up_about()) }
                button.danger { (lang.give_up()) }
            }
        }
    }
}

fn areas(lang: Lang, state: &StocktakeState) -> Markup {
    html! {
        section.card {
            form.actions method="get" action=(STOCKTAKE) {
                @for area in &state.areas {
                    @let is_here = *area == state.area;
                    a.button.primary[is_here] href=(address(area)) aria-current=[is_here.then_some("page")] { (area) }
                }
                div.field {
                    input name="area" required maxlength=(AREA_MOST) autocomplete="off" placeholder=(lang.other_area())
                        aria-label=(lang.other_area());
                }
                button { (lang.go_there()) }
            }
        }
    }
}

/// `#picked` without a product.
pub fn nothing_picked() -> Markup {
    html! { div #picked {} }
}

/// `#picked`: a product whose number is to be typed, or has just been counted.
pub fn picked(lang: Lang, state: &StocktakeState, product: (Uuid, &str, &str), has_focus: bool) -> Markup {
    let (product_id, name, unit) = product;
    let known = state.here.iter().find(|row| row.product_id == product_id);
    let value = known.map(|row| Quantity::from_milli(row.quantity_milli).to_string()).unwrap_or_default();
    html! {
        section #picked.card {
            div.head { h2 { (name) " " span.mute { (unit) } } label.hint for="quantity" { (lang.how_many_hint(&state.area)) } }
            form data-post=(under(&state.area, "count")) {
                input type="hidden" name="product_id" value=(product_id);
                div.actions {
                    div.field {
                        input #quantity name="quantity" value=(value) inputmode="decimal" autocomplete="off" maxlength="12" required
                            autofocus[has_focus];
                    }
                    button { (lang.keep_count()) " " kbd aria-hidden="true" { "⏎" } }
                }
            }
        }
    }
}

/// `#here`: what was counted in this area.
pub fn here(lang: Lang, state: &StocktakeState) -> Markup {
    html! {
        section #here.card {
            div.head { h2 { (lang.counted_here(&state.area)) } }
            @if state.here.is_empty() { p.mute { (lang.nothing_here()) } } @else {
                div.table { table {
                    thead { tr {
                        th { (lang.column_product()) } th.n { (lang.counted_column()) } th { (lang.counted_when()) } td {}
                    } }
                    tbody { @for row in &state.here { tr {
                        td { (row.name) small { (row.unit) } }
                        td.n { strong { (Quantity::from_milli(row.quantity_milli)) } }
                        td { time { (local_time_text(row.at_ms)) } }
                        td.n {
                            button.plain type="button" data-post=(under(&state.area, "pick")) name="product_id"
                                value=(row.product_id) aria-label=(lang.correct_of(&row.name)) { (lang.correct()) }
                        }
                    } } }
                } }
                @if state.here.len() == LISTED_MAX { p.hint { (lang.only_latest(LISTED_MAX)) } }
            }
        }
    }
}

/// `#again`: what must be counted again.
pub fn again(lang: Lang, state: &StocktakeState) -> Markup {
    html! {
        section #again.card hidden[state.again.is_empty()] {
            h2 { (lang.again_title(state.again.len())) }
            div.table { table { tbody { @for row in &state.again { tr {
                td { (row.name) small { (row.unit) } }
                td { (why(lang, row)) }
                td.n {
                    @if !row.is_going_on() {
                        button type="button" data-post=(under(&state.area, "again")) name="product_id" value=(row.product_id)
                            aria-label=(lang.count_again_of(&row.name)) { (lang.count_again()) }
                    }
                }
            } } } } }
        }
    }
}

/// Returns why a product must be counted again.
pub fn why(lang: Lang, row: &AgainState) -> String {
    match row.why {
        "moved" => lang.again_moved().to_owned(),
        LARGE => lang.again_large().to_owned(),
        "former_journal" => lang.again_former().to_owned(),
        _ if row.areas.is_empty() => lang.again_all().to_owned(),
        _ => lang.again_areas(row.areas.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_of_any_name_has_an_address() {
        assert_eq!(address("Kệ 1"), "/stocktake?area=K%E1%BB%87%201");
        assert_eq!(under("A/B?&", "scan"), "/stocktake/areas/A%2FB%3F%26/scan");
    }
}
