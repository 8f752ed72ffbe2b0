//! Keys for one's own programs: made, shown once, taken away.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;
use web::Fault;
use web::fragment::Tone;

use super::{Wrong, finish, show};
use crate::db::api_keys::{self, ApiKey};
use crate::db::secret::Secret;
use crate::web::account_texts::AccountTexts;
use crate::web::stores::Nothing;
use crate::web::visit::Visit;

/// Keys that one person may have.
pub const KEYS_MAX: usize = 10;
/// Longest name of a key, in characters.
const NAME_MAX: usize = 100;

/// What a key is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    name: String,
}

/// Makes a key, and shows it once.
pub async fn make(visit: Visit, session: Session, Form(new): Form<NewKey>) -> Result<Response, Fault> {
    let (app, lang) = (&visit.app, visit.lang);
    let name = new.name.trim().to_owned();
    let is_name = !name.is_empty() && name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    let has_room = visit.ok(api_keys::list(&app.db, visit.user.id).await)?.len() < KEYS_MAX;
    if !is_name || !has_room {
        let words = if has_room { lang.key_wrong_name().to_owned() } else { lang.key_too_many(KEYS_MAX) };
        let wrong = Wrong { key: Some(words), ..Wrong::default() };
        let page = show(&visit, &session, wrong, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let secret = Secret::draw(&app.clock);
    let key = ApiKey { id: app.clock.new_uuid(), name, made_at_ms: app.clock.now_ms(), used_on: None };
    let mut tx = visit.ok(app.db.begin().await)?;
    visit.ok(api_keys::insert(&mut tx, visit.user.id, &key, &secret).await)?;
    visit.ok(finish(&visit, tx, "user.api_key").await)?;
    let told = Some((Tone::Good, lang.key_made(secret.text())));
    Ok(show(&visit, &session, Wrong::default(), told).await?.into_response())
}

/// Takes a key away; programs with it are refused at once.
pub async fn end(
    visit: Visit,
    Path(key): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let key = Uuid::try_parse(&key).map_err(|_| Fault::not_found())?;
    let mut tx = visit.ok(visit.app.db.begin().await)?;
    if !visit.ok(api_keys::delete(&mut tx, visit.user.id, key).await)? {
        return Err(Fault::not_found());
    }
    visit.ok(finish(&visit, tx, "user.api_key_end").await)?;
    Ok(Redirect::to("/account?done=key_end"))
}
