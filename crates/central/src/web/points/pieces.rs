//! The card of a point's signs and equipment, with the forms that end or withdraw one of them.

use domain::Money;
use maud::{Markup, html};
use uuid::Uuid;
use web::form::csrf_field;
use web::format::{count_text, date_text};
use web::fragment::{Tone, chip};

use super::cards::{Acts, link};
use super::detail::{EquipmentOfPoint, PointReport};
use super::typed::Typed;
use super::words::equipment_words;
use crate::web::point_file_texts::PointFileTexts;

/// What may become of a sign or equipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It is not there any more.
    Gone,
    /// It never was: it was entered by mistake.
    Withdrawn,
}

/// A form below a sign or equipment that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong<'a> {
    /// Below which.
    pub equipment_id: Uuid,
    /// Which of its forms.
    pub act: Act,
    /// What was typed, and what is wrong with it.
    pub typed: &'a Typed,
}

/// The card; a form that was typed wrong stands open in it.
pub fn card(acts: Acts<'_>, report: &PointReport, wrong: Option<&Wrong<'_>>) -> Markup {
    let (lang, _, may_act) = acts;
    let in_use = report.equipment.iter().filter(|each| each.gone_on.is_none() && !each.is_withdrawn);
    let total: i64 = in_use.filter_map(|each| each.value_vnd).fold(0, i64::saturating_add);
    html! {
        section.card {
            div.head {
                h2 { (lang.equipment_title()) }
                @if may_act {
                    a.button href={ "/points/" (report.point_id) "/equipment/new" } { (lang.equipment_add()) }
                }
            }
            @if report.equipment.is_empty() { p { (lang.equipment_none()) } } @else {
                div.table.folds { table {
                    thead { tr {
                        th { (lang.equipment_name()) } th.n { (lang.equipment_count()) } th.n { (lang.column_value()) }
                        th { (lang.equipment_funding()) } th { (lang.column_paper()) } th { (lang.column_photo()) }
                    } }
                    tbody { @for each in &report.equipment { (piece(acts, report, each, wrong)) } }
                } }
                p { (lang.equipment_total(Money::new(total))) }
            }
        }
    }
}

fn piece(acts: Acts<'_>, report: &PointReport, each: &EquipmentOfPoint, wrong: Option<&Wrong<'_>>) -> Markup {
    let (lang, _, may_act) = acts;
    let wrong = wrong.filter(|wrong| wrong.equipment_id == each.equipment_id);
    let typed = |act: Act| wrong.filter(|wrong| wrong.act == act).map(|wrong| wrong.typed);
    html! {
        tr {
            td {
                (each.name) small { (equipment_words(lang, &each.kind)) }
                @if each.is_withdrawn {
                    (chip(Tone::Quiet, lang.cost_withdrawn())) small { (each.withdrawn_note) }
                } @else {
                    @if let Some(day) = each.gone_on {
                        (chip(Tone::Quiet, &lang.equipment_gone_at(date_text(day))))
                        @if !each.note.is_empty() { small { (each.note) } }
                    }
                    @if may_act {
                        @if each.gone_on.is_none() { (gone(acts, report, each, typed(Act::Gone))) }
                        (withdraw(acts, report, each, typed(Act::Withdrawn)))
                    }
                }
            }
            td.n { (count_text(each.item_count)) }
            td.n {
                @match each.value_vnd {
                    Some(vnd) if each.is_withdrawn => span.was { (Money::new(vnd)) },
                    Some(vnd) => (Money::new(vnd)),
                    None => "–",
                }
            }
            td { (if each.funding.is_empty() { "–" } else { &each.funding }) }
            td {
                (if each.paper_number.is_empty() { "–" } else { &each.paper_number })
                @if let Some(day) = each.handed_on { small { (date_text(day)) } }
            }
            td { @for file in report.files.iter().filter(|file| file.equipment_id == Some(each.equipment_id)) {
                div { (link(report, file)) }
            } }
        }
    }
}

/// Two steps: what is gone does not come back.
fn gone(
    (lang, csrf, _): Acts<'_>,
    report: &PointReport,
    each: &EquipmentOfPoint,
    typed: Option<&Typed>,
) -> Markup {
    let (on, why) = (format!("gone-on-{}", each.equipment_id), format!("gone-why-{}", each.equipment_id));
    html! {
        details.ending open[typed.is_some()] {
            summary { (lang.equipment_gone()) }
            form method="post" action={ "/points/" (report.point_id) "/equipment/" (each.equipment_id) "/gone" } {
                (csrf_field(csrf))
                (field(&on, ("date", "on"), lang.equipment_gone_on(), typed))
                (field(&why, ("text", "note"), lang.equipment_gone_why(), typed))
                button.danger { (lang.equipment_gone()) }
            }
        }
    }
}

/// Two steps: what never was counts for nothing.
fn withdraw(
    (lang, csrf, _): Acts<'_>,
    report: &PointReport,
    each: &EquipmentOfPoint,
    typed: Option<&Typed>,
) -> Markup {
    let why = format!("withdraw-why-{}", each.equipment_id);
    let at = format!("/points/{}/equipment/{}/withdraw", report.point_id, each.equipment_id);
    html! {
        details.ending open[typed.is_some()] {
            summary aria-label={ (lang.cost_withdraw()) ": " (each.name) } { (lang.cost_withdraw()) }
            form method="post" action=(at) {
                (csrf_field(csrf))
                p.small { (lang.cost_withdraw_about()) }
                (field(&why, ("text", "note"), lang.equipment_gone_why(), typed))
                button.danger { (lang.equipment_withdraw_now(&each.name)) }
            }
        }
    }
}

/// A field that stands below each thing, so that its id names the thing too.
fn field(id: &str, (kind, name): (&str, &str), label: &str, typed: Option<&Typed>) -> Markup {
    let value = typed.map_or("", |typed| typed.get(name));
    let error = typed.and_then(|typed| typed.error(name));
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (label) }
            input id=(id) name=(name) type=(kind) value=(value) required autofocus[error.is_some()] autocomplete="off"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-about"))];
            @if let Some(error) = error {
                p.error id={ (id) "-about" } { span aria-hidden="true" { "✕ " } (error) }
            }
        }
    }
}
