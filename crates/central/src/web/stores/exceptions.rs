//! Entries that are not in the figures as told: why, what to do about each, and what came of it.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::form::csrf_field;
use web::format::count_text;

use super::page::View;
use super::report::{ExceptionOfReport, LookedIntoOfReport};
use crate::db::exceptions::Reason;
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

/// Those that somebody looked into; nothing when there are none. They stay until they are put right: their money is in no figure.
pub fn looked_into(view: &View<'_>) -> Markup {
    let lang = view.lang;
    if view.report.looked_into.is_empty() {
        return html! {};
    }
    html! {
        section.card #looked-into {
            h2 { (lang.looked_into()) }
            p.mute { (lang.looked_into_about()) }
            div.table.folds { table {
                thead { tr {
                    th { (lang.column_store()) } th { (lang.column_reason()) } th { (lang.looked_into_found()) }
                    th.n { (lang.column_suspended()) } th.n { (lang.column_arrived()) }
                } }
                tbody { @for found in &view.report.looked_into { (looked_row(view, found)) } }
            } }
        }
    }
}

fn looked_row(view: &View<'_>, found: &LookedIntoOfReport) -> Markup {
    let (lang, entry) = (view.lang, &found.entry);
    html! {
        tr {
            td { (entry.store) small { (lang.entry_no(count_text(entry.seq))) } }
            td { (words(lang, &entry.reason).0) small { (entry.detail) } }
            td { (found.answer) small { (found.answered_by) " · " (moment(found.answered_at_ms, view.now_ms)) } }
            td.n { (Money::new(entry.suspended_vnd)) }
            td.n { (moment(entry.raised_at_ms, view.now_ms)) }
        }
    }
}

fn row(view: &View<'_>, found: &ExceptionOfReport) -> Markup {
    let lang = view.lang;
    let (why, advice) = words(lang, &found.reason);
    html! {
        tr {
            td { (found.store) small { (lang.entry_no(count_text(found.seq))) } }
            td {
                (why) small { (found.detail) } small { (advice) }
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

/// Returns why, and what to do about it. Each reason has both; a code that nobody knows is of a later program.
pub(super) fn words(lang: Lang, code: &str) -> (String, &'static str) {
    let Some(reason) = Reason::from_code(code) else { return (lang.reason_other(code), lang.do_other()) };
    let (why, advice) = match reason {
        Reason::Malformed => (lang.reason_malformed(), lang.do_malformed()),
        Reason::Later => (lang.reason_later(), lang.do_later()),
        Reason::BusinessDate => (lang.reason_business_date(), lang.do_business_date()),
        Reason::Value => (lang.reason_value(), lang.do_value()),
        Reason::Contradiction => (lang.reason_contradiction(), lang.do_contradiction()),
        Reason::GrandTotal => (lang.reason_grand_total(), lang.do_grand_total()),
        Reason::Terms => (lang.reason_terms(), lang.do_terms()),
        Reason::Lot => (lang.reason_lot(), lang.do_lot()),
        Reason::Facts => (lang.reason_facts(), lang.do_facts()),
        Reason::Implausible => (lang.reason_implausible(), lang.do_implausible()),
        Reason::Twin => (lang.reason_twin(), lang.do_twin()),
        Reason::NoSale => (lang.reason_no_sale(), lang.do_no_sale()),
        Reason::TooMuchBack => (lang.reason_too_much_back(), lang.do_too_much_back()),
        Reason::Settlement => (lang.reason_settlement(), lang.do_settlement()),
    };
    (why.to_owned(), advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_told_in_words() {
        for lang in [Lang::Vi, Lang::En] {
            for reason in Reason::ALL {
                let (why, advice) = words(lang, reason.code());
                assert!(
                    why != lang.reason_other(reason.code()) && advice != lang.do_other(),
                    "{reason:?}: {why}"
                );
            }
            assert!(words(lang, "teleport").0.contains("teleport"));
        }
    }
}
