//! The devices of a store: their journals, and how each stands.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::form::csrf_field;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, chip};

use super::page::View;
use super::report::{ConditionOfReport, DeviceOfReport, StoreOfReport};
use crate::web::board_texts::BoardTexts;
use crate::web::login::wait_text;
use crate::web::sales::words::moment;
use crate::web::texts::CentralTexts;

/// A clock that is further off is told (reliability: skew over 5 minutes is flagged).
pub const CLOCK_OFF_MS: i64 = 5 * 60_000;
const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 24 * HOUR_S;

/// The devices as a table, with what may be done to each.
pub fn table(view: &View<'_>, store: &StoreOfReport) -> Markup {
    let lang = view.lang;
    html! {
        div.table { table {
            thead { tr {
                th { (lang.column_device()) } th.roomy { (lang.column_fingerprint()) } th { (lang.column_status()) }
                th.n.roomy { (lang.column_entries()) } th.n.roomy { (lang.column_held()) }
                th.n { (lang.column_heard()) }
            } }
            tbody { @for device in &store.devices { (row(view, store, device)) } }
        } }
    }
}

fn row(view: &View<'_>, store: &StoreOfReport, device: &DeviceOfReport) -> Markup {
    let (lang, now_ms) = (view.lang, view.now_ms);
    let heard =
        device.heard_at_ms.map_or_else(|| lang.never_heard().to_owned(), |at_ms| moment(at_ms, now_ms));
    html! {
        tr {
            td {
                (device.device)
                small {
                    @if let Some(number) = device.number { (lang.device_no(number)) " · " }
                    (lang.enrolled_at(datetime_text(device.enrolled_at_ms)))
                    @if let Some(told) = &device.condition { " · " (lang.device_version(&told.version)) }
                }
            }
            td.roomy { code { (device.fingerprint) } }
            td {
                (status(lang, &device.status))
                @if let Some(told) = &device.condition { (condition(lang, told, now_ms)) }
            }
            td.n.roomy { (count_text(device.entry_count)) @if let Some(words) = same(lang, now_ms, device) { small { (words) } } }
            td.n.roomy { @if device.held_vnd > 0 { (Money::new(device.held_vnd)) } @else { "–" } }
            td.n { (heard) }
        }
        @if view.may_act { (acts(view, store, device)) }
    }
}

fn acts(view: &View<'_>, store: &StoreOfReport, device: &DeviceOfReport) -> Markup {
    let lang = view.lang;
    let at = |act: &str| format!("/stores/{}/devices/{}/{act}", store.store_id, device.fingerprint);
    html! {
        @if device.branch_entry_count > 0 {
            tr { td colspan="6" { (view.act(&at("adopt"), lang.adopt(), lang.adopt_about())) } }
        }
        @match device.status.as_str() {
            "held" => tr { td colspan="6" { (view.act(&at("approve"), lang.approve(), lang.approve_about())) } },
            "approved" | "forked" | "adopted" => tr { td colspan="6" {
                // Two steps: what is revoked never comes back.
                details.ending {
                    summary aria-label=(lang.revoke_now(&device.device)) { (lang.revoke()) }
                    form method="post" action=(at("revoke")) {
                        (csrf_field(view.csrf))
                        p.small { (lang.revoke_about()) }
                        button.danger { (lang.revoke_now(&device.device)) }
                    }
                }
            } },
            _ => {},
        }
    }
}

/// What of its condition somebody should know; nothing when all is well.
fn condition(lang: Lang, told: &ConditionOfReport, now_ms: i64) -> Markup {
    html! {
        @if told.backlog > 0 { small { (chip(Tone::Warn, &lang.device_backlog(count_text(told.backlog)))) } }
        @if let Some(words) = clock(lang, told.clock_ahead_ms) { small { (chip(Tone::Warn, &words)) } }
        @for (counter, code) in &told.printer_faults {
            small { (chip(Tone::Warn, &lang.device_printer(counter, fault(lang, code)))) }
        }
        @if let (true, Some(since_ms)) = (told.invoices_pending > 0, told.invoices_oldest_ms) {
            small { (lang.device_invoices(count_text(told.invoices_pending), moment(since_ms, now_ms))) }
        }
    }
}

/// Says how far a clock is off; nothing within five minutes.
fn clock(lang: Lang, ahead_ms: i64) -> Option<String> {
    if ahead_ms.saturating_abs() <= CLOCK_OFF_MS {
        return None;
    }
    let off_s = ahead_ms.saturating_abs() / 1_000;
    let time = match off_s {
        DAY_S.. => lang.days(count_text(off_s / DAY_S)),
        HOUR_S.. => lang.hours(off_s / HOUR_S),
        _ => wait_text(lang, off_s),
    };
    Some(if ahead_ms > 0 { lang.device_clock_ahead(time) } else { lang.device_clock_behind(time) })
}

/// A printer's trouble in a few words; what to do is said at the till.
pub(super) fn fault(lang: Lang, code: &str) -> &'static str {
    match code {
        "paper_out" => lang.fault_paper(),
        "cover_open" => lang.fault_cover(),
        "refused" | "not_found" | "timed_out" | "closed" | "offline" => lang.fault_unreachable(),
        "" => lang.fault_unknown(),
        _ => lang.fault_broken(),
    }
}

/// Says since when the journal here is the device's own: what came last was signed by it and follows what was here, hash by
/// hash, so both had as many entries with the same content. A forked journal is told by its status.
fn same(lang: Lang, now_ms: i64, device: &DeviceOfReport) -> Option<String> {
    let is_one_journal = ["approved", "held"].contains(&device.status.as_str());
    let is_whole = device.condition.as_ref().is_none_or(|told| told.backlog == 0);
    let at_ms = device.heard_at_ms.filter(|_| is_one_journal && is_whole && device.entry_count > 0)?;
    Some(lang.same_as_till(moment(at_ms, now_ms)))
}

fn status(lang: Lang, code: &str) -> Markup {
    let tone = match code {
        "approved" => Tone::Good,
        "held" => Tone::Warn,
        "forked" => Tone::Bad,
        _ => Tone::Quiet,
    };
    chip(tone, status_words(lang, code))
}

/// Says how a device stands.
pub(super) fn status_words(lang: Lang, code: &str) -> &'static str {
    match code {
        "approved" => lang.status_approved(),
        "held" => lang.status_held(),
        "forked" => lang.status_forked(),
        "adopted" => lang.status_adopted(),
        _ => lang.status_revoked(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only where one journal came, and all of it, may the page say that both have the same.
    #[test]
    fn what_agrees_is_said_of_one_whole_journal_alone() {
        let told = |backlog| ConditionOfReport {
            told_at_ms: 0,
            version: String::new(),
            clock_ahead_ms: 0,
            backlog,
            printer_faults: Vec::new(),
            invoices_pending: 0,
            invoices_oldest_ms: None,
        };
        for (status, entry_count, heard_at_ms, condition, expected) in [
            ("approved", 3, Some(0), None, true),
            ("approved", 3, Some(0), Some(told(0)), true),
            ("approved", 3, Some(0), Some(told(1)), false),
            ("held", 3, Some(0), None, true),
            ("forked", 3, Some(0), None, false),
            ("adopted", 3, Some(0), None, false),
            ("revoked", 3, Some(0), None, false),
            ("approved", 3, None, None, false),
            ("approved", 0, Some(0), None, false),
        ] {
            let device = DeviceOfReport {
                device: "Máy quầy 1".to_owned(),
                fingerprint: "3f9a-01bc-77de-5a11".to_owned(),
                status: status.to_owned(),
                number: None,
                entry_count,
                branch_entry_count: 0,
                held_vnd: 0,
                enrolled_at_ms: 0,
                heard_at_ms,
                condition,
            };
            assert_eq!(same(Lang::Vi, 0, &device).is_some(), expected, "{device:?}");
        }
    }

    #[test]
    fn a_clock_that_is_off_is_told_in_words() {
        for (ahead_ms, expected) in [
            (0, None),
            (5 * 60_000, None),
            (-5 * 60_000, None),
            (5 * 60_000 + 1_000, Some("đồng hồ nhanh 6 phút")),
            (-7_200_000, Some("đồng hồ chậm 2 giờ")),
            (3 * 86_400_000, Some("đồng hồ nhanh 3 ngày")),
            (i64::MIN, Some("đồng hồ chậm 106.751.991.167 ngày")),
        ] {
            assert_eq!(clock(Lang::Vi, ahead_ms).as_deref(), expected, "{ahead_ms}");
        }
    }
}
