//! Codes by time (RFC 6238) as the second factor of a login: six digits, a new one every thirty seconds, from a secret
//! that the person's phone keeps. Each code counts once. A clock may be half a minute wrong.

use domain::ids::UserId;
use totp_rs::{Builder, Secret, Totp};
use web::address::encoded_piece;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::second_factors;
use crate::db::users::User;
use crate::error::{Error, Result};

/// Under this name the phone keeps the secret.
const ISSUER: &str = "OCOP Quang Ngai";
/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// A secret for a person's phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// To type by hand, in groups of four.
    pub secret: String,
    /// To scan: `otpauth://totp/…`, which every authenticator reads.
    pub uri: String,
}

/// Returns whether a person is asked for a code at login.
///
/// # Errors
/// When the database fails.
pub async fn is_asked(app: &App, user_id: UserId) -> Result<bool> {
    let factor = second_factors::find(&app.db, user_id).await?;
    Ok(factor.is_some_and(|factor| factor.confirmed_at_ms.is_some()))
}

/// Draws a secret for a person who has none; until a first code was typed it changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the person has one already; when the database fails.
pub async fn offer(app: &App, user: &User) -> Result<Offered> {
    let mut secret = [0; SECRET_BYTES];
    app.clock.fill(&mut secret);
    let mut tx = app.db.begin().await?;
    if !second_factors::begin(&mut tx, user.id, &secret).await? {
        return Err(Error::NotFound("code that is off"));
    }
    tx.commit().await?;
    Ok(shown(&user.login, &secret))
}

/// Returns the secret that was offered and not confirmed yet.
///
/// # Errors
/// When the database fails.
pub async fn find_offered(app: &App, user: &User) -> Result<Option<Offered>> {
    let factor = second_factors::find(&app.db, user.id).await?;
    let open = factor.filter(|factor| factor.confirmed_at_ms.is_none());
    Ok(open.map(|factor| shown(&user.login, &factor.secret)))
}

/// Uses a code as it was typed; the first one turns the factor on. False for a wrong one and for one that was used before.
///
/// # Errors
/// When the database fails.
pub async fn take_code(app: &App, user: &User, code: &str) -> Result<bool> {
    let Some(factor) = second_factors::find(&app.db, user.id).await? else { return Ok(false) };
    let now_ms = app.clock.now_ms();
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(step) = step_of(&factor.secret, &code, now_ms)? else { return Ok(false) };
    let mut tx = app.db.begin().await?;
    if !second_factors::take_step(&mut tx, user.id, step, now_ms).await? {
        return Ok(false);
    }
    if factor.confirmed_at_ms.is_some() {
        tx.commit().await?;
    } else {
        finish(app, tx, user, "user.code_on").await?;
    }
    Ok(true)
}

/// Turns a person's own factor off, which the caller has found to be his by a code.
///
/// # Errors
/// When the database fails.
pub async fn end(app: &App, user: &User) -> Result<()> {
    let mut tx = app.db.begin().await?;
    second_factors::delete(&mut tx, user.id).await?;
    finish(app, tx, user, "user.code_off").await
}

async fn finish(app: &App, tx: crate::db::Tx, user: &User, action: &str) -> Result<()> {
    let (at_ms, subject) = (app.clock.now_ms(), user.id.to_string());
    audit::commit(tx, &Act { at_ms, actor: &user.login, action, subject: &subject, detail: "" }).await
}

/// Returns the step of thirty seconds whose code this is, if it is of now or of the step before or behind.
fn step_of(secret: &[u8], code: &str, now_ms: i64) -> Result<Option<i64>> {
    let now_s = u64::try_from(now_ms / 1_000).unwrap_or_default();
    let step = maker(secret)?.check(code, now_s);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// Makes and checks codes: SHA-1, six digits, thirty seconds, which is what every authenticator knows.
fn maker(secret: &[u8]) -> Result<Totp> {
    let damaged = |why: String| Error::damaged("second_factors", "a secret", why);
    Builder::new()
        .with_secret(Secret::from(secret.to_vec()))
        .build()
        .map_err(|error| damaged(error.to_string()))
}

fn shown(login: &str, secret: &[u8]) -> Offered {
    let text = Secret::from(secret.to_vec()).to_base32();
    let groups: Vec<String> =
        text.chars().collect::<Vec<_>>().chunks(4).map(|four| four.iter().collect()).collect();
    let (issuer, account) = (encoded_piece(ISSUER), encoded_piece(login));
    let uri = format!("otpauth://totp/{issuer}:{account}?secret={text}&issuer={issuer}");
    Offered { secret: groups.join(" "), uri }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret of its SHA-1 rows, and their last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (second, code) in [
            (1_111_111_111, "050471"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = second / 30;
            for (apart, expected) in
                [(-60, None), (-30, Some(step)), (0, Some(step)), (30, Some(step)), (60, None)]
            {
                let now_ms = (second + apart) * 1_000;
                assert_eq!(step_of(secret, code, now_ms).unwrap(), expected, "{code} {apart} s apart");
            }
        }
        for wrong in ["", "28708", "2870822", "28708x", "２８７０８２"] {
            assert_eq!(step_of(secret, wrong, 59_000).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn a_phone_reads_the_secret() {
        let offered = shown("kim ngân", b"12345678901234567890");
        assert_eq!(offered.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            offered.uri,
            "otpauth://totp/OCOP%20Quang%20Ngai:kim%20ng%C3%A2n?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=OCOP%20Quang%20Ngai"
        );
    }
}
