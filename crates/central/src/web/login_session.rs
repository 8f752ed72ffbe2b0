//! Login sessions: what is kept in one, and when it is over.
//!
//! A session begins with the login, under an id that nobody knew before. It is over after half an hour without a request,
//! after twelve hours in any case, and at once when the person signs out or is disabled: the table of users is read at
//! each request.

use domain::ids::UserId;
use tower_sessions::Session;
use web::csrf::CsrfToken;

use super::error::Trouble;
use super::visit::SignedIn;
use crate::app::App;
use crate::db::login_sessions::{LIFE_MS, USER_KEY};
use crate::db::users;

/// Without a request for so long, a login is over.
pub const IDLE_MS: i64 = 30 * 60 * 1_000;
/// How exactly a session knows when it was last used; each correction is a write to the disk.
const SEEN_EVERY_MS: i64 = 60 * 1_000;

const CSRF: &str = "csrf";
const SIGNED_IN: &str = "signed_in_at_ms";
const SEEN: &str = "seen_at_ms";

/// Returns who is signed in with the session of a request; one that is over is removed.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, session: &Session) -> Result<Option<SignedIn>, Trouble> {
    let Some(id) = session.get::<String>(USER_KEY).await? else { return Ok(None) };
    let csrf = session.get::<String>(CSRF).await?.unwrap_or_default();
    let signed_in_ms = session.get::<i64>(SIGNED_IN).await?.unwrap_or_default();
    let seen_ms = session.get::<i64>(SEEN).await?.unwrap_or_default();
    let now_ms = app.clock.now_ms();
    // A clock that was set back ends no login.
    let is_over = now_ms - signed_in_ms >= LIFE_MS || now_ms - seen_ms >= IDLE_MS;
    let user = match id.parse::<UserId>() {
        Ok(id) if !is_over => users::find_active(&app.db, id).await?,
        _ => None,
    };
    let Some(user) = user else {
        session.flush().await?;
        return Ok(None);
    };
    if (now_ms - seen_ms).abs() >= SEEN_EVERY_MS {
        session.insert(SEEN, now_ms).await?;
    }
    Ok(Some(SignedIn { user, csrf: CsrfToken::from_text(csrf) }))
}

/// Lets somebody in: under a new id and a new token, so that neither was known to anybody before.
///
/// # Errors
/// When the database does not keep it.
pub async fn begin(app: &App, session: &Session, user: UserId) -> Result<(), Trouble> {
    session.cycle_id().await?;
    session.clear().await;
    let now_ms = app.clock.now_ms();
    session.insert(CSRF, CsrfToken::new(&app.clock).as_str()).await?;
    session.insert(SIGNED_IN, now_ms).await?;
    session.insert(SEEN, now_ms).await?;
    session.insert(USER_KEY, user.to_string()).await?;
    session.save().await?;
    Ok(())
}

/// Ends a login at once.
///
/// # Errors
/// When the database does not keep it.
pub async fn end(session: &Session) -> Result<(), Trouble> {
    Ok(session.flush().await?)
}
