//! Login sessions: what is kept in one, and when it is over.
//!
//! A session begins with the login, under an id that nobody knew before. It is over after half an hour without a request,
//! after twelve hours in any case, and at once when the person signs out or is disabled: the table of users is read at
//! each request. Between password and code there is a session in which nobody is signed in yet.

use axum::http::header;
use axum::http::request::Parts;
use domain::ids::UserId;
use protocol::Hash;
use tower_sessions::Session;
use web::csrf::CsrfToken;
use web::throttle::key;

use super::error::Trouble;
use super::visit::SignedIn;
use crate::api::limits::client_address;
use crate::app::App;
use crate::db::entries;
use crate::db::login_sessions::{
    LIFE_MS, SEEN_KEY, SIGNED_IN_KEY, USER_KEY, WHEREABOUTS_KEY, Whereabouts, hash_of,
};
use crate::db::users::{self, User};

/// Without a request for so long, a login is over.
pub const IDLE_MS: i64 = 30 * 60 * 1_000;
/// So long a code is waited for behind a password.
pub const CODE_MS: i64 = 5 * 60 * 1_000;
/// How exactly a session knows when it was last used; each correction is a write to the disk.
const SEEN_EVERY_MS: i64 = 60 * 1_000;
/// Longest description of a browser that is kept, in characters.
const AGENT_MAX: usize = 200;

const CSRF: &str = "csrf";
/// Whose password was right, and who has not typed a code yet.
const WAITING: &str = "waiting_user_id";
const WAITING_SINCE: &str = "waiting_since_ms";

/// Returns who is signed in with the session of a request; one that is over is removed.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, session: &Session) -> Result<Option<SignedIn>, Trouble> {
    let Some(id) = session.get::<String>(USER_KEY).await? else { return Ok(None) };
    let csrf = session.get::<String>(CSRF).await?.unwrap_or_default();
    let signed_in_ms = session.get::<i64>(SIGNED_IN_KEY).await?.unwrap_or_default();
    let seen_ms = session.get::<i64>(SEEN_KEY).await?.unwrap_or_default();
    let now_ms = app.clock.now_ms();
    // A clock that was set back ends no login.
    let is_over = now_ms - signed_in_ms >= LIFE_MS || now_ms - seen_ms >= IDLE_MS;
    let user = match id.parse::<UserId>() {
        Ok(id) if !is_over => users::find_active(&app.db, id, now_ms).await?,
        _ => None,
    };
    let Some(user) = user else {
        session.flush().await?;
        return Ok(None);
    };
    if (now_ms - seen_ms).abs() >= SEEN_EVERY_MS {
        session.insert(SEEN_KEY, now_ms).await?;
    }
    Ok(Some(SignedIn { user, csrf: CsrfToken::from_text(csrf) }))
}

/// Lets somebody in: under a new id and a new token, so that neither was known to anybody before.
///
/// # Errors
/// When the database does not keep it.
pub async fn begin(
    app: &App,
    session: &Session,
    user: UserId,
    whereabouts: &Whereabouts,
) -> Result<(), Trouble> {
    session.cycle_id().await?;
    session.clear().await;
    let now_ms = app.clock.now_ms();
    session.insert(CSRF, CsrfToken::new(&app.clock).as_str()).await?;
    session.insert(SIGNED_IN_KEY, now_ms).await?;
    session.insert(SEEN_KEY, now_ms).await?;
    session.insert(WHEREABOUTS_KEY, whereabouts).await?;
    session.insert(USER_KEY, user.to_string()).await?;
    session.save().await?;
    Ok(())
}

/// Notes whose password was right; until the code is, nobody is signed in.
///
/// # Errors
/// When the database does not keep it.
pub async fn wait_for_code(app: &App, session: &Session, user: UserId) -> Result<(), Trouble> {
    session.cycle_id().await?;
    session.clear().await;
    session.insert(WAITING, user.to_string()).await?;
    session.insert(WAITING_SINCE, app.clock.now_ms()).await?;
    session.save().await?;
    Ok(())
}

/// Returns whose code is waited for; none when it took too long.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(app: &App, session: &Session) -> Result<Option<User>, Trouble> {
    let Some(id) = session.get::<String>(WAITING).await? else { return Ok(None) };
    let since_ms = session.get::<i64>(WAITING_SINCE).await?.unwrap_or_default();
    let now_ms = app.clock.now_ms();
    match id.parse::<UserId>() {
        Ok(id) if now_ms - since_ms < CODE_MS => Ok(users::find_active(&app.db, id, now_ms).await?),
        _ => Ok(None),
    }
}

/// Ends a login at once.
///
/// # Errors
/// When the database does not keep it.
pub async fn end(session: &Session) -> Result<(), Trouble> {
    Ok(session.flush().await?)
}

/// Returns what names the session of a request without opening it.
pub fn name(session: &Session) -> Option<Hash> {
    session.id().map(hash_of)
}

/// Returns from where a request comes.
pub fn whereabouts(parts: &Parts, app: &App) -> Whereabouts {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Whereabouts {
        agent: entries::plain(agent.unwrap_or_default(), AGENT_MAX),
        network: key("", client_address(parts, &app.config.trusted_proxies))
            .trim_start_matches('@')
            .to_owned(),
    }
}
