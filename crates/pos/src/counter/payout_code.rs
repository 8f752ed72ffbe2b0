//! The VietQR by which the operator's bank app transfers what a producer is owed.

use domain::Money;
use domain::payout::PayoutAccount;
use domain::vietqr::{Purpose, VietQrError};
use time::Date;

/// A transfer to a producer, for a bank app and for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutCode {
    /// What the code holds.
    pub payload: String,
    /// What the bank statement will say: `Tien hang OCOP LS 301126`.
    pub purpose: String,
}

impl PayoutCode {
    /// Writes the code for an amount that goes to an account from a store, by its code, on a day.
    ///
    /// # Errors
    /// When the amount is none that a bank transfers.
    pub fn of(
        account: &PayoutAccount,
        amount: Money,
        (store_code, day): (&str, Date),
    ) -> Result<Self, VietQrError> {
        let day = format!("{:02}{:02}{:02}", day.day(), u8::from(day.month()), day.year() % 100);
        let purpose = Purpose::fold(&format!("Tien hang OCOP {store_code} {day}"))
            .or_else(|_| Purpose::fold(&format!("Tien hang OCOP {day}")))?;
        Ok(Self { payload: account.code(amount, &purpose)?, purpose: purpose.as_str().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use domain::bank::BankBin;
    use domain::vietqr::{Payee, VietQr};
    use time::macros::date;

    use super::*;

    #[test]
    fn the_code_names_bank_account_amount_and_what_for() {
        let account = PayoutAccount {
            bank_bin: BankBin::parse("970405").unwrap(),
            payee: Payee::account("4801205012345").unwrap(),
            holder: "BÙI VĂN TẤN".to_owned(),
        };
        let today = date!(2026 - 11 - 30);
        let code = PayoutCode::of(&account, Money::new(1_234_000), ("LS", today)).unwrap();
        assert_eq!(code.purpose, "Tien hang OCOP LS 301126");
        let read = VietQr::parse(&code.payload).unwrap();
        assert_eq!((read.bank_bin, read.payee.number()), (account.bank_bin, "4801205012345"));
        assert_eq!(read.amount, Some(Money::new(1_234_000)));
        // A long code of a store leaves the day.
        let long = PayoutCode::of(&account, Money::new(1), ("QUANG-NGAI-1", today)).unwrap();
        assert_eq!(long.purpose, "Tien hang OCOP 301126");
        assert_eq!(PayoutCode::of(&account, Money::ZERO, ("LS", today)), Err(VietQrError::Amount));
    }
}
