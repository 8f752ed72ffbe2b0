//! A link by which a person chooses a password: made by an administrator, used once, over after some days.

use domain::ids::UserId;
use web::password;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::secret::Secret;
use crate::db::users::{self, User};
use crate::db::{api_keys, login_sessions, welcome_links};
use crate::error::{Error, Result};

/// Days after which a link is over.
pub const DAYS: i64 = 7;
const DAY_MS: i64 = 86_400_000;

/// What a link is good for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// This person may choose a password.
    Open(Box<User>),
    /// A password was chosen with it.
    Used,
    /// Its days are over, or the person may not sign in any more.
    Over,
}

/// Makes a person's link in somebody's name; the one before stops at once. It is shown this once.
///
/// # Errors
/// When there is no such person, or the database fails.
pub async fn make_link(app: &App, actor: &str, user_id: UserId) -> Result<String> {
    let (token, now_ms) = (Secret::draw(&app.clock), app.clock.now_ms());
    let user = users::find_active(&app.db, user_id, now_ms).await?.ok_or(Error::NotFound("user"))?;
    let mut tx = app.db.begin().await?;
    welcome_links::replace(&mut tx, user_id, &token, now_ms.saturating_add(DAYS * DAY_MS)).await?;
    let subject = user_id.to_string();
    let act =
        Act { at_ms: now_ms, actor, action: "user.welcome_link", subject: &subject, detail: &user.login };
    audit::commit(tx, &act).await?;
    Ok(format!("{}/welcome/{}", app.config.public_url.trim_end_matches('/'), token.text()))
}

/// Returns what a link is good for; `None` for one that never was.
///
/// # Errors
/// When the database fails.
pub async fn find(app: &App, token: &Secret) -> Result<Option<Standing>> {
    let Some(link) = welcome_links::find(&app.db, token).await? else { return Ok(None) };
    if link.used_at_ms.is_some() {
        return Ok(Some(Standing::Used));
    }
    let now_ms = app.clock.now_ms();
    let user = users::find_active(&app.db, link.user_id, now_ms).await?;
    let user = user.filter(|_| now_ms < link.expires_at_ms);
    Ok(Some(user.map_or(Standing::Over, |user| Standing::Open(Box::new(user)))))
}

/// Sets the password that a person chose, which the caller has found fit. The person's open logins and keys end.
///
/// # Errors
/// [`Error::NotFound`] when the link was used meanwhile or is over; when the database fails.
pub async fn choose(app: &App, token: &Secret, user: &User, chosen: &str) -> Result<()> {
    let hash = password::hash(chosen, &app.clock).await;
    let now_ms = app.clock.now_ms();
    let mut tx = app.db.begin().await?;
    let taken = welcome_links::take(&mut tx, token, now_ms).await?;
    if taken != Some(user.id) {
        return Err(Error::NotFound("link"));
    }
    users::set_password(&mut tx, user.id, &hash).await?;
    login_sessions::delete_of_user(&mut tx, user.id).await?;
    api_keys::delete_of_user(&mut tx, user.id).await?;
    let subject = user.id.to_string();
    let act =
        Act { at_ms: now_ms, actor: &user.login, action: "user.password", subject: &subject, detail: "" };
    audit::commit(tx, &act).await
}
