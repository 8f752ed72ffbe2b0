//! The page of a settlement; on paper it is the settlement alone.

use domain::{Money, Quantity, Rate};
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, message};

use super::report::{AdjustedOfReport, AdvanceOfReport, DisputedRow, RowOfReport, SettlementReport};
use super::talk;
use crate::answers::{Standing, WORDS_MAX};
use crate::db::settlement_answers::Figure;
use crate::web::producer::correction_texts::CorrectionTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::move_texts::MoveTexts;
use crate::web::producer::reading_key::only_to_read;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::settlements::{signed, standing_chip};
use crate::web::producer::talk_texts::TalkTexts;
use crate::web::shop_settlements::NOT_TAKEN;

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// The producer agreed.
    Confirmed,
    /// The producer found something wrong.
    Disputed,
    /// A form was sent before with something else in it, which stands.
    NotTaken,
}

impl Told {
    /// Returns what an address says.
    pub fn from_code(code: &str) -> Self {
        match code {
            "confirmed" => Self::Confirmed,
            "disputed" => Self::Disputed,
            NOT_TAKEN => Self::NotTaken,
            _ => Self::Nothing,
        }
    }
}

/// The form of a dispute as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Drawn with the page; each of its forms makes its own of it.
    pub id: Uuid,
    /// The chosen product; empty for all of the settlement.
    pub product: String,
    /// What is wrong.
    pub words: String,
    /// The chosen figure.
    pub figure: String,
    /// What it should be.
    pub claimed: String,
    /// The field that is wrong: `words` that are missing or too many, or `figure`.
    pub wrong: Option<&'static str>,
}

impl Typed {
    /// Returns an empty form.
    pub const fn new(id: Uuid) -> Self {
        Self {
            id,
            product: String::new(),
            words: String::new(),
            figure: String::new(),
            claimed: String::new(),
            wrong: None,
        }
    }
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token; none for those who may only read.
    pub csrf: Option<&'a CsrfToken>,
    /// The settlement.
    pub report: &'a SettlementReport,
    /// The form of a dispute.
    pub typed: &'a Typed,
    /// What just happened.
    pub told: Told,
    /// What was wrong with a photograph or scan.
    pub wrong_file: Option<&'a str>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @match self.told {
                Told::Confirmed if !self.report.may_confirm() => (message(Tone::Good, lang.was_confirmed())),
                Told::NotTaken => (message(Tone::Warn, lang.not_taken())),
                Told::Disputed if !self.report.may_confirm() => (message(Tone::Good, lang.was_disputed())),
                _ => {}
            }
            (self.sums())
            (corrected(lang, &self.report.corrected_by))
            (talk::signature(lang, self.report))
            (talk::rows(lang, self.report, |row| self.insist(row)))
            h2 { (lang.all_rows()) }
            @if self.report.rows.is_empty() { section.card { p { (lang.no_rows()) } } }
            @let moves = self.action("/moves");
            @for row in &self.report.rows { (row_card(lang, row, Some(&moves))) }
            @match self.csrf {
                Some(csrf) => {
                    @if self.report.may_confirm() { (self.confirm(csrf)) }
                    @if self.report.may_dispute() { (self.dispute(csrf)) }
                    @let is_about = self.report.is_open && !self.report.disputed_rows.is_empty();
                    @let papers = self.action("/papers");
                    (talk::attached(lang, self.report, is_about.then_some((csrf, (self.typed.id, papers.as_str()), self.wrong_file))))
                }
                None => (only_to_read(lang, "/me/settlements")),
            }
            div.actions {
                button type="button" data-print { (lang.print_paper()) }
                a.button href={ (self.action("")) ".xlsx" } { (lang.download_xlsx()) }
            }
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
                p.mute { (date_text(paper.day)) " · " (paper.store) " · " (paper.operator) }
                @if let Some(standing) = paper.standing { p { (standing_chip(lang, standing)) } }
                dl.sums {
                    (amount(lang.due_of_settlement(), paper.due_vnd))
                    @if before.1 != 0 { (amount(before.0, before.1)) }
                    (adjusted(lang, &self.report.adjusted))
                    (advances(lang, &self.report.advances))
                    (amount(lang.paid_now(), paper.paid_vnd))
                    dt { strong { (left.0) } } dd { strong { (Money::new(left.1)) } }
                }
            }
        }
    }

    /// Returns the settlement's address with something behind it; a settlement always has a page.
    fn action(&self, act: &str) -> String {
        format!("{}{act}", self.report.paper.page.as_deref().unwrap_or_default())
    }

    fn confirm(&self, csrf: &CsrfToken) -> Markup {
        let lang = self.lang;
        html! {
            section.card.off-paper {
                @let until = datetime_text(self.report.silent_until_ms);
                @if self.report.signature.is_some() { p { (lang.signed_object(until)) } } @else { p { (lang.answer_until(until)) } }
                form.act method="post" action=(self.action("/confirm")) {
                    (csrf_field(csrf))
                    span.mute { (lang.confirm_about()) }
                    button.primary {
                        @if self.report.paper.standing == Some(Standing::Answered) { (lang.confirm_answered()) }
                        @else { (lang.confirm_settlement()) }
                    }
                }
            }
        }
    }

    fn dispute(&self, csrf: &CsrfToken) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let ids: Vec<(String, &str)> = self
            .report
            .rows
            .iter()
            .filter(|row| row.dispute.is_none())
            .map(|row| (row.product_id.to_string(), row.name.as_str()))
            .collect();
        let whole = self.report.may_dispute_all().then_some(("", lang.whole_settlement()));
        let options: Vec<(&str, &str)> =
            whole.into_iter().chain(ids.iter().map(|(id, name)| (id.as_str(), *name))).collect();
        html! {
            // Folded away, so that the usual answer stands alone at the thumb; what was typed wrong is open.
            details.card.ending.off-paper open[typed.wrong.is_some()] {
                summary { (lang.dispute_settlement()) }
                p.mute { (lang.dispute_about()) }
                form method="post" action=(self.action("/dispute")) {
                    (csrf_field(csrf))
                    input type="hidden" name="id" value=(talk::form_id(typed.id, "dispute"));
                    (select("product", lang.dispute_row(), &options, &typed.product, None))
                    (self.claim())
                    (self.words())
                    div.actions { button { (lang.send_dispute()) } }
                }
            }
        }
    }

    /// Which figure is wrong, and what it should be: who knows may say so.
    fn claim(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let figures = Figure::ALL.map(|figure| (figure.code(), talk::figure_words(lang, figure.code())));
        let options: Vec<(&str, &str)> = std::iter::once(("", lang.figure_none())).chain(figures).collect();
        let error = (typed.wrong == Some("figure")).then_some(lang.claim_wrong());
        html! {
            (select("figure", lang.claim_figure(), &options, &typed.figure, error))
            (Field {
                value: &typed.claimed, inputmode: "decimal", is_required: false, hint: Some(lang.claim_hint()),
                ..Field::new("claimed", lang.claim_number())
            }.render())
        }
    }

    /// The way to say that an answer is not enough.
    fn insist(&self, row: &DisputedRow) -> Markup {
        let lang = self.lang;
        let product = row.product_id.map_or_else(String::new, |id| id.to_string());
        let field = format!("insist-{product}");
        html! {
            @if let Some(csrf) = self.csrf.filter(|_| self.report.is_open && row.is_replied) {
                details.ending.off-paper {
                    summary { (lang.insist()) }
                    form method="post" action=(self.action("/insist")) {
                        (csrf_field(csrf))
                        input type="hidden" name="id" value=(talk::form_id(self.typed.id, &field));
                        input type="hidden" name="product" value=(product);
                        div.field {
                            label for=(field) { (lang.insist_words()) }
                            textarea id=(field) name="words" rows="3" maxlength=(WORDS_MAX) required {}
                        }
                        div.actions { button { (lang.insist_send()) } }
                    }
                }
            }
        }
    }

    fn words(&self) -> Markup {
        let (lang, is_wrong) = (self.lang, self.typed.wrong == Some("words"));
        html! {
            div.field.wrong[is_wrong] {
                label for="words" { (lang.dispute_words()) }
                textarea #words name="words" rows="3" maxlength=(WORDS_MAX) required
                    aria-invalid=[is_wrong.then_some("true")]
                    aria-describedby=[is_wrong.then_some("words-about")] { (self.typed.words) }
                @if is_wrong { p.error #words-about { span aria-hidden="true" { "✕ " } (lang.wrong_words()) } }
            }
        }
    }
}

/// Returns the goods and the money of a product; `moves` is the address of what moved, to which the product is added.
pub fn row_card(lang: Lang, row: &RowOfReport, moves: Option<&str>) -> Markup {
    let rates: Vec<String> =
        row.commission_ppm.iter().filter_map(|ppm| Some(Rate::from_ppm(*ppm).ok()?.to_string())).collect();
    let pieces = [
        (lang.row_received(), row.received_milli),
        (lang.row_sold(), row.sold_milli),
        (lang.row_refunded(), row.refunded_milli),
        (lang.row_returned(), row.returned_milli),
        (lang.row_lost_by_producer(), row.lost_by_producer_milli),
        (lang.row_lost_by_operator(), row.lost_by_operator_milli),
        (lang.row_counted(), row.counted_milli),
        (lang.row_transferred(), row.transferred_milli),
        (lang.row_repacked(), row.repacked_milli),
    ];
    let commission = lang.row_commission(rates.join(" · "));
    let money = [
        (lang.row_gross(), row.gross_vnd),
        (lang.row_discount(), row.discount_vnd.saturating_neg()),
        (commission.trim_end(), row.commission_vnd.saturating_neg()),
        (lang.row_commission_tax(), row.commission_tax_vnd.saturating_neg()),
        (lang.row_compensation(), row.compensation_vnd),
    ];
    html! {
        section.card {
            p { strong { (row.name) } small.small { (row.unit) } }
            dl.sums {
                (quantity(lang.row_opening(), row.opening_milli))
                @for (words, milli) in pieces { @if milli != 0 { (quantity(words, milli)) } }
                (quantity(lang.row_closing(), row.closing_milli))
            }
            dl.sums {
                @for (words, vnd) in money { @if vnd != 0 { (amount(words, vnd)) } }
                dt { strong { (lang.row_due()) } } dd { strong { (Money::new(row.due_vnd)) } }
            }
            @if let Some(words) = &row.dispute { (message(Tone::Warn, &lang.row_disputed(words))) }
            @if let Some(moves) = moves {
                p.off-paper {
                    a href={ (moves) "?product=" (row.product_id) } aria-label={ (lang.moves_link()) ": " (row.name) } { (lang.moves_link()) }
                }
            }
        }
    }
}

/// Returns what was put right since the settlement before, among the sums.
pub fn adjusted(lang: Lang, rows: &[AdjustedOfReport]) -> Markup {
    html! {
        @for row in rows {
            dt { (row.words(lang)) small.small { (row.correction_reason) } }
            dd { (signed(row.adjusted_vnd)) }
        }
    }
}

/// Returns what was paid since the settlement before, among the sums.
pub fn advances(lang: Lang, rows: &[AdvanceOfReport]) -> Markup {
    html! {
        @for row in rows { (amount(&lang.advance_paid(date_text(row.day), &row.number), row.paid_vnd.saturating_neg())) }
    }
}

/// Returns what put the settlement right later; nothing without any.
pub fn corrected(lang: Lang, rows: &[AdjustedOfReport]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.card {
                h2 { (lang.corrected_title()) }
                p.mute { (lang.corrected_about()) }
                ul.list { @for row in rows {
                    li {
                        span {
                            @if row.is_taken_back { (lang.paper_takes_back(&row.number)) } @else { (lang.paper_adjusts(&row.number)) }
                            small.small { (date_text(row.day)) " · " (row.correction_reason) }
                        }
                        strong.n.money { (signed(row.adjusted_vnd)) }
                    }
                } }
            }
        }
    }
}

impl AdjustedOfReport {
    /// Returns what is put right, in words.
    pub fn words(&self, lang: Lang) -> String {
        let number = self.corrected_number.as_str();
        let words = if self.is_taken_back { lang.taken_back_of(number) } else { lang.adjusted_of(number) };
        words.trim_end().to_owned()
    }
}

fn quantity(words: &str, milli: i64) -> Markup {
    html! { dt { (words) } dd { (Quantity::from_milli(milli)) } }
}

/// Returns an amount with its words.
pub fn amount(words: &str, vnd: i64) -> Markup {
    html! { dt { (words) } dd { (Money::new(vnd)) } }
}
