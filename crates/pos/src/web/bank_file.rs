//! Comparing a bank's file with the books: the file comes in, the page shows what fits and what does not, a manager
//! confirms. The file is not kept; whoever wants to see the page again brings it again.

use axum::Json;
use axum::extract::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::ids::SaleId;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::datetime_text;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::bank_texts::BankTexts;
use super::open_tender_texts::OpenTenderTexts;
use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, shift};
use crate::bank_file::{BYTES_MAX, BankFile, BankFileError, WrongCell, WrongLine};
use crate::counter::bank_file::{self, BankReport, LISTED_MAX, Missing, OtherAmount, Unmatched};

/// The largest form with a file in it.
pub const FORM_BYTES_MAX: usize = BYTES_MAX + (8 << 10);
/// The field with the file.
const FIELD: &str = "file";

/// A bank's file, as a form with files carries it.
#[derive(Debug, ToSchema)]
pub struct BringFile {
    /// CSV, at most 1 MiB.
    #[schema(value_type = String, format = Binary)]
    #[expect(dead_code, reason = "describes the form; it is read piece by piece")]
    file: Vec<u8>,
}

/// Claimed transfers that a manager saw in the file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSeen {
    /// Names this form; posting it twice confirms once.
    op_id: String,
    /// `SALE:AMOUNT` of each, apart by blanks; amounts in đồng.
    seen: String,
}

impl ConfirmSeen {
    fn seen(&self) -> Option<Vec<(SaleId, Money)>> {
        let one = |text: &str| {
            let (sale_id, vnd) = text.split_once(':')?;
            Some((sale_id.parse().ok()?, Money::new(vnd.parse().ok()?)))
        };
        let seen: Vec<_> = self.seen.split_whitespace().map(one).collect::<Option<_>>()?;
        (1..=LISTED_MAX).contains(&seen.len()).then_some(seen)
    }
}

/// Compares a file with the books and shows what comes of it; nothing is changed.
pub async fn compare(visit: Visit, form: Result<Multipart, MultipartRejection>) -> Result<Response, Fault> {
    let file = match form {
        Ok(form) => read(form).await,
        Err(_) => Err(BankFileError::NoText),
    };
    let file = match file {
        Ok(file) => file,
        Err(error) => return refuse(&visit, error).await,
    };
    let report = visit.ok(bank_file::compare(&visit.app, &file).await)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(report).into_response());
    }
    let main = fragment(visit.lang, &visit.csrf, &report, || visit.new_op_id());
    desk::page(&visit, "/open-tenders", visit.lang.bank_file(), main).await
}

/// Returns the file of the form.
async fn read(mut form: Multipart) -> Result<BankFile, BankFileError> {
    while let Some(field) = form.next_field().await.map_err(|_| BankFileError::NoText)? {
        if field.name() == Some(FIELD) {
            return BankFile::read(&field.bytes().await.map_err(|_| BankFileError::TooLarge)?);
        }
    }
    Err(BankFileError::NoText)
}

/// Confirms what a manager saw.
pub async fn confirm(visit: Visit, Form(form): Form<ConfirmSeen>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let nothing =
        || Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "nothing_seen", OpenTenderTexts::note_nothing_open);
    let seen = form.seen().ok_or_else(nothing)?;
    let state = visit.ok(bank_file::confirm(&visit.app, &visit.seat, &op_id, &seen).await)?;
    shift::done(&visit, state, "/open-tenders")
}

/// Says why a file is not taken, beside the form for another one.
async fn refuse(visit: &Visit, error: BankFileError) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_bank_file", |lang| {
            sentence(lang, error)
        }));
    }
    let main = html! {
        (message(Tone::Bad, sentence(visit.lang, error)))
        (form(visit.lang, &visit.csrf))
    };
    let mut response = desk::page_with(visit, "/open-tenders", visit.lang.bank_file(), None, main).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn sentence(lang: Lang, error: BankFileError) -> &'static str {
    match error {
        BankFileError::TooLarge => lang.file_too_large(),
        BankFileError::Workbook => lang.file_is_workbook(),
        BankFileError::NoText => lang.file_is_no_text(),
        BankFileError::NoColumns => lang.file_has_no_columns(),
        BankFileError::TooManyLines => lang.file_has_too_many_lines(),
        BankFileError::TooLong => lang.file_has_too_many_days(),
        BankFileError::Empty => lang.file_is_empty(),
    }
}

/// The form that brings a file.
pub fn form(lang: Lang, csrf: &CsrfToken) -> Markup {
    html! {
        section.card {
            h2 { (lang.bank_file()) }
            p.hint { (lang.bank_file_about()) }
            form.form method="post" action="/open-tenders/bank-file" enctype="multipart/form-data" {
                (csrf_field(csrf))
                div.field.whole {
                    label for=(FIELD) { (lang.bank_file_field()) }
                    input id=(FIELD) name=(FIELD) type="file" accept=".csv,.txt,text/csv,text/plain" required;
                }
                div.actions { button { (lang.compare_file()) } }
            }
        }
    }
}

/// What a file says of the books.
pub fn fragment(lang: Lang, csrf: &CsrfToken, report: &BankReport, new_op_id: impl Fn() -> String) -> Markup {
    html! {
        p { (lang.bank_file_days(shown_day(&report.first_day), shown_day(&report.last_day))) " " (lang.bank_file_settled(report.settled)) }
        (to_confirm(lang, csrf, report, new_op_id))
        (others(lang, &report.other))
        (missing(lang, &report.missing))
        (unmatched(lang, &report.unmatched))
        (wrong(lang, &report.wrong))
        (form(lang, csrf))
    }
}

fn shown_day(day: &str) -> String {
    let parts: Vec<&str> = day.rsplit('-').collect();
    parts.join("/")
}

fn to_confirm(lang: Lang, csrf: &CsrfToken, report: &BankReport, new_op_id: impl Fn() -> String) -> Markup {
    let rows = &report.to_confirm[..report.to_confirm.len().min(LISTED_MAX)];
    let seen: Vec<String> = rows.iter().map(|row| format!("{}:{}", row.sale_id, row.amount_vnd)).collect();
    let sum: i64 = rows.iter().map(|row| row.amount_vnd).fold(0, i64::saturating_add);
    let confirm = |seen: &str, button: Markup| {
        html! {
            form.act method="post" action="/open-tenders/bank-file/confirm" {
                (csrf_field(csrf))
                input type="hidden" name="op_id" value=(new_op_id());
                input type="hidden" name="seen" value=(seen);
                (button)
            }
        }
    };
    let all = html! { button.primary { (lang.confirm_all(rows.len(), Money::new(sum))) } };
    let table = html! {
        div.table { table {
            thead { tr { th { (lang.receipt_number()) } th.n { (lang.bank_amount()) } td {} } }
            tbody { @for (row, seen) in rows.iter().zip(&seen) { tr {
                td { a href={ "/receipts/" (row.sale_id) } { (row.receipt) } }
                td.n { (Money::new(row.amount_vnd)) }
                td { (confirm(seen, html! { button aria-label=(lang.confirm_one_of(&row.receipt)) { (lang.confirm_one()) } })) }
            } } }
        } }
        (more(lang, report.to_confirm.len()))
        (confirm(&seen.join(" "), all))
    };
    card(lang, lang.to_confirm(), None, rows.is_empty(), table)
}

fn others(lang: Lang, rows: &[OtherAmount]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let table = html! {
        div.table { table {
            thead { tr { th { (lang.receipt_number()) } th.n { (lang.books_have()) } th.n { (lang.bank_has()) } } }
            tbody { @for row in rows.iter().take(LISTED_MAX) { tr {
                td { a href={ "/receipts/" (row.sale_id) } { (row.receipt) } }
                td.n { (Money::new(row.due_vnd)) }
                td.n { (Money::new(row.came_vnd)) }
            } } }
        } }
        (more(lang, rows.len()))
    };
    card(lang, lang.other_amounts(), None, false, table)
}

fn missing(lang: Lang, rows: &[Missing]) -> Markup {
    let how = |row: &Missing| if row.is_claimed { lang.claimed_transfer() } else { lang.was_taken() };
    let table = html! {
        div.table { table {
            thead { tr { th { (lang.receipt_number()) } th { (lang.booked_at()) } th.n { (lang.bank_amount()) } td {} } }
            tbody { @for row in rows.iter().take(LISTED_MAX) { tr {
                td { a href={ "/receipts/" (row.sale_id) } { (row.receipt) } }
                td { (datetime_text(row.sold_at_ms)) }
                td.n { (Money::new(row.due_vnd)) }
                td { (how(row)) }
            } } }
        } }
        (more(lang, rows.len()))
    };
    card(lang, lang.missing_transfers(), Some(lang.missing_about()), rows.is_empty(), table)
}

fn unmatched(lang: Lang, rows: &[Unmatched]) -> Markup {
    let table = html! {
        div.table { table {
            thead { tr { th { (lang.on_day()) } th.n { (lang.bank_amount()) } th { (lang.transfer_words()) } } }
            tbody { @for row in rows.iter().take(LISTED_MAX) { tr {
                td { (row.day) small { (lang.file_line(row.number)) } }
                td.n { (Money::new(row.amount_vnd)) }
                td { (row.words) @if row.was_shown { small { (lang.was_shown()) } } }
            } } }
        } }
        (more(lang, rows.len()))
    };
    card(lang, lang.unmatched_lines(), None, rows.is_empty(), table)
}

fn wrong(lang: Lang, rows: &[WrongLine]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let why = |why| match why {
        WrongCell::Day => lang.wrong_day(),
        WrongCell::Amount => lang.wrong_amount(),
        WrongCell::Way => lang.wrong_way(),
    };
    let list = html! {
        ul { @for row in rows.iter().take(LISTED_MAX) { li { (lang.file_line(row.number)) ": " (why(row.why)) } } }
        (more(lang, rows.len()))
    };
    card(lang, lang.wrong_lines(), None, false, list)
}

fn card(lang: Lang, title: &str, about: Option<&str>, is_empty: bool, main: Markup) -> Markup {
    html! {
        section.card {
            h2 { (title) }
            @if is_empty { p.mute { (lang.nothing_here()) } } @else {
                @if let Some(about) = about { p.hint { (about) } }
                (main)
            }
        }
    }
}

fn more(lang: Lang, count: usize) -> Markup {
    html! { @if count > LISTED_MAX { p.mute { (lang.and_more(count - LISTED_MAX)) } } }
}
