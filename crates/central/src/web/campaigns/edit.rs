//! An administrator's acts on a campaign: recorded, written anew, ended, enquiries counted.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::CampaignId;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::form::{self, Choices, Typed};
use super::{find, frame, show};
use crate::app::App;
use crate::db::campaigns;
use crate::error::Error;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

type Pairs = Vec<(String, String)>;

/// The empty form for a new campaign.
pub async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let choices = visit.ok(form::choices(&app.db).await)?;
    let typed = Typed::new(app.clock.new_uuid().into(), local_date(app.clock.now_ms()));
    Ok(form_page(&visit, (&typed, &choices), None).into_response())
}

/// Records a campaign, or looks for products to put into the form; what was typed wrong comes back.
pub async fn add(State(app): State<App>, visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Fault> {
    // Who posts no id makes a campaign of its own.
    let drawn = app.clock.new_uuid().into();
    let typed = Typed::read(drawn, pairs).ok_or_else(Fault::unprocessable)?;
    let id = typed.id().ok_or_else(Fault::not_found)?;
    save(&app, &visit, typed, (id, None)).await
}

/// The form for a campaign as it is.
pub async fn edit(
    State(app): State<App>,
    visit: Visit,
    Path(campaign): Path<String>,
) -> Result<Response, Fault> {
    let id = parsed(&campaign)?;
    let choices = visit.ok(form::choices(&app.db).await)?;
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let campaign = visit.ok(campaigns::find_in(&mut tx, id).await)?.ok_or_else(Fault::not_found)?;
    let products = visit.ok(campaigns::list_products(&mut tx, id).await)?;
    let skus: Vec<String> = products.into_iter().map(|product| product.sku).collect();
    Ok(form_page(&visit, (&Typed::of(&campaign, &skus), &choices), Some(id)).into_response())
}

/// Writes a campaign anew; what was typed wrong comes back.
pub async fn update(
    State(app): State<App>,
    visit: Visit,
    Path(campaign): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let id = parsed(&campaign)?;
    visit.ok(campaigns::find(&app.db, id).await)?.ok_or_else(Fault::not_found)?;
    let typed = Typed::read(id, pairs).ok_or_else(Fault::unprocessable)?;
    save(&app, &visit, typed, (id, Some(id))).await
}

async fn save(
    app: &App,
    visit: &Visit,
    mut typed: Typed,
    (id, old): (CampaignId, Option<CampaignId>),
) -> Result<Response, Fault> {
    let choices = visit.ok(form::choices(&app.db).await)?;
    if typed.wants_products() {
        visit.ok(typed.find(&app.db).await)?;
        return Ok(form_page(visit, (&typed, &choices), old).into_response());
    }
    let own = visit.ok(form::own(&app.db, old).await)?;
    let saved = match (visit.ok(typed.check(&app.db, visit.lang, (&choices, &own)).await)?, old) {
        (Some(new), None) => visit.admin().add_campaign(id, &new).await,
        (Some(new), Some(_)) => visit.admin().update_campaign(id, &new).await,
        (None, _) => Err(Error::NotFound("campaign")),
    };
    match saved {
        Ok(()) => Ok(Redirect::to(&format!("/campaigns/{id}?done=saved")).into_response()),
        Err(Error::Refused(_) | Error::NotFound(_)) => {
            let page = form_page(visit, (&typed, &choices), old);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// Ends a campaign before its last day.
pub async fn end(
    visit: Visit,
    Path(campaign): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let id = parsed(&campaign)?;
    visit.ok(visit.admin().end_campaign(id).await)?;
    Ok(Redirect::to(&format!("/campaigns/{id}?done=ended")))
}

/// How many asked on a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enquiries {
    day: String,
    count: String,
}

/// Counts who asked about a campaign's goods.
pub async fn enquiries(
    State(app): State<App>,
    visit: Visit,
    Path(campaign): Path<String>,
    Form(typed): Form<Enquiries>,
) -> Result<Response, Fault> {
    let id = parsed(&campaign)?;
    let count = typed.count.trim().replace('.', "").parse::<i64>().ok();
    let counted = match form::day(&typed.day).zip(count) {
        Some((day, count)) => visit.admin().count_enquiries(id, day, count).await.map(|()| true),
        None => Ok(false),
    };
    match counted {
        Ok(true) => Ok(Redirect::to(&format!("/campaigns/{id}?done=counted")).into_response()),
        Ok(false) | Err(Error::Refused(_)) => {
            let report = find(&app, &visit, &campaign).await?;
            let told = Some((Tone::Bad, visit.lang.campaign_enquiry_wrong().to_owned()));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &report, told)).into_response())
        }
        Err(error) => visit.ok(Err(error)),
    }
}

fn parsed(id: &str) -> Result<CampaignId, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

fn form_page(visit: &Visit, form: (&Typed, &Choices), old: Option<CampaignId>) -> maud::Markup {
    let (action, back) = match old {
        None => ("/campaigns/new".to_owned(), "/campaigns".to_owned()),
        Some(id) => (format!("/campaigns/{id}/edit"), format!("/campaigns/{id}")),
    };
    shell::page(visit, &frame(visit, ""), form::page(visit.lang, &visit.csrf, form, (&action, &back)))
}
