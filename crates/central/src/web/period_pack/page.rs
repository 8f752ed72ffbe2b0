//! The reconciliation as one file that opens without network.

use maud::{DOCTYPE, PreEscaped, html};
use web::Lang;
use web::format::date_text;

use crate::web::reconciliation::page::{lines, parts};
use crate::web::reconciliation::report::ReconciliationReport;
use crate::web::reconciliation_texts::ReconciliationTexts;
use crate::web::texts::CentralTexts;

const STYLE: &str = include_str!("../../../assets/pack/page.css");
/// The file may show what is in it, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Returns the file; `period` is the period's name in words.
pub fn render(lang: Lang, period: &str, report: &ReconciliationReport) -> String {
    let whose = report.store.as_ref().unwrap_or(&report.operator);
    let file = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (lang.page_reconciliation()) " · " (period) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (lang.page_reconciliation()) " · " (period) }
                    p { strong { (whose) } " · " (lang.range(date_text(report.days_of.from), date_text(report.days_of.to))) }
                    p.mute { (lang.reconciliation_about()) }
                    (lines(lang, report, |_| None))
                    @for line in &report.lines { (parts(lang, line)) }
                }
            }
        }
    };
    file.into_string()
}
