//! X and Z reports on the screen, and their paper.

use axum::Json;
use axum::extract::{Form, Path};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use maud::{Markup, html};
use receipts::slip::SlipBody;
use receipts::slip::shift::{Counted, ShiftReport};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::csrf_field;
use web::format::count_text;
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::drawer_count::language;
use super::drawer_texts::DrawerTexts;
use super::page_texts::PageTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, note, shift};
use crate::counter::{shift as shifts, slip};

/// Asks for the X report on paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintReport {
    /// Names this form; posting it twice prints once.
    op_id: String,
}

/// Returns where the Z of a shift is shown.
pub fn address(shift_id: Uuid) -> String {
    format!("/shift/reports/{shift_id}")
}

/// The X report of the open shift; without one, the page that opens one.
pub async fn x(visit: Visit) -> Result<Response, Fault> {
    let report = visit.ok(shifts::report(&visit.app, &visit.seat, language(visit.lang)).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(report).into_response());
    }
    let Some(report) = report else { return Ok(Redirect::to("/shift").into_response()) };
    let lang = visit.lang;
    let main = html! {
        (fragment(lang, &report))
        form.actions method="post" action="/shift/report" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            button.primary { (lang.print_report()) }
            a.button href="/shift" { (CounterTexts::shift(lang)) }
            a.button href="/" { (lang.to_counter()) }
        }
    };
    desk::page(&visit, "/shift", lang.x_title(), main).await
}

/// Prints the X report.
pub async fn print(visit: Visit, Form(form): Form<PrintReport>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let language = language(visit.lang);
    let state = visit.ok(shifts::print_report(&visit.app, &visit.seat, &op_id, language).await)?;
    shift::done(&visit, state, "/shift/report")
}

/// The Z report of a closed shift, with the picture of its paper.
pub async fn z(visit: Visit, Path(shift_id): Path<Uuid>) -> Result<Response, Fault> {
    let found = visit.ok(slip::find_of_shift(&visit.app, shift_id.into()).await)?;
    let (slip_id, slip) = found.ok_or_else(Fault::not_found)?;
    let SlipBody::Shift(report) = &slip.body else { return Err(Fault::not_found()) };
    if visit.wanted == Wanted::Json {
        return Ok(Json(report.clone()).into_response());
    }
    let lang = visit.lang;
    let told = visit.site.take_note(&visit.seat.counter);
    let main = html! {
        @if told.is_none() { (note::none()) }
        (fragment(lang, report))
        p.actions {
            a.button.primary href="/shift" { (lang.open_shift()) }
            @if visit.app.has_printer(&visit.seat.counter) {
                button type="button" data-post="/counter/reprint" name="printed_sale_id" value=(slip_id) {
                    (lang.print_report())
                }
            }
            a.button href="/" { (lang.to_counter()) }
        }
        section.card {
            img src={ "/slips/" (slip_id) "/picture.png" } alt=(lang.report_picture(&slip.number));
        }
    };
    desk::page_with(&visit, "/shift", &lang.z_title(&slip.number), told.as_ref(), main).await
}

/// A paper other than a receipt as a picture.
pub async fn picture(visit: Visit, Path(slip_id): Path<Uuid>) -> Result<Response, Fault> {
    let png = visit.ok(slip::picture(&visit.app, slip_id).await)?.ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}

/// Returns the difference of a count as a chip.
pub fn difference(lang: Lang, over_vnd: i64) -> Markup {
    let amount = Money::new(over_vnd.saturating_abs());
    match over_vnd {
        0 => chip(Tone::Good, lang.agrees()),
        1.. => chip(Tone::Warn, &lang.over(amount)),
        _ => chip(Tone::Bad, &lang.short(amount)),
    }
}

/// A report in two cards: what was sold and how it was paid; what the drawer held.
pub fn fragment(lang: Lang, report: &ShiftReport) -> Markup {
    html! {
        div.columns {
            section.card { h2 { (lang.sold()) } (sold(lang, report)) (numbers(lang, report)) }
            section.card { h2 { (lang.drawer()) } (drawer(lang, report)) }
        }
    }
}

fn sold(lang: Lang, report: &ShiftReport) -> Markup {
    if report.is_blind() {
        return blind(lang, report);
    }
    let taken_vnd = report.tenders.iter().fold(0_i64, |sum, tender| sum.saturating_add(tender.amount_vnd));
    html! {
        dl.sums {
            dt { (lang.sales_of(count_text(report.sales_count))) } dd { (Money::new(report.sales_vnd)) }
            @if report.pad_count > 0 {
                dt { (lang.from_pad_of(count_text(report.pad_count))) } dd { (Money::new(report.pad_vnd)) }
            }
            @if report.refunds_count > 0 {
                dt { (lang.refunds_of(count_text(report.refunds_count))) } dd { (Money::new(report.refunds_vnd.saturating_neg())) }
            }
            @if report.deposits_vnd != 0 { dt { (lang.deposits()) } dd { (Money::new(report.deposits_vnd)) } }
            dt { strong { (lang.taken()) } } dd { strong { (Money::new(taken_vnd)) } }
            @for tender in &report.tenders {
                dt { (tender.label) " (" (count_text(tender.count)) ")" } dd { (Money::new(tender.amount_vnd)) }
            }
            @if report.discount_vnd != 0 { dt { (lang.discounts()) } dd { (Money::new(report.discount_vnd)) } }
            @if report.rounding_vnd != 0 { dt { (lang.cash_rounding()) } dd { (Money::new(report.rounding_vnd)) } }
            @for vat in &report.vat {
                dt { (lang.vat_of(&vat.rate, Money::new(vat.gross_vnd))) } dd { (Money::new(vat.tax_vnd)) }
            }
        }
    }
}

/// What may be told to who counts blind.
fn blind(lang: Lang, report: &ShiftReport) -> Markup {
    html! {
        dl.sums {
            dt { (lang.shift_sales()) } dd { (count_text(report.sales_count)) }
            @if report.pad_count > 0 { dt { (lang.from_pad()) } dd { (count_text(report.pad_count)) } }
            @if report.refunds_count > 0 { dt { (lang.shift_refunds()) } dd { (count_text(report.refunds_count)) } }
            @for tender in &report.tenders {
                dt { (tender.label) " (" (count_text(tender.count)) ")" } dd { (Money::new(tender.amount_vnd)) }
            }
        }
        p.hint { (lang.blind_hint()) }
    }
}

fn drawer(lang: Lang, report: &ShiftReport) -> Markup {
    html! {
        dl.sums {
            dt { (lang.shift_float()) } dd { (Money::new(report.float_vnd)) }
            @for tender in report.tenders.iter().filter(|tender| tender.is_cash) {
                dt { (tender.label) } dd { (Money::new(tender.amount_vnd)) }
            }
            @for moved in &report.cash_moves {
                dt { (if moved.amount_vnd < 0 { lang.moved_out() } else { lang.moved_in() }) " " (moved.local_time) " " (moved.reason) }
                dd { (Money::new(moved.amount_vnd)) }
            }
            @if let Some(expected_vnd) = report.expected_vnd {
                dt { strong { (lang.expected()) } } dd { strong { (Money::new(expected_vnd)) } }
            }
            @if let Some(counted) = &report.counted { (count(lang, counted)) }
        }
    }
}

fn count(lang: Lang, counted: &Counted) -> Markup {
    html! {
        @for notes in counted.notes.iter().filter(|notes| notes.count != 0) {
            dt { (Money::new(notes.face_vnd)) " × " (count_text(notes.count)) }
            dd { (Money::new(notes.face_vnd.saturating_mul(notes.count))) }
        }
        dt { strong { (lang.counted()) } } dd { strong { (Money::new(counted.counted_vnd)) } }
        dt { (lang.difference()) } dd { (difference(lang, counted.difference_vnd)) }
    }
}

fn numbers(lang: Lang, report: &ShiftReport) -> Markup {
    let rows = [
        (lang.invoices_waiting(), Some(report.invoices_pending).filter(|count| *count != 0)),
        (lang.visitors_about(), report.visitors),
        (lang.tastings_given(), report.tastings),
        (lang.carts_open(), Some(report.open_carts).filter(|count| *count != 0)),
    ];
    html! {
        dl.sums {
            dt { (lang.shift_times()) }
            dd { (report.opened_at) @if !report.closed_at.is_empty() { " – " (report.closed_at) } }
            dt { (lang.range()) } dd { (report.first_seq) " – " (report.last_seq) }
            @for (label, number) in rows {
                @if let Some(number) = number { dt { (label) } dd { (count_text(number)) } }
            }
        }
    }
}
