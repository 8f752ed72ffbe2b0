//! The serial scanner of a counter, on the page of printers.

use std::path::Path;

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use receipts::discover;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::form::{Field, csrf_field, select};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::printer_form::OTHER;
use super::printer_texts::PrinterTexts;
use super::printers::{address_of, counter_of, refuse_training};
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{printers, shift};
use crate::counter::Note;
use crate::counter::scanners::{self, BAUDS};
use crate::db::scanners::SerialScanner;

/// A scanner as it is set up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpScanner {
    /// Names this form.
    op_id: String,
    /// From 1.
    counter: u8,
    /// `other`, a port, or empty for none.
    port: String,
    /// The port where `other` was chosen.
    #[serde(default)]
    other_port: String,
    /// Bits a second.
    baud: u32,
}

/// The serial scanner of a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScannerOfCounter {
    /// Its port.
    pub port: String,
    /// Bits a second.
    pub baud: u32,
    /// Whether it can be read now.
    pub is_connected: bool,
}

/// Sets a counter's scanner up.
pub async fn save(visit: Visit, Form(form): Form<SetUpScanner>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let counter = counter_of(&visit, Some(form.counter));
    let port = if form.port == OTHER { form.other_port.trim() } else { &form.port };
    let is_none = form.port.is_empty();
    let scanner = (!is_none).then(|| SerialScanner { port: port.to_owned(), baud: form.baud });
    let name = Lang::Vi.counter_no(counter);
    let state = visit.ok(scanners::save(&visit.app, &visit.seat, &op_id, &name, scanner).await)?;
    if !matches!(state.note, Note::BadField { .. }) {
        return shift::done(&visit, state, &address_of(counter));
    }
    let mut response = match visit.wanted {
        Wanted::Json => Json(state).into_response(),
        Wanted::Markup => printers::show_with_port(&visit, counter, &form.other_port).await?,
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The form; `typed` is a port that cannot be used.
pub(super) fn form(
    visit: &Visit,
    counter: u8,
    scanner: Option<&ScannerOfCounter>,
    typed: Option<&str>,
) -> Markup {
    let lang = visit.lang;
    let ports = discover::serial_ports(Path::new("/"));
    let bauds = BAUDS.map(|baud| baud.to_string());
    let bauds: Vec<(&str, &str)> = bauds.iter().map(|baud| (baud.as_str(), baud.as_str())).collect();
    let baud = scanner.map_or(BAUDS[0], |scanner| scanner.baud).to_string();
    html! {
        form.card.form method="post" action="/printers/scanner" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            input type="hidden" name="counter" value=(counter);
            h2.whole { (lang.scanner_of(lang.counter_no(counter))) }
            p.hint.whole { (lang.scanner_about()) }
            @if let Some(scanner) = scanner { p.whole { (standing(lang, scanner)) } }
            (choices(lang, &ports, scanner, typed.is_some()))
            (Field { value: typed.unwrap_or_default(), error: typed.map(|_| lang.scanner_bad_port()),
                hint: Some(lang.scanner_typed_hint()), is_required: false,
                ..Field::new("other_port", lang.scanner_typed()) }.render())
            (select("baud", lang.scanner_baud(), &bauds, &baud, None))
            div.actions { button { (lang.printer_save()) } }
        }
    }
}

fn standing(lang: Lang, scanner: &ScannerOfCounter) -> Markup {
    if scanner.is_connected {
        chip(Tone::Good, lang.scanner_connected())
    } else {
        chip(Tone::Warn, lang.scanner_lost())
    }
}

fn choices(lang: Lang, ports: &[String], scanner: Option<&ScannerOfCounter>, is_typed: bool) -> Markup {
    let current = scanner.map(|scanner| scanner.port.as_str()).unwrap_or_default();
    let mut options = vec![("", lang.scanner_none())];
    options.extend(ports.iter().map(|port| (port.as_str(), port.as_str())));
    if options.iter().all(|(port, _)| *port != current) {
        options.push((current, current));
    }
    options.push((OTHER, lang.printer_other()));
    select("port", lang.scanner_port(), &options, if is_typed { OTHER } else { current }, None)
}
