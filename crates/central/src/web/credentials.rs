//! Whether somebody who signs in is who he says.
//!
//! An unknown account costs the same time as a wrong password. A try is counted before its password is hashed, so
//! guessing costs at most as many hashes as `web::throttle` allows, however many come at once.

use std::net::IpAddr;

use web::password;
use web::throttle::{DELAY_MAX_MS, FREE_FAILURES, key, next_allowed_ms};

use super::error::record;
use crate::app::App;
use crate::db::entries;
use crate::db::throttles::{self, Failures};
use crate::db::users::{self, User};
use crate::error::Result;
use crate::second_factor;

/// How many more failures a whole network may make than one account in it.
const NETWORK_ALLOWANCE: u32 = 20;
/// Longest account that is looked at.
pub const ACCOUNT_MOST: usize = 100;

/// What became of a try.
pub enum Tried {
    /// The person.
    Welcome(Box<User>),
    /// Nobody has this account and password.
    Wrong,
    /// Too early after others; nothing was looked at.
    TooSoon {
        /// Come again after so many seconds.
        wait_s: i64,
    },
}

/// What became of a code.
pub enum TriedCode {
    /// It is the person's.
    Right,
    /// It is not, or was used before.
    Wrong,
    /// Too early after others; nothing was looked at.
    TooSoon {
        /// Come again after so many seconds.
        wait_s: i64,
    },
}

/// Tries a code of somebody's second factor that came from an address. Wrong ones are counted apart from wrong passwords,
/// which a right password forgets.
///
/// # Errors
/// When the database does not answer.
pub async fn try_code(app: &App, user: &User, code: &str, address: IpAddr) -> Result<TriedCode> {
    let account = key(&format!("code of {}", user.login), address);
    let subjects = Subjects { account, network: key("", address) };
    if let Some(wait_s) = take_try(app, &subjects).await? {
        return Ok(TriedCode::TooSoon { wait_s });
    }
    if second_factor::take_code(app, user, code).await? {
        forgive(app, &subjects).await?;
        return Ok(TriedCode::Right);
    }
    record(app, &user.login, "login.wrong_code", subjects.network.trim_start_matches('@'), "").await?;
    Ok(TriedCode::Wrong)
}

/// Whom failures are counted for: the account in its network, and the network.
struct Subjects {
    account: String,
    network: String,
}

/// Tries an account and a password that came from an address.
///
/// # Errors
/// When the database does not answer.
pub async fn try_password(app: &App, account: &str, password: &str, address: IpAddr) -> Result<Tried> {
    let subjects = Subjects { account: key(account, address), network: key("", address) };
    if let Some(wait_s) = take_try(app, &subjects).await? {
        return Ok(Tried::TooSoon { wait_s });
    }
    let user = users::find_by_login(&app.db, account, app.clock.now_ms()).await?;
    let is_right = match &user {
        Some(user) => password::verify(password, &user.password_hash).await,
        None => {
            password::verify_nobody(password).await;
            false
        }
    };
    match user.filter(|_| is_right) {
        Some(user) => {
            welcome(app, &user, password, &subjects).await?;
            Ok(Tried::Welcome(Box::new(user)))
        }
        None => {
            record(
                app,
                &entries::plain(account, ACCOUNT_MOST),
                "login.wrong",
                subjects.network.trim_start_matches('@'),
                "",
            )
            .await?;
            Ok(Tried::Wrong)
        }
    }
}

/// Counts a try for both subjects; returns the longer wait in seconds when one of them must wait, and then counts none.
async fn take_try(app: &App, subjects: &Subjects) -> Result<Option<i64>> {
    let now_ms = app.clock.now_ms();
    let mut tx = app.db.begin().await?;
    throttles::delete_older(&mut tx, now_ms.saturating_sub(2 * DELAY_MAX_MS)).await?;
    let mut wait_ms = 0;
    for (subject, allowance) in [(&subjects.account, 0), (&subjects.network, NETWORK_ALLOWANCE)] {
        let failures = throttles::lock(&mut tx, subject, now_ms).await?;
        wait_ms = wait_ms.max(due_ms(failures, allowance, now_ms));
        throttles::count(&mut tx, subject, now_ms).await?;
    }
    if wait_ms > 0 {
        // Dropping the transaction takes both back.
        return Ok(Some((wait_ms + 999) / 1_000));
    }
    tx.commit().await?;
    Ok(None)
}

/// Returns how long the next try must wait; zero when it may be made.
fn due_ms(failures: Failures, allowance: u32, now_ms: i64) -> i64 {
    let count = failures.count.saturating_sub(allowance);
    // A clock that was set back costs no free try.
    if count < FREE_FAILURES { 0 } else { (next_allowed_ms(count, failures.last_ms) - now_ms).max(0) }
}

async fn welcome(app: &App, user: &User, password: &str, subjects: &Subjects) -> Result<()> {
    let outdated = password::is_outdated(&user.password_hash);
    if outdated {
        let hash = password::hash(password, &app.clock).await;
        let mut tx = app.db.begin().await?;
        users::set_password(&mut tx, user.id, &hash).await?;
        tx.commit().await?;
    }
    forgive(app, subjects).await
}

/// Forgets the failures before a success.
async fn forgive(app: &App, subjects: &Subjects) -> Result<()> {
    let mut tx = app.db.begin().await?;
    throttles::clear(&mut tx, &subjects.account).await?;
    throttles::give_back(&mut tx, &subjects.network).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_may_fail_more_often_than_an_account() {
        for (count, last_ms, allowance, expected) in [
            (0, 1_000, 0, 0),
            (4, 1_000, 0, 0),
            (4, 9_000_000, 0, 0),
            (5, 1_000, 0, 2_000),
            (6, 1_000, 0, 4_000),
            (5, -10_000, 0, 0),
            (24, 1_000, NETWORK_ALLOWANCE, 0),
            (25, 1_000, NETWORK_ALLOWANCE, 2_000),
        ] {
            assert_eq!(
                due_ms(Failures { count, last_ms }, allowance, 1_000),
                expected,
                "{count} from {last_ms}"
            );
        }
    }
}
