//! The text of a VietQR code: what a buyer's bank app reads to fill in a transfer to the shop.
//!
//! NAPAS's profile of EMVCo's merchant-presented codes: fields of a two-digit id, a two-digit length in bytes and
//! a value, in ASCII; field 38 names the account, the checksum comes last. We write the fields of a transfer and
//! read back exactly what we write: [`VietQr::parse`] refuses everything that [`VietQr::encode`] would not give.

use crate::Money;
use crate::bank::BankBin;
use crate::name_fold::without_marks;

/// NAPAS's number among the world's payment schemes.
const NAPAS: &str = "A000000727";
const TO_ACCOUNT: &str = "QRIBFTTA";
const TO_CARD: &str = "QRIBFTTC";
/// The checksum's id and length stand under the checksum too.
const CHECKSUM_HEAD: &str = "6304";
const PAYLOAD_BYTES_MAX: usize = 512;
const NUMBER_CHARACTERS_MAX: usize = 19;
const TEXT_CHARACTERS_MAX: usize = 25;
/// Thirteen digits.
const AMOUNT_VND_MAX: i64 = 9_999_999_999_999;

/// A transfer to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VietQr {
    /// The bank of the shop.
    pub bank_bin: BankBin,
    /// The account or card of the shop.
    pub payee: Payee,
    /// 1 to 9.999.999.999.999 ₫; `None` lets the buyer type it (a static code).
    pub amount: Option<Money>,
    /// The shop's number of the sale.
    pub bill_number: Option<BillNumber>,
    /// What the bank statement will say.
    pub purpose: Option<Purpose>,
}

/// Why a transfer cannot be written, or a payload cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VietQrError {
    /// No bank number.
    #[error("a bank number (BIN) has 6 digits")]
    BankBin,
    /// No account number.
    #[error("an account number has 1 to 19 letters and digits, without blanks")]
    AccountNumber,
    /// No card number.
    #[error("a card number has 1 to 19 digits, without blanks")]
    CardNumber,
    /// Nothing, less than nothing, or more than 13 digits.
    #[error("a transfer is between 1 and 9.999.999.999.999 ₫")]
    Amount,
    /// No bill number.
    #[error("a bill number has 1 to 25 letters, digits and dashes")]
    BillNumber,
    /// Nothing is left of the purpose.
    #[error("the purpose has no letter and no digit")]
    PurposeEmpty,
    /// It is not shortened for the caller: the end is where the sale's number stands.
    #[error("the purpose is longer than 25 characters: shorten it")]
    PurposeTooLong,
    /// Longer than any payload of ours.
    #[error("the code is too long for a transfer")]
    TooLong,
    /// Letters outside ASCII.
    #[error("a transfer code has no letters with marks")]
    NotAscii,
    /// No checksum at the end.
    #[error("the code does not end in a checksum: it was cut off")]
    ChecksumMissing,
    /// Another checksum than the text has.
    #[error("the checksum is wrong: the code was misread")]
    ChecksumWrong,
    /// A field is cut short, or its id or length is no number.
    #[error("the field at byte {at} of its group is damaged")]
    Damaged {
        /// Counted from the start of the payload, or of the value that holds the field.
        at: usize,
    },
    /// A field that every transfer has is not there.
    #[error("the field {0} is missing")]
    Missing(&'static str),
    /// A field that our transfers do not have, or one that comes twice.
    #[error("the field {0} is unknown or comes twice")]
    Unexpected(String),
    /// Every field can be read, but order or fixed values are not ours.
    #[error("the code is no transfer as Vietnamese banks write it")]
    NotCanonical,
}

/// Where the money goes: at most 19 characters of an account or a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    number: String,
    is_card: bool,
}

impl Payee {
    /// Takes an account's number, or a virtual account's, which has letters too.
    ///
    /// # Errors
    /// [`VietQrError::AccountNumber`].
    pub fn account(number: &str) -> Result<Self, VietQrError> {
        let is_number =
            is_length(number, NUMBER_CHARACTERS_MAX) && number.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_number {
            Ok(Self { number: number.to_owned(), is_card: false })
        } else {
            Err(VietQrError::AccountNumber)
        }
    }

    /// Takes a card's number.
    ///
    /// # Errors
    /// [`VietQrError::CardNumber`].
    pub fn card(number: &str) -> Result<Self, VietQrError> {
        let is_number = is_length(number, NUMBER_CHARACTERS_MAX) && is_digits(number);
        if is_number {
            Ok(Self { number: number.to_owned(), is_card: true })
        } else {
            Err(VietQrError::CardNumber)
        }
    }

    /// Returns the number of the account or card.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// True for a card.
    pub const fn is_card(&self) -> bool {
        self.is_card
    }
}

/// The number of a sale: 1 to 25 ASCII letters, digits and dashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillNumber(String);

impl BillNumber {
    /// Takes it as it is.
    ///
    /// # Errors
    /// [`VietQrError::BillNumber`].
    pub fn parse(text: &str) -> Result<Self, VietQrError> {
        let is_number = is_length(text, TEXT_CHARACTERS_MAX)
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_number { Ok(Self(text.to_owned())) } else { Err(VietQrError::BillNumber) }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the bank statement will say: 1 to 25 ASCII letters, digits and single blanks, since banks drop the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose(String);

impl Purpose {
    /// Drops the marks, turns everything but letters and digits into blanks: `Thanh toán đơn LS-12` becomes
    /// `Thanh toan don LS 12`.
    ///
    /// # Errors
    /// When nothing is left, or more than 25 characters.
    pub fn fold(text: &str) -> Result<Self, VietQrError> {
        if text.len() > PAYLOAD_BYTES_MAX {
            return Err(VietQrError::PurposeTooLong);
        }
        let plain = without_marks(text);
        let words: Vec<&str> =
            plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let purpose = words.join(" ");
        match purpose.len() {
            0 => Err(VietQrError::PurposeEmpty),
            1..=TEXT_CHARACTERS_MAX => Ok(Self(purpose)),
            _ => Err(VietQrError::PurposeTooLong),
        }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl VietQr {
    /// Returns the payload to draw as a QR code.
    ///
    /// # Errors
    /// [`VietQrError::Amount`]; all else was checked by the types.
    pub fn encode(&self) -> Result<String, VietQrError> {
        let mut text = field("00", "01") + &field("01", if self.amount.is_some() { "12" } else { "11" });
        let account = field("00", &self.bank_bin.to_string()) + &field("01", &self.payee.number);
        let service = if self.payee.is_card { TO_CARD } else { TO_ACCOUNT };
        text += &field("38", &(field("00", NAPAS) + &field("01", &account) + &field("02", service)));
        text += &field("53", "704");
        if let Some(amount) = self.amount {
            if !(1..=AMOUNT_VND_MAX).contains(&amount.vnd()) {
                return Err(VietQrError::Amount);
            }
            text += &field("54", &amount.vnd().to_string());
        }
        text += &field("58", "VN");
        let bill_number = self.bill_number.as_ref().map(|number| field("01", &number.0));
        let purpose = self.purpose.as_ref().map(|purpose| field("08", &purpose.0));
        if bill_number.is_some() || purpose.is_some() {
            text += &field("62", &(bill_number.unwrap_or_default() + &purpose.unwrap_or_default()));
        }
        text += CHECKSUM_HEAD;
        let checksum = crc16(text.as_bytes());
        Ok(format!("{text}{checksum:04X}"))
    }

    /// Reads a payload that [`Self::encode`] may have written; the two are each other's inverse.
    ///
    /// # Errors
    /// When a length, the checksum, a limit, the order or a fixed value is not what `encode` writes.
    pub fn parse(text: &str) -> Result<Self, VietQrError> {
        if text.len() > PAYLOAD_BYTES_MAX {
            return Err(VietQrError::TooLong);
        }
        if !text.is_ascii() {
            return Err(VietQrError::NotAscii);
        }
        let mut fields = Fields::read(without_checksum(text)?)?;
        for fixed in ["00", "01", "53", "58"] {
            fields.load(fixed)?;
        }
        let (bank_bin, payee) = parse_merchant(fields.load("38")?)?;
        let amount = fields.take("54").map(parse_amount).transpose()?;
        let mut additional = Fields::read(fields.take("62").unwrap_or_default())?;
        fields.finish()?;
        let bill_number = additional.take("01").map(BillNumber::parse).transpose()?;
        let purpose = additional.take("08").map(Purpose::fold).transpose()?;
        additional.finish()?;
        let request = Self { bank_bin, payee, amount, bill_number, purpose };
        if request.encode()? == text { Ok(request) } else { Err(VietQrError::NotCanonical) }
    }
}

fn parse_merchant(value: &str) -> Result<(BankBin, Payee), VietQrError> {
    let mut merchant = Fields::read(value)?;
    merchant.load("00")?;
    let mut account = Fields::read(merchant.load("01")?)?;
    let service = merchant.load("02")?;
    merchant.finish()?;
    let bank_bin = BankBin::parse(account.load("00")?).map_err(|_| VietQrError::BankBin)?;
    let number = account.load("01")?;
    account.finish()?;
    let payee = if service == TO_CARD { Payee::card(number)? } else { Payee::account(number)? };
    Ok((bank_bin, payee))
}

fn parse_amount(digits: &str) -> Result<Money, VietQrError> {
    if digits.len() > 13 || !is_digits(digits) {
        return Err(VietQrError::Amount);
    }
    digits.parse().map(Money::new).map_err(|_| VietQrError::Amount)
}

/// Returns the checksum that ends a payload: CRC-16/CCITT-FALSE (polynomial 1021, start FFFF, nothing reflected).
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |checksum, byte| {
        (0..8).fold(checksum ^ (u16::from(*byte) << 8), |checksum, _| {
            if checksum & 0x8000 == 0 { checksum << 1 } else { (checksum << 1) ^ 0x1021 }
        })
    })
}

/// Returns an ASCII text without the checksum field at its end, once that is right.
fn without_checksum(text: &str) -> Result<&str, VietQrError> {
    let (covered, checksum) = text
        .len()
        .checked_sub(4)
        .and_then(|at| text.split_at_checked(at))
        .ok_or(VietQrError::ChecksumMissing)?;
    let body = covered.strip_suffix(CHECKSUM_HEAD).ok_or(VietQrError::ChecksumMissing)?;
    if checksum == format!("{:04X}", crc16(covered.as_bytes())) {
        Ok(body)
    } else {
        Err(VietQrError::ChecksumWrong)
    }
}

/// The limits of the types keep every value below 100 bytes.
fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

/// The fields of a payload, or of a field's value, that nobody has asked for yet.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn read(text: &'a str) -> Result<Self, VietQrError> {
        let mut fields = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let (id, value) = field_at(text, at).ok_or(VietQrError::Damaged { at })?;
            fields.push((id, value));
            at += 4 + value.len();
        }
        Ok(Self(fields))
    }

    fn take(&mut self, id: &str) -> Option<&'a str> {
        let index = self.0.iter().position(|(other, _)| *other == id)?;
        Some(self.0.remove(index).1)
    }

    fn load(&mut self, id: &'static str) -> Result<&'a str, VietQrError> {
        self.take(id).ok_or(VietQrError::Missing(id))
    }

    fn finish(self) -> Result<(), VietQrError> {
        self.0.first().map_or(Ok(()), |(id, _)| Err(VietQrError::Unexpected((*id).to_owned())))
    }
}

fn field_at(text: &str, at: usize) -> Option<(&str, &str)> {
    let (id, length) = (text.get(at..at + 2)?, text.get(at + 2..at + 4)?);
    if !is_digits(id) || !is_digits(length) {
        return None;
    }
    let length: usize = length.parse().ok()?;
    Some((id, text.get(at + 4..at + 4 + length)?))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_length(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
}

#[cfg(test)]
mod tests;
