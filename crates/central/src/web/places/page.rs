//! The page of places.

use std::collections::BTreeMap;

use domain::place::PlaceKind;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::{count_text, date_text};
use web::fragment::{Tone, message};

use super::{PlaceOfList, PlacesQuery, PlacesReport, sheet};
use crate::web::place_texts::PlaceTexts;
use crate::web::points::typed::Typed;
use crate::web::product_texts::ProductTexts;
use crate::web::sheet_file;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// Somebody who keeps the catalogue looks.
    pub may_act: bool,
    /// The day of the page.
    pub today: Date,
    /// What was asked for.
    pub query: &'a PlacesQuery,
    /// Former districts.
    pub districts: &'a [String],
    /// The units.
    pub report: &'a PlacesReport,
    /// What was typed into a form.
    pub typed: &'a Typed,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        let is_change = !self.typed.get("code").is_empty() || self.typed.error("name").is_some();
        html! {
            @if !self.query.done.is_empty() { (message(Tone::Good, lang.places_saved())) }
            nav.presets aria-label=(lang.products_beside()) {
                a href="/producers" { (lang.products_producer()) }
                a href=(Place::FormerPlaces.href()) { (Place::FormerPlaces.words(lang)) }
            }
            p.mute { (lang.places_about()) }
            @if self.may_act && is_change { (self.form()) }
            (self.filters())
            (self.list())
            @if self.may_act && !is_change { (self.form()) }
            @if self.may_act { (self.paste()) (self.file()) }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let any = || std::iter::once(("", lang.places_any()));
        let kinds: Vec<(&str, &str)> =
            any().chain(PlaceKind::ALL.map(|kind| (kind.code(), kind_words(lang, kind.code())))).collect();
        let districts: Vec<(&str, &str)> =
            any().chain(self.districts.iter().map(|name| (name.as_str(), name.as_str()))).collect();
        html! {
            form.filters method="get" action="/places" role="search" {
                div {
                    span {}
                    div.actions {
                        a.button href=(query.href(".xlsx")) { (lang.download_xlsx()) }
                        (sheet_file::csv_links(lang, &query.href(".csv"), &sheet::names(lang)))
                    }
                }
                div {
                    (Field { value: &query.q, is_required: false, ..Field::new("q", lang.places_find()) }.render())
                    (select("kind", lang.places_kind(), &kinds, &query.kind, None))
                    (select("district", lang.places_district(), &districts, &query.district, None))
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn list(&self) -> Markup {
        let (lang, places) = (self.lang, &self.report.places);
        let mut latest: BTreeMap<&str, Date> = BTreeMap::new();
        for place in places {
            let day = latest.entry(&place.code).or_insert(place.from);
            *day = place.from.max(*day);
        }
        html! {
            section.card {
                div.head {
                    h2 { (lang.page_places()) }
                    span.mute { (lang.places_count(count_text(i64::try_from(places.len()).unwrap_or(i64::MAX)))) }
                }
                @if places.is_empty() { p { (lang.places_none()) } } @else {
                    div.table.folds { table {
                        thead { tr { th { (lang.places_name()) } th { (lang.places_was()) } th { (lang.places_from()) } } }
                        tbody { @for place in places { (self.row(place, latest.get(place.code.as_str()) == Some(&place.from))) } }
                    } }
                }
            }
        }
    }

    /// Ended or not, the latest row of a code is the one that is written anew.
    fn row(&self, place: &PlaceOfList, is_latest: bool) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td {
                    (place.name)
                    small { (place.code) @if !place.former_district.is_empty() { " · " (place.former_district) } }
                }
                td.wordy { (if place.was.is_empty() { "–".to_owned() } else { place.was.join(", ") }) }
                td {
                    (date_text(place.from)) @if !place.source.is_empty() { small { (place.source) } }
                    @if let Some(day) = place.until { small { (lang.places_until_day(date_text(day))) } }
                    @if self.may_act && is_latest { (self.acts(place)) }
                }
            }
        }
    }

    fn acts(&self, place: &PlaceOfList) -> Markup {
        let lang = self.lang;
        html! {
            div { a href={ "/places?change=" (place.code) } aria-label=(lang.places_change(&place.name)) { (lang.places_change_short()) } }
            @if place.until.is_none() && place.from <= self.today {
                details.ending {
                    summary aria-label={ (lang.places_end()) ": " (place.name) } { (lang.places_end()) }
                    form method="post" action={ "/places/" (place.code) "/end" } {
                        (csrf_field(self.csrf))
                        p.small { (lang.places_end_about()) }
                        button.danger { (lang.places_end()) }
                    }
                }
            }
        }
    }

    fn form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        html! {
            form.card.form method="post" action="/places" {
                (csrf_field(self.csrf))
                h2.whole { (lang.places_add()) }
                (Field { is_required: true, hint: Some(lang.places_code_hint()), ..typed.field("code", lang.places_code()) }.render())
                (Field { is_required: true, hint: Some(lang.places_name_hint()), ..typed.field("name", lang.places_name()) }.render())
                (Field { kind: "date", is_required: true, ..typed.field("from", lang.places_from()) }.render())
                (typed.field("former_district", lang.places_district()).render())
                (typed.field("source", lang.places_source()).render())
                div.actions { button.primary { (lang.places_save()) } }
            }
        }
    }

    fn file(&self) -> Markup {
        let (lang, error) = (self.lang, self.typed.error("file"));
        html! {
            form.card.form method="post" action="/places/file" enctype="multipart/form-data" {
                (csrf_field(self.csrf))
                input type="hidden" name="source" value="places";
                h2.whole { (lang.places_file_bring()) }
                div.field.whole.wrong[error.is_some()] {
                    label for="file" { (lang.places_file_label()) }
                    input type="file" id="file" name="file" required accept=".xlsx,.xls,.ods,.csv" aria-describedby="file-about"
                        aria-invalid=[error.map(|_| "true")];
                    @match error {
                        Some(words) => p.error id="file-about" { span aria-hidden="true" { "✕ " } (words) },
                        None => p.hint id="file-about" { (lang.places_file_hint()) },
                    }
                }
                div.actions { button { (lang.places_save()) } }
            }
        }
    }

    fn paste(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let error = typed.error("lines");
        html! {
            form.card.form method="post" action="/places/bring" {
                (csrf_field(self.csrf))
                h2.whole { (lang.places_bring()) }
                div.field.whole.wrong[error.is_some()] {
                    label for="lines" { (lang.places_bring_label()) }
                    textarea id="lines" name="lines" rows="5" required aria-describedby="lines-about"
                        aria-invalid=[error.map(|_| "true")] { (typed.get("lines")) }
                    @match error {
                        Some(words) => p.error id="lines-about" { span aria-hidden="true" { "✕ " } (words) },
                        None => p.hint id="lines-about" { (lang.places_bring_hint()) },
                    }
                }
                div.actions { button { (lang.places_save()) } }
            }
        }
    }
}

/// Writes the name of a kind.
pub fn kind_words(lang: Lang, code: &str) -> &'static str {
    match PlaceKind::from_code(code) {
        Some(PlaceKind::Ward) => lang.kind_ward(),
        Some(PlaceKind::SpecialZone) => lang.kind_special_zone(),
        Some(PlaceKind::Commune) | None => lang.kind_commune(),
    }
}
