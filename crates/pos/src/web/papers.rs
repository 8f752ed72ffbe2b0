//! A paper other than a receipt, by the number on it: its picture, printing it again, and a settlement also as a sheet for a
//! printer of A4.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{Money, Quantity};
use maud::{Markup, html};
use receipts::slip::SlipBody;
use receipts::slip::settlement::{SettlementLine, SettlementSlip};
use web::form::csrf_field;
use web::{Fault, Lang};

use super::approval::Managers;
use super::page_texts::PageTexts;
use super::producer_texts::ProducerTexts;
use super::producers::PRODUCERS;
use super::refund::Opening;
use super::stock_card::signed;
use super::visit::{Visit, Wanted};
use super::{corrections, desk, note, take_back};
use crate::counter::slip;

/// Returns where a paper is shown.
pub fn address(number: &str) -> String {
    format!("/papers/{number}")
}

/// Says whether a paper is of a delivery with which something came.
fn is_of_goods(body: &SlipBody) -> bool {
    matches!(body, SlipBody::Delivery(delivery) if delivery.lines.iter().any(|line| line.quantity_milli > 0))
}

/// The page.
pub async fn page(visit: Visit, Path(number): Path<String>) -> Result<Response, Fault> {
    let found = visit.ok(slip::find_by_number(&visit.app, &number).await)?;
    let (slip_id, slip) = found.ok_or_else(Fault::not_found)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(slip).into_response());
    }
    let lang = visit.lang;
    let told = visit.site.take_note(&visit.seat.counter);
    let opening = Opening {
        csrf: csrf_field(&visit.csrf),
        op_id: visit.new_op_id(),
        managers: visit.ok(Managers::of(&visit).await)?,
    };
    let is_settled = matches!(slip.body, SlipBody::Settlement(_));
    let is_producers = is_settled || matches!(slip.body, SlipBody::Agreement(_) | SlipBody::Correction(_));
    let beneath = if is_settled { visit.ok(corrections::load(&visit, &slip.number).await)? } else { None };
    let main = html! {
        @if told.is_none() { (note::none()) }
        p.actions {
            @if visit.app.has_printer(&visit.seat.counter) {
                button type="button" data-post="/counter/reprint" name="printed_sale_id" value=(slip_id) { (lang.print_again()) }
            }
            @if is_settled { button type="button" data-print { (lang.print_sheet()) } }
            @if is_producers { a.button href=(PRODUCERS) { (lang.producers()) } }
            a.button href="/" { (lang.to_counter()) }
        }
        @if let SlipBody::Settlement(settlement) = &slip.body {
            (sheet(lang, (&slip.point_name, &slip.business_date), settlement))
        }
        section.card.off-paper { img src={ "/slips/" (slip_id) "/picture.png" } alt=(lang.paper_picture(&slip.number)); }
        @if is_of_goods(&slip.body) { (take_back::fields(lang, &slip.number, &opening)) }
        @if let Some(beneath) = &beneath { (corrections::beneath(lang, &slip.number, beneath, &opening)) }
    };
    let here = if is_producers { PRODUCERS } else { "/stock" };
    desk::page_with(&visit, here, &lang.paper_title(&slip.number), told.as_ref(), main).await
}

/// A settlement as a sheet with room for two signatures.
pub fn sheet(lang: Lang, (point, date): (&str, &str), settlement: &SettlementSlip) -> Markup {
    html! {
        section.card {
            h2 { (settlement.producer) }
            p { (point) " · " (date) @if !settlement.since.is_empty() { " · " (lang.since_settlement(&settlement.since)) } }
            @if settlement.is_settlement { (goods(lang, &settlement.lines)) }
            dl.sums {
                @if settlement.is_settlement { dt { (lang.due_now()) } dd { (Money::new(settlement.due_vnd)) } }
                @for (what, vnd) in &settlement.adjusted { dt { (what) } dd { (corrections::signed(*vnd)) } }
                (carried(lang, settlement.carried_vnd))
                @for (what, vnd) in &settlement.advances { dt { (what) } dd { "−" (Money::new(*vnd)) } }
                @for (how, vnd) in &settlement.paid { dt { (how) } dd { (Money::new(*vnd)) } }
                @if !settlement.to_account.is_empty() { dt { (lang.to_account()) } dd { (settlement.to_account) } }
                @let (words, vnd) = match settlement.left_vnd {
                    owed @ 0.. => (lang.left_owed(), owed),
                    ahead => (lang.left_ahead(), ahead.saturating_neg()),
                };
                dt { strong { (words) } } dd { strong { (Money::new(vnd)) } }
            }
            p.aside { (lang.paper_entry()) ": " (settlement.entry) }
            div.columns.signed { p { (lang.signed_by_producer()) } p { (lang.signed_by_cashier()) } }
        }
    }
}

/// What is carried over from before: owed still, or paid in advance.
pub fn carried(lang: Lang, vnd: i64) -> Markup {
    html! {
        @if vnd > 0 { dt { (lang.owed_before()) } dd { (Money::new(vnd)) } }
        @if vnd < 0 { dt { (lang.paid_ahead()) } dd { "−" (Money::new(-vnd)) } }
    }
}

/// The goods of a settlement; columns in which nothing stands are left out.
pub fn goods(lang: Lang, lines: &[SettlementLine]) -> Markup {
    let columns: Vec<Column> = COLUMNS.into_iter().filter(|column| column.stands_in(lines)).collect();
    html! {
        div.table { table {
            thead { tr {
                th { (lang.stock_product_name()) }
                @for column in &columns { th.n { ((column.words)(lang)) } }
                th.n { (lang.closing()) } th.n { (lang.gross()) } th.n { (lang.commission()) } th.n { (lang.owed_for_it()) }
            } }
            tbody { @for line in lines { tr {
                td { (line.name) small { (line.unit) } }
                @for column in &columns { td.n { (column.pieces(line)) } }
                td.n { (Quantity::from_milli(line.closing_milli)) }
                (money(lang, line))
            } } }
        } }
    }
}

/// A column of pieces that may be empty.
#[derive(Clone, Copy)]
struct Column {
    words: fn(Lang) -> &'static str,
    milli: fn(&SettlementLine) -> i64,
    write: fn(i64) -> String,
}

impl Column {
    fn stands_in(&self, lines: &[SettlementLine]) -> bool {
        lines.iter().any(|line| (self.milli)(line) != 0)
    }

    fn pieces(&self, line: &SettlementLine) -> Markup {
        let milli = (self.milli)(line);
        html! { @if milli != 0 { ((self.write)(milli)) } }
    }
}

const COLUMNS: [Column; 10] = [
    Column { words: ProducerTexts::opening, milli: |line| line.opening_milli, write: plain },
    Column { words: ProducerTexts::received, milli: |line| line.received_milli, write: plain },
    Column { words: ProducerTexts::sold, milli: |line| line.sold_milli, write: plain },
    Column { words: ProducerTexts::refunded, milli: |line| line.refunded_milli, write: plain },
    Column { words: ProducerTexts::returned, milli: |line| line.returned_milli, write: plain },
    Column { words: ProducerTexts::lost, milli: |line| line.lost_by_producer_milli, write: plain },
    Column { words: ProducerTexts::store_pays, milli: |line| line.lost_by_operator_milli, write: plain },
    Column { words: ProducerTexts::counted, milli: |line| line.counted_milli, write: signed },
    Column { words: ProducerTexts::transferred, milli: |line| line.transferred_milli, write: signed },
    Column { words: ProducerTexts::repacked, milli: |line| line.repacked_milli, write: signed },
];

fn plain(milli: i64) -> String {
    Quantity::from_milli(milli).to_string()
}

fn money(lang: Lang, line: &SettlementLine) -> Markup {
    let amount = |vnd: i64| html! { @if vnd != 0 { (Money::new(vnd)) } };
    let beneath = |words: &str, vnd: i64| html! { @if vnd != 0 { small { (words) " " (Money::new(vnd)) } } };
    html! {
        td.n { (amount(line.gross_vnd)) (beneath(lang.discounts(), line.discount_vnd)) }
        td.n {
            (amount(line.commission_vnd))
            @if !line.commission_rate.is_empty() { small { (line.commission_rate) } }
            (beneath(lang.tax_on_it(), line.commission_tax_vnd))
        }
        td.n { (amount(line.due_vnd)) (beneath(lang.for_lost(), line.compensation_vnd)) }
    }
}
