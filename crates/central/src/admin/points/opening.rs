//! What opens a point: its operator, its store, the people, the day. Each act can be sent again and does nothing then, so a person
//! who was called away goes on where it ended.

use domain::ids::{OperatorId, PointId, StoreId, UserId};
use domain::point::PointState;
use time::Date;

use crate::admin::{Admin, NewOperator, NewPerson, NewStore};
use crate::db::operators;
use crate::db::points::{self, Point};
use crate::db::users::{self, Role};
use crate::error::{Error, Result};

/// Who is to run a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runner {
    /// Somebody who is known.
    Known(OperatorId),
    /// Somebody new.
    New(NewOperator),
}

impl Admin {
    /// Says who runs a point; one that has somebody keeps them. A new operator is added in the same transaction.
    ///
    /// # Errors
    /// When there is no such point or operator, or the new one's name or legal status is wrong.
    pub async fn give_point_operator(&self, id: PointId, runner: &Runner) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let point = points::claim(&mut tx, id).await?.ok_or(Error::NotFound("point"))?;
        if point.operator_id.is_some() {
            return Ok(());
        }
        let operator = match runner {
            Runner::Known(id) => {
                let known = operators::list_in(&mut tx).await?;
                known.into_iter().find(|each| each.id == *id).ok_or(Error::NotFound("operator"))?
            }
            Runner::New(new) => {
                let operator = self.operator_of(new)?;
                self.insert_operator(&mut tx, &operator).await?;
                operator
            }
        };
        let or = |own: &str, other: &str| if own.is_empty() { other.to_owned() } else { own.to_owned() };
        let point = Point {
            operator_id: Some(operator.id.uuid()),
            legal_status: or(&point.legal_status, &operator.legal_status),
            tax_number: or(&point.tax_number, &operator.tax_number),
            ..point
        };
        points::update(&mut tx, &point).await?;
        self.finish(tx, "point.operator", &id.to_string(), &operator.name).await
    }

    /// Makes the till's side of a point; one that has a store keeps it. Name, address and operator are the point's.
    ///
    /// # Errors
    /// When there is no such point, nobody runs it, or the code is malformed or taken.
    pub async fn give_point_store(&self, id: PointId, new: &NewStore) -> Result<StoreId> {
        let mut tx = self.db.begin().await?;
        let point = points::claim(&mut tx, id).await?.ok_or(Error::NotFound("point"))?;
        if let Some(store) = point.store_id {
            return Ok(store.into());
        }
        let operator_id = point.operator_id.ok_or(Error::NotFound("operator"))?.into();
        let store = self.store_of(&NewStore {
            operator_id,
            name: point.name.clone(),
            address: point.address.clone(),
            commune: point.commune.clone(),
            ..new.clone()
        })?;
        self.insert_store(&mut tx, &store).await?;
        points::update(&mut tx, &Point { store_id: Some(store.id.uuid()), ..point }).await?;
        self.finish(tx, "point.store", &id.to_string(), &store.code).await?;
        Ok(store.id)
    }

    /// Returns the operator's person with a login; a new one when nobody has it, with a password that nobody knows.
    ///
    /// # Errors
    /// When the login is another's or malformed, or there is no such operator.
    pub async fn give_operator_person(&self, id: OperatorId, login: &str, name: &str) -> Result<UserId> {
        let known = users::list_of_operator(&self.db, id).await?;
        let login = login.trim().to_lowercase();
        if let Some(user) = known.iter().find(|user| user.login == login) {
            return Ok(user.id);
        }
        let new = NewPerson { login, name: name.to_owned(), role: Role::Operator(id), access_ends_ms: None };
        let user = self.clock.new_uuid().into();
        self.invite_user(user, &new).await?;
        Ok(user)
    }

    /// Opens a point, on a day.
    ///
    /// # Errors
    /// As [`Admin::take_point_step`]; open already, nothing is done.
    pub async fn open_point(&self, id: PointId, on: Date) -> Result<()> {
        let found = points::find_in(&mut self.db.begin_reading().await?, id).await?;
        let point = found.ok_or(Error::NotFound("point"))?;
        if point.state()?.is_running() {
            return Ok(());
        }
        self.take_point_step(id, PointState::Open, on, "").await
    }
}
