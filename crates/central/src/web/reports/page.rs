//! The page of one report: what can be done with it, the form, and the paper.

use domain::Money;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, message};

use super::form::Typed;
use super::html;
use super::paper::Paper;
use super::report::Reach;
use super::shown::{SealOfReport, Shown};
use super::signing::{TypedSignature, is_incomplete};
use crate::web::report_texts::ReportTexts;

/// What the page shows.
pub struct View<'a> {
    /// Somebody looks who may write and seal.
    pub may_write: bool,
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// The report.
    pub shown: &'a Shown,
    /// Its paper.
    pub paper: &'a Paper,
    /// The form.
    pub typed: &'a Typed,
    /// The form came back, with something wrong in it.
    pub is_refused: bool,
    /// The words were saved just now.
    pub is_kept: bool,
    /// The period is over.
    pub is_over: bool,
    /// Number, date and signer for a sealed report, when they came back with something wrong in them.
    pub signature: Option<&'a TypedSignature>,
    /// Today.
    pub today: Date,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if self.is_kept { (message(Tone::Good, lang.words_kept())) }
            div.actions {
                a.button.primary href=(self.href(".docx")) { (lang.report_word()) }
                " " a.button href=(self.href(".xlsx")) { (lang.report_excel()) }
                " " a.button href=(self.href(".html")) title=(lang.report_slides_about()) { (lang.report_slides()) }
                " " button type="button" data-print { (lang.report_print()) }
                " " a.button href=(self.sales()) { (lang.report_sales()) }
                " " a.button href="/reports/template" { (lang.template_title()) }
                " " a.button href="/reports" { (lang.report_back()) }
            }
            div.off-paper {
                @match &self.shown.seal {
                    Some(seal) => (self.sealed(seal)),
                    None if self.may_write => { (self.form()) (self.sealing()) },
                    None => {},
                }
            }
            (html::render(self.paper))
        }
    }

    /// The page of sales on the same days: there corrections stand by the day on which they came.
    fn sales(&self) -> String {
        let days = self.shown.report.days_of;
        format!("/sales?from={}&to={}", days.from, days.to)
    }

    fn href(&self, ending: &str) -> String {
        format!("/reports/{}{ending}", self.shown.report.period)
    }

    fn form(&self) -> Markup {
        let (lang, words) = (self.lang, &self.shown.words);
        html! {
            details.card open[self.is_refused] {
                summary { (lang.report_write()) }
                p.mute {
                    @match (words.saved_at_ms, &words.saved_by) {
                        (Some(at_ms), Some(who)) => (lang.words_saved(datetime_text(at_ms), who)),
                        _ => (lang.words_about()),
                    }
                }
                (self.typed.render(lang, self.csrf, &self.href("/words"), self.is_refused))
            }
        }
    }

    /// Says what the figures lack though stores told of it: sealed now, it comes as a correction later.
    fn waiting(&self) -> Option<String> {
        let sum = |of: fn(&Reach) -> i64| self.shown.report.reach.iter().map(of).sum::<i64>();
        let (count, vnd) = (sum(|store| store.suspended_count), sum(|store| store.suspended_vnd));
        (count > 0).then(|| self.lang.seal_suspended(count_text(count), Money::new(vnd)))
    }

    /// Two steps: what is sealed stays so.
    fn sealing(&self) -> Markup {
        let lang = self.lang;
        let has_gaps = self.shown.report.reach.iter().any(|store| !store.is_complete);
        html! {
            @if self.is_over {
                details.card {
                    summary { (lang.seal()) }
                    p { (lang.seal_about()) }
                    @if has_gaps { (message(Tone::Warn, lang.seal_gaps())) }
                    @if let Some(words) = self.waiting() { (message(Tone::Warn, &words)) }
                    @if self.shown.words.saved_at_ms.is_none() { (message(Tone::Warn, lang.seal_unsaved())) }
                    form method="post" action=(self.href("/seal")) {
                        (csrf_field(self.csrf))
                        button.danger { (lang.seal_now()) }
                    }
                }
            } @else { p.mute { (lang.seal_not_yet()) } }
        }
    }

    fn sealed(&self, seal: &SealOfReport) -> Markup {
        let (lang, later) = (self.lang, &seal.later);
        let until = later.until_ms.map(datetime_text).unwrap_or_default();
        html! {
            section.card {
                p { strong { (lang.seal_told(datetime_text(seal.sealed_at_ms), &seal.sealed_by)) } }
                @if later.is_anything() {
                    (message(Tone::Warn, &lang.later_some(until, signed(later.difference_vnd), signed_count(later.difference_count))))
                    ul { @for row in &later.by_store { li { (lang.later_store(&row.store, signed(row.difference_vnd))) } } }
                } @else { p { (lang.later_none()) } }
                @if let Some(signed) = &seal.signed {
                    p { (lang.signing_told(datetime_text(signed.recorded_at_ms), &signed.recorded_by)) }
                }
                p.mute.small { (lang.seal_hash(&seal.sha256)) }
            }
            @if self.may_write && seal.signed.is_none() && is_incomplete(&self.shown.words) { (self.signing()) }
        }
    }

    /// What a paper gets after its figures stand.
    fn signing(&self) -> Markup {
        let (lang, sealed) = (self.lang, &self.shown.words);
        let fresh = TypedSignature::default().beside(sealed);
        let days = (self.shown.report.days_of.to, self.today);
        let (typed, sent_on) = (self.signature.unwrap_or(&fresh), self.signature.map(|_| days));
        html! {
            details.card open[sent_on.is_some()] {
                summary { (lang.signing_paper()) }
                p.mute { (lang.signing_about()) }
                (typed.render(lang, self.csrf, (&self.href("/sign"), sealed), sent_on))
            }
        }
    }
}

/// Writes đồng with their sign: `+1.250.000 ₫`.
fn signed(vnd: i64) -> String {
    let money = Money::new(vnd).to_string();
    if vnd > 0 { format!("+{money}") } else { money }
}

fn signed_count(count: i64) -> String {
    if count > 0 { format!("+{}", count_text(count)) } else { count_text(count) }
}
