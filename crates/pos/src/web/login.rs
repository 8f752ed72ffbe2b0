//! Login sessions: what is kept in one, and when it is over.
//!
//! A counter locks itself after a while without a person (the next request asks for the PIN), and a login is over after a
//! long shift. Whoever was taken off the list is out with the next request: the list is read each time.

use clock::Clock;
use domain::ids::CashierId;
use tower_sessions::Session;
use uuid::Uuid;
use web::csrf::CsrfToken;

use crate::App;
use crate::counter::Seat;
use crate::db::cashiers;
use crate::db::login_sessions::CASHIER;
use crate::web::error::Trouble;

/// So long lasts a login at most.
pub const OVER_AFTER_MS: i64 = 12 * 60 * 60 * 1_000;
/// How exactly a session knows when it was last used; each correction is a write to the disk.
const SEEN_EVERY_MS: i64 = 60 * 1_000;

const COUNTER: &str = "counter";
const CSRF: &str = "csrf";
const SIGNED_IN: &str = "signed_in_at_ms";
const SEEN: &str = "seen_at_ms";

/// Somebody at a counter.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, where.
    pub seat: Seat,
    /// The session's token.
    pub csrf: CsrfToken,
}

/// What a browser's session holds.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The session's token; none before the first page.
    pub csrf: Option<CsrfToken>,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
}

/// Returns what the session of a request holds. `by_person` notes that somebody is there.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, session: &Session, by_person: bool) -> Result<Found, Trouble> {
    let Some(token) = session.get::<String>(CSRF).await? else { return Ok(Found::default()) };
    let csrf = CsrfToken::from_text(token);
    let signed_in = find_seat(app, session, by_person).await?;
    let signed_in = signed_in.map(|seat| SignedIn { seat, csrf: csrf.clone() });
    Ok(Found { csrf: Some(csrf), signed_in })
}

/// Returns who is signed in with a session that is not over.
async fn find_seat(app: &App, session: &Session, by_person: bool) -> Result<Option<Seat>, Trouble> {
    let Some(cashier_id) = session.get::<Uuid>(CASHIER).await? else { return Ok(None) };
    let signed_in_ms = session.get::<i64>(SIGNED_IN).await?.unwrap_or(0);
    let seen_ms = session.get::<i64>(SEEN).await?.unwrap_or(0);
    let now_ms = app.clock().now_ms();
    // A clock that was set back ends no login.
    let locked_after_ms = i64::from(app.config().lock_after_minutes) * 60_000;
    let is_locked = locked_after_ms > 0 && now_ms - seen_ms >= locked_after_ms;
    if now_ms - signed_in_ms >= OVER_AFTER_MS || is_locked {
        return Ok(None);
    }
    let Some(cashier) = cashiers::find_active(app.db().read(), CashierId::from_uuid(cashier_id)).await?
    else {
        return Ok(None);
    };
    if by_person && (now_ms - seen_ms).abs() >= SEEN_EVERY_MS {
        session.insert(SEEN, now_ms).await?;
    }
    let counter = session.get::<String>(COUNTER).await?.unwrap_or_default();
    let manager = cashier.is_manager();
    Ok(Some(Seat { counter, cashier_id: cashier_id.into(), cashier: cashier.name, manager }))
}

/// Returns the token of a browser that is not signed in yet; its sign-in form needs one too.
///
/// # Errors
/// When the database does not answer.
pub async fn token(session: &Session, clock: &Clock) -> Result<CsrfToken, Trouble> {
    if let Some(token) = session.get::<String>(CSRF).await? {
        return Ok(CsrfToken::from_text(token));
    }
    let token = CsrfToken::new(clock);
    session.insert(CSRF, token.as_str()).await?;
    Ok(token)
}

/// Lets somebody in: under a new session id and a new token, so that neither was known to anybody before.
///
/// # Errors
/// When the database does not keep it.
pub async fn begin(session: &Session, seat: &Seat, clock: &Clock) -> Result<CsrfToken, Trouble> {
    session.cycle_id().await?;
    let (token, now_ms) = (CsrfToken::new(clock), clock.now_ms());
    session.insert(CSRF, token.as_str()).await?;
    session.insert(CASHIER, seat.cashier_id.uuid()).await?;
    session.insert(COUNTER, &seat.counter).await?;
    session.insert(SIGNED_IN, now_ms).await?;
    session.insert(SEEN, now_ms).await?;
    session.save().await?;
    Ok(token)
}

/// Ends a login at once.
///
/// # Errors
/// When the database does not keep it.
pub async fn end(session: &Session) -> Result<(), Trouble> {
    Ok(session.flush().await?)
}

/// Returns who was signed in last with this session, though it is locked by now: only the PIN is asked.
///
/// # Errors
/// When the database does not answer.
pub async fn last(session: &Session) -> Result<Option<Uuid>, Trouble> {
    Ok(session.get::<Uuid>(CASHIER).await?)
}
