//! Both sides of what was disputed, row by row, as producer and operator read it; and the papers beside it.

use domain::{Money, Quantity};
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::report::{DisputedRow, SettlementReport, TalkOfReport};
use crate::web::paper_files;
use crate::web::producer::talk_texts::TalkTexts;

/// Returns every disputed row; `act` is what whoever reads may do about it.
pub fn rows(lang: Lang, report: &SettlementReport, act: impl Fn(&DisputedRow) -> Markup) -> Markup {
    html! {
        @if !report.disputed_rows.is_empty() {
            h2 { (lang.talk_title()) }
            @for row in &report.disputed_rows { (card(lang, report, row, &act)) }
        }
        @if let Some(at_ms) = report.accepted_at_ms {
            (message(Tone::Good, &lang.accepted_at(datetime_text(at_ms))))
        }
    }
}

fn card(
    lang: Lang,
    report: &SettlementReport,
    row: &DisputedRow,
    act: impl Fn(&DisputedRow) -> Markup,
) -> Markup {
    let is_closed = !report.is_open;
    html! {
        section.card {
            p {
                strong { (row.name.as_deref().unwrap_or(lang.talk_whole())) } " "
                @if is_closed {}
                @else if row.is_replied { (chip(Tone::Warn, lang.waits_for_producer())) }
                @else { (chip(Tone::Bad, lang.waits_for_operator())) }
            }
            @if let (Some(figure), Some(told), Some(claimed)) = (&row.figure, row.figure_told, row.figure_claimed) {
                dl.sums {
                    dt { (lang.on_paper(figure_words(lang, figure))) } dd { (figure_text(figure, told)) }
                    dt { (lang.by_producer(figure_words(lang, figure))) } dd { strong { (figure_text(figure, claimed)) } }
                }
            }
            ul.list { @for said in &row.talk { (line(lang, said)) } }
            (act(row))
        }
    }
}

fn line(lang: Lang, said: &TalkOfReport) -> Markup {
    let who = match said.talk_kind.as_str() {
        "insisted" => lang.said_insisted(),
        "as_told" => lang.said_as_told(),
        "next_one" => lang.said_next_one(),
        _ => lang.said_disputed(),
    };
    html! {
        li { span { (said.talk_words) small.small { (who) " · " (datetime_text(said.talked_at_ms)) } } }
    }
}

/// Returns the name of a figure.
pub fn figure_words(lang: Lang, code: &str) -> &'static str {
    match code {
        "received" => lang.figure_received(),
        "sold" => lang.figure_sold(),
        "returned" => lang.figure_returned(),
        "closing" => lang.figure_closing(),
        "due" => lang.figure_due(),
        _ => lang.figure_none(),
    }
}

fn figure_text(code: &str, value: i64) -> String {
    if code == "due" { Money::new(value).to_string() } else { Quantity::from_milli(value).to_string() }
}

/// Returns the signature on paper, as it was recorded.
pub fn signature(lang: Lang, report: &SettlementReport) -> Markup {
    html! {
        @if let Some(signed) = &report.signature {
            @let day = signed.signed_paper_on.map(date_text).unwrap_or_default();
            (message(Tone::Good, &lang.signed_by(&signed.signer, day, datetime_text(signed.signed_at_ms))))
        }
    }
}

/// Returns the number of one form of a page, out of the one that was drawn with the page: after a step back, what is sent with
/// another form is no repetition.
pub fn form_id(drawn: Uuid, form: &str) -> Uuid {
    Uuid::new_v5(&drawn, form.as_bytes())
}

/// The form for another photograph or scan: its token, the page's number, its address, what was wrong before.
type AttachForm<'a> = (&'a CsrfToken, (Uuid, &'a str), Option<&'a str>);

/// Returns the photographs and scans; with the form for another one for those who may bring it.
pub fn attached(lang: Lang, report: &SettlementReport, form: Option<AttachForm<'_>>) -> Markup {
    html! {
        @if !report.attached.is_empty() || form.is_some() {
            section.card.off-paper {
                h2 { (lang.attached_title()) }
                ul.list { @for each in &report.attached {
                    @let at = datetime_text(each.attached_at_ms);
                    li { a href=(each.attached_page) {
                        @if each.is_operators { (lang.attached_by_operator(at)) } @else { (lang.attached_by_producer(at)) }
                    } }
                } }
                @if let Some((csrf, (id, action), error)) = form {
                    form method="post" action=(action) enctype="multipart/form-data" {
                        (csrf_field(csrf))
                        input type="hidden" name="id" value=(form_id(id, "papers"));
                        (paper_files::field(lang, "file", true, error))
                        div.actions { button { (lang.attach_send()) } }
                    }
                }
            }
        }
    }
}
