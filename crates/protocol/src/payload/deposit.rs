//! `deposit_taken` and `deposit_returned`, version 1: goods were ordered for a later day and a part of them paid in advance;
//! and what of that went back to the buyer, or was kept, because no sale took it. Neither is a sale. Both name in the
//! envelope the sale that the order is to become.

use domain::Money;
use domain::fact::Fact;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::goods::is_zero;
use super::sale::SaleTender;
use super::{FactError, Salt};
use crate::stream::iso_date;

/// The shared part of a deposit: amounts, and nothing of who ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositTaken {
    /// The number on its paper.
    pub voucher: String,
    /// The shift of the drawer; it counts there.
    pub shift: Uuid,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// At which counter.
    pub counter: String,
    /// The day on which the goods are to be handed over.
    #[serde(with = "iso_date")]
    pub due: Date,
    /// What the goods cost, by the prices that the order keeps. Đồng.
    pub total: i64,
    /// What came, per kind.
    pub tenders: Vec<SaleTender>,
}

/// The private part of a deposit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositTakenPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Who ordered, as typed.
    pub person: String,
    /// Their telephone, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// The shared part of a deposit that no sale took, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositReturned {
    /// The number on its paper.
    pub voucher: String,
    /// The number on the deposit's paper.
    pub deposit: String,
    /// The shift of the drawer; it counts there.
    pub shift: Uuid,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// At which counter.
    pub counter: String,
    /// What went back, per kind.
    pub tenders: Vec<SaleTender>,
    /// What the operator keeps. Đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept: i64,
}

/// The private part of a deposit that no sale took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositReturnedPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Why, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl DepositTaken {
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        Ok(Fact::DepositTaken { paid: self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()? })
    }
}

impl DepositReturned {
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        let paid = self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
        Ok(Fact::DepositReturned { paid, kept: Money::new(self.kept) })
    }
}
