//! What a campaign brought, in words that a head of department understands, with the interval as a picture beside them.

use domain::Money;
use domain::campaign::{CampaignState, each_hundredths};
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
pub const TOO_LARGE: i64 = 2_000;
/// What is drawn at most, per mille.
const DRAWN: (i64, i64) = (-1_000, 3_000);

/// What was measured, with the intervals that it is known by.
struct Known {
    change: Interval,
    extra: Interval,
}

/// The figures of a meeting, and the card that says how sure they are.
pub fn card(lang: Lang, report: &CampaignReport) -> Markup {
    let is_called_off = report.state() == CampaignState::CalledOff;
    let known = report.effect.as_ref().and_then(Known::of);
    html! {
        @if let Some(known) = &known { (known.figures(lang, report)) }
        section.card {
            h2 { (lang.campaign_effect()) }
            div.brought {
                @if is_called_off { p { (lang.campaign_never_was()) } } @else { (told(lang, report)) }
            }
        }
    }
}

fn told(lang: Lang, report: &CampaignReport) -> Markup {
    html! {
        @match (report.measured_to, &report.effect) {
            (Some(to), Some(effect)) => {
                p.mute {
                    (lang.campaign_measured(date_text(report.first_day), date_text(to))) " · "
                    (lang.stores_reported(report.freshness.reported, report.freshness.stores))
                    @if report.state() == CampaignState::Running { " · " (chip(Tone::Warn, lang.campaign_so_far())) }
                }
                (found(lang, effect))
                @if report.freshness.reported < report.freshness.stores {
                    p { (chip(Tone::Warn, lang.campaign_incomplete())) " " (lang.campaign_incomplete_about()) }
                }
            }
            _ => p { (lang.campaign_not_begun()) },
        }
        @if !report.overlapping.is_empty() {
            p {
                (chip(Tone::Warn, lang.campaign_overlapping())) " "
                @for (index, other) in report.overlapping.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href={ "/campaigns/" (other.campaign_id) } { (other.name) }
                }
                ". " (lang.campaign_overlapping_about())
            }
        }
        (smallest(lang, report))
        @if report.left_out_weeks > 0 { p.mute { (lang.campaign_left_out(report.left_out_weeks)) } }
        p.mute.small { (lang.campaign_effect_limits()) }
    }
}

fn found(lang: Lang, effect: &Effect) -> Markup {
    match *effect {
        Effect::Uplift { change_per_mille, is_by_stores, stores_with, stores_without, weeks, .. } => html! {
            (interval(lang, change_per_mille))
            p.mute { (method(lang, (stores_with, stores_without), weeks, is_by_stores)) }
        },
        Effect::BeforeAfter { before_vnd, during_vnd, weeks } => html! {
            p { (chip(Tone::Warn, lang.campaign_before_after())) }
            p { strong { (lang.campaign_before_after_sums(Money::new(before_vnd), Money::new(during_vnd), weeks)) } }
            p.mute { (lang.campaign_before_after_about()) }
        },
        Effect::TooLittle(missing) => too_little(lang, missing),
    }
}

/// The verdict, the picture and the sentence.
fn interval(lang: Lang, change: Interval) -> Markup {
    let (tone, verdict, words) = verdict(lang, change);
    let Interval { estimate, low, high } = change;
    let drawn = Drawn { title: &words, estimate, low, high, bounds: DRAWN, write: &whole_percent };
    html! {
        p { (chip(tone, verdict)) }
        (drawn.render())
        p { strong { (words) } }
    }
}

/// Returns how good a change is, that in a word or two, and the sentence.
pub fn verdict(lang: Lang, change: Interval) -> (Tone, &'static str, String) {
    let Interval { estimate, low, high } = change;
    let is_seen = low > 0 || high < 0;
    let unsigned = || whole_percent(estimate.saturating_abs()).trim_start_matches('+').to_owned();
    let (from, to) = (whole_percent(low), whole_percent(high));
    match (is_seen, estimate > 0) {
        (true, true) => (Tone::Good, lang.campaign_more(), lang.campaign_seen_more(unsigned(), from, to)),
        (true, false) => (Tone::Bad, lang.campaign_less(), lang.campaign_seen_less(unsigned(), from, to)),
        (false, _) => {
            (Tone::Quiet, lang.campaign_unclear(), lang.campaign_not_seen(whole_percent(estimate), from, to))
        }
    }
}

fn too_little(lang: Lang, missing: Missing) -> Markup {
    html! { p { (chip(Tone::Warn, lang.campaign_too_little())) " " (missing_words(lang, missing)) } }
}

/// Says what a change was held against, and where its interval comes from.
pub fn method(lang: Lang, (with, without): (usize, usize), weeks: usize, is_by_stores: bool) -> String {
    let against = if without > 0 {
        lang.campaign_against_both(with, without, weeks)
    } else {
        lang.campaign_against_others(with, weeks)
    };
    let interval = if is_by_stores { lang.campaign_by_stores() } else { lang.campaign_by_weeks() };
    format!("{against} {interval}")
}

impl Known {
    const fn of(effect: &Effect) -> Option<Self> {
        match *effect {
            Effect::Uplift { change_per_mille, extra_vnd, .. } => {
                Some(Self { change: change_per_mille, extra: extra_vnd })
            }
            _ => None,
        }
    }

    fn figures(&self, lang: Lang, report: &CampaignReport) -> Markup {
        let figure = |name: &str, value: String, about: String| {
            html! { div.card.figure { span.mute { (name) } strong { (value) } p { (about) } } }
        };
        let between = |interval: Interval, write: &dyn Fn(i64) -> String| {
            lang.campaign_between(write(interval.low), write(interval.high))
        };
        let money = |vnd: i64| {
            let sign = if vnd < 0 { "−" } else { "" };
            format!("{sign}{}", money_text(lang, vnd.saturating_abs()))
        };
        let (each, about) = cost_each(lang, self.extra, report);
        html! {
            div.figures {
                (figure(lang.campaign_change(), whole_percent(self.change.estimate), between(self.change, &whole_percent)))
                (figure(lang.campaign_extra(), money(self.extra.estimate), between(self.extra, &money)))
                (figure(lang.campaign_cost_each(), each, about))
            }
        }
    }
}

/// What each extra đồng cost, with a word on how sure that is. While the interval holds zero there may be no extra đồng; while the
/// campaign runs its whole cost would stand against a part of what it brings.
pub fn cost_each(lang: Lang, extra: Interval, report: &CampaignReport) -> (String, String) {
    let cost_vnd = report.cost_vnd;
    let each = |extra_vnd: i64| format!("{} ₫", decimal_text(each_hundredths(cost_vnd, extra_vnd), 2));
    let Interval { estimate, low, high } = extra;
    let unknown = || "–".to_owned();
    if cost_vnd == 0 {
        (unknown(), lang.campaign_cost_nothing().to_owned())
    } else if !report.is_whole() {
        (unknown(), lang.campaign_cost_not_over().to_owned())
    } else if low > 0 {
        (each(estimate), lang.campaign_between(each(high), each(low)))
    } else if estimate > 0 {
        (unknown(), lang.campaign_cost_perhaps(each(estimate)))
    } else {
        (unknown(), lang.campaign_cost_lost().to_owned())
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
