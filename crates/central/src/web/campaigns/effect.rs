//! What a campaign brought, in words that a head of department understands, with the interval as a picture beside them.

use domain::Money;
use domain::campaign::CampaignState;
use maud::{Markup, html};
use web::Lang;
use web::format::{count_text, date_text, decimal_text};
use web::fragment::{Tone, chip};
use web::interval::Interval as Drawn;

use super::report::{CampaignReport, Effect, Interval, Missing, Smallest};
use super::words::{missing_words, whole_percent};
use crate::web::campaign_texts::CampaignTexts;
use crate::web::sales::words::money_text;
use crate::web::texts::CentralTexts;

/// A smallest effect above this, per mille, is none that a campaign could have: three times as much.
const TOO_LARGE: i64 = 2_000;
/// What is drawn at most, per mille.
const DRAWN: (i64, i64) = (-1_000, 3_000);

/// What was measured, with the interval that it is known by.
struct Known {
    change: Interval,
    extra: Interval,
}

/// The card.
pub fn card(lang: Lang, report: &CampaignReport) -> Markup {
    let is_called_off = report.state() == CampaignState::CalledOff;
    html! {
        section.card {
            h2 { (lang.campaign_effect()) }
            @if is_called_off { p { (lang.campaign_never_was()) } } @else {
                @match (report.measured_to, &report.effect) {
                    (Some(to), Some(effect)) => {
                        p.mute {
                            (lang.campaign_measured(date_text(report.first_day), date_text(to))) " · "
                            (lang.stores_reported(report.freshness.reported, report.freshness.stores))
                            @if report.state() == CampaignState::Running { " · " (chip(Tone::Warn, lang.campaign_so_far())) }
                        }
                        (found(lang, report, effect))
                        @if report.freshness.reported < report.freshness.stores {
                            p { (chip(Tone::Warn, lang.campaign_incomplete())) " " (lang.campaign_incomplete_about()) }
                        }
                    }
                    _ => p { (lang.campaign_not_begun()) },
                }
                (smallest(lang, report))
                p.mute.small { (lang.campaign_effect_limits()) }
            }
        }
    }
}

fn found(lang: Lang, report: &CampaignReport, effect: &Effect) -> Markup {
    match *effect {
        Effect::Uplift { change_per_mille, extra_vnd, is_by_stores, stores_with, stores_without, weeks } => {
            let known = Known { change: change_per_mille, extra: extra_vnd };
            html! {
                (known.render(lang))
                (known.cost(lang, report.cost_vnd))
                p.mute { (method(lang, (stores_with, stores_without), weeks, is_by_stores)) }
            }
        }
        Effect::BeforeAfter { before_vnd, during_vnd, weeks } => html! {
            p { (chip(Tone::Warn, lang.campaign_before_after())) }
            p { strong { (lang.campaign_before_after_sums(Money::new(before_vnd), Money::new(during_vnd), weeks)) } }
            p.mute { (lang.campaign_before_after_about()) }
        },
        Effect::TooLittle(missing) => too_little(lang, missing),
    }
}

fn too_little(lang: Lang, missing: Missing) -> Markup {
    html! { p { (chip(Tone::Warn, lang.campaign_too_little())) " " (missing_words(lang, missing)) } }
}

fn method(lang: Lang, (with, without): (usize, usize), weeks: usize, is_by_stores: bool) -> String {
    let against = if without > 0 {
        lang.campaign_against_both(with, without, weeks)
    } else {
        lang.campaign_against_others(with, weeks)
    };
    let interval = if is_by_stores { lang.campaign_by_stores() } else { lang.campaign_by_weeks() };
    format!("{against} {interval}")
}

impl Known {
    const fn is_seen(&self) -> bool {
        self.change.low > 0 || self.change.high < 0
    }

    fn render(&self, lang: Lang) -> Markup {
        let [estimate, low, high] = self.ends(whole_percent);
        let write = |per_mille| whole_percent(per_mille);
        let (tone, verdict) = match (self.is_seen(), self.change.estimate > 0) {
            (true, true) => (Tone::Good, lang.campaign_more()),
            (true, false) => (Tone::Bad, lang.campaign_less()),
            (false, _) => (Tone::Quiet, lang.campaign_unclear()),
        };
        let words = if self.is_seen() {
            lang.campaign_seen(&estimate, &low, &high)
        } else {
            lang.campaign_not_seen(&estimate, &low, &high)
        };
        let drawn = Drawn {
            title: &words,
            estimate: self.change.estimate,
            low: self.change.low,
            high: self.change.high,
            bounds: DRAWN,
            write: &write,
        };
        html! {
            p { (chip(tone, verdict)) }
            (drawn.render())
            p { strong { (words) } }
            p { (self.extra_words(lang)) }
        }
    }

    fn ends(&self, write: fn(i64) -> String) -> [String; 3] {
        [self.change.estimate, self.change.low, self.change.high].map(write)
    }

    fn extra_words(&self, lang: Lang) -> String {
        let write = |vnd: i64| {
            let sign = if vnd < 0 { "−" } else { "" };
            format!("{sign}{}", money_text(lang, vnd.saturating_abs()))
        };
        let Interval { estimate, low, high } = self.extra;
        lang.campaign_extra(write(estimate), write(low), write(high))
    }

    /// What each extra đồng cost. While the interval holds zero there may be none.
    fn cost(&self, lang: Lang, cost_vnd: i64) -> Markup {
        let each = |extra_vnd: i64| {
            let hundredths = i128::from(cost_vnd) * 100 / i128::from(extra_vnd.max(1));
            format!("{} ₫", decimal_text(i64::try_from(hundredths).unwrap_or(i64::MAX), 2))
        };
        let Interval { estimate, low, high } = self.extra;
        html! {
            @if cost_vnd == 0 { p { (lang.campaign_cost_nothing()) } }
            @else if low > 0 { p { (lang.campaign_cost_each(Money::new(cost_vnd), each(estimate), each(high), each(low))) } }
            @else if estimate > 0 { p { (lang.campaign_cost_perhaps(Money::new(cost_vnd), each(estimate))) } }
            @else { p { (lang.campaign_cost_lost(Money::new(cost_vnd))) } }
        }
    }
}

/// The smallest effect that could be seen at all: before it a warning, afterwards the measure of what was found.
fn smallest(lang: Lang, report: &CampaignReport) -> Markup {
    let words = match report.smallest {
        Smallest::Change { change_per_mille, .. } if change_per_mille > TOO_LARGE => {
            lang.campaign_smallest_too_large().to_owned()
        }
        Smallest::Change { change_per_mille, extra_vnd } => {
            let days = (report.last_day - report.first_day).whole_days() + 1;
            lang.campaign_smallest(
                whole_percent(change_per_mille),
                money_text(lang, extra_vnd),
                count_text(days),
            )
        }
        Smallest::TooLittle(missing) => {
            // Said already.
            if matches!(report.effect, Some(Effect::TooLittle(_))) {
                return html! {};
            }
            format!("{} {}", lang.campaign_smallest_unknown(), missing_words(lang, missing))
        }
    };
    html! { p { (words) } }
}
