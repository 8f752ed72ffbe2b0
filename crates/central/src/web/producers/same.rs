//! "This producer is that one": said on its page, and taken back there.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProducerId;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::count_text;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::parsed;
use crate::app::App;
use crate::db::same_producers::{self, Named, Sameness};
use crate::error::Error;
use crate::web::producer_list_texts::ProducerListTexts;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

/// Producers that are offered.
const LIKELY_MAX: i64 = 20;

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SameQuery {
    /// Words of the other one's name; without them its own.
    pub find: String,
    /// It could not be done: said by the program alone, and by no address.
    #[serde(skip)]
    pub is_refused: bool,
}

/// What the card shows.
pub struct Card<'a> {
    /// The producer.
    pub producer_id: ProducerId,
    /// How it stands to others.
    pub sameness: &'a Sameness,
    /// Whom it may be, once words were looked for.
    pub likely: &'a [Named],
    /// The words.
    pub find: &'a str,
    /// It could not be done.
    pub is_refused: bool,
}

/// Reads whom a producer may be.
///
/// # Errors
/// When the database fails.
pub(super) async fn likely(
    app: &App,
    visit: &Visit,
    id: ProducerId,
    find: &str,
) -> Result<Vec<Named>, Fault> {
    if find.trim().is_empty() {
        return Ok(Vec::new());
    }
    visit.ok(same_producers::list_likely(&app.db, id, find, LIKELY_MAX).await)
}

/// The card on a producer's page.
pub fn card(lang: Lang, csrf: &CsrfToken, card: &Card<'_>) -> Markup {
    let at = format!("/producers/{}", card.producer_id);
    html! {
        section.card #same {
            h2 { (lang.same_title()) }
            @if card.is_refused { (message(Tone::Bad, lang.same_refused())) }
            @if let Some(other) = &card.sameness.same_as {
                p { (lang.same_is()) " " a href={ "/producers/" (other.id) "/edit" } { (other.name) } " · " (place(lang, other)) }
                (end(lang, csrf, (&at, lang.same_end())))
            } @else {
                @for each in &card.sameness.counted_as_it {
                    p { a href={ "/producers/" (each.id) "/edit" } { (each.name) } " · " (place(lang, each)) " " (lang.same_counted()) }
                    (end(lang, csrf, (&format!("/producers/{}", each.id), &lang.same_end_of(&each.name))))
                }
                @if card.sameness.counted_as_it.is_empty() { (find(lang, csrf, (card, &at))) }
            }
        }
    }
}

fn place(lang: Lang, named: &Named) -> String {
    let commune = if named.commune.is_empty() { "–" } else { &named.commune };
    format!("{commune} · {}", lang.same_products(count_text(named.product_count)))
}

fn find(lang: Lang, csrf: &CsrfToken, (card, at): (&Card<'_>, &str)) -> Markup {
    html! {
        p.mute { (lang.same_about()) }
        form.form method="get" action={ (at) "/edit" } {
            (Field { value: card.find, ..Field::new("find", lang.same_find()) }.render())
            div.actions { button { (lang.same_look()) } }
        }
        @if !card.find.trim().is_empty() {
            @if card.likely.is_empty() { p { (lang.same_none()) } }
            ul.list { @for other in card.likely {
                li {
                    span { (other.name) " " small.mute { (place(lang, other)) } }
                    form method="post" action={ (at) "/same" } {
                        (csrf_field(csrf))
                        input type="hidden" name="other" value=(other.id);
                        button { (lang.same_now(&other.name)) }
                    }
                }
            } }
        }
    }
}

fn end(lang: Lang, csrf: &CsrfToken, (at, label): (&str, &str)) -> Markup {
    html! {
        details.ending {
            summary { (label) }
            form method="post" action={ (at) "/same/end" } {
                (csrf_field(csrf))
                p.small { (lang.same_end_about()) }
                button { (label) }
            }
        }
    }
}

/// Which one it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    other: Uuid,
}

/// Says that a producer is another one.
pub async fn unite(
    visit: Visit,
    Path(producer): Path<String>,
    Form(Other { other }): Form<Other>,
) -> Result<Response, Fault> {
    let id = parsed(&producer)?;
    match visit.admin().unite_producers(id, other.into()).await {
        Ok(()) => Ok(Redirect::to(&format!("/producers/{id}/edit#same")).into_response()),
        Err(Error::Refused(_)) => {
            let query = SameQuery { is_refused: true, ..SameQuery::default() };
            let app = visit.app.clone();
            let page = super::edit(State(app), visit, Path(producer), Query(query)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// Says that a producer is one of its own again.
pub async fn part(
    visit: Visit,
    Path(producer): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = parsed(&producer)?;
    visit.ok(visit.admin().part_producers(id).await)?;
    Ok(Redirect::to(&format!("/producers/{id}/edit#same")))
}
