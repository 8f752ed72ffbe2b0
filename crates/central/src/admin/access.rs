//! Who may sign in: cashiers at counters, people at central.

use domain::ids::{CashierId, StoreId, UserId};
use protocol::wire::{CashierRow, CatalogueRow};
use web::password::{self, Pin};

use super::{Admin, needed, taken};
use crate::db::cashiers::{self, Cashier};
use crate::db::catalogue::{self, Audience, News};
use crate::db::users::{self, Role, User};
use crate::db::{Tx, api_keys, login_sessions, operators, producers, second_factors, stores, streams};
use crate::error::{Error, Refusal, Result};

/// Somebody who shall sign in at central.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// What is typed to sign in.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// What the person is.
    pub role: Role,
    /// When access ends, UTC milliseconds; none for no end, which auditors may not have.
    pub access_ends_ms: Option<i64>,
}

impl Admin {
    /// Adds a cashier with a PIN of six digits.
    ///
    /// # Errors
    /// When the PIN is not fit, the name is missing, or there is no such store.
    pub async fn add_cashier(
        &self,
        store_id: StoreId,
        name: &str,
        is_manager: bool,
        pin: &str,
    ) -> Result<CashierId> {
        let cashier = self.cashier_of(store_id, name, is_manager, pin).await?;
        let mut tx = self.db.begin().await?;
        stores::find_in(&mut tx, store_id).await?.ok_or(Error::NotFound("store"))?;
        self.insert_cashier(tx, &cashier).await
    }

    /// Adds the first manager of a store's till; a store that has one keeps it, and none is added. Of two at once one adds.
    ///
    /// # Errors
    /// As [`Self::add_cashier`].
    pub async fn give_first_manager(
        &self,
        store_id: StoreId,
        name: &str,
        pin: &str,
    ) -> Result<Option<CashierId>> {
        let cashier = self.cashier_of(store_id, name, true, pin).await?;
        let mut tx = self.db.begin().await?;
        stores::find_in(&mut tx, store_id).await?.ok_or(Error::NotFound("store"))?;
        streams::lock_store(&mut tx, store_id).await?;
        let known = cashiers::list(&mut tx, store_id).await?;
        if known.iter().any(|each| each.role == "manager" && each.is_active) {
            return Ok(None);
        }
        self.insert_cashier(tx, &cashier).await.map(Some)
    }

    /// Hashing takes its time, so it is done before anything is locked.
    async fn cashier_of(
        &self,
        store_id: StoreId,
        name: &str,
        is_manager: bool,
        pin: &str,
    ) -> Result<Cashier> {
        let pin = Pin::choose(pin)
            .map_err(|_| Refusal::Invalid { what: "PIN", rule: "six digits, not easy to guess" })?;
        let pin_hash = password::hash(pin.as_str(), &self.clock).await;
        let role = if is_manager { "manager" } else { "cashier" }.to_owned();
        let (id, name) = (self.clock.new_uuid().into(), needed("name", name)?);
        Ok(Cashier { id, store_id, name, role, pin_hash, is_active: true })
    }

    async fn insert_cashier(&self, mut tx: Tx, cashier: &Cashier) -> Result<CashierId> {
        cashiers::insert(&mut tx, cashier).await?;
        let row = CashierRow {
            id: cashier.id.uuid(),
            name: cashier.name.clone(),
            role: cashier.role.clone(),
            pin_hash: cashier.pin_hash.clone(),
            active: true,
        };
        let news = News::of(&CatalogueRow::Cashier(row), Audience::Store(cashier.store_id))?;
        catalogue::publish(&mut tx, vec![news], self.clock.now_ms()).await?;
        let detail = format!("{} {}", cashier.role, cashier.name);
        self.finish(tx, "cashier.add", &cashier.id.to_string(), &detail).await?;
        Ok(cashier.id)
    }

    /// Adds a person who signs in at central.
    ///
    /// # Errors
    /// When the password is not fit, a name is missing, the login is taken, or the role's operator or producer does not
    /// exist.
    pub async fn add_user(&self, login: &str, name: &str, role: Role, password: &str) -> Result<UserId> {
        let login = login_of(login)?;
        let rule = "8 to 128 characters, not among the common ones and not the login";
        password::check_password(password, &[&login])
            .map_err(|_| Refusal::Invalid { what: "password", rule })?;
        let password_hash = password::hash(password, &self.clock).await;
        let id = self.clock.new_uuid().into();
        let name = needed("name", name)?;
        let user = User { id, login, name, password_hash, role, is_active: true, access_ends_ms: None };
        let mut tx = self.db.begin().await?;
        self.check_role(&mut tx, role).await?;
        users::insert(&mut tx, &user, self.clock.now_ms()).await.map_err(taken("login", &user.login))?;
        self.finish(tx, "user.add", &user.id.to_string(), &format!("{} {}", role.code(), user.login)).await?;
        Ok(user.id)
    }

    /// Adds a person who will choose a password by a link; until then nobody can sign in so.
    ///
    /// # Errors
    /// As for [`Self::add_user`]; for an auditor also without an end of access.
    pub async fn invite_user(&self, id: UserId, new: &NewPerson) -> Result<()> {
        let mut nobody_knows = [0; 32];
        self.clock.fill(&mut nobody_knows);
        let password_hash = password::hash(&hex::encode(nobody_knows), &self.clock).await;
        let login = login_of(&new.login)?;
        let user = User {
            id,
            login,
            name: needed("name", &new.name)?,
            password_hash,
            role: new.role,
            is_active: true,
            access_ends_ms: new.access_ends_ms,
        };
        let mut tx = self.db.begin().await?;
        if users::find_in(&mut tx, id).await?.is_some() {
            // The form was sent twice.
            return Ok(());
        }
        self.check_person(&mut tx, &user).await?;
        users::insert(&mut tx, &user, self.clock.now_ms()).await.map_err(taken("login", &user.login))?;
        self.finish(tx, "user.add", &user.id.to_string(), &described(&user)).await
    }

    /// Writes name, role and end of access anew; the login stays. Where the rights change, open login sessions end.
    ///
    /// # Errors
    /// When a name is missing, there is no such person, operator or producer, an auditor would have no end of access, or
    /// nobody would be left who administers.
    pub async fn update_user(&self, id: UserId, new: &NewPerson) -> Result<()> {
        let mut tx = self.db.begin().await?;
        users::lock_admins(&mut tx).await?;
        let before = users::find_in(&mut tx, id).await?.ok_or(Error::NotFound("user"))?;
        let after = User {
            name: needed("name", &new.name)?,
            role: new.role,
            access_ends_ms: new.access_ends_ms,
            ..before.clone()
        };
        self.check_person(&mut tx, &after).await?;
        users::update(&mut tx, &after).await?;
        if (before.role, before.access_ends_ms) != (after.role, after.access_ends_ms) {
            login_sessions::delete_of_user(&mut tx, id).await?;
        }
        if before.role == Role::Admin {
            self.check_admins(&mut tx).await?;
        }
        self.finish(tx, "user.update", &id.to_string(), &described(&after)).await
    }

    /// Lets a person no longer sign in; open login sessions and keys end at once.
    ///
    /// # Errors
    /// When nobody would be left who administers, or the database fails.
    pub async fn disable_user(&self, id: UserId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        users::lock_admins(&mut tx).await?;
        let user = users::find_in(&mut tx, id).await?.ok_or(Error::NotFound("user"))?;
        users::set_active(&mut tx, id, false).await?;
        login_sessions::delete_of_user(&mut tx, id).await?;
        api_keys::delete_of_user(&mut tx, id).await?;
        if user.role == Role::Admin {
            self.check_admins(&mut tx).await?;
        }
        self.finish(tx, "user.disable", &id.to_string(), &user.login).await
    }

    /// Lets a person sign in again.
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn enable_user(&self, id: UserId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let user = users::find_in(&mut tx, id).await?.ok_or(Error::NotFound("user"))?;
        users::set_active(&mut tx, id, true).await?;
        self.finish(tx, "user.enable", &id.to_string(), &user.login).await
    }

    /// Ends all logins of a person at once, and the keys of the person's programs.
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn end_logins(&self, id: UserId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let user = users::find_in(&mut tx, id).await?.ok_or(Error::NotFound("user"))?;
        login_sessions::delete_of_user(&mut tx, id).await?;
        api_keys::delete_of_user(&mut tx, id).await?;
        self.finish(tx, "user.end_logins", &id.to_string(), &user.login).await
    }

    /// Takes a person's second factor away, whose phone is lost; open login sessions end at once.
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn end_code(&self, id: UserId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let user = users::find_in(&mut tx, id).await?.ok_or(Error::NotFound("user"))?;
        second_factors::delete(&mut tx, id).await?;
        login_sessions::delete_of_user(&mut tx, id).await?;
        self.finish(tx, "user.end_code", &id.to_string(), &user.login).await
    }

    /// Somebody must be left who can let others in.
    async fn check_admins(&self, tx: &mut Tx) -> Result<()> {
        if users::count_admins(tx).await? == 0 {
            return Err(Refusal::LastAdmin.into());
        }
        Ok(())
    }

    async fn check_person(&self, tx: &mut Tx, user: &User) -> Result<()> {
        if user.role == Role::Auditor && user.access_ends_ms.is_none() {
            return Err(
                Refusal::Invalid { what: "last day", rule: "an auditor's access ends some day" }.into()
            );
        }
        if matches!(user.role, Role::Editor(sections) if sections.is_empty()) {
            return Err(Refusal::Invalid { what: "sections", rule: "one at least" }.into());
        }
        self.check_role(tx, user.role).await
    }

    async fn check_role(&self, tx: &mut Tx, role: Role) -> Result<()> {
        match role {
            Role::Admin | Role::Editor(_) | Role::Department | Role::Auditor => {}
            Role::Operator(id) => drop(operators::find_name(tx, id).await?),
            Role::Producer(id) => drop(producers::find_in(tx, id).await?.ok_or(Error::NotFound("producer"))?),
        }
        Ok(())
    }
}

fn login_of(text: &str) -> Result<String> {
    let login = needed("login", text)?.to_lowercase();
    if login.contains(char::is_whitespace) {
        return Err(Refusal::Invalid { what: "login", rule: "no blanks" }.into());
    }
    Ok(login)
}

/// What the audit log says of a person.
fn described(user: &User) -> String {
    let sections = if let Role::Editor(sections) = user.role { sections.codes() } else { String::new() };
    format!("{} {} {sections}", user.role.code(), user.login).trim_end().to_owned()
}
