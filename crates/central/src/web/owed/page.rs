//! The pages of what an operator owes producers.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::datetime_text;
use web::fragment::{Tone, message};

use super::transfer::{self, Transfer};
use super::{OWED, OwedList, OwedProducer, OwedReport, StoreOfOwed, Typed, sheet};
use crate::web::joint::page::joints;
use crate::web::joint_texts::JointTexts;
use crate::web::sheet_file;
use crate::web::shop_texts::ShopTexts;

/// The list.
pub fn list(lang: Lang, list: &OwedList) -> Markup {
    html! {
        p.mute { (lang.owed_about()) }
        div.actions { (sheet_file::links_of(lang, OWED, "", &sheet::names(lang))) }
        section.card {
            @if list.producers.is_empty() { p { (lang.owed_none()) } } @else {
                ul.list { @for producer in &list.producers { (line(lang, producer)) } }
            }
        }
        @if !list.joints.is_empty() {
            h2 { (lang.joint_list()) }
            (joints(lang, &list.joints))
        }
    }
}

fn line(lang: Lang, producer: &OwedProducer) -> Markup {
    html! {
        li {
            span {
                a href={ (OWED) "/" (producer.producer_id) } { (producer.name) }
                (on_its_way(lang, producer.on_its_way_vnd))
            }
            strong.n.money { (Money::new(producer.owed_vnd)) }
        }
    }
}

fn on_its_way(lang: Lang, vnd: i64) -> Markup {
    html! { @if vnd != 0 { small.small { (lang.on_its_way(Money::new(vnd))) } } }
}

/// What is owed to one producer, with the code to pay it by, and the form.
pub fn one(
    lang: Lang,
    csrf: &CsrfToken,
    report: &OwedReport,
    (typed, wrong): (&Typed, Option<&str>),
    transfer: &Transfer,
) -> Markup {
    let (words, vnd) = match report.owed_vnd {
        owed @ 0.. => (lang.owed_now(), owed),
        ahead => (lang.owes_you(), ahead.saturating_neg()),
    };
    html! {
        @if wrong == Some("shown") { (message(Tone::Bad, lang.joint_figures_changed())) }
        section.card.owed {
            h2 { (report.name) }
            span.mute { (words) }
            strong { (Money::new(vnd)) }
        }
        h2 { (lang.owed_by_store()) }
        section.card { ul.list { @for store in &report.stores { (store_line(lang, store)) } } }
        (transfer::cards(lang, report, transfer))
        (form(lang, csrf, report, (typed, wrong)))
        @if !report.joints.is_empty() {
            h2 { (lang.joint_list()) }
            (joints(lang, &report.joints))
        }
    }
}

fn store_line(lang: Lang, store: &StoreOfOwed) -> Markup {
    html! {
        li {
            span {
                (store.store)
                small.small {
                    @match store.heard_at_ms {
                        Some(at_ms) => (lang.told_until(datetime_text(at_ms))),
                        None => (lang.store_never_told()),
                    }
                }
                (on_its_way(lang, store.on_its_way_vnd))
            }
            b.n.money { (Money::new(store.owed_vnd)) }
        }
    }
}

fn form(lang: Lang, csrf: &CsrfToken, report: &OwedReport, (typed, wrong): (&Typed, Option<&str>)) -> Markup {
    let most = lang.joint_wrong_amount(Money::new(report.payable_vnd));
    html! {
        form.card.form method="post" action={ (OWED) "/" (report.producer_id) } {
            (csrf_field(csrf))
            input type="hidden" name="id" value=(typed.id);
            input type="hidden" name="shown_vnd" value=(typed.shown_vnd);
            h2.whole { (lang.joint_form()) }
            (Field {
                value: &typed.amount, inputmode: "numeric", hint: Some(lang.joint_amount_hint()),
                error: (wrong == Some("amount")).then_some(most.as_str()),
                ..Field::new("amount", lang.joint_amount())
            }.render())
            (Field {
                kind: "date", value: &typed.day, hint: Some(lang.joint_day_hint()),
                error: (wrong == Some("day")).then_some(lang.joint_wrong_day()),
                ..Field::new("day", lang.joint_day())
            }.render())
            p.hint.whole { (lang.joint_final()) }
            div.actions { button.primary { (lang.joint_send()) } }
        }
    }
}
