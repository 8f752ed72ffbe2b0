//! Nominations on the page of their product, and what a point has accepted in its file.

use domain::nomination::Stage;
use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip};

use super::report::{AcceptedOfPoint, NominationOfProduct};
use super::words::{section_words, stage_chip};
use crate::web::nomination_texts::NominationTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;

/// The nominations of a product; with the way to the form for those who nominate.
pub fn of_product(lang: Lang, (product_id, may_act): (Uuid, bool), all: &[NominationOfProduct]) -> Markup {
    html! {
        section.card {
            div.head {
                h2 { (lang.product_nominations()) }
                @if may_act { a.button href={ "/products/" (product_id) "/nominate" } { (lang.nominate()) } }
            }
            @if all.is_empty() { p { (lang.product_nominations_none()) } } @else {
                ul.list { @for each in all {
                    li {
                        span {
                            a href={ "/nominations/" (each.nomination_id) } {
                                (section_words(lang, &each.section)) ", " (date_text(local_date(each.nominated_at_ms)))
                            }
                            small.mute { (each.reason) }
                            @if let Some(names) = accepted(each) { small { (lang.accepted_by_points(names)) } }
                        }
                        (stage_chip(lang, &each.stage))
                    }
                } }
            }
        }
    }
}

/// The points that take it.
fn accepted(nomination: &NominationOfProduct) -> Option<String> {
    let names = nomination.answers.iter().filter(|each| each.answer == "accepted");
    let names: Vec<&str> = names.map(|each| each.store.as_str()).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// What a point has accepted.
pub fn of_point(lang: Lang, accepted: &[AcceptedOfPoint]) -> Markup {
    html! {
        section.card {
            h2 { (lang.accepted_title()) }
            @if accepted.is_empty() { p { (lang.accepted_none()) } } @else {
                div.table.folds { table {
                    thead { tr { th { (lang.column_product()) } th { (lang.column_accepted()) } th { (lang.products_status()) } } }
                    tbody { @for each in accepted {
                        tr {
                            td { a href={ "/products/" (each.product_id) } { (each.name) } small { (each.sku) } }
                            td {
                                a href={ "/nominations/" (each.nomination_id) } {
                                    (lang.accepted_since(each.answered_at_ms.map(|at_ms| date_text(local_date(at_ms))).unwrap_or_default()))
                                }
                            }
                            td {
                                @if each.is_on_shelf { (chip(Tone::Good, lang.accepted_on_shelf())) }
                                @else { (chip(Tone::Quiet, lang.accepted_not_on_shelf())) }
                                @if Stage::from_code(&each.stage) == Some(Stage::Withdrawn) { " " (chip(Tone::Warn, lang.accepted_withdrawn())) }
                            }
                        }
                    } }
                } }
            }
        }
    }
}
