//! The page of new points against old ones at equal age: a chart that prints, and the same in tables.

use maud::{Markup, html};
use web::Lang;
use web::chart::{Bar, Bars};
use web::form::Field;
use web::format::{change_per_mille, compact_vnd, count_text, date_text};
use web::fragment::{Tone, change, chip, message};

use super::ages::{Ages, Mean, PointOfAges, WeekOfLife};
use crate::web::lists::{self, query_text};
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::point_texts::PointTexts;
use crate::web::sheet_file;
use domain::Money;

/// What stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// From which day on points are new.
    pub new_since: String,
    /// How many weeks.
    pub weeks: String,
}

impl Typed {
    /// Returns the address of the same comparison under an ending.
    fn href(&self, ending: &str) -> String {
        lists::href(
            "/points/ages",
            ending,
            query_text(&[("new_since", &self.new_since), ("weeks", &self.weeks)]),
            None,
        )
    }
}

/// The page; without ages when what was asked for does not exist.
pub fn page(lang: Lang, typed: &Typed, ages: Option<&Ages>) -> Markup {
    html! {
        form.filters method="get" action="/points/ages" {
            div { p.mute { (lang.ages_about()) } }
            div {
                (Field { kind: "date", value: &typed.new_since, ..Field::new("new_since", lang.ages_new_since()) }.render())
                (Field { inputmode: "numeric", value: &typed.weeks, ..Field::new("weeks", lang.ages_weeks()) }.render())
                button.primary { (lang.ages_show()) }
            }
        }
        @match ages {
            None => (message(Tone::Bad, lang.ages_wrong())),
            Some(ages) => {
                div.actions {
                    a.button href=(typed.href(".xlsx")) { (lang.points_excel()) }
                    (sheet_file::csv_links(lang, &typed.href(".csv"), &[lang.ages_by_week(), lang.ages_by_point()]))
                }
                @if ages.weeks.is_empty() { section.card { p { (lang.ages_too_few()) } } }
                @else { section.card { (chart(lang, ages)) } (by_week(lang, &ages.weeks)) }
                @if !ages.points.is_empty() { (by_point(lang, &ages.points)) }
            }
        }
    }
}

fn chart(lang: Lang, ages: &Ages) -> Markup {
    let bars: Vec<Bar> = ages
        .weeks
        .iter()
        .map(|week| Bar {
            label: week.week.to_string(),
            now: week.new.vnd().unwrap_or_default(),
            before: week.old.vnd().unwrap_or_default(),
            is_complete: true,
        })
        .collect();
    let write = |vnd| compact_vnd(vnd, lang);
    let (title, now, before) = (lang.ages_title(), lang.ages_new(), lang.ages_old());
    Bars { lang, title, now, before, write: &write, bars: &bars }.render()
}

fn mean(lang: Lang, mean: Mean) -> Markup {
    html! {
        @match mean.vnd() {
            Some(vnd) => { (Money::new(vnd)) small { (lang.ages_points(count_text(mean.count))) } }
            None => "–",
        }
    }
}

fn by_week(lang: Lang, weeks: &[WeekOfLife]) -> Markup {
    html! {
        section.card.weeks {
            h2 { (lang.ages_by_week()) }
            div.table.folds { table {
                thead { tr {
                    th.n { (lang.ages_week()) } th.n { (lang.ages_new()) } th.n { (lang.ages_old()) } th.n { (lang.ages_change()) }
                } }
                tbody { @for week in weeks { tr {
                    td.n { (week.week) }
                    td.n { (mean(lang, week.new)) }
                    td.n { (mean(lang, week.old)) }
                    td.n { (change(lang, week.new.vnd().zip(week.old.vnd()).and_then(|(new, old)| change_per_mille(new, old)))) }
                } } }
            } }
        }
    }
}

fn by_point(lang: Lang, points: &[PointOfAges]) -> Markup {
    html! {
        section.card {
            h2 { (lang.ages_by_point()) }
            div.table.folds { table {
                thead { tr {
                    th { (lang.column_point()) } th { (lang.ages_opened()) } th.n { (lang.ages_whole_weeks()) }
                    th.n { (lang.ages_mean()) } th.n { (lang.ages_last()) }
                } }
                tbody { @for point in points { tr {
                    td {
                        a href={ "/points/" (point.point_id) } { (point.name) }
                        @if point.is_new { " " (chip(Tone::Good, lang.ages_is_new())) }
                    }
                    td { (date_text(point.opened_on)) }
                    td.n { (count_text(point.weeks)) }
                    td.n { @match point.mean.vnd() { Some(vnd) => (Money::new(vnd)), None => "–" } }
                    td.n { @match point.last_vnd { Some(vnd) => (Money::new(vnd)), None => "–" } }
                } } }
            } }
        }
    }
}
