//! Banks of the NAPAS network by number. New ones appear, so any six digits are taken; the list only has names.

use std::fmt;

/// A bank's number in the NAPAS network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BankBin(u32);

impl BankBin {
    /// Takes 6 digits; the bank need not be in [`BANKS`].
    ///
    /// # Errors
    /// When it is not six digits.
    pub fn parse(text: &str) -> Result<Self, BankError> {
        if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BankError);
        }
        text.parse().map(Self).map_err(|_| BankError)
    }

    /// Returns the short name of the bank, if it is in [`BANKS`].
    pub fn bank_name(self) -> Option<&'static str> {
        BANKS.iter().find(|(bin, _)| *bin == self).map(|(_, name)| *name)
    }
}

impl fmt::Display for BankBin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// A text that is no bank number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a bank's number has 6 digits")]
pub struct BankError;

/// The banks to choose from, with their short names, the most used first. Others can be typed by number.
pub const BANKS: &[(BankBin, &str)] = &[
    (BankBin(970_405), "Agribank"),
    (BankBin(970_436), "Vietcombank"),
    (BankBin(970_415), "VietinBank"),
    (BankBin(970_418), "BIDV"),
    (BankBin(970_422), "MB"),
    (BankBin(970_407), "Techcombank"),
    (BankBin(970_416), "ACB"),
    (BankBin(970_432), "VPBank"),
    (BankBin(970_423), "TPBank"),
    (BankBin(970_403), "Sacombank"),
    (BankBin(970_441), "VIB"),
    (BankBin(970_443), "SHB"),
    (BankBin(970_437), "HDBank"),
    (BankBin(970_448), "OCB"),
    (BankBin(970_426), "MSB"),
    (BankBin(970_440), "SeABank"),
    (BankBin(970_449), "LPBank"),
    (BankBin(970_431), "Eximbank"),
    (BankBin(970_428), "Nam A Bank"),
    (BankBin(970_425), "ABBANK"),
    (BankBin(970_452), "Kienlongbank"),
    (BankBin(970_427), "VietABank"),
    (BankBin(970_412), "PVcomBank"),
    (BankBin(970_409), "Bac A Bank"),
    (BankBin(970_419), "NCB"),
    (BankBin(970_429), "SCB"),
    (BankBin(970_438), "BaoViet Bank"),
    (BankBin(970_400), "Saigonbank"),
    (BankBin(970_433), "VietBank"),
    (BankBin(970_430), "PGBank"),
    (BankBin(970_446), "Co-opBank"),
    (BankBin(970_454), "BVBank"),
    (BankBin(970_421), "VRB"),
    (BankBin(970_434), "Indovina Bank"),
    (BankBin(970_424), "Shinhan Bank"),
    (BankBin(970_457), "Woori Bank"),
    (BankBin(970_439), "Public Bank"),
    (BankBin(970_442), "Hong Leong Bank"),
    (BankBin(970_410), "Standard Chartered"),
    (BankBin(422_589), "CIMB"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banks() {
        for (index, (bin, name)) in BANKS.iter().enumerate() {
            assert_eq!(bin.bank_name(), Some(*name), "twice in the list");
            assert_eq!(BankBin::parse(&bin.to_string()), Ok(*bin));
            assert!(BANKS[..index].iter().all(|(_, other)| other != name), "{name} twice");
        }
        assert_eq!(BankBin::parse("970436").unwrap().bank_name(), Some("Vietcombank"));
        assert_eq!(BankBin::parse("000001").unwrap().bank_name(), None);
        for bin in ["", "97041", "9704155", "97 415", "+97041", "９７０４１５"] {
            assert_eq!(BankBin::parse(bin), Err(BankError), "{bin}");
        }
    }
}
