//! A link by which a person chooses a password: made by an administrator, used once, over after some days.

use domain::ids::{UserId, crockford};
use web::password;

use crate::admin::Admin;
use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::producers::Producer;
use crate::db::secret::Secret;
use crate::db::users::{self, Role, User};
use crate::db::{api_keys, login_sessions, welcome_links};
use crate::error::{Error, Result};

/// Days after which a link is over.
pub const DAYS: i64 = 7;
const DAY_MS: i64 = 86_400_000;
/// Of a password that nobody knows.
const PASSWORD_LENGTH: u32 = 26;

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

/// Makes the link of somebody of a producer, in somebody's name; a login that is not there is made, with a password that nobody knows
/// until the person chooses one.
///
/// # Errors
/// [`crate::error::Refusal::Taken`] for the login of somebody else, [`crate::error::Refusal::Invalid`] for one that cannot be; when the database
pub async fn make_link_of_producer(
    app: &App,
    actor: &str,
    producer: &Producer,
    login: &str,
) -> Result<String> {
    let login = login.trim().to_lowercase();
    let people = users::list_of_producer(&app.db, producer.id).await?;
    let id = match people.iter().find(|user| user.login == login) {
        Some(user) => user.id,
        None => {
            let mut random = [0; 16];
            app.clock.fill(&mut random);
            let password = crockford(u128::from_be_bytes(random), PASSWORD_LENGTH);
            let (admin, role) = (Admin::new(app, actor), Role::Producer(producer.id));
            admin.add_user(&login, &producer.name, role, &password).await?
        }
    };
    make_link(app, actor, id).await
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
