//! The account to which a producer wants transfers: read as people type it, told whole or by its end, and as the code for a bank's app.

use crate::Money;
use crate::bank::BankBin;
use crate::vietqr::{Payee, Purpose, VietQr, VietQrError};

/// The longest name of a holder, in characters.
const HOLDER_MOST: usize = 80;
/// So many of a number's last characters are told to those who need not know it.
const TOLD_MOST: usize = 4;

/// An account at a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutAccount {
    /// The bank.
    pub bank_bin: BankBin,
    /// The account's number.
    pub payee: Payee,
    /// Whose it is, as the bank has it; may be empty.
    pub holder: String,
}

impl PayoutAccount {
    /// Reads an account as it is typed; or names the field that is wrong.
    ///
    /// # Errors
    /// `bank` or `number`.
    pub fn read(bank: &str, number: &str, holder: &str) -> Result<Self, &'static str> {
        let bank_bin = BankBin::parse(bank.trim()).map_err(|_| "bank")?;
        let payee = Payee::account(number.trim()).map_err(|_| "number")?;
        let holder = holder.split_whitespace().collect::<Vec<_>>().join(" ");
        // What no keyboard writes: one database does not keep it, and no bank has it in a name.
        let holder: String =
            holder.chars().filter(|character| !character.is_control()).take(HOLDER_MOST).collect();
        Ok(Self { bank_bin, payee, holder: holder.trim_end().to_owned() })
    }

    /// Returns the bank's short name; its number when it is not in the list.
    pub fn bank(&self) -> String {
        self.bank_bin.bank_name().map_or_else(|| self.bank_bin.to_string(), str::to_owned)
    }

    /// Returns it as people write it: `Agribank · 4801205012345 · NGUYỄN THỊ A`.
    pub fn text(&self) -> String {
        let bank = self.bank();
        let parts = [bank.as_str(), self.payee.number(), &self.holder];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// Returns as much as tells it from another one, for those who need not know it: `Agribank · …2345`.
    pub fn masked(&self) -> String {
        let number = self.payee.number();
        // Of a short number never more than half.
        let told = TOLD_MOST.min(number.len() / 2);
        let end = number.get(number.len() - told..).unwrap_or_default();
        format!("{} · …{end}", self.bank())
    }

    /// Returns what the code for a bank's app holds: this account, an amount, and what the statement will say.
    ///
    /// # Errors
    /// [`VietQrError::Amount`] when the amount is none that a bank transfers.
    pub fn code(&self, amount: Money, purpose: &Purpose) -> Result<String, VietQrError> {
        let transfer = VietQr {
            bank_bin: self.bank_bin,
            payee: self.payee.clone(),
            amount: Some(amount),
            bill_number: None,
            purpose: Some(purpose.clone()),
        };
        transfer.encode()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_as_it_is_typed() {
        let account = PayoutAccount::read(" 970405", " 4801205012345 ", "  BÙI  VĂN\tTẤN\0 ").unwrap();
        assert_eq!(account.text(), "Agribank · 4801205012345 · BÙI VĂN TẤN");
        let again =
            PayoutAccount::read(&account.bank_bin.to_string(), account.payee.number(), &account.holder);
        assert_eq!(again, Ok(account), "what was kept is read the same");
        let nobody = PayoutAccount::read("000001", "1", "").unwrap();
        assert_eq!(nobody.text(), "000001 · 1");
        let long = PayoutAccount::read("970405", "1", &"N".repeat(99)).unwrap();
        assert_eq!(long.holder.len(), HOLDER_MOST);
        for (bank, number, wrong) in [
            ("", "1", "bank"),
            ("agribank", "1", "bank"),
            ("970405", "", "number"),
            ("970405", "48 01", "number"),
            ("970405", "12345678901234567890", "number"),
        ] {
            assert_eq!(PayoutAccount::read(bank, number, ""), Err(wrong), "{bank} {number}");
        }
    }

    #[test]
    fn others_are_told_the_end_of_a_number_alone() {
        for (number, told) in [
            ("4801205012345", "Agribank · …2345"),
            ("12345678", "Agribank · …5678"),
            ("12345", "Agribank · …45"),
            ("1", "Agribank · …"),
        ] {
            assert_eq!(PayoutAccount::read("970405", number, "BÙI VĂN TẤN").unwrap().masked(), told);
        }
    }

    #[test]
    fn the_code_is_of_the_account_and_the_amount() {
        let account = PayoutAccount::read("970405", "4801205012345", "BÙI VĂN TẤN").unwrap();
        let purpose = Purpose::fold("Tien hang TC-261123-7Q3FK").unwrap();
        let code = VietQr::parse(&account.code(Money::new(1_234_000), &purpose).unwrap()).unwrap();
        assert_eq!((code.bank_bin, code.payee), (account.bank_bin, account.payee.clone()));
        assert_eq!((code.amount, code.bill_number), (Some(Money::new(1_234_000)), None));
        assert_eq!(code.purpose.unwrap().as_str(), "Tien hang TC 261123 7Q3FK");
        assert_eq!(account.code(Money::ZERO, &purpose), Err(VietQrError::Amount));
    }
}
