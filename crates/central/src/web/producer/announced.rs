//! Deliveries that the producer announces: what was announced, what of it came, and the form for another one.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Quantity;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::macros::format_description;
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::{day_text, local_date};
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::announced_texts::AnnouncedTexts;
use super::delivery_texts::DeliveryTexts;
use super::{ProducerVisit, Reader};
use crate::announcing::{self, Wanted};
use crate::app::App;
use crate::db::announced::{self, Announced, Choice, Delivered};
use crate::error::{Error, Refusal};
use crate::web::sales::report::iso;
use crate::web::shell::Place;
use crate::web::stores::Nothing;

/// Announcements on the page.
const LISTED_MAX: i64 = 100;
/// Those of goods that were to come so long ago are left out.
const LISTED_DAYS: i64 = 30;

/// Deliveries that the producer announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnnouncedReport {
    /// The latest first; at most 100, of goods that were to come in the last 30 days or later.
    pub deliveries: Vec<AnnouncedDelivery>,
}

/// Goods that were announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnnouncedDelivery {
    /// The announcement.
    pub delivery_id: Uuid,
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much, thousandths of the unit.
    pub quantity_milli: i64,
    /// When.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub comes_on: Date,
    /// Taken in since it was announced.
    pub arrived_milli: i64,
    /// Taken back.
    pub is_ended: bool,
}

impl AnnouncedDelivery {
    fn of(row: Announced, delivered: &[Delivered]) -> Self {
        let arrived_milli = row.arrived(delivered).milli();
        Self {
            delivery_id: row.id,
            store: row.store,
            name: row.name,
            unit: row.unit,
            quantity_milli: row.quantity.milli(),
            comes_on: row.comes_on,
            arrived_milli,
            is_ended: row.is_ended,
        }
    }
}

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Stores.
    pub stores: Vec<Choice>,
    /// Products.
    pub products: Vec<Choice>,
}

/// An announcement, as its form posts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// Drawn with the form: posting it twice announces once.
    id: Uuid,
    store: String,
    product: String,
    quantity: String,
    day: String,
}

impl Typed {
    /// Returns the form as it begins: tomorrow.
    pub fn new(id: Uuid, today: Date) -> Self {
        Self { id, day: (today + Duration::days(1)).to_string(), ..Self::default() }
    }

    /// Reads it; or names the field that is wrong.
    fn read(&self) -> Result<Wanted, &'static str> {
        let day = Date::parse(self.day.trim(), format_description!("[year]-[month]-[day]"));
        Ok(Wanted {
            id: self.id,
            store_id: self.store.parse().map_err(|_| "store")?,
            product_id: self.product.parse().map_err(|_| "product")?,
            quantity: Quantity::parse(&self.quantity).map_err(|_| "quantity")?,
            comes_on: day.map_err(|_| "day")?,
        })
    }
}

/// Deliveries that the producer announced: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/me/announced", tag = "producer",
    responses(
        (status = 200, description = "the deliveries; JSON by `Accept: application/json`", body = AnnouncedReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
    ),
)]
pub async fn get(State(app): State<App>, visit: ProducerVisit) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    show(&app, visit, &Typed::new(app.clock.new_uuid(), today), None).await
}

async fn show(
    app: &App,
    visit: ProducerVisit,
    typed: &Typed,
    wrong: Option<&'static str>,
) -> Result<Response, Fault> {
    let (scope, today) = (visit.scope, local_date(app.clock.now_ms()));
    let since = today - Duration::days(LISTED_DAYS);
    let rows = visit.visit.ok(announced::list(&app.db, scope, since, LISTED_MAX).await)?;
    let first = rows.iter().map(|row| row.announced_on).min().unwrap_or(today);
    let delivered = visit.visit.ok(announced::list_delivered(&app.db, scope, first).await)?;
    let deliveries = rows.into_iter().map(|row| AnnouncedDelivery::of(row, &delivered)).collect();
    let report = AnnouncedReport { deliveries };
    let choices = Choices {
        stores: visit.visit.ok(announced::list_stores(&app.db, scope).await)?,
        products: visit.visit.ok(announced::list_products(&app.db, scope).await)?,
    };
    let csrf = visit.visit.csrf.clone();
    let reader = Reader::from(visit);
    Ok(reader.answer(Place::Announced, "", &report, |report| {
        main(reader.lang, &csrf, (report, today), (&choices, typed, wrong))
    }))
}

/// Announces goods; what was refused comes back as typed.
pub async fn announce(
    State(app): State<App>,
    visit: ProducerVisit,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let login = &visit.visit.user.login;
    let wrong = match typed.read() {
        Err(field) => field,
        Ok(wanted) => match announcing::announce(&app, (visit.scope, login), &wanted).await {
            Ok(_) => return Ok(Redirect::to("/me/announced").into_response()),
            Err(Error::Refused(Refusal::Invalid { what, .. })) => what,
            Err(error) => return visit.visit.ok(Err(error)),
        },
    };
    let page = show(&app, visit, &typed, Some(wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Takes an announcement back.
pub async fn end(
    State(app): State<App>,
    visit: ProducerVisit,
    Path(delivery): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = delivery.parse::<Uuid>().map_err(|_| Fault::not_found())?;
    let login = &visit.visit.user.login;
    visit.visit.ok(announcing::end(&app, (visit.scope, login), id).await)?;
    Ok(Redirect::to("/me/announced"))
}

/// The main part.
pub fn main(
    lang: Lang,
    csrf: &CsrfToken,
    (report, today): (&AnnouncedReport, Date),
    (choices, typed, wrong): (&Choices, &Typed, Option<&'static str>),
) -> Markup {
    html! {
        p.mute { (lang.announced_about()) }
        @if wrong == Some("many") { (message(Tone::Bad, lang.announced_too_many())) }
        @if choices.stores.is_empty() || choices.products.is_empty() {
            section.card { p { (lang.announced_no_choice()) } }
        } @else { (form(lang, csrf, choices, (typed, wrong))) }
        p { a href=(Place::Deliveries.href()) { (lang.deliveries_link()) } }
        h2 { (lang.announced_list()) }
        section.card {
            @if report.deliveries.is_empty() { p { (lang.announced_none()) } } @else {
                ul.list { @for delivery in &report.deliveries { (row(lang, csrf, delivery, today)) } }
            }
        }
    }
}

fn form(
    lang: Lang,
    csrf: &CsrfToken,
    choices: &Choices,
    (typed, wrong): (&Typed, Option<&'static str>),
) -> Markup {
    let error = |field: &str, words| (wrong == Some(field)).then_some(words);
    let ids = |choices: &[Choice]| choices.iter().map(|choice| choice.id.to_string()).collect::<Vec<_>>();
    let (store_ids, product_ids) = (ids(&choices.stores), ids(&choices.products));
    let (stores, products) = (options(&store_ids, &choices.stores), options(&product_ids, &choices.products));
    html! {
        form.card.form method="post" action="/me/announced" {
            (csrf_field(csrf))
            input type="hidden" name="id" value=(typed.id);
            (select("store", lang.announced_store(), &stores, &typed.store, error("store", lang.announced_wrong_store())))
            (select("product", lang.announced_product(), &products, &typed.product, error("product", lang.announced_wrong_product())))
            (Field {
                value: &typed.quantity, inputmode: "decimal", autocomplete: "off",
                error: error("quantity", lang.announced_wrong_quantity()), ..Field::new("quantity", lang.announced_quantity())
            }.render())
            (Field {
                kind: "date", value: &typed.day, error: error("day", lang.announced_wrong_day()),
                ..Field::new("day", lang.announced_day())
            }.render())
            div.actions { button.primary { (lang.announced_send()) } }
        }
    }
}

fn options<'a>(ids: &'a [String], choices: &'a [Choice]) -> Vec<(&'a str, &'a str)> {
    ids.iter().zip(choices).map(|(id, choice)| (id.as_str(), choice.name.as_str())).collect()
}

fn row(lang: Lang, csrf: &CsrfToken, delivery: &AnnouncedDelivery, today: Date) -> Markup {
    let arrived = Quantity::from_milli(delivery.arrived_milli);
    let is_open = !delivery.is_ended && delivery.comes_on >= today;
    html! {
        li {
            span {
                (delivery.name)
                small.small { (delivery.store) " · " (lang.announced_comes(day_text(delivery.comes_on))) }
                @if delivery.is_ended { small.small { (lang.announced_ended()) } }
                @else if arrived > Quantity::ZERO { small.small { (lang.announced_arrived(arrived)) } }
                @else if is_open { small.small { (lang.announced_waits()) } }
                @if is_open {
                    form method="post" action={ "/me/announced/" (delivery.delivery_id) "/end" } {
                        (csrf_field(csrf))
                        button.plain aria-label=(lang.announced_end_of(&delivery.name)) { (lang.announced_end()) }
                    }
                }
            }
            b.n { (Quantity::from_milli(delivery.quantity_milli)) " × " (delivery.unit) }
        }
    }
}
