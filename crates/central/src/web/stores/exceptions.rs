//! Entries that are not in the figures as told: why, what to do about each, and what came of it.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::form::csrf_field;
use web::format::count_text;

use super::page::View;
use super::report::ExceptionOfReport;
use crate::web::board_texts::BoardTexts;
use crate::web::sales::words::moment;
use crate::web::texts::CentralTexts;

/// Those that nobody has looked into; nothing when there are none.
pub fn card(view: &View<'_>) -> Markup {
    let lang = view.lang;
    if view.report.exceptions.is_empty() {
        return html! {};
    }
    html! {
        section.card #exceptions {
            h2 { (lang.exceptions()) }
            p.mute { (lang.exceptions_about()) }
            div.table { table {
                thead { tr {
                    th { (lang.column_store()) } th { (lang.column_reason()) }
                    th.n { (lang.column_suspended()) } th.n { (lang.column_arrived()) }
                } }
                tbody { @for found in &view.report.exceptions { (row(view, found)) } }
            } }
        }
    }
}

fn row(view: &View<'_>, found: &ExceptionOfReport) -> Markup {
    let lang = view.lang;
    html! {
        tr {
            td { (found.store) small { (lang.entry_no(count_text(found.seq))) } }
            td {
                (reason(lang, &found.reason)) small { (found.detail) } small { (advice(lang, &found.reason)) }
                @if view.may_act { (answer(view, found)) }
            }
            td.n { (Money::new(found.suspended_vnd)) }
            td.n { (moment(found.raised_at_ms, view.now_ms)) }
        }
    }
}

fn answer(view: &View<'_>, found: &ExceptionOfReport) -> Markup {
    let lang = view.lang;
    html! {
        details.ending {
            summary { (lang.answer_open()) }
            form method="post" action={ "/stores/exceptions/" (found.stream) "/" (found.seq) } {
                (csrf_field(view.csrf))
                input type="text" name="words" aria-label=(lang.answer_field()) placeholder=(lang.answer_field())
                    maxlength="200" required;
                button { (lang.answer_save()) }
            }
        }
    }
}

fn reason(lang: Lang, code: &str) -> String {
    let words = match code {
        "malformed" => lang.reason_malformed(),
        "later" => lang.reason_later(),
        "business_date" => lang.reason_business_date(),
        "value" => lang.reason_value(),
        "contradiction" => lang.reason_contradiction(),
        "grand_total" => lang.reason_grand_total(),
        "terms" => lang.reason_terms(),
        "lot" => lang.reason_lot(),
        "facts" => lang.reason_facts(),
        "implausible" => lang.reason_implausible(),
        "twin" => lang.reason_twin(),
        "settlement" => lang.reason_settlement(),
        other => return lang.reason_other(other),
    };
    words.to_owned()
}

/// Says what to do about an entry.
fn advice(lang: Lang, code: &str) -> &'static str {
    match code {
        "malformed" => lang.do_malformed(),
        "later" => lang.do_later(),
        "business_date" => lang.do_business_date(),
        "value" => lang.do_value(),
        "contradiction" => lang.do_contradiction(),
        "grand_total" => lang.do_grand_total(),
        "terms" => lang.do_terms(),
        "lot" => lang.do_lot(),
        "facts" => lang.do_facts(),
        "implausible" => lang.do_implausible(),
        "twin" => lang.do_twin(),
        "no_sale" => lang.do_no_sale(),
        "too_much_back" => lang.do_too_much_back(),
        "settlement" => lang.do_settlement(),
        _ => lang.do_other(),
    }
}
