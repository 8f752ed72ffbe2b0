//! What somebody should look into, over all stores: a line each, the most urgent first.

use domain::recognition::WARNING_DAYS;
use maud::{Markup, html};
use web::Lang;
use web::format::count_text;
use web::fragment::{Tone, chip, message};

use super::devices::CLOCK_OFF_MS;
use super::report::{ConditionOfReport, DeviceOfReport, StoresReport};
use crate::web::board_texts::BoardTexts;

/// A store that is silent for longer is listed; most close at night.
pub const SILENT_HOURS: i64 = 24;

/// A line of the card: how bad, what, and where it leads.
type Line = (Tone, String, Option<String>);

/// The card.
pub fn card(lang: Lang, report: &StoresReport, now_ms: i64) -> Markup {
    let lines = lines(lang, report, now_ms);
    html! {
        section.card {
            h2 { (lang.board_title()) }
            @if lines.is_empty() { (message(Tone::Good, lang.board_nothing())) } @else {
                ul.list { @for (tone, words, href) in &lines { li {
                    @match href {
                        Some(href) => span { a href=(href) { (words) } },
                        None => span { (words) },
                    }
                    (chip(*tone, tone_words(lang, *tone)))
                } } }
            }
        }
    }
}

fn tone_words(lang: Lang, tone: Tone) -> &'static str {
    match tone {
        Tone::Bad | Tone::Alarm => lang.board_urgent(),
        Tone::Warn => lang.board_look(),
        Tone::Good | Tone::Quiet => lang.board_ahead(),
    }
}

fn lines(lang: Lang, report: &StoresReport, now_ms: i64) -> Vec<Line> {
    let devices = || report.stores.iter().flat_map(|store| &store.devices);
    let having = |code: &str| count(devices().filter(|device| device.status == code));
    let forked = count(devices().filter(|device| device.branch_entry_count > 0));
    let conditions = || devices().filter_map(|device| lately(device, now_ms));
    let told = |is_so: &dyn Fn(&ConditionOfReport) -> bool| count(conditions().filter(|told| is_so(told)));
    let invoices: i64 = conditions().map(|told| told.invoices_pending).sum();
    let exceptions: i64 = report.stores.iter().map(|store| store.exception_count).sum();
    let silent = report.stores.iter().filter(|store| store.is_running && is_silent(&store.devices, now_ms));
    let mut lines: Vec<Line> = [
        (Tone::Bad, forked, lang.board_forked(count_text(forked)), None),
        (Tone::Warn, having("held"), lang.board_waiting(count_text(having("held"))), None),
        (Tone::Warn, exceptions, lang.board_exceptions(count_text(exceptions)), Some("#exceptions")),
    ]
    .into_iter()
    .filter(|(_, count, ..)| *count > 0)
    .map(|(tone, _, words, href)| (tone, words, href.map(str::to_owned)))
    .collect();
    let mut push = |count: i64, words: String| {
        if count > 0 {
            lines.push((Tone::Warn, words, None));
        }
    };
    let (silent, disputes) =
        (count(silent), count(report.disputes.iter().filter(|dispute| !dispute.is_replied)));
    push(silent, lang.board_silent(count_text(silent), SILENT_HOURS));
    let behind = told(&|told| told.backlog > 0);
    push(behind, lang.board_backlog(count_text(behind)));
    let off = told(&|told| told.clock_ahead_ms.saturating_abs() > CLOCK_OFF_MS);
    push(off, lang.board_clocks(count_text(off)));
    let printers = told(&|told| !told.printer_faults.is_empty());
    push(printers, lang.board_printers(count_text(printers)));
    push(invoices, lang.board_invoices(count_text(invoices)));
    push(disputes, lang.board_disputes(count_text(disputes)));
    lines.extend(report.lapsing.iter().filter(|each| each.product_count > 0).map(|each| {
        let words = lang.board_lapsing(count_text(each.product_count), each.days);
        let is_soon = WARNING_DAYS.iter().min() == Some(&each.days);
        let tone = if is_soon { Tone::Warn } else { Tone::Quiet };
        (tone, words, Some(format!("/products?lapse={}", each.days)))
    }));
    lines
}

/// What a device that is in use told within the hours after which it is silent; older words are of no use.
fn lately(device: &DeviceOfReport, now_ms: i64) -> Option<&ConditionOfReport> {
    let told = device.condition.as_ref().filter(|_| in_use(device));
    told.filter(|told| now_ms.saturating_sub(told.told_at_ms) <= SILENT_HOURS * 3_600_000)
}

fn in_use(device: &DeviceOfReport) -> bool {
    ["approved", "held"].contains(&device.status.as_str())
}

/// A store none of whose devices was heard of lately; one without devices has not begun.
fn is_silent(devices: &[DeviceOfReport], now_ms: i64) -> bool {
    let mut used = devices.iter().filter(|device| in_use(device)).peekable();
    used.peek().is_some()
        && used.all(|device| {
            let heard_at_ms = device.heard_at_ms.unwrap_or(device.enrolled_at_ms);
            now_ms.saturating_sub(heard_at_ms) > SILENT_HOURS * 3_600_000
        })
}

fn count<T>(of: impl Iterator<Item = T>) -> i64 {
    i64::try_from(of.count()).unwrap_or(i64::MAX)
}
