//! The stock card of a product (thẻ kho): every movement on the shelf with its cause and paper, the latest first, and what was
//! left after each.

use std::str::FromStr;

use axum::Json;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use domain::stock_move::MoveCause;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field};
use web::format::datetime_text;
use web::{Fault, Lang};

use super::drawer_count::language;
use super::stock_texts::StockTexts;
use super::visit::{Visit, Wanted};
use super::{desk, papers};
use crate::counter::removal::cause_text;
use crate::db::stock_moves::{self, CardRow, MovePlace};
use crate::db::{products, stock};

/// Movements of one page.
const LISTED_MAX: i64 = 100;
/// Where a manager's wish is posted.
pub const MINIMUM: &str = "/stock/minimum";
/// The page's address.
pub const CARD: &str = "/stock/card";

/// Whose card, and from where on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichCard {
    product_id: Uuid,
    /// Movements before this place of the journal, `stream.entry.move`; without it the latest.
    before: Option<String>,
}

/// A stock card, or the part of it that a page holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CardState {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the shelf should have at least, thousandths; zero for nothing wished.
    pub minimum_milli: i64,
    /// What came and went since the first day, per cause.
    pub sums: Vec<CardSum>,
    /// Movements, the latest first.
    pub moves: Vec<CardMove>,
    /// Where the next page begins, if there is one.
    pub older: Option<String>,
}

/// What came or went for one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CardSum {
    /// `received`, `covered`, `sold`, `refunded`, `returned`, `damaged`, `expired`, `lost`, `tasted`, `counted`,
    /// `sent`, `arrived`, `repacked`.
    pub cause: String,
    /// Thousandths of the unit; negative for away from the shelf.
    pub quantity_milli: i64,
}

/// A movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CardMove {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Why, as in the sums.
    pub cause: String,
    /// The number on its paper; empty for none.
    pub number: String,
    /// The sale that it belongs to.
    pub sale_id: Option<Uuid>,
    /// The lot.
    pub lot_id: Uuid,
    /// What its packs say.
    pub code: Option<String>,
    /// Thousandths of the unit; negative for away from the shelf.
    pub quantity_milli: i64,
    /// What was left afterwards.
    pub left_milli: i64,
    /// What the delivery note said, where that is something else.
    pub noted_milli: Option<i64>,
}

/// The page.
pub async fn page(visit: Visit, Query(which): Query<WhichCard>) -> Result<Response, Fault> {
    let before = which.before.as_deref().map(Place::from_str).transpose();
    let before = before.map_err(|NoPlace| Fault::not_found())?;
    let card = visit.ok(load(&visit, which.product_id, before.map(|place| place.0)).await)?;
    let Some(card) = card else { return Err(Fault::not_found()) };
    match visit.wanted {
        Wanted::Json => Ok(Json(card).into_response()),
        Wanted::Markup => {
            let main = html! { (table(visit.lang, &card)) (minimum(&visit, &card)) };
            desk::page(&visit, "/stock", &visit.lang.card_of(&card.name), main).await
        }
    }
}

async fn load(
    visit: &Visit,
    product_id: Uuid,
    before: Option<MovePlace>,
) -> crate::db::Result<Option<CardState>> {
    let mut connection = visit.app.db().read().acquire().await?;
    let Some((name, unit)) = products::find_name(&mut connection, product_id.into()).await? else {
        return Ok(None);
    };
    let rows = stock_moves::list_of_product(&mut connection, product_id.into(), before, LISTED_MAX).await?;
    let mut left = match rows.first() {
        Some(first) => {
            stock_moves::load_balance(&mut connection, product_id.into(), first.place()).await?.milli()
        }
        None => 0,
    };
    let is_full = i64::try_from(rows.len()) == Ok(LISTED_MAX);
    let older = rows.last().filter(|_| is_full).map(|last| Place(last.place()).to_string());
    let mut moves = Vec::new();
    for row in rows {
        let quantity_milli = row.quantity_milli;
        moves.push(CardMove::of(row, left));
        left -= quantity_milli;
    }
    let sums = stock_moves::list_sums(&mut connection, product_id.into()).await?;
    let mut sums: Vec<CardSum> =
        sums.into_iter().map(|(cause, quantity_milli)| CardSum { cause, quantity_milli }).collect();
    sums.sort_by_key(|sum| MoveCause::ALL.iter().position(|cause| cause.code() == sum.cause));
    let minimum_milli = stock::load_minimum(&mut connection, product_id.into()).await?.milli();
    Ok(Some(CardState { product_id, name, unit, minimum_milli, sums, moves, older }))
}

impl CardMove {
    fn of(row: CardRow, left_milli: i64) -> Self {
        let CardRow { at_ms, cause, number, sale_id, lot_id, code, quantity_milli, .. } = row;
        let noted_milli = row.noted_milli.filter(|noted| *noted != quantity_milli);
        Self { at_ms, cause, number, sale_id, lot_id, code, quantity_milli, left_milli, noted_milli }
    }
}

/// A place of the journal as an address holds it.
#[derive(Debug, Clone, Copy)]
struct Place(MovePlace);

struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let mut numbers = text.splitn(3, '.').map(|part| part.parse::<i64>().map_err(|_| NoPlace));
        let mut next = || numbers.next().unwrap_or(Err(NoPlace));
        Ok(Self(MovePlace { stream_no: next()?, seq: next()?, move_no: next()? }))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0.stream_no, self.0.seq, self.0.move_no)
    }
}

/// What a manager wishes of the product; nothing for a cashier.
fn minimum(visit: &Visit, card: &CardState) -> Markup {
    if !visit.seat.manager {
        return html! {};
    }
    let lang = visit.lang;
    let value =
        if card.minimum_milli > 0 { Quantity::from_milli(card.minimum_milli).typed() } else { String::new() };
    html! {
        form.card.form method="post" action=(MINIMUM) {
            (csrf_field(&visit.csrf))
            input type="hidden" name="product_id" value=(card.product_id);
            (Field { value: &value, inputmode: "decimal", is_required: false, hint: Some(lang.minimum_hint()),
                ..Field::new("minimum", lang.stock_minimum()) }.render())
            div.actions { button { (lang.set_minimum()) } }
        }
    }
}

/// The card.
pub fn table(lang: Lang, card: &CardState) -> Markup {
    html! {
        p.hint { (lang.card_about()) }
        @if card.moves.is_empty() { p.mute { (lang.card_is_empty()) } } @else {
            section.card {
                h2 { (lang.card_of(&card.name)) }
                dl.sums {
                    @for sum in &card.sums {
                        @if sum.quantity_milli != 0 {
                            dt { (cause_words(lang, &sum.cause)) } dd { (signed(sum.quantity_milli)) }
                        }
                    }
                    dt { strong { (lang.card_left()) } } dd { strong { (total(card)) " " (card.unit) } }
                }
            }
            section.card {
                div.table { table {
                    thead { tr {
                        th { (lang.card_when()) } th { (lang.card_cause()) } th { (lang.card_paper()) } th { (lang.card_lot()) }
                        th.n { (lang.card_change()) } th.n { (lang.card_left()) }
                    } }
                    tbody { @for moved in &card.moves { (row(lang, moved)) } }
                } }
                @if let Some(older) = &card.older {
                    p { a.button href={ (CARD) "?product_id=" (card.product_id) "&before=" (older) } { (lang.card_older()) } }
                }
            }
        }
        p { a.button href={ (super::lots::SOON) "?product_id=" (card.product_id) } { (lang.lots()) } }
    }
}

fn row(lang: Lang, moved: &CardMove) -> Markup {
    html! {
        tr {
            td { (datetime_text(moved.at_ms)) }
            td { (cause_words(lang, &moved.cause)) }
            td {
                @match moved.sale_id {
                    Some(sale) => a href={ "/receipts/" (sale) } { (moved.number) },
                    None if moved.number.is_empty() => {},
                    None => a href=(papers::address(&moved.number)) { (moved.number) },
                }
            }
            td { (moved.code.as_deref().unwrap_or_default()) }
            td.n {
                (signed(moved.quantity_milli))
                @if let Some(noted) = moved.noted_milli { small { (lang.noted_quantity()) " " (Quantity::from_milli(noted)) } }
            }
            td.n { (Quantity::from_milli(moved.left_milli)) }
        }
    }
}

/// Sums over causes are what is left.
fn total(card: &CardState) -> Quantity {
    Quantity::from_milli(card.sums.iter().map(|sum| sum.quantity_milli).sum())
}

/// Returns a change with its sign.
pub fn signed(milli: i64) -> String {
    let quantity = Quantity::from_milli(milli);
    if milli > 0 { format!("+{quantity}") } else { quantity.to_string().replace('-', "−") }
}

/// A cause as pages say it.
fn cause_words(lang: Lang, code: &str) -> &'static str {
    match MoveCause::from_code(code) {
        Some(MoveCause::Received) => lang.cause_received(),
        Some(MoveCause::Covered) => lang.cause_covered(),
        Some(MoveCause::Sold) => lang.cause_sold(),
        Some(MoveCause::Refunded) => lang.cause_refunded(),
        Some(MoveCause::Counted) => lang.cause_counted(),
        Some(MoveCause::Sent) => lang.cause_sent(),
        Some(MoveCause::Arrived) => lang.cause_arrived(),
        Some(MoveCause::Repacked) => lang.cause_repacked(),
        Some(MoveCause::Removed(cause)) => cause_text(cause, language(lang)),
        None => "?",
    }
}
