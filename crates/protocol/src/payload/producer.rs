//! `provisional_producer`, version 1: a producer whom nobody knew, added at the counter when the goods came.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Salt;

/// The shared part: the department knows producers by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalProducer {
    /// Who added it.
    pub cashier: Uuid,
    /// The producer.
    pub producer: Uuid,
    /// Name of the household, co-operative or company.
    pub name: String,
}

/// What stays in the store: personal data of a farmer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalProducerPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// Telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Where they live.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Number of the identity card or tax number, which the list of goods bought without an invoice asks for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id_number: String,
}
