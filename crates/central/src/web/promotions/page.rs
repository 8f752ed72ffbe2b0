//! The list of promotions.

use domain::Money;
use domain::promotion::PromotionKind;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::report::{PromotionOfReport, PromotionsReport, State};
use crate::web::campaign_texts::CampaignTexts;
use crate::web::promotion_texts::PromotionTexts;
use crate::web::sheet_file;
use crate::web::shell::Place;

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// A promotion was made.
    Added(String),
    /// A promotion was ended.
    Ended(String),
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// An administrator looks.
    pub may_act: bool,
    /// Somebody looks who may read campaigns.
    pub has_campaigns: bool,
    /// The promotions.
    pub report: &'a PromotionsReport,
    /// What just happened.
    pub told: &'a Told,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @match self.told {
                Told::Nothing => {},
                Told::Added(name) => (message(Tone::Good, &lang.promotion_added(name))),
                Told::Ended(name) => (message(Tone::Good, &lang.promotion_ended(name))),
            }
            @if self.has_campaigns {
                nav.presets aria-label=(lang.campaign_beside()) {
                    @for place in [Place::Campaigns, Place::Outcome] { a href=(place.href()) { (place.words(lang)) } }
                }
            }
            p.mute { (lang.promotions_about()) }
            section.card {
                div.head {
                    h2 { (lang.promotion_list()) }
                    div.actions {
                        (sheet_file::links(lang, Place::Promotions.href(), ""))
                        @if self.may_act { a.button.primary href="/promotions/new" { (lang.promotion_add()) } }
                    }
                }
                @if self.report.promotions.is_empty() { p { (lang.promotions_none()) } } @else { (self.table()) }
            }
        }
    }

    fn table(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.table.folds { table {
                thead { tr {
                    th { (lang.column_promotion()) } th { (lang.column_offer()) } th { (lang.column_days()) }
                    th { (lang.column_given_by()) } th { (lang.column_state()) }
                } }
                tbody { @for row in &self.report.promotions { (self.row(row)) } }
            } }
        }
    }

    fn row(&self, row: &PromotionOfReport) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td { (row.name) small { (products(lang, row)) } }
                td { (offer(lang, row.kind())) }
                td {
                    (lang.days(date_text(row.first_day), date_text(row.last_day)))
                    @if let Some(minutes) = row.minutes { small { (hours_words(lang, minutes)) } }
                }
                td { (row.store.clone().unwrap_or_else(|| lang.all_its_stores(&row.operator))) }
                td {
                    (state(lang, row.state))
                    @if self.may_act && row.is_open() { (self.end(row)) }
                }
            }
        }
    }

    /// Two steps: what is ended cannot be taken up again.
    fn end(&self, row: &PromotionOfReport) -> Markup {
        let lang = self.lang;
        html! {
            details.ending {
                summary { (lang.end_early()) }
                form method="post" action={ "/promotions/" (row.promotion_id) "/end" } {
                    (csrf_field(self.csrf))
                    p.small { (lang.end_about()) }
                    button.danger { (lang.end_now()) }
                }
            }
        }
    }
}

fn products(lang: Lang, row: &PromotionOfReport) -> String {
    match row.product_count {
        0 | 1 => lang.one_product(&row.product),
        count => lang.many_products(&row.product, count - 1),
    }
}

/// Returns what a promotion does to the price, in words.
pub fn offer(lang: Lang, kind: Option<PromotionKind>) -> String {
    match kind {
        Some(PromotionKind::Percent(rate)) => lang.offer_percent(rate),
        Some(PromotionKind::AmountOff(amount)) => lang.offer_amount(amount),
        Some(PromotionKind::Bundle { pieces, price }) => lang.offer_bundle(pieces, Money::new(price.vnd())),
        Some(PromotionKind::BuyGet { buy, get }) => lang.offer_buy_get(buy, get),
        None => lang.offer_unknown().to_owned(),
    }
}

fn state(lang: Lang, state: State) -> Markup {
    let tone = match state {
        State::Running => Tone::Good,
        State::Coming => Tone::Warn,
        State::Over | State::Ended => Tone::Quiet,
    };
    chip(tone, state_words(lang, state))
}

/// Says what has become of a promotion.
pub(super) fn state_words(lang: Lang, state: State) -> &'static str {
    match state {
        State::Running => lang.state_running(),
        State::Coming => lang.state_coming(),
        State::Over => lang.state_over(),
        State::Ended => lang.state_ended(),
    }
}

/// Says in which hours of each day a promotion holds.
pub(super) fn hours_words(lang: Lang, [from, until]: [i64; 2]) -> String {
    lang.hours(clock(from), clock(until))
}

/// Returns a minute of the day as a clock shows it: `08:30`, and 24:00 at its end.
fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
