//! The pages of an operator's settlements.

use domain::Money;
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::{ADDRESS, NOT_TAKEN, ShopSettlement, ShopSettlements};
use crate::answers::{Standing, WORDS_MAX};
use crate::web::lists::query_text;
use crate::web::producer::settlement::page::{adjusted, advances, amount, corrected, row_card};
use crate::web::producer::settlement::report::{DisputedRow, SettlementReport};
use crate::web::producer::settlement::talk;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::settlements::standing_chip;
use crate::web::producer::talk_texts::TalkTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sheet_file;

/// The list; on a page that is not the first one with the way back to that.
pub fn list(lang: Lang, list: &ShopSettlements, is_later: bool) -> Markup {
    html! {
        p.mute { (lang.shop_settlements_about()) }
        div.actions { (sheet_file::links(lang, ADDRESS, "")) }
        section.card {
            @if list.settlements.is_empty() { p { (lang.shop_settlements_none()) } } @else {
                ul.list { @for each in &list.settlements { (line(lang, each)) } }
            }
            @if is_later || list.page_after.is_some() {
                nav.pager aria-label=(lang.page_shop_settlements()) {
                    span { @if is_later { a.button href=(ADDRESS) { (lang.list_first()) } } }
                    span { @if let Some(after) = &list.page_after {
                        a.button href={ (ADDRESS) "?" (query_text(&[("after", after)])) } { (lang.list_after()) }
                    } }
                }
            }
        }
    }
}

fn line(lang: Lang, each: &ShopSettlement) -> Markup {
    let paper = &each.paper;
    html! {
        li {
            span {
                a href=[paper.page.as_deref()] { (lang.paper_settled(&paper.number)) }
                small.small { (paper.producer) }
                small.small { (date_text(paper.day)) " · " (paper.store) }
                @if let Some(standing) = paper.standing { (standing_chip(lang, standing)) }
                @if let Some(days) = each.disputed_days { " " (chip(Tone::Bad, &lang.disputed_since(days))) }
            }
            strong.n.money { (Money::new(paper.due_vnd)) }
        }
    }
}

/// What was typed into the forms of a settlement, and what just happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Drawn with the page; each of its forms makes its own of it.
    pub id: Uuid,
    /// `replied`, `signed` or `attached`, just now; or [`NOT_TAKEN`].
    pub done: Option<String>,
    /// The field that is wrong: `words`, `signer` or `day`.
    pub wrong: Option<&'static str>,
    /// Which row was answered; empty for all of the settlement.
    pub product: String,
    /// What follows.
    pub outcome: String,
    /// In which words.
    pub words: String,
    /// Who signed.
    pub signer: String,
    /// When.
    pub day: String,
    /// What is wrong with a photograph or scan.
    pub wrong_file: Option<String>,
}

/// The page of a settlement.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// The settlement.
    pub report: &'a SettlementReport,
    /// Its forms.
    pub typed: &'a Typed,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let page = report.paper.page.as_deref().unwrap_or_default();
        let papers = format!("{page}/papers");
        html! {
            @match self.typed.done.as_deref() {
                Some("replied") => (message(Tone::Good, lang.reply_kept())),
                Some("signed") => (message(Tone::Good, lang.sign_kept())),
                Some(NOT_TAKEN) => (message(Tone::Warn, lang.not_taken())),
                Some("attached") => (message(Tone::Good, lang.attach_kept())),
                _ => {}
            }
            (self.sums())
            (corrected(lang, &report.corrected_by))
            (talk::signature(lang, report))
            (talk::rows(lang, report, |row| self.reply(row)))
            @if self.may_sign() { (self.sign()) }
            (talk::attached(lang, report, Some((self.csrf, (self.typed.id, papers.as_str()), self.typed.wrong_file.as_deref()))))
            h2 { (lang.all_rows()) }
            @if report.rows.is_empty() { section.card { p { (lang.no_rows()) } } }
            @let moves = format!("{page}/moves");
            @for row in &report.rows { (row_card(lang, row, Some(&moves))) }
            div.actions { button type="button" data-print { (lang.print_paper()) } }
        }
    }

    fn sums(&self) -> Markup {
        let (lang, paper) = (self.lang, &self.report.paper);
        let before = match self.report.before_vnd() {
            owed @ 0.. => (lang.owed_before(), owed),
            ahead => (lang.paid_ahead(), ahead),
        };
        let left = match paper.left_vnd() {
            owed @ 0.. => (lang.left_owed(), owed),
            ahead => (lang.left_ahead(), ahead.saturating_neg()),
        };
        html! {
            section.card {
                h2 { (lang.paper_settled(&paper.number)) }
                p { strong { (paper.producer) } }
                p.mute { (date_text(paper.day)) " · " (paper.store) }
                @if let Some(standing) = paper.standing { p { (standing_chip(lang, standing)) } }
                dl.sums {
                    (amount(lang.due_of_settlement(), paper.due_vnd))
                    @if before.1 != 0 { (amount(before.0, before.1)) }
                    (adjusted(lang, &self.report.adjusted))
                    (advances(lang, &self.report.advances))
                    (amount(lang.paid_now(), paper.paid_vnd))
                    dt { strong { (left.0) } } dd { strong { (Money::new(left.1)) } }
                }
                @if matches!(paper.standing, Some(Standing::Sent | Standing::Answered)) {
                    p.mute { (lang.answer_until(datetime_text(self.report.silent_until_ms))) }
                }
            }
        }
    }

    /// The form to answer a dispute that waits for it.
    fn reply(&self, row: &DisputedRow) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let product = row.product_id.map_or_else(String::new, |id| id.to_string());
        let is_this = typed.wrong == Some("words") && typed.product == product;
        let (outcome, words) =
            if is_this { (typed.outcome.as_str(), typed.words.as_str()) } else { ("", "") };
        let field = format!("words-{product}");
        let choice = |code: &'static str, text| {
            html! {
                label.tick { input type="radio" name="outcome" value=(code) checked[outcome == code] required; (text) }
            }
        };
        html! {
            @if self.report.is_open && !row.is_replied {
                form.off-paper method="post" action={ (self.report.paper.page.as_deref().unwrap_or_default()) "/reply" } {
                    (csrf_field(self.csrf))
                    input type="hidden" name="id" value=(talk::form_id(typed.id, &field));
                    input type="hidden" name="product" value=(product);
                    fieldset { legend { (lang.reply_outcome()) }
                        (choice("as_told", lang.reply_as_told()))
                        (choice("next_one", lang.reply_next_one()))
                    }
                    div.field.wrong[is_this] {
                        label for=(field) { (lang.reply_words()) }
                        textarea id=(field) name="words" rows="3" maxlength=(WORDS_MAX) required
                            aria-invalid=[is_this.then_some("true")] { (words) }
                        @if is_this { p.error { span aria-hidden="true" { "✕ " } (lang.words_wrong()) } }
                        @else { p.hint { (lang.reply_about()) } }
                    }
                    div.actions { button.primary { (lang.reply_send()) } }
                }
            }
        }
    }

    fn may_sign(&self) -> bool {
        let standing = self.report.paper.standing;
        matches!(standing, Some(Standing::Sent | Standing::Answered | Standing::Agreed))
    }

    fn sign(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let error = |field: &str, words| (typed.wrong == Some(field)).then_some(words);
        html! {
            details.card.ending.off-paper open[matches!(typed.wrong, Some("signer" | "day"))] {
                summary { (lang.sign_title()) }
                p.mute { (lang.sign_about()) }
                form method="post" action={ (self.report.paper.page.as_deref().unwrap_or_default()) "/sign" } {
                    (csrf_field(self.csrf))
                    input type="hidden" name="id" value=(talk::form_id(typed.id, "sign"));
                    (Field { value: &typed.signer, error: error("signer", lang.signer_wrong()), ..Field::new("signer", lang.signer()) }.render())
                    (Field {
                        kind: "date", value: &typed.day, error: error("day", lang.signed_day_wrong()),
                        ..Field::new("day", lang.signed_day())
                    }.render())
                    div.actions { button.primary { (lang.sign_send()) } }
                }
            }
        }
    }
}
