//! The cards of a point's file: criteria, shelf, costs, papers. Signs and equipment: [`super::pieces`].

use domain::Money;
use domain::point::Measure;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::{count_text, date_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::detail::{
    CostOfPoint, CriteriaOfPoint, CriterionOfPoint, FileOfPoint, MeasureOfPoint, PointReport,
};
use super::words::{answer_words, cost_words, measure_words, measured_words};
use crate::web::paper_files;
use crate::web::point_file_texts::PointFileTexts;

/// The language, the session's token, and whether an administrator looks.
pub type Acts<'a> = (Lang, &'a CsrfToken, bool);

/// What it is checked by, and the checks.
pub fn criteria((lang, _, may_act): Acts<'_>, report: &PointReport) -> Markup {
    let by = report.criteria_in_force.as_ref();
    html! {
        section.card {
            div.head {
                h2 { (lang.criteria_title()) }
                @if may_act && by.is_some() {
                    a.button href={ "/points/" (report.point_id) "/check" } { (lang.criteria_check()) }
                }
            }
            @match by {
                Some(by) => (by_set(lang, by, report)),
                None => p { (lang.criteria_none()) },
            }
            @if report.checks.len() > 1 {
                details {
                    summary { (lang.checks_before()) }
                    ul { @for check in &report.checks {
                        li {
                            (date_text(check.on)) " · " (check.decision) " · " (counts(lang, check.counts)) " · " (check.checked_by)
                            @if !check.note.is_empty() { p.mute { (check.note) } }
                        }
                    } }
                }
            }
        }
    }
}

fn counts(lang: Lang, [met, not_met, unknown]: [usize; 3]) -> String {
    lang.check_counts(met, not_met, unknown)
}

fn by_set(lang: Lang, by: &CriteriaOfPoint, report: &PointReport) -> Markup {
    let latest = report.checks.iter().find(|check| check.set_id == by.set_id);
    html! {
        p.mute { (lang.criteria_of_decision(&by.decision, date_text(by.in_force_from))) }
        @if let Some(day) = by.outlived_on { (message(Tone::Warn, &lang.criteria_outlived(date_text(day)))) }
        p {
            @match latest {
                Some(check) => {
                    (lang.criteria_checked(date_text(check.on), &check.checked_by)) " · " (counts(lang, check.counts))
                    @if !check.note.is_empty() { " · " (check.note) }
                }
                None => (lang.criteria_unchecked()),
            }
        }
        div.table.folds { table {
            thead { tr { th { (lang.column_criterion()) } th { (lang.check_answer()) } } }
            tbody { @for each in &by.criteria { (criterion(lang, each)) } }
        } }
    }
}

fn criterion(lang: Lang, each: &CriterionOfPoint) -> Markup {
    let (block, text) = match lang {
        Lang::Vi => (&each.block_vi, &each.text_vi),
        Lang::En => (&each.block_en, &each.text_en),
    };
    html! {
        tr {
            td.wordy { (text) @if !block.is_empty() { small { (block) } } }
            td {
                @let (tone, words) = answer_words(lang, each.answer.as_deref().unwrap_or_default());
                (chip(tone, words))
                @if !each.note.is_empty() { small { (each.note) } }
            }
        }
    }
}

/// What stands on its shelf against the thresholds.
pub fn shelf(lang: Lang, report: &PointReport) -> Markup {
    html! {
        section.card {
            h2 { (lang.shelf_title()) }
            @match &report.shelf {
                None => p { (lang.shelf_no_store()) },
                Some(rows) => {
                    p.mute { (lang.shelf_now()) @if rows.iter().all(|row| row.at_least.is_none()) { ". " (lang.shelf_no_threshold()) } }
                    (measures(lang, rows))
                }
            }
        }
    }
}

/// What an assortment measures, against the thresholds.
pub fn measures(lang: Lang, rows: &[MeasureOfPoint]) -> Markup {
    html! {
        div.table.folds { table {
            thead { tr {
                th { (lang.column_measure()) } th.n { (lang.column_now()) }
                th.n { (lang.column_least()) } th { (lang.column_result()) }
            } }
            tbody { @for row in rows { (measure(lang, row)) } }
        } }
    }
}

fn measure(lang: Lang, row: &MeasureOfPoint) -> Markup {
    let Some(by) = Measure::from_code(&row.measure) else { return html! {} };
    html! {
        tr {
            td { (measure_words(lang, by)) }
            td.n { (measured_words(by, row.measured)) }
            td.n {
                @match row.at_least {
                    Some(least) => {
                        (measured_words(by, least))
                        @if let Some(day) = row.from { small { (lang.least_from(date_text(day))) } }
                    }
                    None => span.mute { (lang.no_least()) },
                }
            }
            td {
                @match row.at_least {
                    Some(least) if row.measured >= least => (chip(Tone::Good, lang.answer_met())),
                    Some(_) => (chip(Tone::Bad, lang.answer_not_met())),
                    None => "–",
                }
                @if !row.by_paper.is_empty() { small { (row.by_paper) } }
            }
        }
    }
}

/// The way to a photograph or scan.
pub fn link(report: &PointReport, file: &FileOfPoint) -> Markup {
    html! { a href={ "/points/" (report.point_id) "/files/" (file.file_id) } { (file.title) } }
}

/// Money that was spent.
pub fn costs(acts: Acts<'_>, report: &PointReport) -> Markup {
    let (lang, _, may_act) = acts;
    let counting = report.costs.iter().filter(|each| !each.is_withdrawn);
    let total = counting.map(|each| each.amount_vnd).fold(0, i64::saturating_add);
    html! {
        section.card {
            div.head {
                h2 { (lang.costs_title()) }
                @if may_act { a.button href={ "/points/" (report.point_id) "/costs/new" } { (lang.cost_add()) } }
            }
            @if report.costs.is_empty() { p { (lang.costs_none()) } } @else {
                div.table.folds { table {
                    thead { tr { th { (lang.cost_kind()) } th.n { (lang.cost_amount()) } th { (lang.column_paper()) } } }
                    tbody {
                        @for each in &report.costs { (cost(acts, report, each)) }
                        tr { td { strong { (lang.cost_total()) } } td.n { strong { (Money::new(total)) } } td {} }
                    }
                } }
            }
        }
    }
}

fn cost((lang, csrf, may_act): Acts<'_>, report: &PointReport, each: &CostOfPoint) -> Markup {
    let amount = Money::new(each.amount_vnd);
    html! {
        tr {
            td {
                (cost_words(lang, &each.kind)) small { (date_text(each.on)) @if !each.funding.is_empty() { " · " (each.funding) } }
                @if !each.note.is_empty() { small { (each.note) } }
                @if each.is_withdrawn { (chip(Tone::Quiet, lang.cost_withdrawn())) }
                @else if may_act {
                    details.ending {
                        summary aria-label=(lang.cost_withdraw_now(amount)) { (lang.cost_withdraw()) }
                        form method="post" action={ "/points/" (report.point_id) "/costs/" (each.cost_id) "/withdraw" } {
                            (csrf_field(csrf))
                            p.small { (lang.cost_withdraw_about()) }
                            button.danger { (lang.cost_withdraw_now(amount)) }
                        }
                    }
                }
            }
            td.n { @if each.is_withdrawn { span.was { (amount) } } @else { (amount) } }
            td { (if each.paper_number.is_empty() { "–" } else { &each.paper_number }) }
        }
    }
}

/// Photographs and scans.
pub fn files((lang, csrf, may_act): Acts<'_>, report: &PointReport) -> Markup {
    html! {
        section.card {
            h2 { (lang.files_title()) }
            @if report.files.is_empty() { p { (lang.files_none()) } } @else {
                ul.list { @for file in &report.files {
                    li {
                        (link(report, file))
                        small.mute {
                            (lang.files_size(file.kind.to_uppercase(), count_text((file.byte_count + 1_023) / 1_024))) " · "
                            (lang.files_by(&file.brought_by, datetime_text(file.at_ms)))
                        }
                    }
                } }
            }
            @if may_act { (upload(lang, csrf, report)) }
        }
    }
}

fn upload(lang: Lang, csrf: &CsrfToken, report: &PointReport) -> Markup {
    html! {
        details {
            summary { (lang.files_add()) }
            form.form method="post" action={ "/points/" (report.point_id) "/files" } enctype="multipart/form-data" {
                (csrf_field(csrf))
                div.field {
                    label for="equipment" { (lang.files_of()) }
                    select id="equipment" name="equipment" {
                        option value="" { (lang.files_of_point()) }
                        @for each in &report.equipment { option value=(each.equipment_id) { (each.name) } }
                    }
                }
                (Field { hint: Some(lang.files_what_hint()), ..Field::new("title", lang.files_what()) }.render())
                (paper_files::field(lang, "file", true, None))
                div.actions { button.primary { (lang.files_save()) } }
            }
        }
    }
}
