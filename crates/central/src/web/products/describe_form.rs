//! The form for what the paper of a decision says beside its kind, stars and days.

use std::collections::BTreeMap;

use domain::recognition::{DecisionPaper, Level, Points};
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, message};

use super::decision_form::{Offered, TEXT_MAX, WHOLE, day, refused};
use super::detail::{ProductReport, RecognitionOfProduct};
use crate::error::Refusal;
use crate::web::product_form_texts::ProductFormTexts;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Described {
    number: String,
    decided_on: String,
    issuer: String,
    level: String,
    points: String,
    criteria: String,
    group_printed: String,
    #[serde(skip)]
    wrong: BTreeMap<&'static str, &'static str>,
}

impl Described {
    /// Returns the form for a decision as it is.
    pub fn of(decision: &RecognitionOfProduct) -> Self {
        let points = decision.points_hundredths.and_then(Points::from_hundredths);
        Self {
            number: decision.number.clone(),
            decided_on: decision.decided_on.map(|day| day.to_string()).unwrap_or_default(),
            issuer: decision.issuer.clone(),
            level: decision.level.clone().unwrap_or_default(),
            points: points.map(|points| points.to_string()).unwrap_or_default(),
            criteria: decision.criteria.clone(),
            group_printed: decision.group_printed.clone(),
            ..Self::default()
        }
    }

    /// Returns the same with something wrong in it.
    #[cfg(test)]
    pub(crate) fn sample(
        decision: &RecognitionOfProduct,
        wrong: Option<(&'static str, &'static str)>,
    ) -> Self {
        Self { wrong: wrong.into_iter().collect(), ..Self::of(decision) }
    }

    /// Returns what the paper says, or `None`: then each wrong field says what is wrong with it.
    pub fn check(&mut self, lang: Lang, today: Date) -> Option<DecisionPaper> {
        let decided_on = day(&self.decided_on).filter(|day| *day <= today);
        if decided_on.is_none() && !self.decided_on.trim().is_empty() {
            self.wrong.insert("decided_on", lang.wrong_day_of_decision());
        }
        let level = Level::from_code(&self.level);
        if level.is_none() && !self.level.is_empty() {
            self.wrong.insert("level", lang.wrong_choice());
        }
        let points = Points::parse(&self.points);
        if points.is_none() && !self.points.trim().is_empty() {
            self.wrong.insert("points", lang.wrong_points());
        }
        for (field, text, words) in [
            ("number", &self.number, lang.wrong_number()),
            ("issuer", &self.issuer, lang.wrong_long_text()),
            ("criteria", &self.criteria, lang.wrong_long_text()),
            ("group_printed", &self.group_printed, lang.wrong_long_text()),
        ] {
            if text.trim().chars().count() > TEXT_MAX || text.chars().any(char::is_control) {
                self.wrong.insert(field, words);
            }
        }
        self.wrong.is_empty().then(|| DecisionPaper {
            number: self.number.clone(),
            decided_on,
            issuer: self.issuer.clone(),
            level,
            points,
            criteria: self.criteria.clone(),
            group_printed: self.group_printed.clone(),
        })
    }

    /// Says at the field what was refused.
    pub fn refuse(&mut self, lang: Lang, refusal: &Refusal) {
        let (field, words) = refused(lang, refusal);
        self.wrong.insert(field, words);
    }
}

/// The form of a decision.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    report: &ProductReport,
    (typed, id, offered): (&Described, Uuid, &Offered),
) -> Markup {
    let product = format!("/products/{}", report.product_id);
    let text = |name, label, value, hint| Field {
        value,
        hint,
        error: typed.wrong.get(name).copied(),
        is_required: false,
        ..Field::new(name, label)
    };
    html! {
        @if let Some(words) = typed.wrong.get(WHOLE) { (message(Tone::Bad, words)) }
        form.card.form method="post" action={ (product) "/recognitions/" (id) "/edit" } {
            (csrf_field(csrf))
            h2.whole { (lang.describe_title(&report.name)) }
            p.mute.whole { (lang.describe_about()) }
            (text("number", lang.recognise_number(), &typed.number, Some(lang.recognise_number_hint())).render())
            (Field { kind: "date", ..text("decided_on", lang.recognise_decided_on(), &typed.decided_on, None) }.render())
            (text("issuer", lang.recognise_issuer(), &typed.issuer, None).render())
            (offered.level_field(lang, &typed.level, typed.wrong.get("level").copied()))
            (Field { inputmode: "decimal", ..text("points", lang.recognise_points(), &typed.points, Some(lang.recognise_points_hint())) }.render())
            (offered.criteria_field(lang, &typed.criteria, typed.wrong.get("criteria").copied()))
            (text("group_printed", lang.recognise_group(), &typed.group_printed, None).render())
            div.actions {
                button.primary { (lang.describe_save()) }
                a.button href=(product) { (lang.back_without_saving()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn each_wrong_field_says_so_and_all_may_be_empty() {
        let today = date!(2026 - 11 - 30);
        assert!(Described::default().check(Lang::Vi, today).is_some());
        let long = "ế".repeat(TEXT_MAX + 1);
        for (field, typed) in [
            ("decided_on", Described { decided_on: "2026-12-01".to_owned(), ..Described::default() }),
            ("level", Described { level: "village".to_owned(), ..Described::default() }),
            ("points", Described { points: "101".to_owned(), ..Described::default() }),
            ("issuer", Described { issuer: "a\nb".to_owned(), ..Described::default() }),
            ("number", Described { number: long, ..Described::default() }),
        ] {
            let mut typed = typed;
            assert_eq!(typed.check(Lang::Vi, today), None, "{field}");
            assert_eq!(typed.wrong.keys().copied().collect::<Vec<_>>(), [field]);
        }
    }
}
