//! People who may sign in, as administrators look through them.

use domain::ids::UserId;
use domain::name_fold::like_pattern;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql};
use super::keyset::{self, From, Order, Page};
use crate::error::Result;

/// Which people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// These letters stand in the login.
    pub login: Option<String>,
    /// The code of their role.
    pub role: Option<String>,
}

/// A person of the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// The person.
    #[sqlx(try_from = "Uuid")]
    pub id: UserId,
    /// What is typed to sign in.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// Code of the role.
    pub role: String,
    /// Codes of the sections of an editor.
    pub sections: String,
    /// The operator or producer whose data the person sees.
    pub whose: Option<String>,
    /// May sign in.
    pub is_active: bool,
    /// From then on no more, UTC milliseconds.
    pub access_ends_ms: Option<i64>,
    /// Is asked for a code at login.
    pub has_code: bool,
    /// Logins that are open.
    pub session_count: i64,
}

const ORDER: Order = Order {
    pair: " and (u.login, u.id) ",
    up: " order by u.login, u.id limit ",
    down: " order by u.login desc, u.id desc limit ",
};

const SELECT: &str = "select u.id, u.login, u.name, u.role, u.sections, coalesce(o.name, p.name) as whose, u.is_active,
        u.access_ends_ms,
        exists (select 1 from second_factors f where f.user_id = u.id and f.confirmed_at_ms is not null) as has_code,
        (select cast(count(*) as bigint) from login_sessions s where s.user_id = u.id and s.expires_at_ms > ";

const TABLES: &str = ") as session_count
     from users u left join operators o on o.id = u.operator_id left join producers p on p.id = u.producer_id
     where 1 = 1";

/// Returns a page of at most `limit` people by login.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, picked: &Picked, now_ms: i64, from: &From, limit: usize) -> Result<Page<Listed>> {
    let mut sql = Sql::new(SELECT).bind(now_ms).push(TABLES);
    if let Some(role) = &picked.role {
        sql = sql.push(" and u.role = ").bind(role.as_str());
    }
    if let Some(login) = &picked.login {
        sql = sql.push(" and u.login like ").bind(like_pattern(login)).push(" escape '!'");
    }
    keyset::page(db, sql, ORDER, from, limit).await
}

/// Returns one person.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: UserId, now_ms: i64) -> Result<Option<Listed>> {
    db.opt(Sql::new(SELECT).bind(now_ms).push(TABLES).push(" and u.id = ").bind(id)).await
}

/// Returns where a person stands in the list.
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, id: Uuid) -> Result<Option<(String, Uuid)>> {
    db.opt(Sql::new("select login, id from users where id = ").bind(id)).await
}
