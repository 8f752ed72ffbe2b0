//! The end of a stocktake: what differs from the book, for managers; what nobody has counted; and the form that closes it.

use axum::Json;
use axum::extract::Form;
use axum::response::{IntoResponse, Response};
use domain::count::difference;
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::local_date;
use web::fragment::{Tone, chip, message};
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::drawer_count::language;
use super::lots::bearers;
use super::page_texts::PageTexts;
use super::refund::{Opening, done};
use super::stock_card::signed;
use super::stock_texts::StockTexts;
use super::stocktake::{AgainState, STOCKTAKE, why};
use super::stocktake_texts::StocktakeTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, papers};
use crate::counter::Note;
use crate::counter::losses::{self, LossBearer};
use crate::counter::note::Counting;
use crate::counter::stocktake_close::{Closing, Figures, Mark, close};
use crate::db::lots;
use crate::db::stocktakes::{self, AreaRow, CountedRow, UncountedRow};

/// The page's address.
pub const CLOSING: &str = "/stocktake/closing";

/// A stocktake as it would be closed now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClosingState {
    /// The stocktake.
    pub stocktake_id: Uuid,
    /// What staff call it.
    pub title: String,
    /// How many products were counted.
    pub counted: usize,
    /// Those that have to be counted again first.
    pub again: Vec<AgainState>,
    /// Those that differ from the book; managers alone are told.
    pub wrong: Option<Vec<DifferenceState>>,
    /// What the book has and nobody has counted.
    pub uncounted: Vec<UncountedState>,
    /// The contracts of all consigned goods in the store name who bears what is missing.
    pub is_named: bool,
    /// The store has a pad: whoever closes says that its sales are entered.
    pub has_pad: bool,
    /// Marks of what is shown; they come back with the form.
    pub shown_counted: String,
    /// The same of what nobody has counted.
    pub shown_uncounted: String,
}

/// A product that differs from the book. Quantities are thousandths of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DifferenceState {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the book had when it was counted.
    pub expected_milli: i64,
    /// What was there.
    pub counted_milli: i64,
    /// What that is worth at today's price, đồng; below zero for what is missing.
    pub worth_vnd: i64,
    /// It must be counted again.
    pub is_again: bool,
}

/// A product that nobody has counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UncountedState {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the book has; managers alone are told.
    pub expected_milli: Option<i64>,
    /// Some came in since the stocktake was begun: it is not gone.
    pub has_come: bool,
}

impl ClosingState {
    /// Returns what a person sees.
    pub(super) fn of(figures: &Figures, rows: &[AreaRow], (is_manager, is_named): (bool, bool)) -> Self {
        let mark = figures.mark();
        let uncounted = |row: &UncountedRow| UncountedState {
            product_id: row.product_id,
            name: row.name.clone(),
            unit: row.unit.clone(),
            expected_milli: is_manager.then_some(row.expected_milli),
            has_come: row.came_milli > 0,
        };
        Self {
            stocktake_id: figures.stocktake.stocktake_id,
            title: figures.stocktake.title.clone(),
            counted: figures.counted.len(),
            again: AgainState::list(figures, rows),
            wrong: is_manager.then(|| figures.counted.iter().filter_map(DifferenceState::of).collect()),
            uncounted: figures.uncounted.iter().map(uncounted).collect(),
            is_named,
            has_pad: figures.has_pad,
            shown_counted: mark.counted,
            shown_uncounted: mark.uncounted,
        }
    }
}

impl DifferenceState {
    fn of(row: &CountedRow) -> Option<Self> {
        let (tally, counted) = (row.tally, row.tally.counted?);
        let off = difference(tally.expected, counted).filter(|off| *off != Quantity::ZERO)?;
        Some(Self {
            product_id: row.product_id.uuid(),
            name: row.name.clone(),
            unit: row.unit.clone(),
            expected_milli: tally.expected.milli(),
            counted_milli: counted.milli(),
            worth_vnd: tally.price.for_quantity(off).map_or(0, Money::vnd),
            is_again: tally.again().is_some(),
        })
    }
}

/// How a stocktake is to be closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseStocktake {
    /// Names this form; posting it twice closes once.
    op_id: String,
    stocktake_id: Uuid,
    /// Who bears what is missing of consigned goods.
    bearer: Bearer,
    /// `yes`: what nobody has counted is taken as gone.
    #[serde(default)]
    takes_uncounted: String,
    /// `yes`: every sale of before the count that was written on the pad is entered; asked for where the store has a pad.
    #[serde(default)]
    is_pad_entered: String,
    reason: String,
    /// The marks of the page.
    shown_counted: String,
    shown_uncounted: String,
    manager_id: Option<Uuid>,
    #[serde(default)]
    pin: String,
}

/// Who bears what is missing of consigned goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bearer {
    /// Whom each producer's contract names.
    Contract,
    /// The store pays the producer.
    Store,
    /// The producer.
    Producer,
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let state = match visit.ok(Figures::load(&mut reader).await)? {
        Some(figures) => {
            let id = figures.stocktake.stocktake_id;
            let rows = visit.ok(stocktakes::list_areas(&mut reader, id).await)?;
            let goods = visit.ok(lots::list_consigned(&mut reader).await)?;
            let today = local_date(visit.app.clock().now_ms());
            let is_named = visit.ok(losses::are_named(&mut reader, &goods, today).await)?;
            Some(ClosingState::of(&figures, &rows, (visit.seat.manager, is_named)))
        }
        None => None,
    };
    drop(reader);
    if visit.wanted == Wanted::Json {
        return Ok(Json(state).into_response());
    }
    let managers = visit.ok(Managers::of(&visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let lang = visit.lang;
    let main = match &state {
        Some(state) => closing(lang, state, &opening),
        None => html! {
            section.card { p { (lang.nothing_to_close()) } div.actions { a.button href=(STOCKTAKE) { (lang.stocktake()) } } }
        },
    };
    desk::page(&visit, "/stock", lang.close_stocktake(), main).await
}

/// Closes a stocktake. What was done leads to its paper.
pub async fn submit(visit: Visit, Form(form): Form<CloseStocktake>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let closing = Closing {
        stocktake_id: form.stocktake_id,
        bearer: match form.bearer {
            Bearer::Contract => LossBearer::Contract,
            Bearer::Store => LossBearer::Store,
            Bearer::Producer => LossBearer::Producer,
        },
        takes_uncounted: form.takes_uncounted == "yes",
        is_pad_entered: form.is_pad_entered == "yes",
        reason: form.reason.clone(),
        shown: Mark { counted: form.shown_counted.clone(), uncounted: form.shown_uncounted.clone() },
        language: language(visit.lang),
        word: approval::word(form.manager_id, form.pin.clone()),
    };
    let state = visit.ok(close(&visit.app, &visit.seat, &op_id, &closing).await)?;
    let to = match &state.note {
        Note::Counting(Counting::StocktakeClosed { vouchers, .. }) => {
            vouchers.first().map_or_else(|| CLOSING.to_owned(), |voucher| papers::address(voucher))
        }
        _ => CLOSING.to_owned(),
    };
    done(&visit, state, &to)
}

/// What differs, what was not counted, and the form.
pub fn closing(lang: Lang, state: &ClosingState, opening: &Opening) -> Markup {
    html! {
        (again(lang, state, opening))
        (differences(lang, state))
        (uncounted(lang, state))
        @if state.again.is_empty() { (close_form(lang, state, opening)) } @else {
            p.actions { a.button.primary href=(STOCKTAKE) { (lang.back_to_counting()) } }
        }
    }
}

/// What must be counted again first: one form, since each button is an act of its own and leads back to counting.
fn again(lang: Lang, state: &ClosingState, opening: &Opening) -> Markup {
    html! {
        @if !state.again.is_empty() {
            (message(Tone::Warn, &lang.note_count_again_first(state.again.len())))
            form.card method="post" action={ (STOCKTAKE) "/again" } {
                (opening.csrf)
                input type="hidden" name="op_id" value=(opening.op_id);
                h2 { (lang.again_title(state.again.len())) }
                div.table { table { tbody { @for row in &state.again { tr {
                    td { (row.name) small { (row.unit) } }
                    td { (why(lang, row)) }
                    td.n {
                        @if !row.is_going_on() {
                            button name="product_id" value=(row.product_id) aria-label=(lang.count_again_of(&row.name)) { (lang.count_again()) }
                        }
                    }
                } } } } }
            }
        }
    }
}

fn differences(lang: Lang, state: &ClosingState) -> Markup {
    html! {
        section.card {
            @if !state.title.is_empty() { h2 { (state.title) } }
            @match &state.wrong {
                None => p { (lang.in_all_blind(state.counted)) },
                Some(wrong) if wrong.is_empty() => {
                    p { (lang.in_all(state.counted, 0)) }
                    @if state.counted > 0 { p.mute { (lang.as_in_book()) } }
                },
                Some(wrong) => {
                    div.head { p { (lang.in_all(state.counted, wrong.len())) } }
                    div.table { table {
                        thead { tr {
                            th { (lang.column_product()) } th.n { (lang.book_then()) } th.n { (lang.counted_column()) }
                            th.n { (lang.difference()) } th.n { (lang.worth()) }
                        } }
                        tbody { @for row in wrong { (difference_row(lang, row)) } }
                    } }
                },
            }
        }
    }
}

fn difference_row(lang: Lang, row: &DifferenceState) -> Markup {
    html! {
        tr {
            td { (row.name) " " @if row.is_again { (chip(Tone::Warn, lang.count_again())) } small { (row.unit) } }
            td.n { (Quantity::from_milli(row.expected_milli)) }
            td.n { (Quantity::from_milli(row.counted_milli)) }
            td.n { strong { (signed(row.counted_milli.saturating_sub(row.expected_milli))) } }
            td.n { @if row.worth_vnd < 0 { "−" } (Money::new(row.worth_vnd.saturating_abs())) }
        }
    }
}

fn uncounted(lang: Lang, state: &ClosingState) -> Markup {
    html! {
        section.card {
            div.head { div {
                h2 { (lang.uncounted_title(state.uncounted.len())) }
                @if !state.uncounted.is_empty() { p.hint { (lang.uncounted_about()) } }
            } }
            @if state.uncounted.is_empty() { p.mute { (lang.uncounted_none()) } } @else {
                div.table { table {
                    @if state.wrong.is_some() {
                        thead { tr { th { (lang.column_product()) } th.n { (PageTexts::stock_quantity(lang)) } } }
                    }
                    tbody { @for row in &state.uncounted { tr {
                    td {
                        (row.name) " " @if row.has_come { (chip(Tone::Warn, lang.uncounted_came())) }
                        small { (row.unit) }
                    }
                    @if let Some(milli) = row.expected_milli { td.n { (Quantity::from_milli(milli)) } }
                } } } } }
            }
        }
    }
}

fn close_form(lang: Lang, state: &ClosingState, opening: &Opening) -> Markup {
    let bearers = bearers(lang);
    let usual = if state.is_named { "contract" } else { "store" };
    html! {
        form.card.form method="post" action=(CLOSING) {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="stocktake_id" value=(state.stocktake_id);
            input type="hidden" name="shown_counted" value=(state.shown_counted);
            input type="hidden" name="shown_uncounted" value=(state.shown_uncounted);
            h2.whole { (lang.close_stocktake()) }
            (select("bearer", lang.who_bears_missing(), &bearers, usual, None))
            (Field { is_required: false, ..Field::new("reason", lang.remark_on_paper()) }.render())
            @if !state.uncounted.is_empty() {
                fieldset.people.whole {
                    legend.hidden { (lang.takes_uncounted()) }
                    label {
                        input type="checkbox" name="takes_uncounted" value="yes";
                        span { (lang.takes_uncounted()) small.small { (lang.takes_uncounted_hint()) } }
                    }
                }
            }
            @if state.has_pad {
                fieldset.people.whole {
                    legend.hidden { (lang.pad_entered()) }
                    label {
                        input type="checkbox" name="is_pad_entered" value="yes" required;
                        span { (lang.pad_entered()) small.small { (lang.pad_entered_hint()) } }
                    }
                }
            }
            (approval::fields(lang, &opening.managers, "closing", Asks::Always { has_focus: true }))
            p.hint.whole { (lang.close_about()) }
            div.actions {
                button.primary { (lang.close_stocktake()) }
                a.button href=(STOCKTAKE) { (lang.back_to_counting()) }
            }
        }
    }
}
