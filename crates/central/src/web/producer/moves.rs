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
use uuid::Uuid;
use web::format::{count_text, date_text};
use web::{Fault, Lang};

use super::Reader;
use super::move_texts::MoveTexts;
use super::picked::Picked;
use super::settlement::{Address, read};
use crate::app::App;
use crate::db::consigned::Only;
use crate::db::joint_settlements::Asker;
use crate::db::moves::{self, At, Move, MovesPage, Span};
use crate::db::settlements::{self, PaperId};
use crate::error::{Error, Result};
use crate::web::lists::query_text;
use crate::web::sales::report::iso_maybe;
use crate::web::shell::Place;

/// Rows of a page.
const PAGE_ROWS: usize = 200;

/// Moves of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MovesReport {
    /// The number on the settlement's paper; none for what is not settled yet.
    pub number: Option<String>,
    /// The store's name.
    pub store: String,
    /// A page of them: of a settlement the earliest first, of what is open the latest.
    pub moves: Vec<MoveOfReport>,
    /// How many there are on all pages.
    pub move_count: i64,
    /// What all of them are owed for, đồng.
    pub due_vnd: i64,
    /// What `after` says for the next page; none on the last one.
    pub next_moves: Option<String>,
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

/// Returns a move's place as an address has it.
fn place_text(at: At) -> String {
    format!("{}.{}.{}", at.incarnation, at.seq, at.move_no)
}

/// Reads it again; what is none is not there.
fn read_place(text: Option<&str>) -> std::result::Result<Option<At>, Fault> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let mut parts = text.split('.');
    let (incarnation, seq, move_no) = (parts.next(), parts.next(), parts.next());
    let at = || {
        let (seq, move_no) = (seq?.parse().ok()?, move_no?.parse().ok()?);
        Some(At { incarnation: Uuid::try_parse(incarnation?).ok()?, seq, move_no })
    };
    at().filter(|_| parts.next().is_none()).map(Some).ok_or_else(Fault::not_found)
}

/// One product and a page, as they are written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MovesQuery {
    /// One product's id.
    product: Option<String>,
    /// The page behind what another one told as `next_moves`.
    after: Option<String>,
}

/// What is asked for of a span: one product, and behind which move.
pub(crate) type Wanted = (Option<ProductId>, Option<At>);

impl MovesQuery {
    pub(crate) fn read(&self) -> std::result::Result<Wanted, Fault> {
        let given = self.product.as_deref().filter(|text| !text.is_empty());
        let product = given.map(|text| text.parse().map_err(|_| Fault::not_found())).transpose()?;
        Ok((product, read_place(self.after.as_deref())?))
    }

    pub(crate) fn listing<'a>(&self, (_, after): Wanted, back: Option<&'a str>) -> Listing<'a> {
        let query = query_text(&[("product", self.product.as_deref().unwrap_or_default())]);
        Listing::new(query, after, back)
    }
}

/// How a page of moves leads to the others.
#[derive(Debug, Clone, Default)]
pub struct Listing<'a> {
    /// What is picked, as the address has it.
    pub query: String,
    /// It is the first page.
    pub is_first: bool,
    /// The settlement's page.
    pub back: Option<&'a str>,
}

impl<'a> Listing<'a> {
    /// Returns how a page leads to the others: the first one stands behind no move.
    fn new(query: String, after: Option<At>, back: Option<&'a str>) -> Self {
        Self { query, is_first: after.is_none(), back }
    }

    fn href(&self, next: Option<&str>) -> String {
        let after = next.map(|next| query_text(&[("after", next)]));
        let fields: Vec<&str> = [self.query.as_str()]
            .into_iter()
            .chain(after.as_deref())
            .filter(|text| !text.is_empty())
            .collect();
        format!("?{}", fields.join("&"))
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
    let (id, wanted) = (read(&address)?, query.read()?);
    let report = reader.ok(load(&app, Asker::Producer(reader.scope), (id, wanted)).await)?;
    let back = format!("{}/settlements/{}", reader.root, address.text());
    let (lang, listing) = (reader.lang, query.listing(wanted, Some(&back)));
    Ok(reader.answer(Place::Settlements, &listing.query, &report, |report| main(lang, report, &listing)))
}

/// One store, as it is written.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OpenQuery {
    /// The store's id.
    store: Option<String>,
    /// One product's id.
    product: Option<String>,
    /// The page behind what another one told as `next_moves`.
    after: Option<String>,
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
    let after = read_place(query.after.as_deref())?;
    let found = load_open(&app, &reader, (store_id, picked.only), after).await;
    let store = picked.store.unwrap_or_default();
    let report = MovesReport { store, ..reader.ok(found)? };
    let text = super::picked::query_of(picked.only).trim_start_matches('&').to_owned();
    let listing = Listing::new(text, after, None);
    let lang = reader.lang;
    Ok(reader.answer(Place::Settlements, &listing.query, &report, |report| main(lang, report, &listing)))
}

async fn load_open(
    app: &App,
    reader: &Reader,
    (store_id, only): (StoreId, Only),
    after: Option<At>,
) -> Result<MovesReport> {
    let (asker, span) = (Asker::Producer(reader.scope), Span::Open(reader.scope, store_id));
    let found = moves::page(&app.db, asker, span, only.product, (after, PAGE_ROWS)).await?;
    Ok(MovesReport::default().with(found))
}

impl MovesReport {
    fn with(self, found: MovesPage) -> Self {
        let MovesPage { moves, next, count, due_vnd } = found;
        let moves = moves.into_iter().map(Into::into).collect();
        Self { moves, next_moves: next.map(place_text), move_count: count, due_vnd, ..self }
    }
}

/// Reads the moves behind the asker's settlement, or behind one product of it.
///
/// # Errors
/// When there is no such settlement, or the database fails.
pub async fn load(
    app: &App,
    asker: Asker,
    (id, (product_id, after)): (PaperId, Wanted),
) -> Result<MovesReport> {
    let mut tx = app.db.begin_reading().await?;
    let paper = settlements::find_in(&mut tx, asker, id).await?.ok_or(Error::NotFound("settlement"))?;
    drop(tx);
    let found = moves::page(&app.db, asker, Span::Settlement(id), product_id, (after, PAGE_ROWS)).await?;
    let report = MovesReport { number: Some(paper.number), store: paper.store, ..MovesReport::default() };
    Ok(report.with(found))
}

/// The main part.
pub fn main(lang: Lang, report: &MovesReport, listing: &Listing<'_>) -> Markup {
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
                    li {
                        strong { (lang.moves_sum(count_text(report.move_count))) }
                        b.n.money { (lang.moves_due(Money::new(report.due_vnd))) }
                    }
                }
            }
        }
        p.actions {
            @if !listing.is_first { a href=(listing.href(None)) { (lang.moves_first()) } }
            @if let Some(next) = &report.next_moves { a href=(listing.href(Some(next))) rel="next" { (lang.moves_next()) } }
        }
        @if let Some(back) = listing.back { p { a href=(back) { (lang.moves_back()) } } }
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
