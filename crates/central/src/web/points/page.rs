//! The list of points and the form that it is asked for with.

use domain::point::PointState;
use maud::{Markup, html};
use web::Lang;
use web::form::{Field, select};
use web::format::{count_text, date_text};
use web::fragment::{Tone, chip, message};

use super::detail::LocationOfPoint;
use super::filter::PointsQuery;
use super::report::{PointOfList, PointsReport};
use super::words::{state_tone, state_words};
use crate::web::lists::pager;
use crate::web::point_texts::PointTexts;
use crate::web::texts::CentralTexts;

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Kinds of places.
    pub locations: Vec<LocationOfPoint>,
    /// Communes that are in use.
    pub communes: Vec<String>,
    /// Communes of today, which forms offer.
    pub units: Vec<String>,
    /// Operators: id and name.
    pub operators: Vec<(String, String)>,
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// An administrator looks.
    pub may_act: bool,
    /// What was asked for.
    pub query: &'a PointsQuery,
    /// What can be chosen.
    pub choices: &'a Choices,
    /// The points; none when what was asked for does not exist.
    pub report: Option<&'a PointsReport>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            p.mute { (lang.points_about()) }
            (self.filters())
            @match self.report {
                Some(report) => (self.list(report)),
                None => (message(Tone::Bad, lang.points_wrong())),
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        html! {
            form.filters method="get" action="/points" role="search" {
                div {
                    nav.presets aria-label=(lang.page_points()) {
                        a href="/points/ages" { (lang.points_ages()) }
                        a href="/points/rules" { (lang.points_rules()) }
                    }
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.points_excel()) }
                        a.button href=(query.href(".csv", None)) { (lang.points_csv()) }
                        a.button href="/points/things.xlsx" { (lang.things_excel()) }
                        a.button href="/points/equipment.csv" { (lang.things_csv()) }
                        a.button href="/points/costs.csv" { (lang.costs_csv()) }
                        @if self.may_act { a.button.primary href="/points/new" { (lang.point_new()) } }
                    }
                }
                div { (self.fields()) button.primary { (lang.filter_show()) } }
            }
        }
    }

    fn fields(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let states = PointState::ALL.map(|state| (state.code(), state_words(lang, state.code())));
        let places = self.choices.locations.iter().map(|each| (each.code.as_str(), each.name(lang)));
        let communes = self.choices.communes.iter().map(|name| (name.as_str(), name.as_str()));
        html! {
            (Field { value: &query.q, is_required: false, ..Field::new("q", lang.points_find()) }.render())
            (select("state", lang.points_state(), &with_any(lang, states), &query.state, None))
            (select("location", lang.points_location(), &with_any(lang, places), &query.location, None))
            (select("commune", lang.points_commune(), &with_any(lang, communes), &query.commune, None))
        }
    }

    fn list(&self, report: &PointsReport) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                div.head {
                    h2 { (lang.points_list()) }
                    span.mute { (lang.points_count(count_text(report.point_count))) }
                }
                @if report.points.is_empty() {
                    p { (lang.points_none()) } p.mute { (lang.points_none_hint()) }
                } @else {
                    div.table.folds { table {
                        thead { tr {
                            th { (lang.column_point()) } th { (lang.points_state()) } th { (lang.points_location()) }
                            th { (lang.column_operator()) } th { (lang.column_decided()) }
                        } }
                        tbody { @for point in &report.points { (self.row(point)) } }
                    } }
                    (pager(lang, lang.points_list(), (report.page_before, report.page_after), |field, id| {
                        self.query.href("", Some((field, id)))
                    }))
                }
            }
        }
    }

    fn row(&self, point: &PointOfList) -> Markup {
        let lang = self.lang;
        let place = self.choices.locations.iter().find(|each| each.code == point.location_type);
        let code = point.store.as_deref().unwrap_or_default();
        let whole = [code, &point.address, &point.commune].into_iter().filter(|part| !part.is_empty());
        html! {
            tr {
                td {
                    div { a href={ "/points/" (point.point_id) } { (point.name) } }
                    small { (whole.collect::<Vec<_>>().join(" · ")) }
                }
                td {
                    (chip(state_tone(&point.state), state_words(lang, &point.state)))
                    @if let Some(day) = point.since { small { (lang.since_day(date_text(day))) } }
                }
                td { (place.map_or("–", |place| place.name(lang))) }
                td { (point.operator.as_deref().unwrap_or("–")) }
                td {
                    (if point.decision_number.is_empty() { "–" } else { &point.decision_number })
                    @if let Some(day) = point.decided_on { small { (date_text(day)) } }
                }
            }
        }
    }
}

/// Puts the choice of everything first.
fn with_any<'a>(
    lang: Lang,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("", lang.points_any())).chain(options).collect()
}
