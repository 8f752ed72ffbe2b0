//! The form of a recognition: as typed, checked field by field, and shown again with what is wrong.

use std::collections::BTreeMap;

use domain::catalog::{Category, Recognition, Stars};
use domain::recognition::{DecisionPaper, Level, Points, usual_last_day};
use domain::section::Section;
use domain::standards::Standards;
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};
use web::format::date_text;
use web::fragment::{Tone, message};

use super::detail::ProductReport;
use super::words::level_words;
use crate::admin::NewRecognition;
use crate::db::users::Role;
use crate::error::Refusal;
use crate::web::product_form_texts::ProductFormTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;
use crate::web::standard_texts::StandardTexts;

/// The longest text, in characters.
pub(super) const TEXT_MAX: usize = 200;
/// Before the programme, and after anybody's plans: a slip of the hand.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// What forms of decisions offer: levels with their last days, and sets of criteria.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// Levels: code and words, none first.
    pub levels: Vec<(&'static str, String)>,
    /// Names of sets of criteria, the latest first.
    pub criteria: Vec<String>,
}

impl Offered {
    /// Returns what is offered on a day. A level that decides no more is there with its last day, for older decisions.
    pub fn new(lang: Lang, standards: &Standards, today: Date) -> Self {
        let levels = Level::ALL.map(|level| {
            let words = level_words(lang, level.code());
            let last = standards.last_day(level, today);
            let words = last.map_or_else(|| words.to_owned(), |day| lang.level_until(words, date_text(day)));
            (level.code(), words)
        });
        Self {
            levels: std::iter::once(("", lang.not_given().to_owned())).chain(levels).collect(),
            criteria: standards.sets().iter().map(|set| set.name.clone()).collect(),
        }
    }

    /// The field of the level.
    pub(super) fn level_field(&self, lang: Lang, chosen: &str, error: Option<&str>) -> Markup {
        let levels: Vec<(&str, &str)> =
            self.levels.iter().map(|(code, words)| (*code, words.as_str())).collect();
        select("level", lang.recognise_level(), &levels, chosen, error)
    }

    /// The field of the criteria.
    pub(super) fn criteria_field(&self, lang: Lang, typed: &str, error: Option<&str>) -> Markup {
        let field = Field {
            value: typed,
            hint: Some(lang.recognise_criteria_hint()),
            error,
            is_required: false,
            list: Some("criteria-sets"),
            ..Field::new("criteria", lang.recognise_criteria())
        };
        html! { (field.render()) (datalist("criteria-sets", &self.criteria)) }
    }
}

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    id: String,
    category: String,
    stars: String,
    number: String,
    decided_on: String,
    until: String,
    issuer: String,
    level: String,
    points: String,
    criteria: String,
    group_printed: String,
    #[serde(skip)]
    wrong: BTreeMap<&'static str, &'static str>,
}

impl Typed {
    /// Returns the empty form, with the decision that it will be, so that a form sent twice records one. It begins with
    /// the first kind that somebody of this role records.
    pub fn new(id: Uuid, role: Role) -> Self {
        let category = kept_by(role).next().map_or("", Category::code);
        Self { id: id.to_string(), category: category.to_owned(), ..Self::default() }
    }

    /// Returns the decision, or `None`: then each wrong field says what is wrong with it. Who posts no id gets `id`.
    pub fn check(&mut self, lang: Lang, today: Date, id: Uuid) -> Option<NewRecognition> {
        let category = Category::from_code(&self.category);
        if category.is_none() {
            self.wrong.insert("category", lang.wrong_choice());
        }
        let stars = self.stars(lang, category);
        let decided_on = day(&self.decided_on).filter(|day| *day <= today);
        if decided_on.is_none() {
            self.wrong.insert("decided_on", lang.wrong_day_of_decision());
        }
        let until = self.until(lang, category, decided_on);
        let level = self.level(lang);
        let points = self.points(lang);
        for (field, text, least, words) in [
            ("number", &self.number, 1, lang.wrong_number()),
            ("issuer", &self.issuer, 0, lang.wrong_long_text()),
            ("criteria", &self.criteria, 0, lang.wrong_long_text()),
            ("group_printed", &self.group_printed, 0, lang.wrong_long_text()),
        ] {
            let length = text.trim().chars().count();
            if length < least || length > TEXT_MAX || text.chars().any(char::is_control) {
                self.wrong.insert(field, words);
            }
        }
        let id = if self.id.is_empty() { id } else { Uuid::try_parse(&self.id).ok()? };
        let (Some(category), Some(decided_on), true) = (category, decided_on, self.wrong.is_empty()) else {
            return None;
        };
        Some(NewRecognition {
            id,
            recognition: Recognition { category, stars, valid_from: decided_on, valid_to: until },
            paper: DecisionPaper {
                number: self.number.clone(),
                decided_on: Some(decided_on),
                issuer: self.issuer.clone(),
                level,
                points,
                criteria: self.criteria.clone(),
                group_printed: self.group_printed.clone(),
            },
        })
    }

    /// Says at the field what was refused.
    pub fn refuse(&mut self, lang: Lang, refusal: &Refusal) {
        let (field, words) = refused(lang, refusal);
        self.wrong.insert(field, words);
    }

    fn stars(&mut self, lang: Lang, category: Option<Category>) -> Option<Stars> {
        let stars = self.stars.parse().ok().and_then(Stars::new);
        let is_ocop = category == Some(Category::Ocop);
        if !self.stars.is_empty() && stars.is_none() {
            self.wrong.insert("stars", lang.wrong_choice());
        } else if is_ocop && stars.is_none() {
            self.wrong.insert("stars", lang.wrong_stars_missing());
        } else if !is_ocop && stars.is_some() {
            self.wrong.insert("stars", lang.wrong_stars_given());
        }
        stars
    }

    /// The last day as typed, or the usual one of its kind.
    fn until(&mut self, lang: Lang, category: Option<Category>, decided_on: Option<Date>) -> Option<Date> {
        let usual = category.zip(decided_on).and_then(|(category, day)| usual_last_day(category, day));
        if self.until.trim().is_empty() {
            return usual;
        }
        let until = day(&self.until).filter(|last| decided_on.is_none_or(|first| *last > first));
        if until.is_none() {
            self.wrong.insert("until", lang.wrong_last_day_of_decision());
        }
        until
    }

    fn level(&mut self, lang: Lang) -> Option<Level> {
        let level = Level::from_code(&self.level);
        if level.is_none() && !self.level.is_empty() {
            self.wrong.insert("level", lang.wrong_choice());
        }
        level
    }

    fn points(&mut self, lang: Lang) -> Option<Points> {
        let points = Points::parse(&self.points);
        if points.is_none() && !self.points.trim().is_empty() {
            self.wrong.insert("points", lang.wrong_points());
        }
        points
    }
}

/// Reads `2026-10-01`, as browsers send a day.
pub(super) fn day(text: &str) -> Option<Date> {
    let day = Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok();
    day.filter(|day| YEARS.contains(&day.year()))
}

/// What is refused of the whole form, not of a field of it.
pub(super) const WHOLE: &str = "whole";

/// Returns which field of a decision is refused, and why; [`WHOLE`] when it is none of them.
pub(super) fn refused(lang: Lang, refusal: &Refusal) -> (&'static str, &'static str) {
    let Refusal::Invalid { what, .. } = refusal else {
        return (WHOLE, lang.recognise_refused());
    };
    match *what {
        "level" => ("level", lang.wrong_level_day()),
        "criteria" => ("criteria", lang.wrong_criteria_day()),
        "stars" => ("stars", lang.wrong_stars_given()),
        "last day" => ("until", lang.wrong_last_day_of_decision()),
        "number" => ("number", lang.wrong_number()),
        "issuer" => ("issuer", lang.wrong_long_text()),
        "group" => ("group_printed", lang.wrong_long_text()),
        _ => (WHOLE, lang.recognise_refused()),
    }
}

/// The kinds of recognition that somebody of a role records.
fn kept_by(role: Role) -> impl Iterator<Item = Category> {
    Category::ALL.into_iter().filter(move |category| role.keeps(Section::of_category(*category)))
}

/// The form, for somebody of a role.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    report: &ProductReport,
    (typed, role, offered): (&Typed, Role, &Offered),
) -> Markup {
    let product = format!("/products/{}", report.product_id);
    html! {
        @if let Some(words) = typed.wrong.get(WHOLE) { (message(Tone::Bad, words)) }
        form.card.form method="post" action={ (product) "/recognise" } {
            (csrf_field(csrf))
            h2.whole { (lang.recognise_title(&report.name)) }
            p.mute.whole { (lang.recognise_about()) }
            input type="hidden" name="id" value=(typed.id);
            (fields(lang, typed, role, offered))
            div.actions {
                button.primary { (lang.recognise_save()) }
                a.button href=(product) { (lang.back_without_saving()) }
            }
        }
    }
}

fn fields(lang: Lang, typed: &Typed, role: Role, offered: &Offered) -> Markup {
    let wrong = |name: &str| typed.wrong.get(name).copied();
    let text = |name, label, value, hint| Field {
        value,
        hint,
        error: wrong(name),
        is_required: false,
        ..Field::new(name, label)
    };
    let kinds: Vec<(&str, &str)> =
        kept_by(role).map(|each| (each.code(), category_words(lang, Some(each.code())))).collect();
    let ranks = [5, 4, 3, 2, 1].map(|count: u8| (count.to_string(), lang.products_n_stars(count)));
    let ranks: Vec<(&str, &str)> = std::iter::once(("", lang.no_stars()))
        .chain(ranks.iter().map(|(count, words)| (count.as_str(), words.as_str())))
        .collect();
    html! {
        (select("category", lang.recognise_kind(), &kinds, &typed.category, wrong("category")))
        (select("stars", lang.products_stars(), &ranks, &typed.stars, wrong("stars")))
        (Field { is_required: true, ..text("number", lang.recognise_number(), &typed.number, Some(lang.recognise_number_hint())) }.render())
        (Field { kind: "date", is_required: true, ..text("decided_on", lang.recognise_decided_on(), &typed.decided_on, None) }.render())
        (Field { kind: "date", ..text("until", lang.recognise_until(), &typed.until, Some(lang.recognise_until_hint())) }.render())
        (text("issuer", lang.recognise_issuer(), &typed.issuer, None).render())
        (offered.level_field(lang, &typed.level, wrong("level")))
        (Field { inputmode: "decimal", ..text("points", lang.recognise_points(), &typed.points, Some(lang.recognise_points_hint())) }.render())
        (offered.criteria_field(lang, &typed.criteria, wrong("criteria")))
        (text("group_printed", lang.recognise_group(), &typed.group_printed, None).render())
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 30);

    fn typed(fields: &[(&'static str, &str)]) -> Typed {
        let mut typed = Typed {
            category: "ocop".to_owned(),
            stars: "4".to_owned(),
            number: "1898/QĐ-UBND".to_owned(),
            decided_on: "2025-08-31".to_owned(),
            ..Typed::new(Uuid::from_u128(1), Role::Admin)
        };
        for (name, value) in fields {
            let field = match *name {
                "category" => &mut typed.category,
                "stars" => &mut typed.stars,
                "number" => &mut typed.number,
                "decided_on" => &mut typed.decided_on,
                "until" => &mut typed.until,
                "level" => &mut typed.level,
                "points" => &mut typed.points,
                _ => &mut typed.issuer,
            };
            *field = (*value).to_owned();
        }
        typed
    }

    #[test]
    fn the_last_day_follows_unless_it_is_typed() {
        for (fields, expected) in [
            (vec![], Some(date!(2028 - 08 - 31))),
            (vec![("decided_on", "2024-02-29")], Some(date!(2027 - 02 - 28))),
            (vec![("until", "2027-01-01")], Some(date!(2027 - 01 - 01))),
            (vec![("category", "key"), ("stars", "")], None),
            (vec![("category", "key"), ("stars", ""), ("until", "2027-01-01")], Some(date!(2027 - 01 - 01))),
        ] {
            let new = typed(&fields).check(Lang::Vi, TODAY, Uuid::nil()).unwrap();
            assert_eq!(new.recognition.valid_to, expected, "{fields:?}");
            assert_eq!(Some(new.recognition.valid_from), new.paper.decided_on);
        }
    }

    #[test]
    fn each_wrong_field_says_so() {
        for (field, value) in [
            ("category", "best"),
            ("stars", ""),
            ("stars", "6"),
            ("number", "  "),
            ("decided_on", ""),
            ("decided_on", "2026-12-01"),
            ("decided_on", "31/08/2025"),
            ("decided_on", "1999-12-31"),
            ("until", "2025-08-31"),
            ("until", "soon"),
            ("level", "village"),
            ("points", "101"),
            ("issuer", "a\nb"),
        ] {
            let mut typed = typed(&[(field, value)]);
            assert_eq!(typed.check(Lang::Vi, TODAY, Uuid::nil()), None, "{field}: {value}");
            assert!(typed.wrong.contains_key(field), "{field}: {value}: {:?}", typed.wrong);
        }
        let mut key = typed(&[("category", "key")]);
        assert_eq!(key.check(Lang::Vi, TODAY, Uuid::nil()), None);
        assert!(key.wrong.contains_key("stars"));
    }

    #[test]
    fn what_is_refused_is_said_where_it_stands() {
        for (what, field) in [
            ("level", "level"),
            ("criteria", "criteria"),
            ("stars", "stars"),
            ("last day", "until"),
            ("number", "number"),
            ("issuer", "issuer"),
            ("group", "group_printed"),
            ("another", WHOLE),
        ] {
            assert_eq!(refused(Lang::Vi, &Refusal::Invalid { what, rule: "" }).0, field, "{what}");
        }
        assert_eq!(refused(Lang::Vi, &Refusal::GroupInUse).0, WHOLE);
    }
}
