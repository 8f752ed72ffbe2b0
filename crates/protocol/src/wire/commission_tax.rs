//! What a store learns of VAT on its operator's commission.

use domain::Rate;
use domain::commission_tax::{CommissionTax, CommissionTaxes};
use serde::{Deserialize, Serialize};
use time::Date;

use super::StoreRow;
use crate::stream::iso_date;

/// The rate from a business date on, until the next one begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionTaxRow {
    /// First business date.
    #[serde(with = "iso_date")]
    pub valid_from: Date,
    /// Parts per million.
    pub ppm: u32,
}

impl From<CommissionTax> for CommissionTaxRow {
    fn from(tax: CommissionTax) -> Self {
        Self { valid_from: tax.valid_from, ppm: tax.rate.ppm() }
    }
}

impl StoreRow {
    /// Returns the VAT on commission on a business date: by the dated rates, and where none is told by the single one.
    pub fn commission_tax_on(&self, date: Date) -> Rate {
        let read = |row: &CommissionTaxRow| {
            let rate = Rate::from_ppm(row.ppm).ok()?;
            Some(CommissionTax { valid_from: row.valid_from, rate })
        };
        let dated = CommissionTaxes::new(self.commission_taxes.iter().filter_map(read).collect());
        let single = || Rate::from_ppm(self.commission_tax_ppm).unwrap_or_default();
        dated.rate_on(date).unwrap_or_else(single)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use time::macros::date;

    use super::*;

    fn body() -> Value {
        json!({
            "id": uuid::Uuid::nil(), "code": "LS", "name": "", "receipt_title": "", "address": "", "phone": "",
            "tax_number": "", "bank_bin": "", "bank_account": "", "commission_tax_ppm": 50_000, "receipt_footer": ""
        })
    }

    #[test]
    fn the_business_date_picks_the_rate_and_a_row_without_dates_says_what_it_always_said() {
        let row: StoreRow = serde_json::from_value(body()).unwrap();
        assert_eq!(row.commission_tax_on(date!(2027 - 01 - 01)), Rate::percent(5));
        assert_eq!(serde_json::to_value(&row).unwrap(), body(), "nothing is added to it");

        let mut dated = body();
        dated["commission_taxes"] = json!([{ "valid_from": "2020-01-01", "ppm": 80_000 }, { "valid_from": "2027-01-01", "ppm": 100_000 }]);
        let row: StoreRow = serde_json::from_value(dated.clone()).unwrap();
        for (day, percent) in
            [(date!(2019 - 12 - 31), 5), (date!(2026 - 12 - 31), 8), (date!(2027 - 01 - 01), 10)]
        {
            assert_eq!(row.commission_tax_on(day), Rate::percent(percent), "{day}");
        }
        assert_eq!(serde_json::to_value(&row).unwrap(), dated);
    }
}
