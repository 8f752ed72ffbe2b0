//! The printer of labels, for the manager: which one, what it speaks, which labels lie in it, and a label to try it.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use receipts::LabelLanguage;
use receipts::discover::Found;
use receipts::label::LabelError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::form::{Field, csrf_field, select};
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::drawer_count::language;
use super::printer_form::{OTHER, choices};
use super::printer_texts::PrinterTexts;
use super::printers::{FoundPrinter, attached, found_words, on_network, refuse_training};
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, shift};
use crate::config::LabelsConfig;
use crate::counter::{Note, label_printer};

/// The page.
pub(super) const PAGE: &str = "/printers/labels";

/// The label printer as it is set up, or as it was typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpLabelPrinter {
    /// Names this form; nothing where it is told.
    #[serde(skip_serializing_if = "String::is_empty")]
    op_id: String,
    /// `other`, an address as the settings file writes it, or empty for no printer.
    address: String,
    /// The address where `other` was chosen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    other: String,
    /// `tspl` or `escpos`.
    language: String,
    /// Width of a label, mm.
    width_mm: String,
    /// Height of a label, mm; 0 or nothing on an endless roll.
    height_mm: String,
    /// Labels side by side.
    columns: String,
    /// Between two columns, mm.
    column_gap_mm: String,
    /// Between two rows, mm.
    row_gap_mm: String,
    /// Backing paper left of the first column, mm.
    edge_mm: String,
}

/// A search for printers; it needs no more than to be asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindLabelPrinter {}

/// A label to try the printer with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryLabelPrinter {
    /// Names this form; posting it twice prints once.
    op_id: String,
}

/// All that the page shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct LabelPrinterPage {
    /// The printer and the labels in it.
    labels: SetUpLabelPrinter,
    /// What was found.
    found: Vec<FoundPrinter>,
}

impl From<LabelsConfig> for SetUpLabelPrinter {
    fn from(labels: LabelsConfig) -> Self {
        Self {
            op_id: String::new(),
            address: labels.printer,
            other: String::new(),
            language: labels.language.code().to_owned(),
            width_mm: labels.width_mm.to_string(),
            height_mm: labels.height_mm.to_string(),
            columns: labels.columns.to_string(),
            column_gap_mm: labels.column_gap_mm.to_string(),
            row_gap_mm: labels.row_gap_mm.to_string(),
            edge_mm: labels.edge_mm.to_string(),
        }
    }
}

impl SetUpLabelPrinter {
    /// Returns what was chosen; `None` when something of it is no number, or no language.
    fn chosen(&self) -> Option<LabelsConfig> {
        let address = if self.address == OTHER { self.other.trim() } else { &self.address };
        let mm = |typed: &str| if typed.trim().is_empty() { Some(0) } else { typed.trim().parse().ok() };
        Some(LabelsConfig {
            // Nothing typed as another one is no wish to have none.
            printer: if self.address == OTHER && address.is_empty() { OTHER } else { address }.to_owned(),
            language: LabelLanguage::from_code(&self.language)?,
            width_mm: mm(&self.width_mm)?,
            height_mm: mm(&self.height_mm)?,
            columns: mm(&self.columns)?,
            column_gap_mm: mm(&self.column_gap_mm)?,
            row_gap_mm: mm(&self.row_gap_mm)?,
            edge_mm: mm(&self.edge_mm)?,
        })
    }
}

/// Returns the size of the labels in the printer, in words.
pub(super) fn stock_words(lang: Lang, labels: &LabelsConfig) -> String {
    match labels.height_mm {
        0 => lang.label_stock_roll(labels.width_mm),
        height_mm => lang.label_stock(labels.width_mm, height_mm, labels.columns),
    }
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, visit.app.labels().into(), None, attached().await, None).await
}

/// Searches the network for printers.
pub async fn find(
    visit: Visit,
    Form(FindLabelPrinter {}): Form<FindLabelPrinter>,
) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let mut found = attached().await;
    let near = on_network().await;
    let told = near.len();
    found.extend(near);
    show(&visit, visit.app.labels().into(), None, found, Some(told)).await
}

/// Sets the label printer up.
pub async fn save(visit: Visit, Form(form): Form<SetUpLabelPrinter>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let Some(labels) = form.chosen() else { return refuse(&visit, form, "stock").await };
    if let Some(field) = label_printer::unusable(&visit.app, &labels) {
        return refuse(&visit, form, field).await;
    }
    let state = visit.ok(label_printer::save(&visit.app, &visit.seat, &op_id, labels).await)?;
    shift::done(&visit, state, PAGE)
}

/// Prints a row of test labels.
pub async fn test(visit: Visit, Form(form): Form<TryLabelPrinter>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let language = language(visit.lang);
    let state = visit.ok(label_printer::print_test(&visit.app, &visit.seat, &op_id, language).await)?;
    shift::done(&visit, state, PAGE)
}

/// Gives the form back filled in.
async fn refuse(visit: &Visit, form: SetUpLabelPrinter, field: &str) -> Result<Response, Fault> {
    let mut response = match visit.wanted {
        Wanted::Json => {
            let note = Note::BadField { field: field.to_owned() };
            Json(visit.state(note).await?).into_response()
        }
        Wanted::Markup => show(visit, form, Some(field), attached().await, None).await?,
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn show(
    visit: &Visit,
    labels: SetUpLabelPrinter,
    wrong: Option<&str>,
    found: Vec<Found>,
    near: Option<usize>,
) -> Result<Response, Fault> {
    let found: Vec<FoundPrinter> = found.into_iter().map(FoundPrinter::from).collect();
    if visit.wanted == Wanted::Json {
        return Ok(Json(LabelPrinterPage { labels, found }).into_response());
    }
    let lang = visit.lang;
    let is_training = visit.app.config().is_training();
    let main = html! {
        @if is_training { (message(Tone::Warn, lang.printers_training())) }
        (found_words(lang, near))
        @if !is_training {
            (form(visit, &labels, &found, wrong))
            @if visit.app.has_label_printer() { (attempt(visit)) }
            (search(visit))
        }
        p { a href="/printers" { (lang.printers_of_shop()) } }
    };
    desk::page(visit, "/printers", lang.label_printer(), main).await
}

fn form(visit: &Visit, labels: &SetUpLabelPrinter, found: &[FoundPrinter], wrong: Option<&str>) -> Markup {
    let lang = visit.lang;
    let error = (wrong == Some("address")).then(|| lang.printer_bad_address());
    let languages = LabelLanguage::ALL.map(|language| (language.code(), language_words(lang, language)));
    html! {
        form.card.form method="post" action=(PAGE) {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            h2.whole { (lang.label_printer()) }
            @if wrong == Some("stock") {
                div.whole { (message(Tone::Bad, &LabelError::Stock.sentence(language(lang)))) }
            }
            (choices(visit, &labels.address, found, error.is_some()))
            (Field { value: &labels.other, error, hint: Some(lang.printer_typed_hint()), is_required: false,
                ..Field::new("other", lang.printer_typed()) }.render())
            (select("language", lang.label_language(), &languages, &labels.language, None))
            p.hint.whole { (lang.label_stock_about()) }
            (sizes(lang, labels))
            div.actions { button.primary { (lang.printer_save()) } }
        }
    }
}

fn sizes(lang: Lang, labels: &SetUpLabelPrinter) -> Markup {
    let number = |name, label, value, hint| {
        Field { value, hint, inputmode: "numeric", is_required: false, ..Field::new(name, label) }.render()
    };
    html! {
        (number("width_mm", lang.label_width(), &labels.width_mm, None))
        (number("height_mm", lang.label_height(), &labels.height_mm, Some(lang.label_height_hint())))
        (number("columns", lang.label_columns(), &labels.columns, None))
        (number("column_gap_mm", lang.label_column_gap(), &labels.column_gap_mm, None))
        (number("row_gap_mm", lang.label_row_gap(), &labels.row_gap_mm, None))
        (number("edge_mm", lang.label_edge(), &labels.edge_mm, Some(lang.label_edge_hint())))
    }
}

fn language_words(lang: Lang, language: LabelLanguage) -> &'static str {
    match language {
        LabelLanguage::Tspl => lang.label_tspl(),
        LabelLanguage::Escpos => lang.label_escpos(),
    }
}

/// The button that tries the printer as it is saved.
fn attempt(visit: &Visit) -> Markup {
    let lang = visit.lang;
    html! {
        form.card.form method="post" action="/printers/labels/test" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            p.hint.whole { (lang.label_try_about()) }
            div.actions { button { (lang.label_try()) } }
        }
    }
}

/// The button that searches the network.
fn search(visit: &Visit) -> Markup {
    let lang = visit.lang;
    html! {
        form.card.form method="post" action="/printers/labels/find" {
            (csrf_field(&visit.csrf))
            p.hint.whole { (lang.printer_find_about()) }
            div.actions { button { (lang.printer_find()) } }
        }
    }
}
