//! Versions of the terms between an operator and a producer: central tells stores of them, and stores tell central of those
//! that were agreed at the counter, in the same form.

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, Mode};
use domain::ids::ProductId;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::payload::FactError;
use crate::stream::iso_date;

/// A version of the terms. What stands behind the day was added later: a row without it says what it always said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsRow {
    /// The version.
    pub id: Uuid,
    /// Whose goods.
    pub producer: Uuid,
    /// The single product, or all.
    pub product: Option<Uuid>,
    /// Commission, parts per million.
    pub commission_ppm: u32,
    /// `gross` or `net`.
    pub basis: String,
    /// `store` or `producer`.
    pub discount_bearer: String,
    /// First business date.
    #[serde(with = "iso_date")]
    pub valid_from: Date,
    /// `bought` for goods that are the operator's when they come in; empty for consigned ones.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mode: String,
    /// How many days after its sale buyers may bring goods back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_days: Option<u16>,
    /// What part of the goods sold may be damaged or missing at the producer's cost, parts per million.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub shrinkage_ppm: u32,
    /// Who bears what is damaged, missing or given to taste: `store` or `producer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_bearer: Option<String>,
    /// Who bears what is past its date: `store` or `producer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_bearer: Option<String>,
    /// After how many days silence about a settlement is consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_after_days: Option<u16>,
    /// The contract ends with the day before the first one. The rest repeats what was agreed until then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference to the field")]
const fn is_zero(ppm: &u32) -> bool {
    *ppm == 0
}

impl From<&Terms> for TermsRow {
    fn from(terms: &Terms) -> Self {
        let Clauses { mode, return_days, shrinkage, loss_bearer, expiry_bearer, agreed_after_days, ends } =
            terms.clauses;
        let bearer = |bearer: Option<Bearer>| bearer.map(|bearer| bearer.code().to_owned());
        Self {
            id: terms.id.uuid(),
            producer: terms.producer_id.uuid(),
            product: terms.product_id.map(ProductId::uuid),
            commission_ppm: terms.commission.ppm(),
            basis: terms.basis.code().to_owned(),
            discount_bearer: terms.discount_bearer.code().to_owned(),
            valid_from: terms.valid_from,
            mode: if mode == Mode::Consigned { String::new() } else { mode.code().to_owned() },
            return_days,
            shrinkage_ppm: shrinkage.ppm(),
            loss_bearer: bearer(loss_bearer),
            expiry_bearer: bearer(expiry_bearer),
            agreed_after_days,
            ends,
        }
    }
}

impl TermsRow {
    /// Returns the plainest terms: a commission on the price before discounts, which the store bears, and no clauses.
    pub fn plain(
        id: Uuid,
        (producer, product): (Uuid, Option<Uuid>),
        commission_ppm: u32,
        valid_from: Date,
    ) -> Self {
        Self {
            id,
            producer,
            product,
            commission_ppm,
            basis: Basis::Gross.code().to_owned(),
            discount_bearer: Bearer::Store.code().to_owned(),
            valid_from,
            mode: String::new(),
            return_days: None,
            shrinkage_ppm: 0,
            loss_bearer: None,
            expiry_bearer: None,
            agreed_after_days: None,
            ends: false,
        }
    }

    /// Returns the terms that it tells.
    ///
    /// # Errors
    /// When a value lies outside its type: an unknown code, a rate above 100 %, a number of days that no contract has.
    pub fn read(&self) -> Result<Terms, FactError> {
        let rate = |ppm| Rate::from_ppm(ppm).map_err(|_| FactError::Rate);
        let bearer = |code: &Option<String>| match code {
            Some(code) => {
                Bearer::from_code(code).map(Some).ok_or(FactError::Code { what: "bearer of losses" })
            }
            None => Ok(None),
        };
        let mode = if self.mode.is_empty() { Some(Mode::Consigned) } else { Mode::from_code(&self.mode) };
        let clauses = Clauses {
            mode: mode.ok_or(FactError::Code { what: "mode" })?,
            return_days: self.return_days,
            shrinkage: rate(self.shrinkage_ppm)?,
            loss_bearer: bearer(&self.loss_bearer)?,
            expiry_bearer: bearer(&self.expiry_bearer)?,
            agreed_after_days: self.agreed_after_days,
            ends: self.ends,
        };
        if !clauses.is_sane() {
            return Err(FactError::Days);
        }
        let discount_bearer = Bearer::from_code(&self.discount_bearer);
        Ok(Terms {
            id: self.id.into(),
            producer_id: self.producer.into(),
            product_id: self.product.map(Into::into),
            commission: rate(self.commission_ppm)?,
            basis: Basis::from_code(&self.basis).ok_or(FactError::Code { what: "basis" })?,
            discount_bearer: discount_bearer.ok_or(FactError::Code { what: "bearer of discounts" })?,
            valid_from: self.valid_from,
            clauses,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a row looked like before it had clauses.
    const OLD: &str = r#"{"id":"019a2b3c-4d5e-7000-8000-000000060001","producer":"019a2b3c-4d5e-7000-8000-000000020001","product":null,"commission_ppm":125000,"basis":"gross","discount_bearer":"store","valid_from":"2026-11-23"}"#;

    fn row(text: &str) -> TermsRow {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn an_old_row_says_what_it_said_and_keeps_its_bytes() {
        let terms = row(OLD).read().unwrap();
        assert_eq!(terms.clauses, Clauses::default());
        assert_eq!(serde_json::to_string(&TermsRow::from(&terms)).unwrap(), OLD);
    }

    #[test]
    fn everything_comes_back_as_it_was_written() {
        let clauses = Clauses {
            mode: Mode::Bought,
            return_days: Some(3),
            shrinkage: Rate::percent(2),
            loss_bearer: Some(Bearer::Store),
            expiry_bearer: Some(Bearer::Producer),
            agreed_after_days: Some(7),
            ends: true,
        };
        let terms = Terms { clauses, product_id: Some(Uuid::nil().into()), ..row(OLD).read().unwrap() };
        let text = serde_json::to_string(&TermsRow::from(&terms)).unwrap();
        assert!(text.ends_with(
            r#""mode":"bought","return_days":3,"shrinkage_ppm":20000,"loss_bearer":"store","expiry_bearer":"producer","agreed_after_days":7,"ends":true}"#
        ), "{text}");
        assert_eq!(row(&text).read(), Ok(terms));
    }

    #[test]
    fn what_no_contract_says_is_refused() {
        let bearer = FactError::Code { what: "bearer of losses" };
        for (field, error) in [
            ("\"commission_ppm\":1000001,\"basis\"", FactError::Rate),
            ("\"shrinkage_ppm\":1000001,\"basis\"", FactError::Rate),
            ("\"mode\":\"lent\",\"basis\"", FactError::Code { what: "mode" }),
            ("\"loss_bearer\":\"nobody\",\"basis\"", bearer),
            ("\"expiry_bearer\":\"\",\"basis\"", bearer),
            ("\"return_days\":366,\"basis\"", FactError::Days),
            ("\"agreed_after_days\":0,\"basis\"", FactError::Days),
        ] {
            let old = if field.contains("commission") {
                OLD.replace("\"commission_ppm\":125000,", "")
            } else {
                OLD.to_owned()
            };
            assert_eq!(row(&old.replace("\"basis\"", field)).read(), Err(error), "{field}");
        }
    }
}
