//! People who sign in at central, and what each may see. A scope is a type, made here alone from the row of a person
//! who is active at this moment, or for a reading key that is in use: a query about an operator's or a producer's data cannot be asked without one.

use domain::ids::{OperatorId, ProducerId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use crate::error::{Error, Result};

/// What a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Admin,
    /// Reads everything about sales.
    Department,
    /// Sees the shops of one operator.
    Operator(OperatorId),
    /// Sees the goods of one producer.
    Producer(ProducerId),
}

impl Role {
    /// Returns the name that the table uses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Department => "department",
            Self::Operator(_) => "operator",
            Self::Producer(_) => "producer",
        }
    }
}

/// May see the sales of all stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepartmentScope(());

/// May see the stores of one operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperatorScope(OperatorId);

/// May see the goods of one producer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProducerScope(ProducerId);

impl OperatorScope {
    /// Returns whose stores.
    pub const fn operator_id(self) -> OperatorId {
        self.0
    }
}

impl ProducerScope {
    /// Returns what a reading key lets be seen, which the caller has found in use.
    pub(super) const fn of_reading_key(producer_id: ProducerId) -> Self {
        Self(producer_id)
    }

    /// Returns what news may tell of, which the producer asked for.
    pub(super) const fn of_wish(producer_id: ProducerId) -> Self {
        Self(producer_id)
    }

    /// Returns whose goods.
    pub const fn producer_id(self) -> ProducerId {
        self.0
    }
}

/// What a signed-in person may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All stores.
    Department(DepartmentScope),
    /// One operator's stores.
    Operator(OperatorScope),
    /// One producer's goods.
    Producer(ProducerScope),
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The person.
    pub id: UserId,
    /// What is typed to sign in, in small letters.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// argon2id as a PHC string.
    pub password_hash: String,
    /// What the person is.
    pub role: Role,
    /// May sign in.
    pub is_active: bool,
}

impl User {
    /// Returns what the person may see.
    pub const fn scope(&self) -> Scope {
        match self.role {
            Role::Admin | Role::Department => Scope::Department(DepartmentScope(())),
            Role::Operator(id) => Scope::Operator(OperatorScope(id)),
            Role::Producer(id) => Scope::Producer(ProducerScope(id)),
        }
    }
}

#[derive(FromRow)]
struct UserRow {
    id: Uuid,
    login: String,
    name: String,
    password_hash: String,
    role: String,
    operator_id: Option<Uuid>,
    producer_id: Option<Uuid>,
    is_active: bool,
}

const SELECT: &str =
    "select id, login, name, password_hash, role, operator_id, producer_id, is_active from users";

impl UserRow {
    fn read(self) -> Result<User> {
        let role = match (self.role.as_str(), self.operator_id, self.producer_id) {
            ("admin", ..) => Role::Admin,
            ("department", ..) => Role::Department,
            ("operator", Some(id), _) => Role::Operator(id.into()),
            ("producer", _, Some(id)) => Role::Producer(id.into()),
            _ => return Err(Error::damaged("users", self.id, "the role is unknown or has no scope")),
        };
        Ok(User {
            id: self.id.into(),
            login: self.login,
            name: self.name,
            password_hash: self.password_hash,
            role,
            is_active: self.is_active,
        })
    }
}

/// Adds a person.
///
/// # Errors
/// When the database fails; also when the login is taken.
pub async fn insert(tx: &mut Tx, user: &User, now_ms: i64) -> Result<()> {
    let (operator_id, producer_id) = match user.role {
        Role::Operator(id) => (Some(id), None),
        Role::Producer(id) => (None, Some(id)),
        Role::Admin | Role::Department => (None, None),
    };
    let sql = sql!(
        "insert into users (id, login, name, password_hash, role, operator_id, producer_id, is_active,
            created_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        user.id,
        &user.login,
        &user.name,
        &user.password_hash,
        user.role.code(),
        operator_id,
        producer_id,
        user.is_active,
        now_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns the person who signs in so, if active: at login, before the password is checked.
///
/// # Errors
/// When the database fails.
pub async fn find_by_login(db: &Db, login: &str) -> Result<Option<User>> {
    let login = login.trim().to_lowercase();
    let sql = Sql::new(SELECT).push(" where login = ").bind(login).push(" and is_active = ").bind(true);
    db.opt::<UserRow>(sql).await?.map(UserRow::read).transpose()
}

/// Returns the person of a login session, if still active: at every request, so that disabling works at once.
///
/// # Errors
/// When the database fails.
pub async fn find_active(db: &Db, id: UserId) -> Result<Option<User>> {
    let sql = Sql::new(SELECT).push(" where id = ").bind(id).push(" and is_active = ").bind(true);
    db.opt::<UserRow>(sql).await?.map(UserRow::read).transpose()
}

/// Returns the active people of a producer, by login.
///
/// # Errors
/// When the database fails.
pub async fn list_of_producer(db: &Db, producer_id: ProducerId) -> Result<Vec<User>> {
    let sql =
        Sql::new(SELECT).push(" where producer_id = ").bind(producer_id).push(" and is_active = ").bind(true);
    db.all::<UserRow>(sql.push(" order by login")).await?.into_iter().map(UserRow::read).collect()
}

/// Returns the active people of an operator, by login.
///
/// # Errors
/// When the database fails.
pub async fn list_of_operator(db: &Db, operator_id: OperatorId) -> Result<Vec<User>> {
    let sql =
        Sql::new(SELECT).push(" where operator_id = ").bind(operator_id).push(" and is_active = ").bind(true);
    db.all::<UserRow>(sql.push(" order by login")).await?.into_iter().map(UserRow::read).collect()
}

/// Stores another password.
///
/// # Errors
/// When the database fails.
pub async fn set_password(tx: &mut Tx, id: UserId, password_hash: &str) -> Result<()> {
    tx.exec(sql!("update users set password_hash = $2 where id = $1", id, password_hash)).await?;
    Ok(())
}

/// Lets a person sign in, or no longer.
///
/// # Errors
/// When the database fails.
pub async fn set_active(tx: &mut Tx, id: UserId, is_active: bool) -> Result<()> {
    tx.exec(sql!("update users set is_active = $2 where id = $1", id, is_active)).await?;
    Ok(())
}
