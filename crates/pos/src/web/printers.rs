//! Printers, for the manager: how those of the counters stand, what can be found, and setting one up and trying it.

use std::path::Path;

use axum::Json;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use receipts::DrawerPin;
use receipts::address::PrinterAddress;
use receipts::discover::{self, Found};
use receipts::profile::{Cut, FeedSteps, Paper, Profile};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use utoipa::ToSchema;
use web::form::csrf_field;
use web::fragment::{Tone, chip, message};
use web::{Fault, Lang};

use super::display_texts::DisplayTexts;
use super::printer_form::{self, Filled};
use super::printer_texts::PrinterTexts;
use super::receipt_logo;
use super::scan_habit;
use super::scanner_form::{self, ScannerOfCounter};
use super::sign_in::{COUNTERS_MAX, number_of};
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{chips, desk, display_pictures, label_printer, shift};
use crate::counter::printers::{self, Chosen};
use crate::counter::{Note, Seat, drawer as drawers};
use crate::db::prints::{self, Standing};
use crate::db::{scan_habits, scanners};

/// One search of the network at a time: each opens dozens of connections.
static SEARCHING: Mutex<()> = Mutex::const_new(());

/// The counter that the page is about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenCounter {
    /// From 1; without it the one of who asks.
    counter: Option<u8>,
}

/// A printer as it is set up.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpPrinter {
    /// Names this form.
    op_id: String,
    /// From 1.
    counter: u8,
    /// `other`, an address as the settings file writes it, or empty for no printer.
    address: String,
    /// The address where `other` was chosen.
    #[serde(default)]
    other: String,
    /// 384, 512 or 576.
    paper_dots: u16,
    /// `partial`, `full`, `tear_bar` or `none`.
    cut: String,
    /// `one` or `two`.
    feed_steps: String,
    /// 2 or 5.
    drawer_pin: u8,
}

/// A printer to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryPrinter {
    /// Names this form; posting it twice prints once.
    op_id: String,
    /// From 1.
    counter: u8,
}

/// All that the page shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PrintersPage {
    /// Each counter.
    counters: Vec<PrinterOfCounter>,
    /// The printer of labels.
    labels: PrinterOfLabels,
    /// What was found.
    found: Vec<FoundPrinter>,
}

/// The printer of labels.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PrinterOfLabels {
    /// Where it is; empty for none.
    address: String,
    /// The labels in it, in words.
    stock: String,
    /// How it stands.
    #[serde(flatten)]
    standing: PrinterStanding,
}

/// How a printer stands, by its papers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PrinterStanding {
    /// Papers that wait.
    waiting: i64,
    /// Papers that failed, or may have.
    troubled: i64,
    /// Why the newest of these did.
    reason: String,
}

/// The printer of a counter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PrinterOfCounter {
    /// From 1.
    pub counter: u8,
    /// Its name.
    pub name: String,
    /// Where the printer is; empty for none.
    pub address: String,
    /// Dots across its paper.
    pub paper_dots: u16,
    /// How it cuts.
    pub cut: String,
    /// Steps of its feed.
    pub feed_steps: String,
    /// Pin of the drawer.
    pub drawer_pin: u8,
    /// How it stands.
    #[serde(flatten)]
    pub standing: PrinterStanding,
    /// The scanner that the service reads.
    pub scanner: Option<ScannerOfCounter>,
}

/// A printer that was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FoundPrinter {
    /// What it calls itself.
    pub name: String,
    /// Where it is.
    pub address: String,
}

impl From<Found> for FoundPrinter {
    fn from(found: Found) -> Self {
        Self { name: found.name, address: found.address.to_string() }
    }
}

/// The page.
pub async fn page(visit: Visit, Query(chosen): Query<ChosenCounter>) -> Result<Response, Fault> {
    show(&visit, &Filled::of(counter_of(&visit, chosen.counter)), attached().await, None).await
}

/// Searches the network for printers.
pub async fn find(visit: Visit, Form(chosen): Form<ChosenCounter>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let mut found = attached().await;
    let near = on_network().await;
    let told = near.len();
    found.extend(near);
    show(&visit, &Filled::of(counter_of(&visit, chosen.counter)), found, Some(told)).await
}

/// Sets a counter's printer up.
pub async fn save(visit: Visit, Form(form): Form<SetUpPrinter>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let counter = counter_of(&visit, Some(form.counter));
    let chosen = match form.chosen() {
        Some(chosen) => chosen,
        None => return refuse(&visit, counter, &form).await,
    };
    let name = Lang::Vi.counter_no(counter);
    let state = visit.ok(printers::save(&visit.app, &visit.seat, &op_id, &name, chosen).await)?;
    if matches!(state.note, Note::BadField { .. }) {
        return refuse(&visit, counter, &form).await;
    }
    shift::done(&visit, state, &address_of(counter))
}

/// Prints a test page.
pub async fn test(visit: Visit, Form(form): Form<TryPrinter>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let counter = counter_of(&visit, Some(form.counter));
    let name = Lang::Vi.counter_no(counter);
    let state = visit.ok(printers::print_test(&visit.app, &visit.seat, &op_id, &name).await)?;
    shift::done(&visit, state, &address_of(counter))
}

/// Opens the drawer on a printer. It is an opening without a sale like any other, and the journal keeps it.
pub async fn drawer(visit: Visit, Form(form): Form<TryPrinter>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let counter = counter_of(&visit, Some(form.counter));
    let seat = Seat { counter: Lang::Vi.counter_no(counter), ..visit.seat.clone() };
    let state = drawers::open_drawer(&visit.app, &seat, &op_id, visit.lang.drawer_try_reason()).await;
    shift::done(&visit, visit.ok(state)?, &address_of(counter))
}

impl SetUpPrinter {
    fn chosen(&self) -> Option<Chosen> {
        let text = if self.address == printer_form::OTHER { self.other.trim() } else { &self.address };
        let is_none = self.address.is_empty();
        Some(Chosen {
            address: if is_none { None } else { Some(PrinterAddress::parse(text).ok()?) },
            profile: Profile {
                paper: Paper::from_dots(self.paper_dots).ok()?,
                cut: Cut::from_code(&self.cut)?,
                feed_steps_per_dot: FeedSteps::from_code(&self.feed_steps)?,
            },
            pin: DrawerPin::from_number(self.drawer_pin)?,
        })
    }
}

/// Where people practise nothing is printed, and no PIN changed: the next practice begins with those of the shop.
pub(super) fn refuse_training(visit: &Visit) -> Result<(), Fault> {
    if visit.app.config().is_training() { Err(Fault::forbidden()) } else { Ok(()) }
}

pub(super) fn counter_of(visit: &Visit, counter: Option<u8>) -> u8 {
    counter.unwrap_or_else(|| number_of(&visit.seat.counter)).clamp(1, COUNTERS_MAX)
}

pub(super) fn address_of(counter: u8) -> String {
    format!("/printers?counter={counter}")
}

pub(super) async fn attached() -> Vec<Found> {
    tokio::task::spawn_blocking(|| discover::attached(Path::new("/"))).await.unwrap_or_default()
}

pub(super) async fn on_network() -> Vec<Found> {
    let _one = SEARCHING.lock().await;
    let search = || {
        let own = discover::own_address()?;
        let hosts = discover::neighbours(own);
        Some(discover::on_network(&hosts, discover::PRINTER_PORT, discover::SEARCH_LIMITS))
    };
    tokio::task::spawn_blocking(search).await.ok().flatten().unwrap_or_default()
}

/// Shows the page with a port of a scanner that cannot be used.
pub(super) async fn show_with_port(visit: &Visit, counter: u8, port: &str) -> Result<Response, Fault> {
    let filled = Filled { typed_port: Some(port), ..Filled::of(counter) };
    show(visit, &filled, attached().await, None).await
}

/// Gives the form back filled in.
async fn refuse(visit: &Visit, counter: u8, form: &SetUpPrinter) -> Result<Response, Fault> {
    let note = Note::BadField { field: "address".to_owned() };
    let mut response = match visit.wanted {
        Wanted::Json => Json(visit.state(note).await?).into_response(),
        Wanted::Markup => {
            let filled = Filled { typed: Some(&form.other), ..Filled::of(counter) };
            show(visit, &filled, attached().await, None).await?
        }
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn show(
    visit: &Visit,
    filled: &Filled<'_>,
    found: Vec<Found>,
    near: Option<usize>,
) -> Result<Response, Fault> {
    let standing = visit.ok(prints::list_standing(visit.app.db().read()).await)?;
    let mut scanners = visit.ok(scanners::list_scanners(visit.app.db().read()).await)?;
    let counters = (1..=COUNTERS_MAX)
        .map(|counter| {
            let of = printer_of(visit, counter, &standing);
            let scanner = scanners.remove(&of.name).map(|scanner| ScannerOfCounter {
                is_connected: visit.app.scanners().is_connected(&of.name),
                port: scanner.port,
                baud: scanner.baud,
            });
            PrinterOfCounter { scanner, ..of }
        })
        .collect();
    let found = found.into_iter().map(FoundPrinter::from).collect();
    let shown = PrintersPage { counters, labels: printer_of_labels(visit, &standing), found };
    if visit.wanted == Wanted::Json {
        return Ok(Json(shown).into_response());
    }
    let lang = visit.lang;
    let habit = scan_habits::find_habit(visit.app.db().read(), &Lang::Vi.counter_no(filled.counter)).await;
    let habit = visit.ok(habit)?;
    let main = html! {
        @if visit.app.config().is_training() { (message(Tone::Warn, lang.printers_training())) }
        (found_words(lang, near))
        (table(lang, &shown))
        @if let Some(of) = shown.counters.iter().find(|of| of.counter == filled.counter) {
            @if !visit.app.config().is_training() {
                (printer_form::form(visit, of, &shown.found, filled))
                (search(visit, of))
                (scanner_form::form(visit, of.counter, of.scanner.as_ref(), filled.typed_port))
                (scan_habit::form(visit, of.counter, &habit))
            }
        }
        p.actions {
            a.button href=(receipt_logo::PAGE) { (lang.receipt_logo()) }
            a.button href=(display_pictures::PAGE) { (lang.display_pictures()) }
        }
    };
    desk::page(visit, "/printers", lang.printers(), main).await
}

fn printer_of(visit: &Visit, counter: u8, standing: &[Standing]) -> PrinterOfCounter {
    let name = Lang::Vi.counter_no(counter);
    let set_up = visit.app.printer_of(&name);
    let profile = set_up.as_ref().map_or(Profile::new(visit.app.paper_of(&name)), |set_up| set_up.profile);
    PrinterOfCounter {
        counter,
        address: set_up.as_ref().map(|set_up| set_up.address.to_string()).unwrap_or_default(),
        paper_dots: profile.paper.dots(),
        cut: profile.cut.code().to_owned(),
        feed_steps: profile.feed_steps_per_dot.code().to_owned(),
        drawer_pin: set_up.map_or(DrawerPin::Two, |set_up| set_up.pulse.pin).number(),
        standing: standing_of(standing.iter().filter(|of| !of.is_label && of.counter == name)),
        scanner: None,
        name,
    }
}

/// Whichever counter asked for them: the label printer is the whole shop's.
fn printer_of_labels(visit: &Visit, standing: &[Standing]) -> PrinterOfLabels {
    let labels = visit.app.labels();
    PrinterOfLabels {
        stock: label_printer::stock_words(visit.lang, &labels),
        address: labels.printer,
        standing: standing_of(standing.iter().filter(|of| of.is_label)),
    }
}

fn standing_of<'a>(standing: impl Iterator<Item = &'a Standing>) -> PrinterStanding {
    standing.fold(PrinterStanding::default(), |sum, of| PrinterStanding {
        waiting: sum.waiting + of.waiting,
        troubled: sum.troubled + of.troubled,
        reason: if of.reason.is_empty() { sum.reason } else { of.reason.clone() },
    })
}

/// Says how many printers a search found; nothing where none was made.
pub(super) fn found_words(lang: Lang, near: Option<usize>) -> Markup {
    match near {
        Some(0) => message(Tone::Warn, lang.printer_found_none()),
        Some(count) => message(Tone::Good, &lang.printer_found(count)),
        None => html! {},
    }
}

fn table(lang: Lang, shown: &PrintersPage) -> Markup {
    html! {
        section.card {
            h2 { (lang.printers_of_shop()) }
            div.table { table {
                thead { tr {
                    th { (lang.counter_choice()) } th { (lang.printer_address()) } th { (lang.printer_paper()) }
                    th { (lang.printer_standing()) } td {}
                } }
                tbody {
                    @for of in &shown.counters {
                        (row(lang, (&lang.counter_no(of.counter), printer_form::paper_words(lang, of.paper_dots)),
                            (&of.address, &of.standing), &address_of(of.counter)))
                    }
                    @let labels = &shown.labels;
                    (row(lang, (lang.printer_labels(), labels.stock.as_str()), (&labels.address, &labels.standing), label_printer::PAGE))
                }
            } }
        }
    }
}

fn row(
    lang: Lang,
    (whose, paper): (&str, &str),
    (address, standing): (&str, &PrinterStanding),
    to: &str,
) -> Markup {
    html! {
        tr {
            td { (whose) }
            td { @if address.is_empty() { span.mute { (lang.printer_none()) } } @else { (address) } }
            td { @if !address.is_empty() { (paper) } }
            td { (stands(lang, standing, !address.is_empty())) }
            td { div.act { a.button href=(to) aria-label={ (lang.printer_set_up()) " " (whose) } { (lang.printer_set_up()) } } }
        }
    }
}

fn stands(lang: Lang, of: &PrinterStanding, has_printer: bool) -> Markup {
    html! {
        @if of.troubled > 0 {
            @if of.reason.is_empty() { (chip(Tone::Warn, lang.printer_unknown())) }
            @else { (chip(Tone::Bad, chips::advice(lang, &of.reason))) }
        }
        @if of.waiting > 0 { (chip(Tone::Warn, &lang.printer_waits(of.waiting))) }
        @if of.troubled + of.waiting == 0 && has_printer { (chip(Tone::Good, lang.printer_fine())) }
    }
}

/// The button that searches the network.
fn search(visit: &Visit, of: &PrinterOfCounter) -> Markup {
    let lang = visit.lang;
    html! {
        form.card.form method="post" action="/printers/find" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="counter" value=(of.counter);
            p.hint.whole { (lang.printer_find_about()) }
            div.actions { button { (lang.printer_find()) } }
        }
    }
}
