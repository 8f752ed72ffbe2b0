//! The form of a point's facts: as typed, checked field by field, and shown again with what is wrong.

use domain::ids::PointId;
use domain::point::StepRefusal;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};

use super::detail::PointReport;
use super::page::Choices;
use super::typed::Typed;
use super::words::{legal_words, refusal_words};
use crate::admin::{LEGAL_STATUSES, NewPoint};
use crate::error::Refusal;
use crate::web::point_texts::PointTexts;

/// Returns the empty form for a new point, surveyed today.
pub fn empty(lang: Lang, id: PointId, today: Date) -> Typed {
    Typed::with(lang, [("id", id.to_string()), ("surveyed_on", today.to_string())])
}

/// Returns the form for a point as it is.
pub fn of(lang: Lang, report: &PointReport) -> Typed {
    Typed::with(
        lang,
        [
            ("id", report.point_id.to_string()),
            ("name", report.name.clone()),
            ("address", report.address.clone()),
            ("commune", report.commune.clone()),
            ("former_district", report.former_district.clone()),
            ("operator", report.operator_id.map(|id| id.to_string()).unwrap_or_default()),
            ("legal_status", report.legal_status.clone()),
            ("tax_number", report.tax_number.clone()),
            ("decision_number", report.decision_number.clone()),
            ("decided_on", report.decided_on.map(|day| day.to_string()).unwrap_or_default()),
            ("funding", report.funding.clone()),
            ("location", report.location.as_ref().map(|place| place.code.clone()).unwrap_or_default()),
        ],
    )
}

/// Returns the facts, or `None`: then each wrong field says what is wrong with it.
pub fn check(typed: &mut Typed, choices: &Choices) -> Option<NewPoint> {
    let one_of = |known: &[&str], code: &str| {
        let is_known = code.is_empty() || known.contains(&code);
        is_known.then(|| code.to_owned())
    };
    let places: Vec<&str> = choices.locations.iter().map(|each| each.code.as_str()).collect();
    let operators: Vec<&str> = choices.operators.iter().map(|(id, _)| id.as_str()).collect();
    let new = NewPoint {
        name: typed.needed("name"),
        address: typed.optional("address"),
        commune: typed.optional("commune"),
        former_district: typed.optional("former_district"),
        operator_id: typed.choice("operator", |id| one_of(&operators, id))?.parse().ok(),
        legal_status: typed.choice("legal_status", |code| one_of(&LEGAL_STATUSES, code))?,
        tax_number: typed.optional("tax_number"),
        decision_number: typed.optional("decision_number"),
        decided_on: typed.optional_day("decided_on"),
        funding: typed.optional("funding"),
        location_type: typed.choice("location", |code| one_of(&places, code))?,
    };
    typed.is_right().then_some(new)
}

/// Says at the field what was refused.
pub fn refuse(typed: &mut Typed, lang: Lang, refusal: &Refusal) {
    match refusal {
        Refusal::Step(StepRefusal::NoOperator) => typed.refuse("operator", lang.wrong_one()),
        Refusal::Step(other) => typed.refuse("name", refusal_words(lang, *other).1),
        Refusal::Invalid { what: "location", .. } => typed.refuse("location", lang.wrong_one()),
        _ => typed.refuse("name", lang.wrong_needed()),
    }
}

/// The form, which posts to `action` and leads back to `back`.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    (typed, choices, report): (&Typed, &Choices, Option<&PointReport>),
    (action, back): (&str, &str),
) -> Markup {
    let (title, save) = match report {
        None => (lang.point_new(), lang.point_save_new()),
        Some(report) => (report.name.as_str(), lang.point_save()),
    };
    html! {
        form.card.form method="post" action=(action) {
            (csrf_field(csrf))
            h2.whole { (title) }
            p.mute.whole { (lang.point_form_about()) }
            input type="hidden" name="id" value=(typed.get("id"));
            (fields(lang, typed, choices))
            (runs(lang, typed, choices, report))
            @if report.is_none() {
                (Field { kind: "date", is_required: true, ..typed.field("surveyed_on", lang.point_surveyed_on()) }.render())
            }
            div.actions { button.primary { (save) } a.button href=(back) { (lang.back()) } }
        }
    }
}

fn fields(lang: Lang, typed: &Typed, choices: &Choices) -> Markup {
    let places: Vec<(&str, &str)> = std::iter::once(("", lang.point_location_none()))
        .chain(choices.locations.iter().map(|each| (each.code.as_str(), each.name(lang))))
        .collect();
    html! {
        (Field { has_focus: true, is_required: true, ..typed.field("name", lang.point_name()) }.render())
        (Field { hint: Some(lang.point_address_hint()), ..typed.field("address", lang.point_address()) }.render())
        (Field { list: Some("communes"), hint: Some(lang.point_commune_hint()), ..typed.field("commune", lang.points_commune()) }.render())
        (datalist("communes", &choices.units))
        (Field { hint: Some(lang.point_district_hint()), ..typed.field("former_district", lang.point_district()) }.render())
        (select("location", lang.points_location(), &places, typed.get("location"), typed.error("location")))
        (Field { hint: Some(lang.point_decision_hint()), ..typed.field("decision_number", lang.point_decision()) }.render())
        (Field { kind: "date", ..typed.field("decided_on", lang.point_decided_on()) }.render())
        (Field { hint: Some(lang.point_funding_hint()), ..typed.field("funding", lang.point_funding()) }.render())
    }
}

/// Who runs it.
fn runs(lang: Lang, typed: &Typed, choices: &Choices, report: Option<&PointReport>) -> Markup {
    let operators: Vec<(&str, &str)> = std::iter::once(("", lang.point_no_operator()))
        .chain(choices.operators.iter().map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    let legal: Vec<(&str, &str)> = std::iter::once(("", lang.legal_unknown()))
        .chain(LEGAL_STATUSES.map(|code| (code, legal_words(lang, code))))
        .collect();
    let stays = report.filter(|report| report.store_id.is_some());
    html! {
        @match stays.and_then(|report| report.operator.as_deref()) {
            Some(name) => {
                div.field {
                    span { (lang.point_operator()) }
                    strong { (name) }
                    p.hint { (lang.point_operator_stays()) }
                    input type="hidden" name="operator" value=(typed.get("operator"));
                }
            }
            None => (select("operator", lang.point_operator(), &operators, typed.get("operator"), typed.error("operator"))),
        }
        (select("legal_status", lang.point_legal(), &legal, typed.get("legal_status"), typed.error("legal_status")))
        (typed.field("tax_number", lang.point_tax()).render())
    }
}
