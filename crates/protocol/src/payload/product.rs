//! `provisional_product`, version 1: a product that nobody knew, added at the counter in seconds.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Salt;

/// What the cashier told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalProduct {
    /// The product.
    pub product: Uuid,
    /// The shop's own code.
    pub sku: String,
    /// What is on the pack, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// `piece` or `weight`.
    pub sold_by: String,
    /// Price of a unit, đồng, VAT included.
    pub price: i64,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Whose consigned goods; none for the operator's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// Food, drink or medicine, which is not sold past its date. Nobody was asked before this was kept: then it is left out, as for
    /// other goods.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refuse_expired: bool,
}

/// The shared part: the product when it is consigned, so that central can confirm or merge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalProductShared {
    /// Who added it.
    pub cashier: Uuid,
    /// The product; none when it is outside the programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProvisionalProduct>,
}

/// The private part: the product when it is the operator's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalProductPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// The product; none when it is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProvisionalProduct>,
}
