//! Ending a contract: the form for it, beside that which makes one, and what it does.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::consignment::Terms;
use domain::contract::end_of;
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::{Fault, Lang};

use super::form::Wrong;
use super::{ADDRESS, Forms, agree_once, named, operator, show};
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::web::shop_term_texts::ShopTermTexts;
use crate::web::visit::Visit;

/// Where the form posts to.
pub const END: &str = "/shops/terms/end";
/// What the page is told when it is done.
pub(super) const DONE: &str = "ended";

/// The end of a contract as its form posts it; the names differ from those of the form beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Drawn with the form: posting it twice ends once.
    id: Uuid,
    end_producer: String,
    end_product: String,
    end_from: String,
}

impl Ending {
    /// Returns the form as it begins.
    pub fn new(id: Uuid, today: Date) -> Self {
        Self { id, end_from: today.to_string(), ..Self::default() }
    }
}

/// Ends a contract, and tells the operator's stores; what was refused comes back as typed.
pub async fn end(State(app): State<App>, visit: Visit, Form(typed): Form<Ending>) -> Result<Response, Fault> {
    let scope = operator(&visit)?;
    let wrong = match visit.ok(read(&app, &typed).await)? {
        Err(field) => field,
        Ok(terms) => match agree_once(&app, (scope, &visit.user.login), terms).await {
            Ok(()) => return Ok(Redirect::to(&format!("{ADDRESS}?done={DONE}")).into_response()),
            Err(Error::Refused(Refusal::Invalid { what: "day", .. })) => "end_from",
            Err(Error::Refused(_)) => NOTHING,
            Err(Error::NotFound(_)) => "end_product",
            Err(error) => return visit.ok(Err(error)),
        },
    };
    let forms = Forms { end: (typed, Some(wrong)), ..Forms::new(&app) };
    let page = show(&app, &visit, &forms, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Nothing is in force that could end.
const NOTHING: Wrong = "nothing";

/// Reads the form; or names the field that is wrong.
async fn read(app: &App, typed: &Ending) -> crate::Result<Result<Terms, Wrong>> {
    let sku = Some(typed.end_product.trim()).filter(|sku| !sku.is_empty());
    let fields = ["end_producer", "end_product"];
    let of = match named(app, (typed.end_producer.trim(), sku), fields).await? {
        Ok(of) => of,
        Err(field) => return Ok(Err(field)),
    };
    let day = Date::parse(typed.end_from.trim(), format_description!("[year]-[month]-[day]"));
    Ok(day.map(|day| end_of(typed.id.into(), of, day)).map_err(|_| "end_from"))
}

/// The form; the list of producers to offer stands in the form beside it.
pub fn render(lang: Lang, csrf: &CsrfToken, typed: &Ending, wrong: Option<Wrong>) -> Markup {
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    let bad_goods =
        error("end_product", lang.terms_goods_wrong()).or(error(NOTHING, lang.terms_nothing_to_end()));
    html! {
        details.card.off-paper open[wrong.is_some()] {
            summary { (lang.terms_end()) }
            p.mute { (lang.terms_end_about()) }
            form.form method="post" action=(END) {
                (csrf_field(csrf))
                input type="hidden" name="id" value=(typed.id);
                (Field {
                    value: &typed.end_producer, list: Some("producers"), hint: Some(lang.terms_who_hint()),
                    error: error("end_producer", lang.terms_who_wrong()), ..Field::new("end_producer", lang.terms_who())
                }.render())
                (Field {
                    value: &typed.end_product, is_required: false, hint: Some(lang.terms_end_goods_hint()),
                    error: bad_goods, ..Field::new("end_product", lang.terms_goods())
                }.render())
                (Field {
                    kind: "date", value: &typed.end_from, hint: Some(lang.terms_end_from_hint()),
                    error: error("end_from", lang.terms_first_day_wrong()), ..Field::new("end_from", lang.terms_end_from())
                }.render())
                div.actions { button { (lang.terms_end_now()) } }
            }
        }
    }
}
