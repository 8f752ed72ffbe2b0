//! The moves behind a settlement's figures, and behind what a store owes and has not settled yet: for the producer, for whoever holds
//! the reading key, and for the operator whose store it is.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::ids::{ProductId, StoreId};
use domain::removal::Cause;
use domain::stock_move::MoveCause;
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::format::{count_text, date_text};
use web::{Fault, Lang};

use super::Reader;
use super::move_texts::MoveTexts;
use super::picked::Picked;
use super::settlement::{Address, read};
use crate::app::App;
use crate::db::consigned::Only;
use crate::db::joint_settlements::Asker;
use crate::db::moves::{self, Move, Span};
use crate::db::settlements::{self, PaperId};
use crate::error::{Error, Result};
use crate::web::sales::report::iso_maybe;
use crate::web::shell::Place;

/// Rows that are shown.
const MOVES_MOST: usize = 1_000;

/// Moves of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MovesReport {
    /// The number on the settlement's paper; none for what is not settled yet.
    pub number: Option<String>,
    /// The store's name.
    pub store: String,
    /// The earliest first.
    pub moves: Vec<MoveOfReport>,
    /// There are more than are told.
    pub is_cut: bool,
}

/// A move: a quantity of a lot that came to the shelf or left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MoveOfReport {
    /// The business day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub day: Option<Date>,
    /// The number on its receipt, where it has one.
    pub receipt_number: Option<String>,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the pack of its lot says.
    pub lot_code: Option<String>,
    /// `received`, `sold`, `refunded`, …
    pub cause: String,
    /// To the shelf, thousandths of the unit; below zero for away from it.
    pub moved_milli: i64,
    /// Before discounts, đồng.
    pub gross_vnd: i64,
    /// Owed to the producer, đồng.
    pub due_vnd: i64,
}

impl From<Move> for MoveOfReport {
    fn from(row: Move) -> Self {
        Self {
            day: row.day,
            receipt_number: row.number,
            name: row.product,
            unit: row.unit,
            lot_code: row.lot_code,
            cause: row.cause.code().to_owned(),
            moved_milli: row.quantity.milli(),
            gross_vnd: row.gross_vnd,
            due_vnd: row.due_vnd,
        }
    }
}

/// One product, as it is written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MovesQuery {
    /// One product's id.
    product: Option<String>,
}

impl MovesQuery {
    pub(crate) fn read(&self) -> std::result::Result<Option<ProductId>, Fault> {
        let given = self.product.as_deref().filter(|text| !text.is_empty());
        given.map(|text| text.parse().map_err(|_| Fault::not_found())).transpose()
    }

    fn text(&self) -> String {
        self.product.as_ref().map(|product| format!("product={product}")).unwrap_or_default()
    }
}

/// The moves behind a settlement: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/settlements/{stream}/{seq}/moves", tag = "producer",
    params(
        ("stream" = String, Path, description = "the journal"),
        ("seq" = String, Path, description = "its entry"),
        MovesQuery,
    ),
    responses(
        (status = 200, description = "the moves; JSON by `Accept: application/json`", body = MovesReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such settlement of this producer"),
    ),
)]
pub async fn of_settlement(
    State(app): State<App>,
    reader: Reader,
    Path(address): Path<Address>,
    Query(query): Query<MovesQuery>,
) -> std::result::Result<Response, Fault> {
    let asked = (read(&address)?, query.read()?);
    let report = reader.ok(load(&app, Asker::Producer(reader.scope), asked).await)?;
    let back = format!("{}/settlements/{}", reader.root, address.text());
    let lang = reader.lang;
    Ok(reader.answer(Place::Settlements, &query.text(), &report, |report| main(lang, report, Some(&back))))
}

/// One store, as it is written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OpenQuery {
    /// The store's id.
    store: Option<String>,
    /// One product's id.
    product: Option<String>,
}

/// The moves of a store that no settlement reaches: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/moves", tag = "producer", params(OpenQuery),
    responses(
        (status = 200, description = "the moves; JSON by `Accept: application/json`", body = MovesReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no store is named that had goods of this producer"),
    ),
)]
pub async fn open(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<OpenQuery>,
) -> std::result::Result<Response, Fault> {
    let picked = Picked::read(&reader, query.product.as_deref(), query.store.as_deref()).await?;
    let store_id = picked.only.store.ok_or_else(Fault::not_found)?;
    let found = load_open(&app, &reader, (store_id, picked.only)).await;
    let store = picked.store.unwrap_or_default();
    let report = MovesReport { store, ..reader.ok(found)? };
    let text = super::picked::query_of(picked.only);
    let lang = reader.lang;
    Ok(reader
        .answer(Place::Settlements, text.trim_start_matches('&'), &report, |report| main(lang, report, None)))
}

async fn load_open(app: &App, reader: &Reader, (store_id, only): (StoreId, Only)) -> Result<MovesReport> {
    let (asker, span) = (Asker::Producer(reader.scope), Span::Open(store_id));
    let found = moves::list(&app.db, asker, span, only.product, most()).await?;
    Ok(MovesReport::default().with(found))
}

fn most() -> i64 {
    i64::try_from(MOVES_MOST).unwrap_or(i64::MAX - 1) + 1
}

impl MovesReport {
    fn with(mut self, found: Vec<Move>) -> Self {
        self.is_cut = found.len() > MOVES_MOST;
        self.moves = found.into_iter().take(MOVES_MOST).map(Into::into).collect();
        self
    }
}

/// Reads the moves behind the asker's settlement, or behind one product of it.
///
/// # Errors
/// When there is no such settlement, or the database fails.
pub async fn load(
    app: &App,
    asker: Asker,
    (id, product_id): (PaperId, Option<ProductId>),
) -> Result<MovesReport> {
    let mut tx = app.db.begin_reading().await?;
    let paper = settlements::find_in(&mut tx, asker, id).await?.ok_or(Error::NotFound("settlement"))?;
    drop(tx);
    let found = moves::list(&app.db, asker, Span::Settlement(id), product_id, most()).await?;
    let report = MovesReport { number: Some(paper.number), store: paper.store, ..MovesReport::default() };
    Ok(report.with(found))
}

/// The main part; `back` is the settlement's page.
pub fn main(lang: Lang, report: &MovesReport, back: Option<&str>) -> Markup {
    let sum = |of: fn(&MoveOfReport) -> i64| report.moves.iter().map(of).fold(0i64, i64::saturating_add);
    html! {
        h2 { (lang.page_moves()) }
        p.mute {
            @match &report.number {
                Some(number) => { (lang.moves_of(number)) " " (report.store) }
                None => { (lang.moves_open(&report.store)) }
            }
        }
        section.card {
            @if report.moves.is_empty() { p { (lang.moves_none()) } } @else {
                ul.list {
                    @for each in &report.moves { (line(lang, each)) }
                    @if !report.is_cut {
                        li { strong { (lang.moves_sum()) } b.n.money { (lang.moves_due(Money::new(sum(|each| each.due_vnd)))) } }
                    }
                }
            }
        }
        @if report.is_cut {
            p.mute { (lang.moves_cut(count_text(i64::try_from(MOVES_MOST).unwrap_or(i64::MAX)))) }
        }
        @if let Some(back) = back { p { a href=(back) { (lang.moves_back()) } } }
    }
}

fn line(lang: Lang, each: &MoveOfReport) -> Markup {
    let quantity = Quantity::from_milli(each.moved_milli);
    let lot = each.lot_code.as_deref().filter(|code| !code.is_empty()).map(|code| lang.moves_lot(code));
    let about: Vec<String> =
        each.day.map(date_text).into_iter().chain(each.receipt_number.clone()).chain(lot).collect();
    html! {
        li {
            span {
                (cause_words(lang, &each.cause)) " · " (each.name)
                small.small { (about.join(" · ")) }
                @if each.due_vnd != 0 { small.small { (lang.moves_due(Money::new(each.due_vnd))) } }
            }
            b.n { @if each.moved_milli > 0 { "+" } (quantity) }
        }
    }
}

fn cause_words(lang: Lang, code: &str) -> &'static str {
    match MoveCause::from_code(code) {
        Some(MoveCause::Received) | None => lang.move_received(),
        Some(MoveCause::Covered) => lang.move_covered(),
        Some(MoveCause::Sold) => lang.move_sold(),
        Some(MoveCause::Refunded) => lang.move_refunded(),
        Some(MoveCause::Removed(Cause::Returned)) => lang.move_returned(),
        Some(MoveCause::Removed(Cause::Damaged)) => lang.move_damaged(),
        Some(MoveCause::Removed(Cause::Expired)) => lang.move_expired(),
        Some(MoveCause::Removed(Cause::Lost)) => lang.move_lost(),
        Some(MoveCause::Removed(Cause::Tasted)) => lang.move_tasted(),
        Some(MoveCause::Counted) => lang.move_counted(),
        Some(MoveCause::Sent) => lang.move_sent(),
        Some(MoveCause::Arrived) => lang.move_arrived(),
        Some(MoveCause::Repacked) => lang.move_repacked(),
    }
}
