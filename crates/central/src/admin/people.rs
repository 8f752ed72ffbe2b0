//! Operators and stores.

use domain::Rate;
use domain::ids::{OperatorId, StoreId};
use protocol::wire::CatalogueRow;

use super::{Admin, needed, taken};
use crate::commission_tax::business_day;
use crate::db::catalogue::{self, Audience, News};
use crate::db::operators::{self, Operator};
use crate::db::stores::{self, Store};
use crate::db::{Tx, nominations};
use crate::error::{Refusal, Result};
use crate::reading;

/// What an operator may be by law.
pub const LEGAL_STATUSES: [&str; 4] = ["company", "cooperative", "household", "state_unit"];

/// An operator to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOperator {
    /// Name as registered.
    pub name: String,
    /// `company`, `cooperative`, `household` or `state_unit`.
    pub legal_status: String,
    /// Tax number; may be empty.
    pub tax_number: String,
    /// VAT on commission, until another one is set.
    pub commission_tax: Rate,
}

/// A store to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStore {
    /// Who runs it.
    pub operator_id: OperatorId,
    /// Two to six capitals and digits; receipt numbers begin with it.
    pub code: String,
    /// Name on screen.
    pub name: String,
    /// First line of the receipt.
    pub receipt_title: String,
    /// Last line of the receipt.
    pub receipt_footer: String,
    /// Address.
    pub address: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
    /// Bank identification number for VietQR; empty when there is no account.
    pub bank_bin: String,
    /// Account for VietQR.
    pub bank_account: String,
}

impl Admin {
    /// Adds an operator.
    ///
    /// # Errors
    /// When the name is missing or the legal status unknown.
    pub async fn add_operator(&self, new: &NewOperator) -> Result<OperatorId> {
        let operator = self.operator_of(new)?;
        let mut tx = self.db.begin().await?;
        self.insert_operator(&mut tx, &operator).await?;
        self.finish(tx, "operator.add", &operator.id.to_string(), &operator.name).await?;
        Ok(operator.id)
    }

    /// Adds an operator, and draws what its tills will print on the papers of producers.
    pub(super) async fn insert_operator(&self, tx: &mut Tx, operator: &Operator) -> Result<()> {
        operators::insert(tx, operator).await?;
        reading::give_operator(tx, &self.clock, operator.id).await
    }

    pub(super) fn operator_of(&self, new: &NewOperator) -> Result<Operator> {
        let name = needed("name", &new.name)?;
        if !LEGAL_STATUSES.contains(&new.legal_status.as_str()) {
            let rule = "company, cooperative, household or state_unit";
            return Err(Refusal::Invalid { what: "legal status", rule }.into());
        }
        Ok(Operator {
            id: self.clock.new_uuid().into(),
            name,
            legal_status: new.legal_status.clone(),
            tax_number: new.tax_number.trim().to_owned(),
            commission_tax_ppm: i64::from(new.commission_tax.ppm()),
        })
    }

    /// Adds a store, which sells from today on, and tells its devices of it.
    ///
    /// # Errors
    /// When a name is missing, the code is malformed or taken, or there is no such operator.
    pub async fn add_store(&self, new: &NewStore) -> Result<StoreId> {
        let mut store = self.store_of(new)?;
        let mut tx = self.db.begin().await?;
        store.commune = self.communes(&mut tx).await?.written(&store.commune);
        self.insert_store(&mut tx, &store).await?;
        self.insert_point_of(&mut tx, &store).await?;
        self.finish(tx, "store.add", &store.id.to_string(), &format!("{} {}", store.code, store.name))
            .await?;
        Ok(store.id)
    }

    pub(super) fn store_of(&self, new: &NewStore) -> Result<Store> {
        let code = new.code.trim();
        let is_code = (2..=6).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !is_code {
            return Err(Refusal::Invalid { what: "code", rule: "2 to 6 capitals and digits" }.into());
        }
        Ok(Store {
            id: self.clock.new_uuid().into(),
            operator_id: new.operator_id,
            code: code.to_owned(),
            name: needed("name", &new.name)?,
            receipt_title: needed("receipt title", &new.receipt_title)?,
            receipt_footer: new.receipt_footer.trim().to_owned(),
            address: new.address.trim().to_owned(),
            commune: new.commune.trim().to_owned(),
            phone: new.phone.trim().to_owned(),
            bank_bin: new.bank_bin.trim().to_owned(),
            bank_account: new.bank_account.trim().to_owned(),
        })
    }

    /// Adds a store inside a transaction, and tells its devices of it.
    pub(super) async fn insert_store(&self, tx: &mut Tx, store: &Store) -> Result<()> {
        operators::find_name(tx, store.operator_id).await?;
        stores::insert(tx, store, self.clock.now_ms()).await.map_err(taken("code", &store.code))?;
        nominations::ask_new_store(tx, store.id).await?;
        let row = CatalogueRow::Store(stores::wire_row(tx, store, business_day(self.clock.now_ms())).await?);
        let news = News::of(&row, Audience::Store(store.id))?;
        catalogue::publish(tx, vec![news], self.clock.now_ms()).await
    }
}
