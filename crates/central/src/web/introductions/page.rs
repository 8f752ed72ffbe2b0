//! The page of introductions outside campaigns.

use domain::introduction::IntroductionKind;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::{count_text, date_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::{IntroductionOfList, IntroductionsReport, ROWS_MOST};
use crate::web::campaign_texts::CampaignTexts;
use crate::web::introduction_texts::IntroductionTexts;
use crate::web::points::typed::Typed;
use crate::web::shell::Place;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// Somebody who may record looks.
    pub may_act: bool,
    /// The day of the page.
    pub today: Date,
    /// What was recorded.
    pub report: &'a IntroductionsReport,
    /// Stores: id and name.
    pub stores: &'a [(String, String)],
    /// What was typed into the form.
    pub typed: &'a Typed,
    /// `saved` or `withdrawn`: what just happened.
    pub done: &'a str,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @match self.done {
                "saved" => (message(Tone::Good, lang.introductions_saved())),
                "withdrawn" => (message(Tone::Good, lang.introductions_withdrawn_now())),
                _ => {}
            }
            nav.presets aria-label=(lang.campaign_beside()) {
                @for place in [Place::Promotions, Place::Campaigns, Place::Outcome] { a href=(place.href()) { (place.words(lang)) } }
            }
            p.mute { (lang.introductions_about()) }
            (self.years())
            @if self.may_act { (self.form()) }
            (self.list())
        }
    }

    fn years(&self) -> Markup {
        let (lang, year) = (self.lang, self.report.year);
        let href = |year: i32| format!("{}?year={year}", Place::Introductions.href());
        let file = |ending: &str| format!("{}{ending}?year={year}", Place::Introductions.href());
        html! {
            div.filters {
                div {
                    nav.presets aria-label=(lang.introductions_years()) {
                        a href=(href(year - 1)) { (lang.introductions_year(year - 1)) }
                        a href=(href(year)) aria-current="true" { (lang.introductions_year(year)) }
                        @if year < self.today.year() { a href=(href(year + 1)) { (lang.introductions_year(year + 1)) } }
                    }
                    div.actions {
                        a.button href=(file(".xlsx")) { (lang.campaign_xlsx()) }
                        a.button href=(file(".csv")) { (lang.campaign_csv()) }
                    }
                }
            }
        }
    }

    fn form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let kinds = IntroductionKind::ALL.map(|kind| (kind.code(), kind_words(lang, kind.code())));
        let stores = self.stores.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        let stores: Vec<(&str, &str)> =
            std::iter::once(("", lang.introduction_elsewhere())).chain(stores).collect();
        html! {
            form.card.form method="post" action=(Place::Introductions.href()) {
                (csrf_field(self.csrf))
                h2.whole { (lang.introductions_add()) }
                input type="hidden" name="id" value=(typed.get("id"));
                (select("kind", lang.introduction_kind(), &kinds, typed.get("kind"), typed.error("kind")))
                (select("store", lang.introduction_store(), &stores, typed.get("store"), typed.error("store")))
                (Field { kind: "date", is_required: true, ..typed.field("on", lang.introduction_day()) }.render())
                (Field { inputmode: "numeric", is_required: true, ..typed.field("people_count", lang.introduction_people()) }.render())
                (Field { is_required: true, hint: Some(lang.introduction_who_hint()), ..typed.field("who", lang.introduction_who()) }.render())
                (typed.field("note", lang.introduction_note()).render())
                div.actions { button.primary { (lang.introduction_save()) } }
            }
        }
    }

    fn list(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let sums = lang.introductions_sums(
            count_text(report.visitors_recorded),
            count_text(report.tastings_recorded),
            count_text(report.scans_recorded),
            count_text(report.enquiries_recorded),
        );
        html! {
            section.card {
                div.head { h2 { (lang.introductions_year(report.year)) } span.mute { (sums) } }
                @if report.recorded.is_empty() { p { (lang.introductions_none()) } } @else {
                    div.table.folds { table {
                        thead { tr {
                            th scope="col" { (lang.introduction_day()) } th scope="col" { (lang.introduction_kind()) }
                            th.n scope="col" { (lang.introduction_people()) } th scope="col" { (lang.introduction_who()) }
                            th scope="col" { (lang.introduction_by()) }
                        } }
                        tbody { @for row in &report.recorded { (self.row(row)) } }
                    } }
                    @if i64::try_from(report.recorded.len()) == Ok(ROWS_MOST) { p.mute { (lang.introductions_cut(ROWS_MOST)) } }
                }
            }
        }
    }

    fn row(&self, row: &IntroductionOfList) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td { (date_text(row.on)) }
                td { (kind_words(lang, &row.kind)) @if row.is_withdrawn { " " (chip(Tone::Quiet, lang.introduction_is_withdrawn())) } }
                td.n { (count_text(row.people_count)) }
                td.wordy {
                    (row.who) small { (row.store.as_deref().unwrap_or(lang.introduction_elsewhere())) }
                    @if !row.note.is_empty() { small { (row.note) } }
                    @if self.may_act && !row.is_withdrawn { (self.withdrawing(row)) }
                }
                td { (row.recorded_by) small { (datetime_text(row.recorded_at_ms)) } }
            }
        }
    }

    fn withdrawing(&self, row: &IntroductionOfList) -> Markup {
        let lang = self.lang;
        html! {
            details.ending {
                summary aria-label=(lang.introduction_withdraw_of(&row.who)) { (lang.introduction_withdraw()) }
                form method="post" action={ (Place::Introductions.href()) "/" (row.introduction_id) "/withdraw" } {
                    (csrf_field(self.csrf))
                    p.small { (lang.introduction_withdraw_about()) }
                    button.danger { (lang.introduction_withdraw()) }
                }
            }
        }
    }
}

/// Writes the name of a kind.
pub fn kind_words(lang: Lang, code: &str) -> &'static str {
    match IntroductionKind::from_code(code) {
        Some(IntroductionKind::Visitors) | None => lang.introduction_visitors(),
        Some(IntroductionKind::Tastings) => lang.introduction_tastings(),
        Some(IntroductionKind::Scans) => lang.introduction_scans(),
        Some(IntroductionKind::Enquiries) => lang.introduction_enquiries(),
    }
}
