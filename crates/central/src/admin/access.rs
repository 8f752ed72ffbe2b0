//! Who may sign in: cashiers at counters, people at central.

use domain::ids::{CashierId, StoreId, UserId};
use protocol::wire::{CashierRow, CatalogueRow};
use web::password::{self, Pin};

use super::{Admin, needed, taken};
use crate::db::cashiers::{self, Cashier};
use crate::db::catalogue::{self, Audience, News};
use crate::db::users::{self, Role, User};
use crate::db::{Tx, login_sessions, operators, producers, stores};
use crate::error::{Error, Refusal, Result};

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
        let pin = Pin::choose(pin)
            .map_err(|_| Refusal::Invalid { what: "PIN", rule: "six digits, not easy to guess" })?;
        let pin_hash = password::hash(pin.as_str(), &self.clock).await;
        let role = if is_manager { "manager" } else { "cashier" }.to_owned();
        let (id, name) = (self.clock.new_uuid().into(), needed("name", name)?);
        let cashier = Cashier { id, store_id, name, role, pin_hash, is_active: true };
        let mut tx = self.db.begin().await?;
        stores::find_in(&mut tx, store_id).await?.ok_or(Error::NotFound("store"))?;
        cashiers::insert(&mut tx, &cashier).await?;
        let row = CashierRow {
            id: cashier.id.uuid(),
            name: cashier.name.clone(),
            role: cashier.role.clone(),
            pin_hash: cashier.pin_hash,
            active: true,
        };
        let news = News::of(&CatalogueRow::Cashier(row), Audience::Store(store_id))?;
        catalogue::publish(&mut tx, vec![news], self.clock.now_ms()).await?;
        self.finish(
            tx,
            "cashier.add",
            &cashier.id.to_string(),
            &format!("{} {}", cashier.role, cashier.name),
        )
        .await?;
        Ok(cashier.id)
    }

    /// Adds a person who signs in at central.
    ///
    /// # Errors
    /// When the password is not fit, a name is missing, the login is taken, or the role's operator or producer does not
    /// exist.
    pub async fn add_user(&self, login: &str, name: &str, role: Role, password: &str) -> Result<UserId> {
        let login = needed("login", login)?.to_lowercase();
        if login.contains(char::is_whitespace) {
            return Err(Refusal::Invalid { what: "login", rule: "no blanks" }.into());
        }
        let rule = "8 to 128 characters, not among the common ones and not the login";
        password::check_password(password, &[&login])
            .map_err(|_| Refusal::Invalid { what: "password", rule })?;
        let password_hash = password::hash(password, &self.clock).await;
        let id = self.clock.new_uuid().into();
        let name = needed("name", name)?;
        let user = User { id, login, name, password_hash, role, is_active: true };
        let mut tx = self.db.begin().await?;
        self.check_role(&mut tx, role).await?;
        users::insert(&mut tx, &user, self.clock.now_ms()).await.map_err(taken("login", &user.login))?;
        self.finish(tx, "user.add", &user.id.to_string(), &format!("{} {}", role.code(), user.login)).await?;
        Ok(user.id)
    }

    /// Lets a person no longer sign in; open login sessions end at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disable_user(&self, id: UserId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        users::set_active(&mut tx, id, false).await?;
        login_sessions::delete_of_user(&mut tx, id).await?;
        self.finish(tx, "user.disable", &id.to_string(), "").await
    }

    async fn check_role(&self, tx: &mut Tx, role: Role) -> Result<()> {
        match role {
            Role::Admin | Role::Department => {}
            Role::Operator(id) => drop(operators::find_name(tx, id).await?),
            Role::Producer(id) => drop(producers::find_in(tx, id).await?.ok_or(Error::NotFound("producer"))?),
        }
        Ok(())
    }
}
