//! People who sign in at central, and what each may see. A scope is a type, made here alone from the row of a person
//! who is active at this moment, or for a reading key that is in use: a query about an operator's or a producer's data cannot be asked without one.

use domain::ids::{OperatorId, ProducerId, UserId};
use domain::section::{Section, Sections};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use crate::error::{Error, Result};

/// What a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Admin,
    /// Reads what the department reads, and changes what its sections keep.
    Editor(Sections),
    /// Reads everything about sales.
    Department,
    /// Reads what the department reads, and the audit log, until its access ends.
    Auditor,
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
            Self::Editor(_) => "editor",
            Self::Department => "department",
            Self::Auditor => "auditor",
            Self::Operator(_) => "operator",
            Self::Producer(_) => "producer",
        }
    }

    /// True when somebody of this role may change what a section keeps.
    pub const fn keeps(self, section: Section) -> bool {
        match self {
            Self::Admin => true,
            Self::Editor(sections) => sections.has(section),
            _ => false,
        }
    }
}

/// May see the sales of all stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepartmentScope(());

/// May see the stores of one operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperatorScope(OperatorId);

/// May see the goods of one producer: in all stores, or in those of one operator alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProducerScope {
    producer_id: ProducerId,
    operator_id: Option<OperatorId>,
}

impl OperatorScope {
    /// Returns whose stores.
    pub const fn operator_id(self) -> OperatorId {
        self.0
    }
}

impl ProducerScope {
    /// Returns what a reading key for everything lets be seen, which the caller has found in use.
    pub(super) const fn of_reading_key(producer_id: ProducerId) -> Self {
        Self { producer_id, operator_id: None }
    }

    /// Returns what the key lets be seen that an operator's tills print, which the caller has found in use.
    pub(super) const fn of_operators_key(producer_id: ProducerId, operator_id: OperatorId) -> Self {
        Self { producer_id, operator_id: Some(operator_id) }
    }

    /// Returns what news may tell of, which the producer asked for.
    pub(super) const fn of_wish(producer_id: ProducerId) -> Self {
        Self { producer_id, operator_id: None }
    }

    /// Returns whose goods.
    pub const fn producer_id(self) -> ProducerId {
        self.producer_id
    }

    /// Returns in whose stores alone; none for all. A statement that whoever holds a reading key can have asked narrows by it.
    pub const fn operator_id(self) -> Option<OperatorId> {
        self.operator_id
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
    /// From then on no more, UTC milliseconds; none for no end.
    pub access_ends_ms: Option<i64>,
}

impl User {
    /// Returns what the person may see.
    pub const fn scope(&self) -> Scope {
        match self.role {
            Role::Admin | Role::Editor(_) | Role::Department | Role::Auditor => {
                Scope::Department(DepartmentScope(()))
            }
            Role::Operator(id) => Scope::Operator(OperatorScope(id)),
            Role::Producer(producer_id) => Scope::Producer(ProducerScope { producer_id, operator_id: None }),
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
    sections: String,
    is_active: bool,
    access_ends_ms: Option<i64>,
}

const SELECT: &str = "select id, login, name, password_hash, role, operator_id, producer_id, sections, is_active, access_ends_ms
     from users";

impl UserRow {
    fn read(self) -> Result<User> {
        let role = match (self.role.as_str(), self.operator_id, self.producer_id) {
            ("admin", ..) => Role::Admin,
            ("editor", ..) => {
                let sections = Sections::read(&self.sections);
                Role::Editor(sections.ok_or_else(|| Error::damaged("users", self.id, "an unknown section"))?)
            }
            ("department", ..) => Role::Department,
            ("auditor", ..) => Role::Auditor,
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
            access_ends_ms: self.access_ends_ms,
        })
    }
}

/// What the table keeps of a role.
struct RoleColumns {
    operator_id: Option<OperatorId>,
    producer_id: Option<ProducerId>,
    sections: String,
}

impl From<Role> for RoleColumns {
    fn from(role: Role) -> Self {
        let (operator_id, producer_id, sections) = match role {
            Role::Operator(id) => (Some(id), None, String::new()),
            Role::Producer(id) => (None, Some(id), String::new()),
            Role::Editor(sections) => (None, None, sections.codes()),
            Role::Admin | Role::Department | Role::Auditor => (None, None, String::new()),
        };
        Self { operator_id, producer_id, sections }
    }
}

/// Adds a person.
///
/// # Errors
/// When the database fails; also when the login is taken.
pub async fn insert(tx: &mut Tx, user: &User, now_ms: i64) -> Result<()> {
    let RoleColumns { operator_id, producer_id, sections } = user.role.into();
    let sql = sql!(
        "insert into users (id, login, name, password_hash, role, operator_id, producer_id, sections, is_active,
            access_ends_ms, created_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        user.id,
        &user.login,
        &user.name,
        &user.password_hash,
        user.role.code(),
        operator_id,
        producer_id,
        sections,
        user.is_active,
        user.access_ends_ms,
        now_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Writes name, role and end of access anew.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, user: &User) -> Result<()> {
    let RoleColumns { operator_id, producer_id, sections } = user.role.into();
    let sql = sql!(
        "update users set name = $2, role = $3, operator_id = $4, producer_id = $5, sections = $6, access_ends_ms = $7
         where id = $1",
        user.id,
        &user.name,
        user.role.code(),
        operator_id,
        producer_id,
        sections,
        user.access_ends_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Those who may sign in at a moment.
fn signing_in(sql: Sql, now_ms: i64) -> Sql {
    sql.push(" and is_active = ")
        .bind(true)
        .push(" and (access_ends_ms is null or access_ends_ms > ")
        .bind(now_ms)
        .push(")")
}

/// Returns the person who signs in so, if active: at login, before the password is checked.
///
/// # Errors
/// When the database fails.
pub async fn find_by_login(db: &Db, login: &str, now_ms: i64) -> Result<Option<User>> {
    let login = login.trim().to_lowercase();
    let sql = signing_in(Sql::new(SELECT).push(" where login = ").bind(login), now_ms);
    db.opt::<UserRow>(sql).await?.map(UserRow::read).transpose()
}

/// Returns the person of a login session, if still active: at every request, so that disabling works at once.
///
/// # Errors
/// When the database fails.
pub async fn find_active(db: &Db, id: UserId, now_ms: i64) -> Result<Option<User>> {
    let sql = signing_in(Sql::new(SELECT).push(" where id = ").bind(id), now_ms);
    db.opt::<UserRow>(sql).await?.map(UserRow::read).transpose()
}

/// Returns a person, be access open or not, and locks the row until the commit.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    // Writing first locks the row.
    tx.exec(sql!("update users set is_active = is_active where id = $1", id)).await?;
    tx.opt::<UserRow>(Sql::new(SELECT).push(" where id = ").bind(id)).await?.map(UserRow::read).transpose()
}

/// Locks the rows of all administrators until the commit: so that two who disable each other at once do not both succeed.
///
/// # Errors
/// When the database fails.
pub async fn lock_admins(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update users set is_active = is_active where role = 'admin'")).await?;
    Ok(())
}

/// Returns how many administrators may sign in without an end.
///
/// # Errors
/// When the database fails.
pub async fn count_admins(tx: &mut Tx) -> Result<i64> {
    let sql = Sql::new(
        "select cast(count(*) as bigint) from users where role = 'admin' and access_ends_ms is null",
    )
    .push(" and is_active = ")
    .bind(true);
    let (count,) = tx.one::<(i64,)>(sql).await?;
    Ok(count)
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
